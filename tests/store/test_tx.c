/* Transactions: run again, stopped, killed, and of unknown end. */
#include <pthread.h>
#include <time.h>

#include "base/clock.h"
#include "base/secret.h"
#include "store/db.h"
#include "store/tx.h"
#include "tests/store/bed.h"

enum {
	COUNT,
	ADD,
	MOVE,
	LOCK,
	CLEAR,
	GET,
	OPEN,
	CREATE,
	ISOLATION,
	IDLE_READ,
	MARKS,
	CONNECTION,
	STMTS
};

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[COUNT]	     = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[ADD]	     = { "ADD", "ii", "", "INSERT INTO v (id, i) VALUES (?, ?)" },
	[MOVE]	     = { "MOVE", "ii", "", "UPDATE v SET i = i + ? WHERE id = ?" },
	[LOCK]	     = { "LOCK", "i", "i", "SELECT i FROM v WHERE id = ? FOR UPDATE" },
	[CLEAR]	     = { "CLEAR", "", "", "DELETE FROM v" },
	[GET]	     = { "GET", "i", "i", "SELECT i FROM v WHERE id = ?" },
	[OPEN]	     = { "OPEN", "", "i", "SELECT COUNT(*) FROM "
			 "information_schema.innodb_trx" },
	[CREATE]     = { "CREATE", "", "", "CREATE TABLE IF NOT EXISTS w (i INT)" },
	[ISOLATION]  = { "ISOLATION", "", "s", "SELECT @@tx_isolation" },
	[IDLE_READ]  = { "IDLE_READ", "", "i",
			 "SELECT @@idle_readonly_transaction_timeout" },
	[MARKS]	     = { "MARKS", "i", "i",
			 "SELECT COUNT(*) FROM tx_mark WHERE (void > 0) = ?" },
	[CONNECTION] = { "CONNECTION", "", "i", "SELECT CONNECTION_ID()" },
};
/* clang-format on */

static struct db_conf conf;
static struct db *db;
static struct fault f;

static bool
fine(int rc, const char *what)
{
	if (!ok(rc == 0, what))
		printf("# %s (%s)\n", f.text, f.cause);
	return rc == 0;
}

static int64_t
ask(int stmt, int64_t id)
{
	struct fault why;
	int64_t n = -1;
	struct db *d = db_new(&conf, stmts, STMTS);

	if (db_int(d, &n, stmt, ARGS(ARG_INT(id)), &why) &&
	    why.code != FAULT_ABSENT)
		printf("# %s (%s)\n", why.text, why.cause);
	db_free(d);
	return n;
}

static int64_t
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

static void
fresh(int rows)
{
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "an empty table");
	for (int i = 1; i <= rows; i++)
		fine(db_exec(db, NULL, ADD, ARGS(ARG_INT(i), ARG_INT(0)), &f),
		     "and a row");
}

/* Adds one row; counts its runs. */
struct job {
	int runs, id;
	int rc;	       /* what it returns */
	bool swallow;  /* hides the fault of its second statement */
	unsigned fail; /* errno of its second statement, in the first run */
};

static int
add_one(struct db *d, void *arg, struct fault *why)
{
	struct job *job = arg;

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

static void
test_plain(void)
{
	struct job job = { .id = 10 };

	fresh(0);
	fine(tx_run(db, add_one, &job, NULL, &f), "a transaction");
	is_int(count(), 2, "is committed");
	ok(!tx_open(db), "and over");
	job = (struct job){ .id = 20, .rc = -1 };
	is_int(tx_run(db, add_one, &job, NULL, &f), -1, "giving up");
	is_int(f.code, FAULT_DENIED, "keeps the fault");
	is_int(job.runs, 1, "is not repeated");
	is_int(count(), 2, "and rolls back");
}

static int
nest(struct db *d, void *arg, struct fault *why)
{
	struct job job = { .id = 90 };

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
	struct job job = { .id = 80 };

	is_int(tx_run(db, nest, NULL, NULL, &f), -1, "one in another");
	is_int(f.code, FAULT_BROKEN, "is a mistake");
	is_int(tx_run(db, end_early, &job, NULL, &f), -1,
	       "a statement that commits by itself");
	ok(f.code == FAULT_BROKEN && strstr(f.cause, "by itself"),
	   "is noticed before COMMIT");
	ok(!tx_open(db), "nothing stays open");
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
			struct job job = { .id = 30,
					   .fail = cases[i].no,
					   .swallow = swallow };
			int rc;

			fresh(0);
			rc = tx_run(db, add_one, &job, NULL, &f);
			printf("# %u, %s\n", cases[i].no,
			       swallow ? "swallowed" : "told");
			is_int(rc, cases[i].again ? 0 : -1, "its end");
			is_int(job.runs, cases[i].again ? 2 : 1, "its runs");
			is_int(count(), cases[i].again ? 2 : 0, "its rows");
			if (!cases[i].again)
				is_int(f.code, cases[i].code, "its fault");
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
		is_int(why->code, FAULT_BROKEN, "with the first one's fault");
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
	       "going on after an error");
	is_int(sent, 0, "sends nothing");
	ok(strstr(f.cause, "1406") != NULL, "the fault is the first one");
	is_int(count(), 0, "and nothing is committed");
}

/* Any statement of the transaction may fail, BEGIN and COMMIT too. */
static void
test_each(void)
{
	for (unsigned n = 1; n <= 5; n++) {
		struct job job = { .id = 60 };

		fresh(0);
		db_fail_at(db, n, 1213);
		fine(tx_run(db, add_one, &job, NULL, &f),
		     "a deadlock of the n-th statement is run again");
		is_int(count(), 2, "and done once");
		db_fail_at(db, 0, 0);
	}
	for (unsigned n = 1; n <= 3; n++) {
		struct job job = { .id = 60 };

		fresh(0);
		db_fail_at(db, n, 1064);
		is_int(tx_run(db, add_one, &job, NULL, &f), -1,
		       "another error");
		is_int(count(), 0, "leaves nothing");
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

	is_int(tx_run(db, always_deadlock, &e, NULL, &f), -1, "for ever");
	is_int(e.runs, 8, "is eight times");
	is_int(f.code, FAULT_BUSY, "and busy");
}

static void
test_unmarked(void)
{
	for (int done = 0; done < 2; done++) {
		struct job job = { .id = 30 };

		fresh(0);
		db_lose_commit(db, 1, done);
		is_int(tx_run(db, add_one, &job, NULL, &f), -1,
		       "a COMMIT without answer");
		is_int(f.code, FAULT_UNKNOWN, "is unknown without a mark");
		is_int(job.runs, 1, "and not run again");
		is_int(count(), done ? 2 : 0, "whatever became of it");
	}
	for (int done = 0; done < 2; done++) {
		struct job job = { .id = 30 };
		unsigned odd[] = { 1180, 1047, 1205, 1317, 9999 };

		fresh(0);
		db_fail_at(db, 4, odd[done]);
		is_int(tx_run(db, add_one, &job, NULL, &f), -1, "COMMIT fails");
		is_int(f.code, FAULT_UNKNOWN, "in a way that proves nothing");
	}
}

static void
test_marked(void)
{
	uint8_t mark[MARK_LEN];
	const struct tx_opts opts = { .mark = mark };

	for (int done = 0; done < 2; done++) {
		struct job job = { .id = 30 };

		secret_random(mark, sizeof(mark));
		fresh(0);
		db_lose_commit(db, 1, done);
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "a COMMIT without answer is settled by its mark");
		is_int(job.runs, done ? 1 : 2, "and run again if it must be");
		is_int(count(), 2, "so it is done once");
		fine(tx_run(db, add_one, &job, &opts, &f), "asked again");
		is_int(job.runs, done ? 1 : 2, "it is known to be done");
		is_int(count(), 2, "and stays as it is");
	}
	secret_random(mark, sizeof(mark));
	for (int i = 0; i < 2; i++) {
		struct job job = { .id = 40 };

		fresh(0);
		db_lose_commit(db, 1, false);
		db_fail_at(db, 6, 2013); /* the voiding itself */
		if (i == 1)
			db_fail_at(db, 6, 1213);
		secret_random(mark, sizeof(mark));
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "asking may need to be repeated");
		is_int(count(), 2, "and is still right");
	}
	{
		struct job job = { .id = 50 };

		secret_random(mark, sizeof(mark));
		fresh(0);
		job.rc = -1;
		is_int(tx_run(db, add_one, &job, &opts, &f), -1, "given up");
		job.rc = 0;
		fine(tx_run(db, add_one, &job, &opts, &f),
		     "the mark of one given up can be used");
		is_int(count(), 2, "again");
	}
}

/* Two lost COMMITs in one tx_run: the second settles over the first's void. */
static int
lose_twice(struct db *d, void *arg, struct fault *why)
{
	struct job *job = arg;

	db_lose_commit(d, 1, job->runs == 2);
	return job->runs < 3 ? add_one(d, arg, why)
			     : fault_set(why, FAULT_BROKEN, "Too often.");
}

static void
test_marked_twice(void)
{
	uint8_t mark[MARK_LEN];
	const struct tx_opts opts = { .mark = mark };
	struct job job = { .id = 30 };

	secret_random(mark, sizeof(mark));
	fresh(0);
	fine(tx_run(db, lose_twice, &job, &opts, &f), "lost three times");
	is_int(job.runs, 3, "done the third time, and known to be");
	is_int(count(), 2, "once");
	db_lose_commit(db, 0, false);
}

/* Two connections that lock two rows in opposite orders. */
struct duel {
	struct db *db;
	int first, second, runs, rc;
	pthread_barrier_t *both;
};

static int
cross(struct db *d, void *arg, struct fault *why)
{
	struct duel *duel = arg;
	int64_t n;

	duel->runs++;
	if (db_int(d, &n, LOCK, ARGS(ARG_INT(duel->first)), why))
		return -1;
	if (duel->runs == 1)
		pthread_barrier_wait(duel->both);
	if (db_int(d, &n, LOCK, ARGS(ARG_INT(duel->second)), why))
		return -1;
	if (db_exec(d, NULL, MOVE, ARGS(ARG_INT(1), ARG_INT(duel->first)), why))
		return -1;
	return db_exec(d, NULL, MOVE, ARGS(ARG_INT(1), ARG_INT(duel->second)),
		       why);
}

static void *
fight(void *arg)
{
	struct duel *duel = arg;
	struct fault why;

	duel->rc = tx_run(duel->db, cross, duel, NULL, &why);
	if (duel->rc)
		printf("# %s (%s)\n", why.text, why.cause);
	return NULL;
}

static void
test_deadlock(void)
{
	pthread_barrier_t both;
	pthread_t thread;
	struct duel a = { .db = db, .first = 1, .second = 2, .both = &both };
	struct duel b = { .db = db_new(&conf, stmts, STMTS),
			  .first = 2,
			  .second = 1,
			  .both = &both };

	fresh(2);
	pthread_barrier_init(&both, NULL, 2);
	pthread_create(&thread, NULL, fight, &b);
	fight(&a);
	pthread_join(thread, NULL);
	ok(a.rc == 0 && b.rc == 0, "both ends of a deadlock are done");
	is_int(a.runs + b.runs, 3, "one of them in a second run");
	is_int(ask(GET, 1), 2, "each row once by each");
	is_int(ask(GET, 2), 2, "both rows");
	db_free(b.db);
}

/* Holds a row for some time, in its first run. */
struct holder {
	struct db *db;
	pthread_barrier_t *both;
	int rc, hold_ms, runs;
	struct fault why;
};

static int
hold(struct db *d, void *arg, struct fault *why)
{
	struct holder *h = arg;

	if (db_exec(d, NULL, MOVE, ARGS(ARG_INT(10), ARG_INT(1)), why))
		return -1;
	if (++h->runs == 1) {
		pthread_barrier_wait(h->both);
		usleep((useconds_t)h->hold_ms * 1000);
	}
	return db_exec(d, NULL, MOVE, ARGS(ARG_INT(10), ARG_INT(2)), why);
}

static void *
run_holder(void *arg)
{
	struct holder *h = arg;

	h->rc = tx_run(h->db, hold, h, NULL, &h->why);
	return NULL;
}

static int
move_one(struct db *d, void *arg, struct fault *why)
{
	int *runs = arg;

	++*runs;
	return db_exec(d, NULL, MOVE, ARGS(ARG_INT(1), ARG_INT(1)), why);
}

/* Kept busy, so that the server does not end it for idling. */
static int
hold_busy(struct db *d, void *arg, struct fault *why)
{
	struct holder *h = arg;
	int64_t n;

	if (db_exec(d, NULL, MOVE, ARGS(ARG_INT(10), ARG_INT(1)), why))
		return -1;
	pthread_barrier_wait(h->both);
	for (int i = 0; i < h->hold_ms / 500; i++) {
		usleep(500000);
		if (db_int(d, &n, COUNT, NO_ARGS, why))
			return -1;
	}
	return 0;
}

static void *
run_busy(void *arg)
{
	struct holder *h = arg;

	h->rc = tx_run(h->db, hold_busy, h, NULL, &h->why);
	return NULL;
}

static void
test_lock_wait(void)
{
	pthread_barrier_t both;
	pthread_t thread;
	struct db_conf quick = conf;
	struct holder h = { .hold_ms = 3000, .both = &both };
	int runs = 0;

	fresh(2);
	quick.lock_wait_s = 1;
	h.db = db_new(&quick, stmts, STMTS);
	pthread_barrier_init(&both, NULL, 2);
	pthread_create(&thread, NULL, run_busy, &h);
	pthread_barrier_wait(&both);
	fine(tx_run(db, move_one, &runs, NULL, &f), "a lock is waited for");
	ok(runs >= 2, "longer than one run's patience");
	pthread_join(thread, NULL);
	is_int(h.rc, 0, "its holder is done too");
	is_int(ask(GET, 1), 11, "and both changes are there");
	db_free(h.db);
}

/* A transaction that sleeps is ended by the server, and its locks with it. */
static void
test_idle(void)
{
	pthread_barrier_t both;
	pthread_t thread;
	struct holder h = { .hold_ms = 3500, .both = &both };
	int runs = 0;
	int64_t start;

	fresh(2);
	h.db = db_new(&conf, stmts, STMTS);
	pthread_barrier_init(&both, NULL, 2);
	pthread_create(&thread, NULL, run_holder, &h);
	pthread_barrier_wait(&both);
	start = clock_boot_us();
	fine(tx_run(db, move_one, &runs, NULL, &f),
	     "a frozen transaction does not hold others up");
	ok(clock_boot_us() - start < 3300000, "for longer than it may idle");
	pthread_join(thread, NULL);
	if (!ok(h.rc == 0, "which is told so when it wakes up"))
		printf("# %s (%s)\n", h.why.text, h.why.cause);
	is_int(h.runs, 2, "and runs again");
	is_int(ask(GET, 1), 11, "so each is done once");
	is_int(ask(GET, 2), 10, "and whole");
	db_free(h.db);
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
	usleep(2500000);
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
	fine(tx_run(db, look_twice, &v, &opts, &f), "a snapshot");
	ok(v.before == 2 && v.after == 2, "shows one moment, and may think");
	is_str(v.isolation, "REPEATABLE-READ", "is repeatable");
	is_int(tx_run(db, write_in_view, &v, &opts, &f), -1, "cannot write");
	is_int(f.code, FAULT_BROKEN, "which is a mistake");
	fine(db_query(db, &r, ISOLATION, NO_ARGS, &f), "afterwards");
	rows_next(&r, &f);
	is_str(rows_str(&r, 0, v.arena), "READ-COMMITTED", "all is as before");
	rows_close(&r);
	arena_free(v.arena);
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
	test_plain();
	test_misuse();
	test_errors();
	test_stop();
	test_each();
	test_endless();
	test_unmarked();
	test_marked();
	test_marked_twice();
	test_deadlock();
	test_lock_wait();
	test_idle();
	test_snapshot();
	db_free(db);
	bed_drop();
	return tap_done();
}
