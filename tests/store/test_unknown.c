/* COMMITs whose answer is lost, with and without a mark. */
#include "base/secret.h"
#include "tests/store/tx_bed.h"

static void
test_unmarked(void)
{
	static const unsigned odd[] = { 1180, 1047, 1205, 1317, 2002, 9999 };

	for (int done = 0; done < 2; done++) {
		struct tx_job job = { .id = 30 };

		fresh(0);
		db_lose_commit(db, 1, done);
		is_int(tx_run(db, add_one, &job, NULL, &f), -1,
		       "a COMMIT without an answer fails");
		is_int(f.code, FAULT_UNKNOWN,
		       "a COMMIT without an answer or a mark is unknown");
		is_int(job.runs, 1,
		       "a COMMIT without an answer is not run again");
		is_int(count(), done ? 2 : 0,
		       "the rows are there only if COMMIT was done");
	}
	for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
		struct tx_job job = { .id = 30 };

		fresh(0);
		db_fail_at(db, 4, odd[i]);
		is_int(tx_run(db, add_one, &job, NULL, &f), -1,
		       "a COMMIT that fails with an odd error fails");
		is_int(f.code, FAULT_UNKNOWN,
		       "an odd error of COMMIT is unknown");
		is_int(job.runs, 1, "an odd error of COMMIT is not run again");
	}
}

static void
test_marked(void)
{
	uint8_t mark[MARK_LEN];
	const struct tx_opts opts = { .mark = mark };

	for (int done = 0; done < 2; done++) {
		struct tx_job job = { .id = 30 };

		secret_random(mark, sizeof(mark));
		fresh(0);
		db_lose_commit(db, 1, done);
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "a COMMIT without answer is settled by its mark");
		is_int(job.runs, done ? 1 : 2,
		       "a marked transaction runs again only if COMMIT was not "
		       "done");
		is_int(count(), 2, "a marked transaction is done once");
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "a marked transaction can be given again");
		is_int(job.runs, done ? 1 : 2,
		       "a marked transaction that is done does not run again");
		is_int(count(), 2,
		       "a marked transaction given again adds no rows");
	}
	secret_random(mark, sizeof(mark));
	for (int i = 0; i < 2; i++) {
		struct tx_job job = { .id = 40 };

		fresh(0);
		db_lose_commit(db, 1, false);
		db_fail_at(db, 6, 2013); /* the voiding itself */
		if (i == 1)
			db_fail_at(db, 6, 1213);
		secret_random(mark, sizeof(mark));
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "a transaction succeeds when asking for its mark fails "
		     "once");
		is_int(count(), 2,
		       "a transaction whose mark was asked for twice is done "
		       "once");
	}
	{
		struct tx_job job = { .id = 50 };

		secret_random(mark, sizeof(mark));
		fresh(0);
		job.rc = -1;
		is_int(tx_run(db, add_one, &job, &opts, &f), -1,
		       "a marked transaction that gives up fails");
		job.rc = 0;
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "the mark of a transaction that gave up can be used "
		     "again");
		is_int(count(), 2,
		       "a transaction with the mark of one that gave up is "
		       "done");
	}
}

/* Two lost COMMITs in one tx_run: the second settles over the first's void. */
static int
lose_twice(struct db *d, void *arg, struct fault *why)
{
	struct tx_job *job = arg;

	db_lose_commit(d, 1, job->runs == 2);
	return job->runs < 3 ? add_one(d, arg, why)
			     : fault_set(why, FAULT_BROKEN, "Too often.");
}

static void
test_marked_twice(void)
{
	uint8_t mark[MARK_LEN];
	const struct tx_opts opts = { .mark = mark };
	struct tx_job job = { .id = 30 };

	secret_random(mark, sizeof(mark));
	fresh(0);
	fine(tx_run(db, lose_twice, &job, &opts, &f),
	     "a transaction succeeds when COMMIT is lost three times");
	is_int(job.runs, 3,
	       "no fourth run follows when the third COMMIT was done");
	is_int(count(), 2,
	       "a transaction that is run three times is done once");
	db_lose_commit(db, 0, false);
}

int
main(void)
{
	secret_open();
	conf = bed_make();
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT)");
	bed_run(&conf, "CREATE TABLE tx_mark (id BINARY(16) PRIMARY KEY, "
		       "void TINYINT NOT NULL DEFAULT 0, "
		       "at DATETIME(6) NOT NULL)");
	db = db_new(&conf, stmts, STMTS);
	test_unmarked();
	test_marked();
	test_marked_twice();
	db_free(db);
	bed_drop();
	return tap_done();
}
