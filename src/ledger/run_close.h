/*
 * run_close.h - the end of a run: every contact is final, the window has
 * closed, the run cannot go on, or it was stopped and its last call is over.
 * Only the node that holds the run's lease ends it.  Each function is one short
 * transaction, however many contacts wait: readers see from run.rest that these
 * are final.
 */
#ifndef LEDGER_RUN_CLOSE_H
#define LEDGER_RUN_CLOSE_H

struct db;
struct fault;
struct ledger_node;
struct run_look;

/*
 * Completes campaign and run.  FAULT_CONFLICT when they are not done after all
 * (a trigger, a bot's result, another status); nothing is changed then.
 */
int ledger_complete(struct db *db, const struct ledger_node *me,
		    const struct run_look *l, struct fault *f);

/* Closes a run whose single day or last day is over; its campaign is running or
 * paused.  FAULT_CONFLICT: it has changed since the snapshot. */
int ledger_close_window(struct db *db, const struct ledger_node *me,
			const struct run_look *l, struct fault *f);

/* Fails a run that cannot go on; 'reason' is a sentence for the user. */
int ledger_fail(struct db *db, const struct ledger_node *me,
		const struct run_look *l, const char *reason, struct fault *f);

/* Stamps the end of a closed run without calls and folds its counters into
 * one row.  FAULT_CONFLICT: calls are still up. */
int ledger_end(struct db *db, const struct run_look *l, struct fault *f);

#endif
