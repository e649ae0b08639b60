/*
 * seat.h - seats: how many conversations a run has at a time, over all
 * nodes (ARCHITECTURE.md, “A call”).
 *
 * A row of live_call gets its seat only under the lock of its run's row in
 * run_seat, where those that have one are counted first (unless all calls of the
 * run fit, which run_count.active says without reading them), so their number
 * never exceeds the campaign's concurrency, whichever nodes answer at once; and
 * a seat cannot be lost: it goes with the row.
 */
#ifndef LEDGER_SEAT_H
#define LEDGER_SEAT_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/ledger.h"

struct arena;
struct db;
struct fault;

/*
 * Calls of one run that were answered on this node, sorted by id: sets
 * seated[i] for each that may go on.  Asked again after FAULT_UNKNOWN it says
 * the same.
 */
int ledger_seat(struct db *db, const struct ledger_node *me,
		const struct call_id *ids, size_t n, bool *seated,
		struct arena *a, struct fault *f);

#endif
