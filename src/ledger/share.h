/*
 * share.h - a carrier's limit, shared out among the dialler nodes in whole
 * numbers.  Pure.
 *
 * Each node changes only its own share.  It lowers its share to its part at
 * once and raises it only by what no node holds, so the sum is never above the
 * limit, whatever is lost or late.
 */
#ifndef LEDGER_SHARE_H
#define LEDGER_SHARE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The part of node number 'rank' (from 0) of the 'nodes' that serve the
 * carrier.  The parts are equal, and the first nodes get what is left over.
 * With fewer units than nodes the last ones get none.
 */
int64_t share_part(int64_t limit, size_t nodes, size_t rank);

/*
 * What a node that holds 'mine' should hold next: its part, but no more than
 * others leave, and no less than it has in use (channels; 0 for calls a
 * second), unless it holds less already.
 */
int64_t share_next(int64_t limit, int64_t mine, int64_t others, int64_t part,
		   int64_t in_use);

#endif
