/* Connections: settings, hosts, deaths, lost answers. */
#include "base/arena.h"
#include "base/clock.h"
#include "store/db.h"
#include "tests/store/bed.h"

enum { PROBE, CLEAR, COUNT, NOW, VARIABLES, BAD_TEXT, CONNECTION, KILL, STMTS };

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[PROBE] = { "PROBE", "", "i", "SELECT COUNT(*) FROM v LIMIT 1" },
	[CLEAR] = { "CLEAR", "", "", "DELETE FROM v" },
	[COUNT] = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[NOW] = { "NOW", "", "t", "SELECT NOW(6)" },
	[VARIABLES] = { "VARIABLES", "", "ssssiis",
		"SELECT @@tx_isolation, @@time_zone, @@sql_mode, "
		"@@character_set_client, @@innodb_lock_wait_timeout, "
		"@@idle_transaction_timeout, @@character_set_connection" },
	[BAD_TEXT] = { "BAD_TEXT", "", "i", "SELECT no_such_column FROM v" },
	[CONNECTION] = { "CONNECTION", "", "i", "SELECT CONNECTION_ID()" },
	[KILL] = { "KILL", "i", "", "KILL ?" },
};
/* clang-format on */

static struct db_conf conf;
static struct db *db;
static struct arena *arena;

static int64_t
one(int stmt)
{
	int64_t n = -1;

	if (db_int(db, &n, stmt, NO_ARGS, &f))
		printf("# %s (%s)\n", f.text, f.cause);
	return n;
}

static void
test_settings(void)
{
	struct rows r;

	fine(db_query(db, &r, VARIABLES, NO_ARGS, &f),
	     "the settings of the connection are queried");
	is_int(rows_next(&r, &f), 1, "the settings of the connection are read");
	is_str(rows_str(&r, 0, arena), "READ-COMMITTED",
	       "transactions are READ-COMMITTED");
	is_str(rows_str(&r, 1, arena), "+00:00", "the time zone is UTC");
	ok(strstr(rows_str(&r, 2, arena), "STRICT_ALL_TABLES") != NULL,
	   "the SQL mode is strict");
	is_str(rows_str(&r, 3, arena), "utf8mb4",
	       "the character set of the client is utf8mb4");
	is_int(rows_int(&r, 4), 2, "a lock is waited for 2 s at most");
	is_int(rows_int(&r, 5), 2, "an idle transaction ends after 2 s");
	is_str(rows_str(&r, 6, arena), "utf8mb4",
	       "the character set of the connection is utf8mb4");
	is_int(rows_next(&r, &f), 0, "the settings are one row");
	is_int(rows_next(&r, &f), 0, "the end of the rows stays the end");
}

static void
test_clock(void)
{
	const int64_t at[] = { 1795443602123456, 1795443602999999,
			       1795443603000000, 1000001 };

	for (size_t i = 0; i < ARRAY_LEN(at); i++) {
		fine(db_set_now(db, at[i], &f), "the clock is set");
		is_int(one(NOW), at[i], "the clock is set to the microsecond");
		db_close(db);
		is_int(one(NOW), at[i],
		       "the next connection keeps the clock that was set");
	}
	fine(db_set_now(db, 0, &f), "the clock is given back to the server");
	ok(one(NOW) > clock_wall_us() - 10 * US_PER_S,
	   "the clock shows the present time again");
}

/* Ends our own connection from another one. */
static void
kill_ours(void)
{
	struct db *other = db_new(&conf, stmts, STMTS);
	int64_t id = one(CONNECTION);

	fine(db_exec(other, NULL, KILL, ARGS(ARG_INT(id)), &f),
	     "the connection is killed");
	db_free(other);
}

static void
test_reconnect(void)
{
	int64_t before = db_stats(db)->connects, n;
	struct db_conf wrong = conf;
	struct db *d;

	kill_ours();
	ok(one(COUNT) == 0, "a read goes on over another connection");
	is_int(db_stats(db)->connects, before + 1,
	       "one more connection was made");
	kill_ours();
	usleep(1100000); /* a connection is idle after 1 s */
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f),
	     "a dead connection is noticed before a write after a rest");
	wrong.hosts = "127.0.0.1:1, [::1]:1, localhost";
	d = db_new(&wrong, stmts, STMTS);
	fine(db_int(d, &n, COUNT, NO_ARGS, &f),
	     "the third host serves when the first two do not");
	db_free(d);
	d = db_new(&conf, stmts, STMTS);
	f.code = FAULT_NONE;
	fine(db_connect(d, &f), "the first host accepts a connection");
	is_int(f.code, FAULT_NONE,
	       "a connection to the first host sets no fault");
	db_free(d);
	wrong.hosts = "127.0.0.1:1";
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "connecting fails when no host answers");
	is_int(f.code, FAULT_BUSY,
	       "a database that does not answer is reported as busy");
	db_free(d);
	wrong.hosts = " , ";
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "connecting fails without a host");
	is_int(f.code, FAULT_BROKEN,
	       "an empty list of hosts is reported as broken");
	db_free(d);
}

static void
test_probe(void)
{
	struct db_conf wrong = conf;
	struct db *d;

	wrong.user = "nobody";
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "connecting fails with a wrong account");
	is_int(f.code, FAULT_BROKEN, "a wrong account is reported as broken");
	db_free(d);
	wrong = conf;
	wrong.probe = BAD_TEXT;
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "connecting fails when the probe fails");
	db_free(d);
	wrong.probe = PROBE;
	wrong.sync_wait = true;
	d = db_new(&wrong, stmts, STMTS);
	fine(db_connect(d, &f), "a connection whose probe works is made");
	bed_run(&conf, "RENAME TABLE v TO hidden");
	fine(db_connect(d, &f),
	     "a busy connection is trusted without another probe");
	usleep(1100000); /* a connection is idle after 1 s */
	is_int(db_connect(d, &f), -1,
	       "an idle connection fails when its new probe fails");
	bed_run(&conf, "RENAME TABLE hidden TO v");
	fine(db_connect(d, &f),
	     "a connection is made again when its probe works");
	db_free(d);
}

static void
test_lost_answers(void)
{
	int64_t n;

	db_fail_at(db, 1, 2013);
	is_int(one(COUNT), 0, "a read whose answer is lost is repeated");
	db_fail_at(db, 1, 2006);
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f),
	     "a write that was never sent is repeated");
	db_fail_at(db, 1, 2013);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1,
	       "a write whose answer is lost fails");
	is_int(f.code, FAULT_UNKNOWN,
	       "the result of a write whose answer is lost is unknown");
	db_fail_at(db, 1, 1180);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1,
	       "a write fails with error 1180 of a cluster");
	is_int(f.code, FAULT_UNKNOWN,
	       "the result of a write with error 1180 is unknown");
	db_fail_at(db, 1, 9999);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1,
	       "a write fails with an unknown error number");
	is_int(f.code, FAULT_UNKNOWN,
	       "the result of a write with an unknown error number is unknown");
	db_fail_at(db, 1, 1213);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1,
	       "a write that deadlocks fails");
	is_int(f.code, FAULT_BUSY, "a deadlock is reported as busy");
	db_fail_at(db, 2, 1105);
	fine(db_exec(db, &n, CLEAR, NO_ARGS, &f),
	     "the write before the failing one succeeds");
	is_int(db_exec(db, &n, CLEAR, NO_ARGS, &f), -1,
	       "a write with error 1105 fails");
	is_int(f.code, FAULT_BROKEN, "error 1105 is reported as broken");
}

int
main(void)
{
	conf = bed_make();
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT, "
		       "s LONGTEXT, b LONGBLOB, t DATETIME(6))");
	arena = arena_new();
	db = db_new(&conf, stmts, STMTS);
	test_settings();
	test_clock();
	test_reconnect();
	test_probe();
	test_lost_answers();
	db_free(db);
	arena_free(arena);
	bed_drop();
	return tap_done();
}
