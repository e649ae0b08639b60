/* Arrays of values: one statement, many rows. */
#include "base/arena.h"
#include "store/db.h"
#include "store/tx.h"
#include "tests/store/bed.h"

enum { GET, CLEAR, COUNT, COUNT_NULL, BULK, BULK_MOVE, BULK_DELETE, STMTS };

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[GET] = { "GET", "i", "ii?s?b?t?",
		"SELECT id, i, s, b, t FROM v WHERE id = ?" },
	[CLEAR] = { "CLEAR", "", "", "DELETE FROM v" },
	[COUNT] = { "COUNT", "", "i", "SELECT COUNT(*) FROM v" },
	[COUNT_NULL] = { "COUNT_NULL", "", "i",
		"SELECT COUNT(*) FROM v WHERE i IS NULL AND s IS NULL AND"
		" b IS NULL AND t IS NULL" },
	[BULK] = { "BULK", "ii?s?b?t?", "",
		"INSERT INTO v (id, i, s, b, t) VALUES (?,?,?,?,?)" },
	[BULK_MOVE] = { "BULK_MOVE", "iii", "",
		"UPDATE v SET i = ? WHERE id = ? AND i = ?" },
	[BULK_DELETE] = { "BULK_DELETE", "i", "",
		"DELETE FROM v WHERE id = ?" },
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

	is_int(add_many(db, &n, &f), -1,
	       "an array outside a transaction fails");
	is_int(f.code, FAULT_BROKEN,
	       "an array outside a transaction is reported as broken");
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the table is emptied");
	fine(tx_run(db, add_many, &n, NULL, &f),
	     "5,000 rows are inserted at once");
	is_int(n, MANY, "all 5,000 rows are counted as inserted");
	is_int(one(COUNT), MANY, "all 5,000 rows are in the table");
	is_int(one(COUNT_NULL), MANY / 5, "a fifth of the rows is NULL");
	fine(db_query(db, &r, GET, ARGS(ARG_INT(1000 + 4999)), &f),
	     "the last row is selected");
	is_int(rows_next(&r, &f), 1, "the last row is read");
	is_int(rows_int(&r, 1), 4999,
	       "the integer of the last row is as inserted");
	is_str(rows_str(&r, 2, arena), "odd",
	       "the text of the last row is as inserted");
	ok(!memcmp(rows_bin(&r, 3, arena, &len), "\0\1\2", 3) && len == 3,
	   "the bytes of the last row are as inserted");
	is_int(rows_int(&r, 4), 1795443602123456 + 4999,
	       "the time of the last row is as inserted");
	rows_close(&r);
	fine(tx_run(db, move_many, &n, NULL, &f),
	     "an array of updates is executed");
	is_int(n, MANY * 8 / 10 - MANY / 10,
	       "an array of updates counts the rows that changed");
	fine(db_exec(db, &n, BULK_DELETE, ARGS(ARG_INT(1000)), &f),
	     "a statement used with arrays is executed with one row");
	is_int(n, 1, "one row is deleted by the single statement");
	fine(tx_run(db, delete_many, &n, NULL, &f),
	     "an array of deletes is executed");
	is_int(n, MANY - 1,
	       "an array of deletes counts only the rows that existed");
	is_int(one(COUNT), 0, "no row is left after the deletes");
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
	fine(tx_run(db, add_big, &b, NULL, &f),
	     "40 MB are inserted in one array");
	is_int(one(COUNT), 40, "all 40 rows of the big array are in the table");
	fine(db_exec(db, NULL, CLEAR, NO_ARGS, &f), "the big rows are deleted");
}

int
main(void)
{
	conf = bed_make();
	bed_run(&conf, "CREATE TABLE v (id BIGINT PRIMARY KEY, i BIGINT, "
		       "s LONGTEXT, b LONGBLOB, t DATETIME(6))");
	arena = arena_new();
	db = db_new(&conf, stmts, STMTS);
	test_bulk();
	test_big_bulk();
	db_free(db);
	arena_free(arena);
	bed_drop();
	return tap_done();
}
