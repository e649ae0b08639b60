/*
 * seat.h - limits the conversations that a run has at a time, over all nodes
 * (ARCHITECTURE.md, “A call”).
 *
 * A row of live_call gets its seat only while its run's row in run_seat is
 * locked.  The rows that have a seat are counted first, unless run_count.active
 * shows that all calls of the run fit.  So their number never exceeds the
 * campaign's concurrency, however many nodes ask at once.  A seat cannot be
 * lost, because it goes with its row.
 */
#ifndef LEDGER_SEAT_H
#define LEDGER_SEAT_H

#include <stdbool.h>
#include <stddef.h>

#include "ledger/ledger.h"

struct db;
struct fault;

/*
 * Takes calls of one run that were answered on this node, sorted by id, and
 * sets seated[i] for each that may go on.  Called again after FAULT_UNKNOWN, it
 * gives the same result.
 */
int ledger_seat(struct db *db, const struct ledger_node *me,
		const struct call_id *ids, size_t n, bool *seated,
		struct fault *f);

#endif
