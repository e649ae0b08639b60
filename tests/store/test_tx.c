/* Transactions: what they stop at, and what runs again. */
#include "base/arena.h"
#include "tests/store/tx_bed.h"

static void
test_plain(void)
{
	struct tx_job job = { .id = 10 };

	fresh(0);
	fine(tx_run(db, add_one, &job, NULL, &f), "a transaction");
	is_int(count(), 2, "is committed");
	ok(!tx_open(db), "and over");
	job = (struct tx_job){ .id = 20, .rc = -1 };
	is_int(tx_run(db, add_one, &job, NULL, &f), -1, "giving up");
	is_int(f.code, FAULT_DENIED, "keeps the fault");
	is_int(job.runs, 1, "is not repeated");
	is_int(count(), 2, "and rolls back");
}

static int
nest(struct db *d, void *arg, struct fault *why)
{
	struct tx_job job = { .id = 90 };

	(void)arg;
	return tx_run(d, add_one, &job, NULL, why);
}

static int
end_early(struct db *d, void *arg, struct fault *why)
{
	return add_one(d, arg, why) || db_exec(d, NULL, CREATE, NO_ARGS, why)
		       ? -1
		       : 0;
}

static void
test_misuse(void)
{
	struct tx_job job = { .id = 80 };

	is_int(tx_run(db, nest, NULL, NULL, &f), -1,
	       "a transaction inside another fails");
	is_int(f.code, FAULT_BROKEN,
	       "a transaction inside another is reported as broken");
	is_int(tx_run(db, end_early, &job, NULL, &f), -1,
	       "a statement that commits by itself fails");
	ok(f.code == FAULT_BROKEN && strstr(f.cause, "by itself"),
	   "a statement that commits by itself is noticed before COMMIT");
	ok(!tx_open(db), "no transaction stays open after a mistake");
}

/* Everything that may fail, at each place, and what must follow. */
static void
test_errors(void)
{
	static const struct {
		unsigned no;
		bool again;
		enum fault_code code;
	} cases[] = {
		{ 1213, true, 0 },
		{ 1205, true, 0 },
		{ 2013, true, 0 },
		{ 2006, true, 0 },
		{ 1047, true, 0 },
		{ 1062, false, FAULT_CONFLICT },
		{ 1406, false, FAULT_BROKEN },
		{ 9999, false, FAULT_BROKEN },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		for (int swallow = 0; swallow < 2; swallow++) {
			struct tx_job job = { .id = 30,
					      .fail = cases[i].no,
					      .swallow = swallow };
			int rc;

			fresh(0);
			rc = tx_run(db, add_one, &job, NULL, &f);
			printf("# %u, %s\n", cases[i].no,
			       swallow ? "swallowed" : "told");
			is_int(rc, cases[i].again ? 0 : -1,
			       "the transaction ends as the error requires");
			is_int(job.runs, cases[i].again ? 2 : 1,
			       "the transaction runs as often as the error "
			       "requires");
			is_int(count(), cases[i].again ? 2 : 0,
			       "the transaction leaves the rows that the error "
			       "requires");
			if (!cases[i].again)
				is_int(f.code, cases[i].code,
				       "the transaction has the fault that the "
				       "error requires");
		}
	}
}

static int
go_on(struct db *d, void *arg, struct fault *why)
{
	int64_t *sent = arg, before;

	db_exec(d, NULL, ADD, ARGS(ARG_INT(50), ARG_INT(1)), why);
	db_fail_at(d, 1, 1406);
	db_exec(d, NULL, ADD, ARGS(ARG_INT(51), ARG_INT(1)), why);
	before = db_stats(d)->statements;
	for (int i = 52; i < 60; i++) {
		ok(db_exec(d, NULL, ADD, ARGS(ARG_INT(i), ARG_INT(1)), why),
		   "a statement after a failed one is refused");
		is_int(why->code, FAULT_BROKEN,
		       "a statement after a failed one has the fault of the "
		       "first");
	}
	*sent = db_stats(d)->statements - before;
	return 0;
}

static void
test_stop(void)
{
	int64_t sent = -1;

	fresh(0);
	is_int(tx_run(db, go_on, &sent, NULL, &f), -1,
	       "a transaction that goes on after an error fails");
	is_int(sent, 0, "no statement is sent after an error");
	ok(strstr(f.cause, "1406") != NULL,
	   "the fault of the transaction is the first error");
	is_int(count(), 0, "nothing is committed after an error");
}

/* What tx_also() adds is done exactly if the transaction is. */
static void
test_also(void)
{
	struct tx_job also = { .id = 70 }, job = { .id = 72, .fail = 1213 };
	struct tx_job fails = { .id = 74, .rc = -1 };

	fresh(0);
	tx_also(db, add_one, &also);
	is_int(tx_run(db, add_one, &fails, NULL, &f), -1, "a transaction fails");
	is_int(also.runs, 0, "what was to be added is not asked for");
	fine(tx_run(db, add_one, &job, NULL, &f), "the next one is done");
	is_int(also.runs, 1, "and adds it once, in the run that is committed");
	is_int(count(), 4, "both have their rows");
	job = (struct tx_job){ .id = 76 };
	fine(tx_run(db, add_one, &job, NULL, &f), "one more is done");
	is_int(also.runs, 1, "and adds nothing");
	also = (struct tx_job){ .id = 78, .rc = -1 };
	job = (struct tx_job){ .id = 80 };
	tx_also(db, add_one, &also);
	is_int(tx_run(db, add_one, &job, NULL, &f), -1,
	       "a transaction fails with what is added to it");
	is_int(count(), 6, "and leaves no rows");
	tx_also(db, NULL, NULL);
	fine(tx_run(db, add_one, &job, NULL, &f), "it is forgotten");
	is_int(count(), 8, "and the transaction is done without it");
}

/* Any statement of the transaction may fail, BEGIN and COMMIT too. */
static void
test_each(void)
{
	for (unsigned n = 1; n <= 5; n++) {
		struct tx_job job = { .id = 60 };

		fresh(0);
		db_fail_at(db, n, 1213);
		fine(tx_run(db, add_one, &job, NULL, &f),
		     "a deadlock of the n-th statement is run again");
		is_int(count(), 2,
		       "a transaction with a deadlock is done once");
		db_fail_at(db, 0, 0);
	}
	for (unsigned n = 1; n <= 3; n++) {
		struct tx_job job = { .id = 60 };

		fresh(0);
		db_fail_at(db, n, 1064);
		is_int(tx_run(db, add_one, &job, NULL, &f), -1,
		       "a transaction with another error fails");
		is_int(count(), 0,
		       "a transaction with another error leaves nothing");
		db_fail_at(db, 0, 0);
	}
}

struct endless {
	int runs;
};

static int
always_deadlock(struct db *d, void *arg, struct fault *why)
{
	struct endless *e = arg;

	e->runs++;
	db_fail_at(d, 1, 1213);
	return db_exec(d, NULL, ADD, ARGS(ARG_INT(70), ARG_INT(1)), why);
}

static void
test_endless(void)
{
	struct endless e = { 0 };

	is_int(tx_run(db, always_deadlock, &e, NULL, &f), -1,
	       "a transaction that always meets a deadlock fails");
	is_int(e.runs, 8,
	       "a transaction that always meets a deadlock runs eight times");
	is_int(f.code, FAULT_BUSY,
	       "a deadlock without end is reported as busy");
}

struct views {
	int64_t before, after, write_rc;
	const char *isolation;
	struct arena *arena;
};

static int
look_twice(struct db *d, void *arg, struct fault *why)
{
	struct views *v = arg;
	struct db *other = db_new(&conf, stmts, STMTS);
	struct rows r;
	int rc;

	if (db_int(d, &v->before, COUNT, NO_ARGS, why))
		return -1;
	rc = db_exec(other, NULL, ADD, ARGS(ARG_INT(500), ARG_INT(0)), why);
	db_free(other);
	if (rc || db_int(d, &v->after, COUNT, NO_ARGS, why) ||
	    db_query(d, &r, ISOLATION, NO_ARGS, why))
		return -1;
	rows_next(&r, why);
	v->isolation = rows_str(&r, 0, v->arena);
	rows_close(&r);
	usleep(2500000); /* writers may only idle for 2 s */
	return db_int(d, &v->after, COUNT, NO_ARGS, why);
}

static int
write_in_view(struct db *d, void *arg, struct fault *why)
{
	(void)arg;
	return db_exec(d, NULL, CLEAR, NO_ARGS, why);
}

static void
test_snapshot(void)
{
	const struct tx_opts opts = { .snapshot = true };
	struct views v = { .arena = arena_new() };
	struct rows r;

	fresh(2);
	fine(tx_run(db, look_twice, &v, &opts, &f),
	     "a transaction with a snapshot succeeds");
	ok(v.before == 2 && v.after == 2,
	   "a snapshot shows one moment and may idle for long");
	is_str(v.isolation, "REPEATABLE-READ",
	       "a snapshot has the isolation level REPEATABLE READ");
	is_int(tx_run(db, write_in_view, &v, &opts, &f), -1,
	       "a snapshot cannot write");
	is_int(f.code, FAULT_BROKEN,
	       "writing in a snapshot is reported as broken");
	fine(db_query(db, &r, ISOLATION, NO_ARGS, &f),
	     "the isolation level can be read after a snapshot");
	rows_next(&r, &f);
	is_str(rows_str(&r, 0, v.arena), "READ-COMMITTED",
	       "the isolation level is READ COMMITTED after a snapshot");
	rows_close(&r);
	arena_free(v.arena);
}

int
main(void)
{
	conf = bed_make();
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT)");
	bed_run(&conf, "CREATE TABLE tx_mark (id BINARY(16) PRIMARY KEY, "
		       "void TINYINT NOT NULL DEFAULT 0, "
		       "at DATETIME(6) NOT NULL)");
	db = db_new(&conf, stmts, STMTS);
	test_plain();
	test_misuse();
	test_errors();
	test_stop();
	test_also();
	test_each();
	test_endless();
	test_snapshot();
	db_free(db);
	bed_drop();
	return tap_done();
}
