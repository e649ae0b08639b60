/* Two connections that want the same rows. */
#include <pthread.h>

#include "base/clock.h"
#include "store/db.h"
#include "store/tx.h"
#include "tests/store/bed.h"

enum { COUNT, ADD, MOVE, LOCK, LOCK_RANGE, CLEAR, GET, STMTS };

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[COUNT] = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[ADD] = { "ADD", "ii", "", "INSERT INTO v (id, i) VALUES (?, ?)" },
	[MOVE] = { "MOVE", "ii", "", "UPDATE v SET i = i + ? WHERE id = ?" },
	[LOCK] = { "LOCK", "i", "i",
		"SELECT i FROM v WHERE id = ? FOR UPDATE" },
	[LOCK_RANGE] = { "LOCK_RANGE", "ii", "i",
		"SELECT i FROM v WHERE id BETWEEN ? AND ? FOR UPDATE" },
	[CLEAR] = { "CLEAR", "", "", "DELETE FROM v" },
	[GET] = { "GET", "i", "i", "SELECT i FROM v WHERE id = ?" },
};
/* clang-format on */

static struct db_conf conf;
static struct db *db;

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

static void
fresh(int rows)
{
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the table is emptied");
	for (int i = 1; i <= rows; i++)
		fine(db_exec(db, NULL, ADD, ARGS(ARG_INT(i), ARG_INT(0)), &f),
		     "a row is added to the table");
}

/* Two connections that lock two rows in opposite orders. */
struct duel {
	struct db *db;
	int first, second, runs, rc;
	bool range;
	pthread_barrier_t *both;
};

/* The deadlock of a range comes with the rows, after the statement was
 * answered well. */
static int
lock(struct db *d, const struct duel *duel, int id, struct fault *why)
{
	int64_t n;

	if (duel->range)
		return db_int(d, &n, LOCK_RANGE,
			      ARGS(ARG_INT(id), ARG_INT(id + 1)), why);
	return db_int(d, &n, LOCK, ARGS(ARG_INT(id)), why);
}

static int
cross(struct db *d, void *arg, struct fault *why)
{
	struct duel *duel = arg;

	duel->runs++;
	if (lock(d, duel, duel->first, why))
		return -1;
	if (duel->runs == 1)
		pthread_barrier_wait(duel->both);
	if (lock(d, duel, duel->second, why))
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
	for (int range = 0; range < 2; range++) {
		pthread_barrier_t both;
		pthread_t thread;
		struct duel a = { .db = db,
				  .first = 1,
				  .second = 5,
				  .range = range,
				  .both = &both };
		struct duel b = a;

		b.db = db_new(&conf, stmts, STMTS);
		b.first = a.second;
		b.second = a.first;
		fresh(6);
		pthread_barrier_init(&both, NULL, 2);
		pthread_create(&thread, NULL, fight, &b);
		fight(&a);
		pthread_join(thread, NULL);
		ok(a.rc == 0 && b.rc == 0,
		   "both transactions of a deadlock succeed");
		is_int(a.runs + b.runs, 3,
		       "one transaction of a deadlock runs a second time");
		is_int(ask(GET, 1), 2,
		       "each transaction changes the first row once");
		is_int(ask(GET, 5), 2,
		       "each transaction changes the second row once");
		db_free(b.db);
	}
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
		usleep(3500000); /* the server ends it after 2 s */
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
		usleep(500000); /* below the 2 s it may idle */
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
	ok(runs >= 2, "the wait for a lock lasts longer than one run");
	pthread_join(thread, NULL);
	is_int(h.rc, 0, "the holder of the lock succeeds too");
	is_int(ask(GET, 1), 11, "the row has the changes of both transactions");
	db_free(h.db);
}

/* A transaction that sleeps is ended by the server, and its locks with it. */
static void
test_idle(void)
{
	pthread_barrier_t both;
	pthread_t thread;
	struct holder h = { .both = &both };
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
	ok(clock_boot_us() - start < 3300000,
	   "a frozen transaction holds others up no longer than it may idle");
	pthread_join(thread, NULL);
	if (!ok(h.rc == 0, "a frozen transaction succeeds after it wakes up"))
		printf("# %s (%s)\n", h.why.text, h.why.cause);
	is_int(h.runs, 2, "a frozen transaction runs a second time");
	is_int(ask(GET, 1), 11, "each transaction changes the first row once");
	is_int(ask(GET, 2), 10,
	       "the frozen transaction changes the second row once");
	db_free(h.db);
}

int
main(void)
{
	conf = bed_make();
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT)");
	db = db_new(&conf, stmts, STMTS);
	test_deadlock();
	test_lock_wait();
	test_idle();
	db_free(db);
	bed_drop();
	return tap_done();
}
