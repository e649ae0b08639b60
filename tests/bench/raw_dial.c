/*
 * raw_dial.c - how fast MariaDB takes the row changes of a call when nothing
 * else is done: the peer of the dial bench.
 *
 *	raw_dial SOCKET DATABASE FIRST-RUN LANES ATTEMPTS BATCH
 *
 * Each lane is a process with a connection and a run of its own, so that no
 * lane waits for a row of another.  A batch is three transactions, as a call
 * must be durable when it is queued, before it leaves, and when it has ended;
 * all statements of many rows are array-bound.  Prints the seconds from the
 * first statement to the last commit, and the CPU time of all lanes in us.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "campaign/call_id.h"
#include "store/db.h"
#include "store/tx.h"

enum {
#define STMT(name, takes, gives, text) name,
#include "tests/bench/raw_dial.def"
#undef STMT
	STMT_MAX
};

static const struct stmt stmts[STMT_MAX] = {
#define STMT(name, takes, gives, text) { #name, takes, gives, text },
#include "tests/bench/raw_dial.def"
#undef STMT
};

#define NOT_AFTER INT64_C(4000000000000000)
#define COLUMNS_MAX 8

struct call {
	uint8_t id[UUID_LEN];
	char phone[16];
};

struct lane {
	int64_t run;
	size_t first, count, batch; /* ordinals of the batch at work */
	struct call *calls;
	struct arg *args;
};

static int
fail(const char *what, const struct fault *f)
{
	fprintf(stderr, "raw_dial: %s: %s (%s)\n", what, f->text, f->cause);
	return 1;
}

static void
make_calls(struct lane *l)
{
	for (size_t i = 0; i < l->count; i++) {
		struct call_key key = {
			.run = (uint32_t)l->run,
			.seg = 1,
			.seq = 1,
			.ordinal = (uint32_t)(l->first + i),
			.nonce = (uint32_t)secret_random_bits(30),
		};

		call_id_make(&key, l->calls[i].id);
		snprintf(l->calls[i].phone, sizeof(l->calls[i].phone),
			 "4477%08zu", l->first + i);
	}
}

/* Runs a statement for every call of the batch, with the arguments of row(). */
static int
each(struct db *db, struct lane *l, int stmt, size_t columns,
     void (*row)(const struct lane *, size_t, struct arg *), struct fault *f)
{
	for (size_t i = 0; i < l->count; i++)
		row(l, i, l->args + i * columns);
	return db_bulk(db, NULL, stmt, l->args, columns, l->count, f);
}

static struct arg
id_of(const struct lane *l, size_t i)
{
	return ARG_BIN(l->calls[i].id, UUID_LEN);
}

static void
live_row(const struct lane *l, size_t i, struct arg *out)
{
	out[0] = id_of(l, i);
	out[1] = out[3] = out[4] = ARG_INT(l->run);
	out[2] = ARG_STR(l->calls[i].phone);
	out[5] = ARG_INT(l->first + i);
	out[6] = ARG_TIME(NOT_AFTER);
}

static void
contact_row(const struct lane *l, size_t i, struct arg *out)
{
	out[0] = ARG_INT(l->run);
	out[1] = ARG_INT(l->first + i);
}

static void
sent_row(const struct lane *l, size_t i, struct arg *out)
{
	out[0] = out[1] = ARG_INT(l->run);
	out[2] = id_of(l, i);
}

static void
attempt_row(const struct lane *l, size_t i, struct arg *out)
{
	out[0] = ARG_INT(l->run);
	out[1] = out[2] = ARG_INT(l->first + i);
	out[3] = ARG_STR(l->calls[i].phone);
	out[4] = ARG_INT(4000 + i);
	out[5] = ARG_INT(30000 + i);
}

static void
gone_row(const struct lane *l, size_t i, struct arg *out)
{
	out[0] = id_of(l, i);
}

static int
plan(struct db *db, void *arg, struct fault *f)
{
	struct lane *l = arg;
	struct arg n = ARG_INT(l->count), run = ARG_INT(l->run);

	if (each(db, l, LIVE, 7, live_row, f) ||
	    each(db, l, CONTACT, 2, contact_row, f) ||
	    db_exec(db, NULL, CURSOR, ARGS(ARG_INT(l->first + l->count), run),
		    f) ||
	    db_exec(db, NULL, NUMBER, ARGS(n, run), f))
		return -1;
	return db_exec(db, NULL, PLANNED, ARGS(n, run), f);
}

static int
send(struct db *db, void *arg, struct fault *f)
{
	return each(db, arg, SENT, 3, sent_row, f);
}

static int
record(struct db *db, void *arg, struct fault *f)
{
	struct lane *l = arg;
	struct arg n = ARG_INT(l->count), run = ARG_INT(l->run);

	if (each(db, l, ATTEMPT, 6, attempt_row, f) ||
	    each(db, l, GONE, 1, gone_row, f) ||
	    each(db, l, FINAL, 2, contact_row, f) ||
	    db_exec(db, NULL, RECORDED, ARGS(n, n, n, n, n, n, run), f))
		return -1;
	return db_exec(db, NULL, MINUTE, ARGS(n, n, run), f);
}

static int
begin(struct db *db, const struct lane *l, struct fault *f)
{
	struct arg run = ARG_INT(l->run);

	if (db_connect(db, f) || db_exec(db, NULL, MAKE_CURSOR, &run, 1, f) ||
	    db_exec(db, NULL, MAKE_NUMBER, &run, 1, f) ||
	    db_exec(db, NULL, MAKE_COUNT, ARGS(run, ARG_INT(1)), f) ||
	    db_exec(db, NULL, MAKE_COUNT, ARGS(run, ARG_INT(2)), f))
		return -1;
	return db_exec(db, NULL, MAKE_MINUTE, &run, 1, f);
}

/* A lane is ready when it closes 'ready', and goes when 'go' is closed. */
static int
lane(const struct db_conf *conf, struct lane *l, size_t attempts, int ready,
     int go)
{
	struct db *db = db_new(conf, stmts, STMT_MAX);
	struct arena *a = arena_new();
	struct fault f;
	char byte;

	l->calls = ARENA_ARRAY(a, l->batch, struct call);
	l->args = ARENA_ARRAY(a, l->batch * COLUMNS_MAX, struct arg);
	if (begin(db, l, &f))
		return fail("begin", &f);
	close(ready);
	if (read(go, &byte, 1))
		return 1;
	for (l->first = 1; l->first <= attempts; l->first += l->count) {
		l->count = attempts + 1 - l->first;
		if (l->count > l->batch)
			l->count = l->batch;
		make_calls(l);
		if (tx_run(db, plan, l, NULL, &f) ||
		    tx_run(db, send, l, NULL, &f) ||
		    tx_run(db, record, l, NULL, &f))
			return fail("a batch", &f);
	}
	db_free(db);
	arena_free(a);
	return 0;
}

static int64_t
cpu_of_lanes(void)
{
	struct rusage u;

	getrusage(RUSAGE_CHILDREN, &u);
	return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * US_PER_S +
	       u.ru_utime.tv_usec + u.ru_stime.tv_usec;
}

static int
run(const struct db_conf *conf, int64_t first_run, size_t lanes,
    size_t attempts, size_t batch)
{
	int ready[2], go[2], status, failed = 0;
	int64_t began;
	char byte;

	if (pipe(ready) || pipe(go))
		return 1;
	for (size_t i = 0; i < lanes; i++) {
		struct lane l = { .run = first_run + (int64_t)i,
				  .batch = batch };

		if (fork() == 0) {
			close(go[1]);
			_exit(lane(conf, &l, attempts / lanes, ready[1],
				   go[0]));
		}
	}
	close(ready[1]);
	if (read(ready[0], &byte, 1))
		return 1;
	began = clock_boot_us();
	close(go[1]);
	while (wait(&status) > 0)
		failed |= status;
	printf("%.6f %" PRId64 "\n",
	       (double)(clock_boot_us() - began) / US_PER_S, cpu_of_lanes());
	return failed ? 1 : 0;
}

int
main(int argc, char **argv)
{
	struct db_conf conf = { .hosts = "localhost",
				.user = "root",
				.password = "",
				.lock_wait_s = 5,
				.probe = -1 };
	int64_t n[4];

	for (int i = 0; i < 4; i++) {
		if (argc != 7 || text_int(argv[3 + i], &n[i]) || n[i] < 1) {
			fputs("usage: raw_dial SOCKET DATABASE FIRST-RUN "
			      "LANES ATTEMPTS BATCH\n",
			      stderr);
			return 2;
		}
	}
	conf.socket = argv[1];
	conf.database = argv[2];
	secret_open();
	return run(&conf, n[0], (size_t)n[1], (size_t)n[2], (size_t)n[3]);
}
