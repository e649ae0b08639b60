/*
 * plan_calls.h - turns the next calls of a run into rows of live_call, in one
 * transaction: callbacks that are due, held contacts, contacts never dialled
 * (by cursor), then retries (doc/product.md 6.1).
 *
 * Only the node that holds the run's lease plans it.  Excluded contacts become
 * final, and so do contacts whose next call Max Attempts no longer allows.
 * Contacts whose number is in another call wait.  None of these needs a seat.
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
	const struct run_look *look; /* windows known; the campaign's is open */
	struct number_pool *pool;    /* with the carriers' room filled in */
	int64_t target; /* calls the run may have, queued ones too */
	int64_t most;	/* that are added; 0: as many as the target leaves */
	/* each with its seat: the target is at most the campaign's seats */
	bool seated;
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
 * FAULT_CONFLICT: the run has changed (another planner, Pause, Stop, a number's
 * cap reached elsewhere); take a new snapshot.  FAULT_UNKNOWN: forget the
 * batch; calls that were queued without a job are withdrawn by their age.
 * After a fault *out must not be used, and the pool is as it was.
 */
int ledger_plan(struct db *db, const struct plan_order *o, struct arena *a,
		struct plan_result *out, struct fault *f);

#endif
