/* Statements, their values both ways, arrays, and what failures leave. */
#include <inttypes.h>

#include "base/clock.h"
#include "base/field.h"
#include "store/db.h"
#include "store/tx.h"
#include "tests/store/bed.h"

enum {
	PROBE,
	ADD,
	GET,
	CLEAR,
	COUNT,
	COUNT_NULL,
	SUM,
	BULK,
	BULK_MOVE,
	BULK_DELETE,
	MOVE,
	NEW_ID,
	RETURNING,
	NOW,
	VARIABLES,
	QUESTIONS,
	BIG,
	BAD_LETTERS,
	BAD_TEXT,
	RECORD,
	CONNECTION,
	KILL,
	STMTS
};

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[PROBE]	      = { "PROBE", "", "i", "SELECT COUNT(*) FROM v LIMIT 1" },
	[ADD]	      = { "ADD", "ii?s?b?t?", "",
			  "INSERT INTO v (id, i, s, b, t) VALUES (?,?,?,?,?)" },
	[GET]	      = { "GET", "i", "ii?s?b?t?",
			  "SELECT id, i, s, b, t FROM v WHERE id = ?" },
	[CLEAR]	      = { "CLEAR", "", "", "DELETE FROM v" },
	[COUNT]	      = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[COUNT_NULL]  = { "COUNT_NULL", "", "i",
			  "SELECT COUNT(*) FROM v WHERE i IS NULL AND s IS NULL "
			  "AND b IS NULL AND t IS NULL" },
	[SUM]	      = { "SUM", "", "i?", "SELECT SUM(i) FROM v" },
	[BULK]	      = { "BULK", "ii?s?b?t?", "",
			  "INSERT INTO v (id, i, s, b, t) VALUES (?,?,?,?,?)" },
	[BULK_MOVE]   = { "BULK_MOVE", "iii", "",
			  "UPDATE v SET i = ? WHERE id = ? AND i = ?" },
	[BULK_DELETE] = { "BULK_DELETE", "i", "", "DELETE FROM v WHERE id = ?" },
	[MOVE]	      = { "MOVE", "iii", "",
			  "UPDATE v SET i = ? WHERE id = ? AND i = ?" },
	[NEW_ID]      = { "NEW_ID", "s", "", "INSERT INTO n (s) VALUES (?)" },
	[RETURNING]   = { "RETURNING", "s", "i",
			  "INSERT INTO n (s) VALUES (?) RETURNING id" },
	[NOW]	      = { "NOW", "", "t", "SELECT NOW(6)" },
	[VARIABLES]   = { "VARIABLES", "", "ssssiis",
			  "SELECT @@tx_isolation, @@time_zone, @@sql_mode, "
			  "@@character_set_client, @@innodb_lock_wait_timeout, "
			  "@@idle_transaction_timeout, "
			  "@@character_set_connection" },
	[QUESTIONS]   = { "QUESTIONS", "", "i",
			  "SELECT variable_value FROM "
			  "information_schema.global_status "
			  "WHERE variable_name = 'questions'" },
	[BIG]	      = { "BIG", "", "i", "SELECT CAST(18446744073709551615 AS UNSIGNED)" },
	[BAD_LETTERS] = { "BAD_LETTERS", "i", "i", "SELECT 1" },
	[BAD_TEXT]    = { "BAD_TEXT", "", "i", "SELECT no_such_column FROM v" },
	[RECORD]      = { "RECORD", "", "isiitss",
			  "SELECT 7, 'Ann', 1, 2, NOW(6), 'two', 'one,three'" },
	[CONNECTION]  = { "CONNECTION", "", "i", "SELECT CONNECTION_ID()" },
	[KILL]	      = { "KILL", "i", "", "KILL ?" },
};

static const char *const words[] = { "one", "two", "three", NULL };

struct thing {
	int64_t id;
	const char *name;
	bool on;
	unsigned word;
	int64_t at;
	unsigned other;
	struct wordset set;
};

static const struct field fields[] = {
	{ FIELD(thing, id) },
	{ FIELD(thing, name) },
	{ FIELD(thing, on) },
	{ FIELD(thing, word), .words = words },
	{ FIELD(thing, at), .shape = SHAPE_TIME },
	{ FIELD(thing, other), .words = words },
	{ FIELD(thing, set), .words = words },
};
/* clang-format on */
static const struct record thing_record = RECORD(fields);

static struct db_conf conf;
static struct db *db;
static struct arena *arena;
static struct fault f;

/* What happened, when it was not what was wanted. */
static bool
fine(int rc, const char *what)
{
	if (!ok(rc == 0, what))
		printf("# %s (%s)\n", f.text, f.cause);
	return rc == 0;
}

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

	fine(db_query(db, &r, VARIABLES, NO_ARGS, &f), "settings are read");
	is_int(rows_next(&r, &f), 1, "there they are");
	is_str(rows_str(&r, 0, arena), "READ-COMMITTED", "isolation");
	is_str(rows_str(&r, 1, arena), "+00:00", "time zone");
	ok(strstr(rows_str(&r, 2, arena), "STRICT_ALL_TABLES") != NULL,
	   "strict");
	is_str(rows_str(&r, 3, arena), "utf8mb4", "utf8mb4 from us");
	is_int(rows_int(&r, 4), 2, "lock wait");
	is_int(rows_int(&r, 5), 2, "idle transactions end");
	is_str(rows_str(&r, 6, arena), "utf8mb4", "utf8mb4 inside");
	is_int(rows_next(&r, &f), 0, "one row");
	is_int(rows_next(&r, &f), 0, "the end stays the end");
}

static void
test_letters(void)
{
	static const char bytes[] = { 0, 1, (char)255, '\'', 0, '\n' };
	const int64_t times[] = {
		0, 1, 1795443602123456, -1, 951782400000000, 4102444799999999
	};
	struct rows r;
	size_t len;

	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		fine(db_exec(db, NULL, ADD,
			     ARGS(ARG_INT(i), ARG_INT(INT64_MIN + (int64_t)i),
				  ARG_STR("Zoë 😀 '"),
				  ARG_BIN(bytes, sizeof(bytes)),
				  ARG_TIME(times[i])),
			     &f),
		     "a row goes in");
		fine(db_query(db, &r, GET, ARGS(ARG_INT(i)), &f), "asked for");
		is_int(rows_next(&r, &f), 1, "and comes out");
		is_int(rows_int(&r, 1), INT64_MIN + (int64_t)i, "integer");
		is_str(rows_str(&r, 2, arena), "Zoë 😀 '", "text");
		ok(!memcmp(rows_bin(&r, 3, arena, &len), bytes,
			   sizeof(bytes)) &&
			   len == sizeof(bytes),
		   "bytes");
		is_int(rows_int(&r, 4), times[i], "time");
		is_str(rows_str(&r, 2, arena), "Zoë 😀 '", "text again");
		rows_close(&r);
	}
}

static void
test_null(void)
{
	struct rows r;
	size_t len = 9;

	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(100), ARG_NULL, ARG_STR(NULL), ARG_NULL,
			  ARG_NULL),
		     &f),
	     "NULLs go in");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(100)), &f), "and come out");
	is_int(rows_next(&r, &f), 1, "as a row");
	ok(!rows_null(&r, 0) && rows_null(&r, 1) && rows_null(&r, 2) &&
		   rows_null(&r, 3) && rows_null(&r, 4),
	   "of NULLs");
	ok(rows_int(&r, 1) == 0 && rows_int(&r, 4) == 0 &&
		   !rows_str(&r, 2, arena) && !rows_bin(&r, 3, arena, &len) &&
		   len == 0,
	   "that read as nothing");
	rows_close(&r);
	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(101), ARG_INT(1), ARG_STR(""), ARG_BIN("", 0),
			  ARG_NULL),
		     &f),
	     "empty ones go in");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(101)), &f), "and come out");
	is_int(rows_next(&r, &f), 1, "as a row");
	is_str(rows_str(&r, 2, arena), "", "empty text is not NULL");
	ok(rows_bin(&r, 3, arena, &len) && len == 0, "nor are empty bytes");
	rows_close(&r);
}

static void
test_long_text(void)
{
	size_t len = 1 << 20;
	char *text = arena_alloc(arena, len + 1);
	struct rows r;

	memset(text, 'x', len);
	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(200), ARG_NULL, ARG_STR(text),
			  ARG_BIN(text, len), ARG_NULL),
		     &f),
	     "1 MB goes in");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(200)), &f), "asked for");
	is_int(rows_next(&r, &f), 1, "it comes out");
	ok(!strcmp(rows_str(&r, 2, arena), text), "as it was");
	ok(!memcmp(rows_bin(&r, 3, arena, &len), text, len) && len == 1 << 20,
	   "bytes too");
	rows_close(&r);
	fine(db_query(db, &r, GET, ARGS(ARG_INT(1)), &f), "a short one after");
	is_int(rows_next(&r, &f), 1, "comes out");
	is_str(rows_str(&r, 2, arena), "Zoë 😀 '", "as it was");
	rows_close(&r);
}

static void
test_results(void)
{
	struct rows a, b;
	int64_t n;

	fine(db_query(db, &a, GET, ARGS(ARG_INT(0)), &f), "one result");
	fine(db_query(db, &b, COUNT, NO_ARGS, &f), "beside another");
	is_int(rows_next(&a, &f), 1, "the first can be read");
	is_int(rows_next(&b, &f), 1, "the second too");
	rows_close(&b);
	fine(db_query(db, &b, GET, ARGS(ARG_INT(1)), &f), "the same again");
	is_int(rows_next(&a, &f), -1, "ends the first");
	is_int(f.code, FAULT_BROKEN, "which is a mistake of ours");
	is_int(rows_next(&b, &f), 1, "the second is whole");
	is_int(rows_int(&b, 0), 1, "and right");
	rows_close(&b);
	rows_close(&a);
	is_int(db_int(db, &n, GET, ARGS(ARG_INT(999)), &f), -1, "no row");
	is_int(f.code, FAULT_ABSENT, "is absent");
	is_int(db_int(db, &n, BIG, NO_ARGS, &f), -1, "2^64-1");
	is_int(f.code, FAULT_BROKEN, "does not fit");
}

static void
test_record(void)
{
	struct thing t;
	struct rows r;

	fine(db_query(db, &r, RECORD, NO_ARGS, &f), "a struct's row");
	is_int(rows_fetch(&r, &thing_record, &t, arena, &f), 1, "is fetched");
	is_int(t.id, 7, "integer");
	is_str(t.name, "Ann", "text");
	ok(t.on, "bool");
	is_int(t.word, 2, "word by number");
	ok(t.at > 1700000000000000, "time");
	is_int(t.other, 1, "word by name");
	is_int(t.set.bits, 5, "set");
	is_int(rows_fetch(&r, &thing_record, &t, arena, &f), 0, "one row");
}

static void
test_exec(void)
{
	int64_t n = 0, first;

	fine(db_exec(db, &n, MOVE, ARGS(ARG_INT(5), ARG_INT(101), ARG_INT(1)),
		     &f),
	     "moved");
	is_int(n, 1, "one row");
	fine(db_exec(db, &n, MOVE, ARGS(ARG_INT(5), ARG_INT(101), ARG_INT(5)),
		     &f),
	     "again");
	is_int(n, 0, "a row that stays as it was does not count");
	fine(db_exec(db, NULL, NEW_ID, ARGS(ARG_STR("a")), &f), "a new id");
	first = db_insert_id(db);
	fine(db_exec(db, NULL, NEW_ID, ARGS(ARG_STR("b")), &f), "another");
	is_int(db_insert_id(db), first + 1, "is known");
	fine(db_int(db, &n, RETURNING, ARGS(ARG_STR("c")), &f), "returned");
	is_int(n, first + 2, "also by the statement itself");
}

static void
test_faults(void)
{
	int64_t n = 77;
	struct rows r;

	is_int(db_exec(db, &n, ADD,
		       ARGS(ARG_INT(100), ARG_NULL, ARG_NULL, ARG_NULL,
			    ARG_NULL),
		       &f),
	       -1, "a second row of one key");
	is_int(f.code, FAULT_CONFLICT, "is a conflict");
	ok(strstr(f.cause, "PRIMARY") && !strstr(f.cause, "100"),
	   "whose cause names the key but no value");
	is_int(n, 77, "outputs are untouched");
	is_int(db_exec(db, NULL, ADD, ARGS(ARG_INT(1)), &f), -1, "too few");
	is_int(f.code, FAULT_BROKEN, "values");
	is_int(db_exec(db, NULL, BULK_DELETE, ARGS(ARG_STR("1")), &f), -1,
	       "a value of another kind");
	is_int(db_exec(db, NULL, BULK_DELETE, ARGS(ARG_NULL), &f), -1,
	       "NULL where none may be");
	is_int(db_query(db, &r, BAD_LETTERS, ARGS(ARG_INT(1)), &f), -1,
	       "letters that do not fit");
	is_int(f.code, FAULT_BROKEN, "are a mistake");
	is_int(db_query(db, &r, BAD_TEXT, NO_ARGS, &f), -1, "bad SQL");
	ok(strstr(f.cause, "BAD_TEXT: 1054") != NULL, "is named");
	is_int(db_query(db, &r, CLEAR, NO_ARGS, &f), -1, "rows of none");
	is_int(db_exec(db, NULL, COUNT, NO_ARGS, &f), -1, "none of rows");
	is_int(db_check(db, &f), -1, "a check of all");
	ok(strstr(f.cause, "BAD_LETTERS") != NULL, "finds the first bad one");
	is_int(one(COUNT_NULL), 1, "the connection is as good as before");
}

#define MANY 5000

static int
add_many(struct db *d, void *arg, struct fault *why)
{
	struct arg *args = ARENA_ARRAY(arena, MANY * 5, struct arg);
	int64_t *changed = arg;

	for (int i = 0; i < MANY; i++) {
		struct arg *a = args + (ptrdiff_t)i * 5;

		a[0] = ARG_INT(1000 + i);
		if (i % 5 == 3)
			continue;
		a[1] = ARG_INT(i);
		a[2] = ARG_STR(i % 2 ? "odd" : "");
		a[3] = ARG_BIN("\0\1\2", (size_t)i % 4);
		a[4] = ARG_TIME(1795443602123456 + i);
	}
	return db_bulk(d, changed, BULK, args, 5, MANY, why);
}

static int
move_many(struct db *d, void *arg, struct fault *why)
{
	struct arg *args = ARENA_ARRAY(arena, MANY * 3, struct arg);
	int64_t *changed = arg;

	for (int i = 0; i < MANY; i++) {
		args[i * 3] = ARG_INT(i + 1);
		args[i * 3 + 1] = ARG_INT(1000 + i);
		args[i * 3 + 2] = ARG_INT(i % 10 ? i : -1);
	}
	return db_bulk(d, changed, BULK_MOVE, args, 3, MANY, why);
}

static int
delete_many(struct db *d, void *arg, struct fault *why)
{
	struct arg *args = ARENA_ARRAY(arena, MANY * 2, struct arg);

	for (int i = 0; i < MANY * 2; i++)
		args[i] = ARG_INT(1000 + i);
	return db_bulk(d, arg, BULK_DELETE, args, 1, MANY * 2, why);
}

static void
test_bulk(void)
{
	struct rows r;
	int64_t n = 0;
	size_t len;

	is_int(add_many(db, &n, &f), -1, "an array outside a transaction");
	is_int(f.code, FAULT_BROKEN, "is refused");
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "an empty table");
	fine(tx_run(db, add_many, &n, NULL, &f), "5,000 rows at once");
	is_int(n, MANY, "all of them");
	is_int(one(COUNT), MANY, "are there");
	is_int(one(COUNT_NULL), MANY / 5, "a fifth of them NULL");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(1000 + 4999)), &f), "the last");
	is_int(rows_next(&r, &f), 1, "is there");
	is_int(rows_int(&r, 1), 4999, "integer");
	is_str(rows_str(&r, 2, arena), "odd", "text");
	ok(!memcmp(rows_bin(&r, 3, arena, &len), "\0\1\2", 3) && len == 3,
	   "bytes");
	is_int(rows_int(&r, 4), 1795443602123456 + 4999, "time");
	rows_close(&r);
	fine(tx_run(db, move_many, &n, NULL, &f), "an array of updates");
	is_int(n, MANY * 8 / 10 - MANY / 10, "counts what changed");
	fine(db_exec(db, &n, BULK_DELETE, ARGS(ARG_INT(1000)), &f),
	     "a single one of the same statement");
	is_int(n, 1, "works too");
	fine(tx_run(db, delete_many, &n, NULL, &f), "an array of deletes");
	is_int(n, MANY - 1, "counts what was there");
	is_int(one(COUNT), 0, "nothing is left");
}

struct big {
	size_t len, rows;
	const char *text;
};

static int
add_big(struct db *d, void *arg, struct fault *why)
{
	const struct big *b = arg;
	struct arg *args = ARENA_ARRAY(arena, b->rows * 5, struct arg);

	for (size_t i = 0; i < b->rows; i++) {
		args[i * 5] = ARG_INT(i);
		args[i * 5 + 2] = ARG_STR(b->text);
	}
	return db_bulk(d, NULL, BULK, args, 5, b->rows, why);
}

/* More than the server takes in one packet (16 MB). */
static void
test_big_bulk(void)
{
	struct big b = { .len = 1 << 20, .rows = 40 };
	char *text = arena_alloc(arena, b.len + 1);

	memset(text, 'y', b.len);
	b.text = text;
	fine(tx_run(db, add_big, &b, NULL, &f), "40 MB in one array");
	is_int(one(COUNT), 40, "all there");
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "and gone");
}

static void
test_clock(void)
{
	const int64_t at[] = { 1795443602123456, 1795443602999999,
			       1795443603000000, 1000001 };

	for (size_t i = 0; i < ARRAY_LEN(at); i++) {
		fine(db_set_now(db, at[i], &f), "the clock is set");
		is_int(one(NOW), at[i], "to the microsecond");
		db_close(db);
		is_int(one(NOW), at[i], "on the next connection too");
	}
	fine(db_set_now(db, 0, &f), "the clock goes");
	ok(one(NOW) > clock_wall_us() - 10 * US_PER_S, "and is right again");
}

/* Ends our own connection from another one. */
static void
kill_ours(void)
{
	struct db *other = db_new(&conf, stmts, STMTS);
	int64_t id = one(CONNECTION);

	fine(db_exec(other, NULL, KILL, ARGS(ARG_INT(id)), &f), "killed");
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
	is_int(db_stats(db)->connects, before + 1, "one more");
	kill_ours();
	usleep(1100000); /* a connection is idle after 1 s */
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f),
	     "after a rest the dead one is noticed before a write");
	wrong.hosts = "127.0.0.1:1, [::1]:1, localhost";
	d = db_new(&wrong, stmts, STMTS);
	fine(db_int(d, &n, COUNT, NO_ARGS, &f), "the third host serves");
	db_free(d);
	wrong.hosts = "127.0.0.1:1";
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "no host");
	is_int(f.code, FAULT_BUSY, "is away");
	db_free(d);
	wrong = conf;
	wrong.user = "nobody";
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "a wrong account");
	is_int(f.code, FAULT_BROKEN, "is a mistake of the installation");
	db_free(d);
	wrong = conf;
	wrong.probe = BAD_TEXT;
	d = db_new(&wrong, stmts, STMTS);
	is_int(db_connect(d, &f), -1, "a probe that fails is no connection");
	db_free(d);
	wrong.probe = PROBE;
	wrong.sync_wait = true;
	d = db_new(&wrong, stmts, STMTS);
	fine(db_connect(d, &f), "a probe that works is one");
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
	     "and a write that never left");
	db_fail_at(db, 1, 2013);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1,
	       "but a write whose answer is lost");
	is_int(f.code, FAULT_UNKNOWN, "is unknown");
	db_fail_at(db, 1, 1180);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1, "so is 1180");
	is_int(f.code, FAULT_UNKNOWN, "of a cluster");
	db_fail_at(db, 1, 9999);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1, "and what nobody");
	is_int(f.code, FAULT_UNKNOWN, "has heard of");
	db_fail_at(db, 1, 1213);
	is_int(db_exec(db, NULL, CLEAR, NO_ARGS, &f), -1, "a deadlock");
	is_int(f.code, FAULT_BUSY, "was not done");
	db_fail_at(db, 2, 1105);
	fine(db_exec(db, &n, CLEAR, NO_ARGS, &f), "the second one");
	is_int(db_exec(db, &n, CLEAR, NO_ARGS, &f), -1, "fails");
	is_int(f.code, FAULT_BROKEN, "1105 was not done");
}

int
main(void)
{
	conf = bed_make();
	conf.probe = -1;
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT, "
		       "s LONGTEXT, b LONGBLOB, t DATETIME(6))");
	bed_run(&conf, "CREATE TABLE n (id BIGINT AUTO_INCREMENT PRIMARY KEY, "
		       "s VARCHAR(20))");
	arena = arena_new();
	db = db_new(&conf, stmts, STMTS);
	test_settings();
	test_letters();
	test_null();
	test_long_text();
	test_results();
	test_record();
	test_exec();
	test_faults();
	test_bulk();
	test_big_bulk();
	test_clock();
	test_reconnect();
	test_lost_answers();
	db_free(db);
	arena_free(arena);
	bed_drop();
	return tap_done();
}
