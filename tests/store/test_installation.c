/* Each installation is somebody else, and stays what it is. */
#include "app/installation.h"

#include <string.h>

#include "tests/store/world.h"

static struct world w;

static void
check_two(void)
{
	struct installation one = { .site = "" }, again = { .site = "" },
			    other = { .site = "" };
	struct db_conf conf = bed_server();
	struct db *db;
	int applied = 0;

	fine(installation_read(w.db, &one, &f), "an installation");
	ok(strlen(one.site) == 16 && strspn(one.site, "0123456789abcdef") == 16,
	   "has a name that carriers take");
	conf.database = w.conf.database;
	fine(migrate_run(&conf, SQL_DIR, NULL, NULL, &applied, w.a, &f),
	     "migrated once more");
	fine(installation_read(w.db, &again, &f), "it is");
	ok(!memcmp(&one, &again, sizeof(one)), "the same as before");

	world_sql(&w, "DROP DATABASE IF EXISTS other_installation");
	conf.database = "other_installation";
	fine(migrate_run(&conf, SQL_DIR, NULL, NULL, &applied, w.a, &f),
	     "another installation");
	db = db_new(&conf, stmt_table, STMT_COUNT);
	fine(installation_read(db, &other, &f), "is read");
	ok(strcmp(one.site, other.site) != 0 &&
		   memcmp(one.secret, other.secret, DIGEST_LEN) != 0,
	   "has another name and another secret");
	db_free(db);
	world_sql(&w, "DROP DATABASE other_installation");

	world_sql(&w, "DELETE FROM installation");
	ok(installation_read(w.db, &again, &f) == -1 &&
		   f.code == FAULT_BROKEN && !memcmp(&one, &again, sizeof(one)),
	   "without its row nothing is made up");
}

int
main(void)
{
	world_open(&w);
	check_two();
	return world_close(&w);
}
