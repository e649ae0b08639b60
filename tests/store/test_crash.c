/* A server that is killed, at each point of a transaction. */
#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/secret.h"
#include "store/db.h"
#include "store/tx.h"
#include "tests/store/fine.h"
#include "tests/store/server.h"

enum { COUNT, ADD, CLEAR, MAKE, MAKE_MARK, BLOCK, STMTS };

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[COUNT]	    = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[ADD]	    = { "ADD", "i", "", "INSERT INTO v (id) VALUES (?)" },
	[CLEAR]	    = { "CLEAR", "", "", "DELETE FROM v" },
	[MAKE]	    = { "MAKE", "", "", "CREATE TABLE v (id BIGINT PRIMARY KEY)" },
	[MAKE_MARK] = { "MAKE_MARK", "", "",
			"CREATE TABLE tx_mark (id BINARY(16) PRIMARY KEY, "
			"void TINYINT NOT NULL, at DATETIME(6) NOT NULL)" },
	[BLOCK]	    = { "BLOCK", "", "", "FLUSH TABLES WITH READ LOCK" },
};
/* clang-format on */

static struct server server;
static struct db_conf conf;
static struct db *db;

static int64_t
count(void)
{
	int64_t n = -1;

	if (db_int(db, &n, COUNT, NO_ARGS, &f))
		printf("# %s (%s)\n", f.text, f.cause);
	return n;
}

enum when { NEVER, BEFORE_END, AFTER_WRITE };

struct tx_job {
	int runs;
	enum when kill_when;
	bool stay_away;
};

static void
crash(struct tx_job *job)
{
	if (job->runs > 1)
		return;
	server_kill(&server);
	if (!job->stay_away)
		server_start(&server);
}

static int
add_two(struct db *d, void *arg, struct fault *why)
{
	struct tx_job *job = arg;

	job->runs++;
	if (db_exec(d, NULL, ADD, ARGS(ARG_INT(1)), why))
		return -1;
	if (job->kill_when == AFTER_WRITE)
		crash(job);
	if (db_exec(d, NULL, ADD, ARGS(ARG_INT(2)), why))
		return -1;
	if (job->kill_when == BEFORE_END)
		crash(job);
	return 0;
}

static void
test_killed(void)
{
	for (enum when w = BEFORE_END; w <= AFTER_WRITE; w++) {
		struct tx_job job = { .kill_when = w };

		fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f),
		     "the table is emptied");
		fine(tx_run(db, add_two, &job, NULL, &f),
		     "a transaction survives a server killed before COMMIT");
		is_int(job.runs, 2,
		       "a transaction that was cut off is run again");
		is_int(count(), 2, "both rows are stored once");
	}
}

static void
test_away(void)
{
	struct tx_job job = { .kill_when = AFTER_WRITE, .stay_away = true };
	int64_t start, n;

	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the table is emptied");
	is_int(tx_run(db, add_two, &job, NULL, &f), -1,
	       "a transaction fails when the server stays away");
	is_int(f.code, FAULT_BUSY,
	       "a transaction without a server is reported as busy");
	start = clock_boot_us();
	is_int(db_int(db, &n, COUNT, NO_ARGS, &f), -1,
	       "a query fails while the server is away");
	is_int(f.code, FAULT_BUSY,
	       "a query without a server is reported as busy");
	ok(clock_boot_us() - start < 100000,
	   "a query without a server fails at once");
	server_start(&server);
	is_int(count(), 0, "the server is back without half a transaction");
}

/* Lets COMMIT hang, kills the server under it, starts it again. */
static void *
kill_under_commit(void *arg)
{
	struct db *blocker = arg;

	usleep(500000); /* COMMIT is to hang by then */
	server_kill(&server);
	db_free(blocker);
	server_start(&server);
	return NULL;
}

struct blocked {
	struct tx_job job;
	pthread_t killer;
};

static int
add_blocked(struct db *d, void *arg, struct fault *why)
{
	struct blocked *b = arg;

	if (add_two(d, &b->job, why))
		return -1;
	if (b->job.runs == 1) {
		struct db *blocker = db_new(&conf, stmts, STMTS);

		if (db_exec(blocker, NULL, BLOCK, NO_ARGS, why))
			return -1;
		pthread_create(&b->killer, NULL, kill_under_commit, blocker);
	}
	return 0;
}

static void
test_commit(void)
{
	uint8_t mark[MARK_LEN];
	const struct tx_opts opts = { .mark = mark };
	struct blocked b = { .job = { .runs = 0 } };

	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the table is emptied");
	is_int(tx_run(db, add_blocked, &b, NULL, &f), -1,
	       "a transaction fails when the server is killed during COMMIT");
	pthread_join(b.killer, NULL);
	is_int(f.code, FAULT_UNKNOWN,
	       "the result of an interrupted COMMIT is unknown");
	is_int(b.job.runs, 1,
	       "a transaction with an unknown result is not run again");
	is_int(count(), 0, "the interrupted COMMIT stored nothing");

	secret_random(mark, sizeof(mark));
	b = (struct blocked){ .job = { .runs = 0 } };
	fine(tx_run(db, add_blocked, &b, &opts, &f),
	     "a transaction with a mark waits for the server and asks");
	pthread_join(b.killer, NULL);
	is_int(b.job.runs, 2,
	       "a transaction whose mark is missing is run again");
	is_int(count(), 2, "a transaction with a mark is done once");
}

int
main(void)
{
	secret_open();
	server_mariadb(&server);
	conf = (struct db_conf){ .hosts = "localhost",
				 .socket = server.socket,
				 .user = "root",
				 .password = "",
				 .database = "mysql",
				 .lock_wait_s = 2,
				 .probe = -1 };
	db = db_new(&conf, stmts, STMTS);
	fine(db_exec(db, NULL, MAKE, NO_ARGS, &f), "the table is created");
	fine(db_exec(db, NULL, MAKE_MARK, NO_ARGS, &f),
	     "the table of marks is created");
	test_killed();
	test_away();
	test_commit();
	db_free(db);
	server_end(&server);
	return tap_done();
}
