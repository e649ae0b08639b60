/* Each installation has an identity of its own and keeps it. */
#include "app/installation.h"

#include <string.h>

#include "tests/lib/world.h"

static struct world w;

static void
check_two(void)
{
	struct installation one = { .site = "" }, again = { .site = "" },
			    other = { .site = "" };
	struct db_conf conf = bed_server();
	struct db *db;
	int applied = 0;

	fine(installation_read(w.db, &one, &f),
	     "the identity of the installation is read");
	ok(strlen(one.site) == 16 && strspn(one.site, "0123456789abcdef") == 16,
	   "the installation has a name that carriers accept");
	conf.database = w.conf.database;
	fine(migrate_run(&conf, sql_dir, NULL, NULL, &applied, w.a, &f),
	     "the database is migrated once more");
	fine(installation_read(w.db, &again, &f),
	     "the identity is read again after the migration");
	ok(!memcmp(&one, &again, sizeof(one)),
	   "a migration does not change the identity");

	world_sql(&w, "DROP DATABASE IF EXISTS other_installation");
	conf.database = "other_installation";
	fine(migrate_run(&conf, sql_dir, NULL, NULL, &applied, w.a, &f),
	     "another installation is created");
	db = db_new(&conf, stmt_table, STMT_COUNT);
	fine(installation_read(db, &other, &f),
	     "the identity of the other installation is read");
	ok(strcmp(one.site, other.site) != 0 &&
		   memcmp(one.secret, other.secret, DIGEST_LEN) != 0,
	   "the other installation has another name and another secret");
	db_free(db);
	world_sql(&w, "DROP DATABASE other_installation");

	world_sql(&w, "DELETE FROM installation");
	ok(installation_read(w.db, &again, &f) == -1 &&
		   f.code == FAULT_BROKEN && !memcmp(&one, &again, sizeof(one)),
	   "a missing installation row is an error and nothing is made up");
}

int
main(void)
{
	world_open(&w);
	check_two();
	return world_close(&w);
}
