/*
 * tx_bed.h - a table of two numbers, and a transaction that adds two rows and
 * counts its runs: what the tests of transactions share.
 */
#ifndef TESTS_STORE_TX_BED_H
#define TESTS_STORE_TX_BED_H

#include "store/db.h"
#include "store/tx.h"
#include "tests/store/bed.h"

enum { COUNT, ADD, CLEAR, CREATE, ISOLATION, STMTS };

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[COUNT] = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[ADD] = { "ADD", "ii", "", "INSERT INTO v (id, i) VALUES (?, ?)" },
	[CLEAR] = { "CLEAR", "", "", "DELETE FROM v" },
	[CREATE] = { "CREATE", "", "", "CREATE TABLE IF NOT EXISTS w (i INT)" },
	[ISOLATION] = { "ISOLATION", "", "s", "SELECT @@tx_isolation" },
};
/* clang-format on */

static struct db_conf conf;
static struct db *db;

static inline int64_t
count(void)
{
	struct fault why;
	int64_t n = -1;
	struct db *d = db_new(&conf, stmts, STMTS);

	if (db_int(d, &n, COUNT, NO_ARGS, &why))
		printf("# %s (%s)\n", why.text, why.cause);
	db_free(d);
	return n;
}

static inline void
fresh(int rows)
{
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the table is emptied");
	for (int i = 1; i <= rows; i++)
		fine(db_exec(db, NULL, ADD, ARGS(ARG_INT(i), ARG_INT(0)), &f),
		     "a row is added");
}

/* Adds one row; counts its runs. */
struct tx_job {
	int runs, id;
	int rc;	       /* what it returns */
	bool swallow;  /* hides the fault of its second statement */
	unsigned fail; /* errno of its second statement, in the first run */
};

static inline int
add_one(struct db *d, void *arg, struct fault *why)
{
	struct tx_job *job = arg;

	job->runs++;
	if (!tx_open(d))
		return fault_set(why, FAULT_BROKEN, "No transaction.");
	if (db_exec(d, NULL, ADD, ARGS(ARG_INT(job->id), ARG_INT(1)), why))
		return -1;
	if (job->fail && job->runs == 1)
		db_fail_at(d, 1, job->fail);
	if (db_exec(d, NULL, ADD, ARGS(ARG_INT(job->id + 1), ARG_INT(1)),
		    why) &&
	    !job->swallow)
		return -1;
	return job->rc ? fault_set(why, FAULT_DENIED, "Not today.") : 0;
}

#endif
