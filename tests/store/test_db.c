/* Statements and their values, both ways. */
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"
#include "tests/store/bed.h"

enum {
	ADD,
	GET,
	CLEAR,
	COUNT,
	COUNT_NULL,
	BULK_DELETE,
	MOVE,
	NEW_ID,
	RETURNING,
	BIG,
	BAD_LETTERS,
	BAD_TEXT,
	RECORD,
	STMTS
};

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[ADD] = { "ADD", "ii?s?b?t?", "",
		"INSERT INTO v (id, i, s, b, t) VALUES (?,?,?,?,?)" },
	[GET] = { "GET", "i", "ii?s?b?t?",
		"SELECT id, i, s, b, t FROM v WHERE id = ?" },
	[CLEAR] = { "CLEAR", "", "", "DELETE FROM v" },
	[COUNT] = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[COUNT_NULL] = { "COUNT_NULL", "", "i",
		"SELECT COUNT(*) FROM v WHERE i IS NULL AND s IS NULL AND"
		" b IS NULL AND t IS NULL" },
	[BULK_DELETE] = { "BULK_DELETE", "i", "",
		"DELETE FROM v WHERE id = ?" },
	[MOVE] = { "MOVE", "iii", "",
		"UPDATE v SET i = ? WHERE id = ? AND i = ?" },
	[NEW_ID] = { "NEW_ID", "s", "", "INSERT INTO n (s) VALUES (?)" },
	[RETURNING] = { "RETURNING", "s", "i",
		"INSERT INTO n (s) VALUES (?) RETURNING id" },
	[BIG] = { "BIG", "", "i",
		"SELECT CAST(18446744073709551615 AS UNSIGNED)" },
	[BAD_LETTERS] = { "BAD_LETTERS", "i", "i", "SELECT 1" },
	[BAD_TEXT] = { "BAD_TEXT", "", "i", "SELECT no_such_column FROM v" },
	[RECORD] = { "RECORD", "", "isiitss",
		"SELECT 7, 'Ann', 1, 2, NOW(6), 'two', 'one,three'" },
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

static int64_t
one(int stmt)
{
	int64_t n = -1;

	if (db_int(db, &n, stmt, NO_ARGS, &f))
		printf("# %s (%s)\n", f.text, f.cause);
	return n;
}

/* Each test begins so: none needs the rows of another. */
static void
empty(void)
{
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the table is emptied");
	is_int(one(COUNT), 0, "the empty table has no row");
}

static void
add(int64_t id, struct arg number, const char *text)
{
	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(id), number, ARG_STR(text), ARG_NULL,
			  ARG_NULL),
		     &f),
	     "a row for the test is inserted");
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

	empty();
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		fine(db_exec(db, NULL, ADD,
			     ARGS(ARG_INT(i), ARG_INT(INT64_MIN + (int64_t)i),
				  ARG_STR("Zoë 😀 '"),
				  ARG_BIN(bytes, sizeof(bytes)),
				  ARG_TIME(times[i])),
			     &f),
		     "a row is inserted");
		fine(db_query(db, &r, GET, ARGS(ARG_INT(i)), &f),
		     "the row is selected");
		is_int(rows_next(&r, &f), 1, "the row is read");
		is_int(rows_int(&r, 1), INT64_MIN + (int64_t)i,
		       "the integer is read as it was written");
		is_str(rows_str(&r, 2, arena), "Zoë 😀 '",
		       "the text is read as it was written");
		ok(!memcmp(rows_bin(&r, 3, arena, &len), bytes,
			   sizeof(bytes)) &&
			   len == sizeof(bytes),
		   "the bytes are read as they were written");
		is_int(rows_int(&r, 4), times[i],
		       "the time is read as it was written");
		is_str(rows_str(&r, 2, arena), "Zoë 😀 '",
		       "the text can be read twice");
		rows_close(&r);
	}
}

static void
test_null(void)
{
	struct rows r;
	size_t len = 9;

	empty();
	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(100), ARG_NULL, ARG_STR(NULL), ARG_NULL,
			  ARG_NULL),
		     &f),
	     "a row of NULLs is inserted");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(100)), &f),
	     "the row of NULLs is selected");
	is_int(rows_next(&r, &f), 1, "the row of NULLs is read");
	ok(!rows_null(&r, 0) && rows_null(&r, 1) && rows_null(&r, 2) &&
		   rows_null(&r, 3) && rows_null(&r, 4),
	   "every value but the key is NULL");
	ok(rows_int(&r, 1) == 0 && rows_int(&r, 4) == 0 &&
		   !rows_str(&r, 2, arena) && !rows_bin(&r, 3, arena, &len) &&
		   len == 0,
	   "a NULL is read as zero or as no text and no bytes");
	rows_close(&r);
	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(101), ARG_INT(1), ARG_STR(""), ARG_BIN("", 0),
			  ARG_NULL),
		     &f),
	     "a row of empty values is inserted");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(101)), &f),
	     "the row of empty values is selected");
	is_int(rows_next(&r, &f), 1, "the row of empty values is read");
	is_str(rows_str(&r, 2, arena), "", "empty text is not NULL");
	ok(rows_bin(&r, 3, arena, &len) && len == 0,
	   "empty bytes are not NULL");
	rows_close(&r);
}

static void
test_long_text(void)
{
	size_t len = 1 << 20;
	char *text = arena_alloc(arena, len + 1);
	struct rows r;

	empty();
	add(1, ARG_NULL, "Zoë 😀 '");
	memset(text, 'x', len);
	fine(db_exec(db, NULL, ADD,
		     ARGS(ARG_INT(200), ARG_NULL, ARG_STR(text),
			  ARG_BIN(text, len), ARG_NULL),
		     &f),
	     "a text of 1 MB is inserted");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(200)), &f),
	     "the long row is selected");
	is_int(rows_next(&r, &f), 1, "the long row is read");
	ok(!strcmp(rows_str(&r, 2, arena), text),
	   "the long text is read as it was written");
	ok(!memcmp(rows_bin(&r, 3, arena, &len), text, len) && len == 1 << 20,
	   "the long bytes are read as they were written");
	rows_close(&r);
	fine(db_query(db, &r, GET, ARGS(ARG_INT(1)), &f),
	     "a short row is selected after the long one");
	is_int(rows_next(&r, &f), 1, "the short row is read");
	is_str(rows_str(&r, 2, arena), "Zoë 😀 '",
	       "the short text is read as it was written");
	rows_close(&r);
}

static void
test_results(void)
{
	struct rows a, b;
	int64_t n;

	empty();
	add(0, ARG_NULL, NULL);
	add(1, ARG_NULL, NULL);
	fine(db_query(db, &a, GET, ARGS(ARG_INT(0)), &f),
	     "one statement is queried");
	fine(db_query(db, &b, COUNT, NO_ARGS, &f),
	     "a second statement is queried at the same time");
	is_int(rows_next(&a, &f), 1, "the first result can be read");
	is_int(rows_next(&b, &f), 1, "the second result can be read");
	rows_close(&b);
	fine(db_query(db, &b, GET, ARGS(ARG_INT(1)), &f),
	     "the first statement is queried again");
	is_int(rows_next(&a, &f), -1,
	       "a second query of a statement ends its first result");
	is_int(f.code, FAULT_BROKEN,
	       "reading a result that was ended is reported as broken");
	is_int(rows_next(&b, &f), 1, "the newer result can be read");
	is_int(rows_int(&b, 0), 1, "the newer result has the right row");
	rows_close(&b);
	rows_close(&a);
	is_int(db_int(db, &n, GET, ARGS(ARG_INT(999)), &f), -1,
	       "a query for one integer fails without a row");
	is_int(f.code, FAULT_ABSENT, "a missing row is reported as absent");
	is_int(db_int(db, &n, BIG, NO_ARGS, &f), -1,
	       "an integer of 2^64-1 is not read");
	is_int(f.code, FAULT_BROKEN,
	       "an integer that does not fit is reported as broken");
}

static void
test_record(void)
{
	struct thing t;
	struct rows r;

	fine(db_query(db, &r, RECORD, NO_ARGS, &f),
	     "a row for a struct is selected");
	is_int(rows_fetch(&r, &thing_record, &t, arena, &f), 1,
	       "the struct is filled from the row");
	is_int(t.id, 7, "the struct has the integer");
	is_str(t.name, "Ann", "the struct has the text");
	ok(t.on, "the struct has the bool");
	is_int(t.word, 2, "the struct has the word given by its number");
	ok(t.at > 1700000000000000, "the struct has the time");
	is_int(t.other, 1, "the struct has the word given by its name");
	is_int(t.set.bits, 5, "the struct has the set of words");
	is_int(rows_fetch(&r, &thing_record, &t, arena, &f), 0,
	       "no second row is fetched");
}

static void
test_exec(void)
{
	int64_t n = 0, first, second;

	empty();
	add(101, ARG_INT(1), "");
	fine(db_exec(db, &n, MOVE, ARGS(ARG_INT(5), ARG_INT(101), ARG_INT(1)),
		     &f),
	     "an UPDATE is executed");
	is_int(n, 1, "the UPDATE changes one row");
	fine(db_exec(db, &n, MOVE, ARGS(ARG_INT(5), ARG_INT(101), ARG_INT(5)),
		     &f),
	     "an UPDATE to the present value is executed");
	is_int(n, 0, "a row that stays as it was does not count");
	fine(db_exec(db, NULL, NEW_ID, ARGS(ARG_STR("a")), &f),
	     "a row with a new id is inserted");
	first = db_insert_id(db);
	fine(db_exec(db, NULL, NEW_ID, ARGS(ARG_STR("b")), &f),
	     "another row with a new id is inserted");
	second = db_insert_id(db);
	ok(first > 0 && second > first, "the id of each inserted row is known");
	fine(db_int(db, &n, RETURNING, ARGS(ARG_STR("c")), &f),
	     "a row is inserted by a statement that returns its id");
	ok(n > second, "the returned id is the newest");
}

static void
test_faults(void)
{
	int64_t n = 77;
	struct rows r;

	empty();
	add(100, ARG_NULL, NULL);
	is_int(db_exec(db, &n, ADD,
		       ARGS(ARG_INT(100), ARG_NULL, ARG_NULL, ARG_NULL,
			    ARG_NULL),
		       &f),
	       -1, "a second row with one key is refused");
	is_int(f.code, FAULT_CONFLICT,
	       "a duplicate key is reported as a conflict");
	ok(strstr(f.cause, "PRIMARY") && !strstr(f.cause, "100"),
	   "the cause of the conflict names the key but no value");
	is_int(n, 77, "the outputs of a failed statement are untouched");
	is_int(db_exec(db, NULL, ADD, ARGS(ARG_INT(1)), &f), -1,
	       "a statement with too few values is refused");
	is_int(f.code, FAULT_BROKEN, "too few values are reported as broken");
	is_int(db_exec(db, NULL, BULK_DELETE, ARGS(ARG_STR("1")), &f), -1,
	       "a value of another kind is refused");
	is_int(db_exec(db, NULL, BULK_DELETE, ARGS(ARG_NULL), &f), -1,
	       "a NULL is refused where none is allowed");
	is_int(db_query(db, &r, BAD_LETTERS, ARGS(ARG_INT(1)), &f), -1,
	       "a statement whose type letters do not fit is refused");
	is_int(f.code, FAULT_BROKEN,
	       "type letters that do not fit are reported as broken");
	is_int(db_query(db, &r, BAD_TEXT, NO_ARGS, &f), -1,
	       "bad SQL is refused");
	ok(strstr(f.cause, "BAD_TEXT: 1054") != NULL,
	   "the cause names the statement with bad SQL");
	is_int(db_query(db, &r, BAD_TEXT, NO_ARGS, &f), -1,
	       "bad SQL is refused a second time");
	ok(strstr(f.cause, "BAD_TEXT: 1054") != NULL,
	   "the second cause names the bad statement again");
	is_int(db_query(db, &r, CLEAR, NO_ARGS, &f), -1,
	       "a query of a statement without rows is refused");
	is_int(db_exec(db, NULL, COUNT, NO_ARGS, &f), -1,
	       "the execution of a statement with rows is refused");
	is_int(db_check(db, &f), -1, "a check of all statements fails");
	ok(strstr(f.cause, "BAD_LETTERS") != NULL,
	   "the check finds the first bad statement");
	is_int(one(COUNT_NULL), 1, "the connection is as good as before");
}

int
main(void)
{
	conf = bed_make();
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT, "
		       "s LONGTEXT, b LONGBLOB, t DATETIME(6))");
	bed_run(&conf, "CREATE TABLE n (id BIGINT AUTO_INCREMENT PRIMARY KEY, "
		       "s VARCHAR(20))");
	arena = arena_new();
	db = db_new(&conf, stmts, STMTS);
	test_letters();
	test_null();
	test_long_text();
	test_results();
	test_record();
	test_exec();
	test_faults();
	db_free(db);
	arena_free(arena);
	bed_drop();
	return tap_done();
}
