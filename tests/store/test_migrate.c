/* Migrations: twice, together, interrupted, mended, changed. */
#include <pthread.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/secret.h"
#include "store/db.h"
#include "store/lease.h"
#include "store/migrate.h"
#include "tests/store/bed.h"
#include "tests/temp.h"

enum { TABLES, COLUMNS, ROWS, DONE, INTERRUPT, FREE, TURN, STMTS };

/* clang-format off */
static const struct stmt stmts[STMTS] = {
	[TABLES] = { "TABLES", "", "i",
		"SELECT COUNT(*) FROM information_schema.tables "
		"WHERE table_schema = DATABASE() AND table_name IN ('a', 'b')" },
	[COLUMNS] = { "COLUMNS", "", "i",
		"SELECT COUNT(*) FROM information_schema.columns "
		"WHERE table_schema = DATABASE() AND table_name = 'a'" },
	[ROWS] = { "ROWS", "", "i", "SELECT COUNT(*) FROM a" },
	[DONE] = { "DONE", "", "i", "SELECT SUM(done) FROM schema_migration" },
	[TURN] = { "TURN", "", "i", "SELECT turn FROM schema_lease" },
	/* As a program leaves it that dies after a definition. */
	[INTERRUPT] = { "INTERRUPT", "", "",
		"UPDATE schema_migration SET done = 0, doing = 1 "
		"WHERE name = '002-b.sql'" },
	[FREE] = { "FREE", "", "i",
		"SELECT until <= NOW(6) FROM schema_lease" },
};
/* clang-format on */

static struct db_conf conf;
static struct db *db;
static struct arena *arena;
static char dir[TEMP_MAX];

static void
put(const char *name, const char *text)
{
	FILE *file = fopen(arena_printf(arena, "%s/%s", dir, name), "w");

	fputs(text, file);
	fclose(file);
}

static void
drop(const char *name)
{
	unlink(arena_printf(arena, "%s/%s", dir, name));
}

static void
note(const struct migration *m, void *arg)
{
	static const char states[] = "nhd";
	char *seen = arg;

	snprintf(seen + strlen(seen), 60, "%.3s%c%d/%d ", m->name,
		 states[m->state], m->done, m->statements);
}

static char seen[400];
static int applied;

static int
migrate(void)
{
	applied = -1;
	*seen = '\0';
	return migrate_run(&conf, dir, note, seen, &applied, arena, &f);
}

static int64_t
one(int stmt)
{
	int64_t n = -1;

	if (db_int(db, &n, stmt, NO_ARGS, &f))
		printf("# %s (%s)\n", f.text, f.cause);
	return n;
}

#define FIRST                                                               \
	"-- The first; with a comment.\n"                                   \
	"CREATE TABLE a (id INT PRIMARY KEY, s VARCHAR(20) DEFAULT ';');\n" \
	"\n-- and rows\n"                                                   \
	"INSERT INTO a (id, s) VALUES\n  (1, 'x;y');\n"                     \
	"SELECT COUNT(*) FROM a;\n"                                         \
	"-- the end\n"

static void
test_first(void)
{
	put("001-a.sql", FIRST);
	fine(migrate(), "a new database is migrated");
	is_int(applied, 1, "one file is applied to a new database");
	is_str(seen, "001n0/3 ", "the first file is seen as new");
	is_int(one(ROWS), 1, "the rows of the first file are there");
	is_int(one(FREE), 1, "the lease is given back after a migration");
	fine(migrate(), "a migration can be run again");
	is_int(applied, 0, "nothing is applied a second time");
	is_str(seen, "001d3/3 ", "the first file is seen as done");
	put("002-b.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n");
	fine(migrate(), "a second file is migrated");
	is_int(applied, 1, "only the second file is applied");
	is_str(seen, "001d3/3 002n0/1 ", "only the second file is seen as new");
	is_int(one(TABLES), 2, "the table of the second file is there");
}

static void
test_half(void)
{
	put("003-c.sql", "INSERT INTO a (id) VALUES (2);\n"
			 "ALTER TABLE a ADD COLUMN t INT;\n"
			 "INSERT INTO a (id, t) VALUES (3, 'no number');\n"
			 "INSERT INTO a (id, t) VALUES (4, 4);\n");
	is_int(migrate(), -1, "a statement that fails stops the migration");
	is_int(f.code, FAULT_BROKEN,
	       "a statement that fails is reported as broken");
	ok(strstr(f.text, "003-c.sql, statement 3 of 4: ") != NULL,
	   "the fault names the file and the statement that failed");
	ok(strstr(f.text, "no number") != NULL,
	   "the fault says what is wrong with the statement");
	is_int(one(ROWS), 2, "the statements before it are kept");
	is_int(one(FREE), 1, "the lease is given back after a failure");
	is_int(migrate(), -1, "a migration that failed fails again");
	is_str(seen, "001d3/3 002d1/1 003h2/4 ",
	       "a file that failed is seen as half done");
	is_int(one(ROWS), 2, "no statement is done twice");
	put("003-c.sql", "INSERT INTO a (id) VALUES (2);\n"
			 "ALTER TABLE a ADD COLUMN t BIGINT;\n"
			 "INSERT INTO a (id, t) VALUES (3, 3);\n");
	is_int(migrate(), -1,
	       "a file cannot be mended in statements already done");
	ok(strstr(f.text, "003-c.sql was changed") != NULL,
	   "a change of statements already done is refused");
	put("003-c.sql", "INSERT INTO a (id) VALUES (2);\n"
			 "ALTER TABLE a ADD COLUMN t INT;\n"
			 "INSERT INTO a (id, t) VALUES (3, 3);\n"
			 "INSERT INTO a (id, t) VALUES (4, 4);\n"
			 "INSERT INTO a (id, t) VALUES (5, 5);\n");
	fine(migrate(), "a file can be mended where it failed");
	is_str(seen, "001d3/3 002d1/1 003h2/5 ",
	       "a mended file goes on where it failed");
	is_int(applied, 1, "the mended file is applied");
	is_int(one(ROWS), 5, "all rows of the mended file are there");
}

static void
test_interrupted(void)
{
	fine(db_exec(db, NULL, INTERRUPT, NO_ARGS, &f),
	     "a program dies after it made a table");
	fine(migrate(), "a migration goes on after its program died");
	is_str(seen, "001d3/3 002n0/1 003d5/5 ",
	       "a migration goes on from the table already made");
	is_int(one(DONE), 9, "all statements are done after an interruption");
	put("004-d.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n");
	is_int(migrate(), -1,
	       "a table that was there before stops the migration");
	is_int(migrate(), -1,
	       "a table that was there before stops it every time");
	drop("004-d.sql");
	is_int(migrate(), -1, "a file that is missing stops the migration");
	ok(strstr(f.text, "migration 004-d.sql, which this version") != NULL,
	   "the fault names the missing file");
	put("004-d.sql", "CREATE TABLE IF NOT EXISTS b (id INT);\n");
	fine(migrate(), "a migration succeeds when the file is right");
}

/* A migration stops, and its fault has this text. */
static void
stopped(int rc, enum fault_code code, const char *says, const char *what)
{
	ok(rc == -1 && f.code == code, what);
	ok(strstr(f.text, says) != NULL, says);
}

static int
migrate_anew(void)
{
	f = (struct fault){ 0 };
	return migrate();
}

static void
test_changed(void)
{
	put("001-a.sql", "CREATE TABLE a (id INT);\n");
	stopped(migrate_anew(), FAULT_BROKEN, "001-a.sql was changed",
		"a file changed after it was applied stops the migration");
	put("001-a.sql", FIRST "CREATE TABLE more (id INT);\n");
	stopped(migrate_anew(), FAULT_BROKEN, "001-a.sql was changed",
		"a file that only grew stops the migration too");
	put("001-a.sql", "-- Only comments differ.\n" FIRST);
	fine(migrate(), "comments of an applied file may change");
	put("004-again.sql", "SELECT 1;\n");
	stopped(migrate_anew(), FAULT_INVALID, "have the same number",
		"two files of one number stop the migration");
	drop("004-again.sql");
	put("005-e.sql", "SELECT 1");
	stopped(migrate_anew(), FAULT_INVALID,
		"005-e.sql: its last statement does not end",
		"a statement without an end stops the migration");
	put("005-e.sql", "-- nothing\n");
	stopped(migrate_anew(), FAULT_INVALID, "005-e.sql has no statement",
		"a file of nothing but comments stops the migration");
	drop("005-e.sql");
	f = (struct fault){ 0 };
	stopped(migrate_run(&conf, "/nonexistent", NULL, NULL, NULL, arena, &f),
		FAULT_INVALID, "Directory /nonexistent cannot be read",
		"a directory that is not there stops the migration");
}

struct runner {
	pthread_t thread;
	int rc, applied;
	struct fault why;
};

static void *
migrate_beside(void *arg)
{
	struct runner *r = arg;
	struct arena *a = arena_new();

	r->rc = migrate_run(&conf, dir, NULL, NULL, &r->applied, a, &r->why);
	arena_free(a);
	return NULL;
}

/* The second statement fails if anybody else gives it too. */
static void
test_together(void)
{
	struct runner all[4];
	int sum = 0;

	bed_drop();
	put("002-b.sql", "CREATE TABLE b (id INT PRIMARY KEY);\n"
			 "INSERT INTO b SELECT 1 WHERE SLEEP(1) = 0;\n");
	for (int i = 0; i < 4; i++)
		pthread_create(&all[i].thread, NULL, migrate_beside, &all[i]);
	for (int i = 0; i < 4; i++) {
		pthread_join(all[i].thread, NULL);
		if (!ok(all[i].rc == 0,
			"each of four migrations at once succeeds"))
			printf("# %s (%s)\n", all[i].why.text,
			       all[i].why.cause);
		sum += all[i].applied;
	}
	is_int(sum, 4, "each file is applied by one of the four");
	is_int(one(DONE), 11, "all statements are done once");
}

/* While a statement takes its time. */
static void
test_lease(void)
{
	int64_t start = clock_boot_us(), turn = one(TURN);
	struct lease *lease;

	is_int(lease_take(db, 7, &f), 1, "the lease is taken");
	is_int(lease_take(db, 8, &f), 0,
	       "the lease is taken by one owner only");
	is_int(one(TURN), turn + 1, "the lease is taken once");
	lease = lease_keep(&conf, 7);
	while (one(TURN) == turn + 1 && clock_boot_us() - start < 10000000)
		usleep(50000); /* it is renewed each 3 s */
	is_int(one(TURN), turn + 2, "the lease is renewed while work goes on");
	is_int(lease_hold(db, 8, &f), -1, "nobody else holds it");
	is_int(f.code, FAULT_CONFLICT,
	       "holding another owner's lease is a conflict");
	lease_rest(lease);
	lease_drop(db, 7);
	is_int(one(FREE), 1, "the lease is given back when it is dropped");
}

int
main(void)
{
	secret_open();
	arena = arena_new();
	if (!mkdtemp(temp_template(dir, "migrate")))
		return 1;
	conf = bed_server();
	bed_drop();
	conf.database = bed_name();
	db = db_new(&conf, stmts, STMTS);
	test_first();
	test_half();
	test_interrupted();
	test_changed();
	test_together();
	test_lease();
	db_free(db);
	bed_drop();
	for (int i = 1; i <= 4; i++)
		drop((const char *[]){ "001-a.sql", "002-b.sql", "003-c.sql",
				       "004-d.sql" }[i - 1]);
	rmdir(dir);
	arena_free(arena);
	return tap_done();
}
