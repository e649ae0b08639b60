/*
 * tx.h - runs whole transactions, and repeats them when they fail.
 *
 * tx_run() calls 'fn' between BEGIN and COMMIT.  A deadlock or certification
 * failure (1213, at any statement, at COMMIT, or as the answer to ROLLBACK), a
 * lock wait timeout (1205) and a connection lost before COMMIT was sent make
 * tx_run() call 'fn' again from its beginning, at most 8 times, 2-50 ms apart
 * with jitter; so 'fn' must start from its arguments each time and must have no
 * effect outside the database.  'fn' returns -1 with *f set to give up (rolled
 * back, not repeated).
 *
 * A COMMIT has three results (doc/cluster-rules.md 1-3): done: 0; not done:
 * -1; and unknown.  With a mark (a row of table tx_mark), tx_run() settles an
 * unknown result from a new connection by inserting the mark as void: a
 * duplicate means done; success means that it was not and can no longer be
 * done, and the transaction runs again.  If an earlier tx_run() was done with
 * the same mark, the result is 0 at once, without 'fn', so a caller may ask
 * again with the same mark after FAULT_UNKNOWN.  Settling takes at most 10 s.
 * Without a mark the result is FAULT_UNKNOWN: only for transactions that, when
 * repeated, find by themselves what is already done (guarded by the rows they
 * move).
 */
#ifndef STORE_TX_H
#define STORE_TX_H

#include <stdbool.h>
#include <stdint.h>

struct db;
struct fault;

typedef int tx_fn(struct db *db, void *arg, struct fault *f);

#define MARK_LEN 16

struct tx_opts {
	const uint8_t *mark; /* MARK_LEN random bytes; NULL: no mark */
	bool snapshot;	     /* REPEATABLE READ, consistent, read only */
};

/* 'opts' may be NULL. */
int tx_run(struct db *db, tx_fn *fn, void *arg, const struct tx_opts *opts,
	   struct fault *f);

/* Runs with a fresh mark: done once, or not at all. */
int tx_run_marked(struct db *db, tx_fn *fn, void *arg, struct fault *f);

/*
 * Has the next transaction of this connection call 'also' after its own
 * function, right before COMMIT; so what belongs to a request is stored with
 * whatever the request does.  It is forgotten once that transaction is done, or
 * by NULL.  Not for transactions that only read.
 */
void tx_also(struct db *db, tx_fn *also, void *arg);

/* True between BEGIN and the end; for assertions in repositories. */
bool tx_open(const struct db *db);

#endif
