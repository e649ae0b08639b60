/*
 * plan_calls.h - the next calls of a run become rows in live_call, in one
 * transaction: callbacks that are due, contacts that wait, contacts never
 * dialled (by cursor), then retries (doc/product.md 6.1).
 *
 * Only the node that holds the run's lease plans it.  Contacts that are
 * excluded become final, as do those that wait for a call that Max Attempts no
 * longer allows; those whose number is in another call wait.  None of them
 * needs a seat.
 */
#ifndef LEDGER_PLAN_CALLS_H
#define LEDGER_PLAN_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/job.h"

struct arena;
struct db;
struct fault;
struct ledger_node;
struct number_pool;
struct run_look;

/* Contacts that one transaction moves, at most. */
#define PLAN_MOST 500

struct plan_order {
	const struct ledger_node *me;
	const struct run_look *look; /* with its windows, the campaign's open */
	struct number_pool *pool;    /* with room for what the carriers take */
	int64_t target; /* calls the run may have, queued ones too */
};

struct plan_job {
	struct job_call call;
	int64_t carrier_id;
};

struct plan_result {
	struct plan_job *jobs; /* of calls that are queued now */
	size_t count;
	bool more;    /* another transaction may find more right away */
	bool starved; /* no number had room for a contact that was ready */
	size_t held, excluded; /* excluded: final without a call */
};

/*
 * FAULT_CONFLICT: the run has moved (another planner, Pause, Stop, a number's
 * cap reached elsewhere): look again.  FAULT_UNKNOWN: forget the batch; what
 * was queued without a job is withdrawn by its age.  After a fault nothing of
 * *out may be used, and the pool is as it was.
 */
int ledger_plan(struct db *db, const struct plan_order *o, struct arena *a,
		struct plan_result *out, struct fault *f);

#endif
