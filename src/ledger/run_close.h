/*
 * run_close.h - the end of a run: every contact final, the window closed,
 * it cannot go on, or it was stopped and its last call is over.  Only the
 * node that holds the run's lease does this.  Each is one short transaction
 * whatever waits: what is left over is final by reading run.rest.
 */
#ifndef LEDGER_RUN_CLOSE_H
#define LEDGER_RUN_CLOSE_H

struct db;
struct fault;
struct ledger_node;
struct run_look;

/*
 * Campaign and run are done; FAULT_CONFLICT when they are not after all (a
 * trigger, a bot's result, another status): nothing is changed then.
 */
int ledger_complete(struct db *db, const struct ledger_node *me,
		    const struct run_look *l, struct fault *f);

/* The single_day window has closed on a running campaign, or its last day is
 * over, paused or not.  FAULT_CONFLICT: it has changed since the look. */
int ledger_close_window(struct db *db, const struct ledger_node *me,
			const struct run_look *l, struct fault *f);

/* The run cannot go on; 'reason' is a sentence for people. */
int ledger_fail(struct db *db, const struct ledger_node *me,
		const struct run_look *l, const char *reason, struct fault *f);

/* Stamps the end of a closed run without calls and folds its counters into
 * one row.  FAULT_CONFLICT: calls are still up. */
int ledger_end(struct db *db, const struct run_look *l, struct fault *f);

#endif
