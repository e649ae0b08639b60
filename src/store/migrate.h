/*
 * migrate.h - brings the schema up to the newest file of sql/.
 *
 * Files are NNN-name.sql, statements end with ";" at the end of a line.
 * Table schema_migration remembers each file with the digest of what was done
 * and how many of its statements that is, so that a half-applied one is
 * reported and resumed where it stopped.  What is done may not change: a file
 * whose applied statements differ is refused, and so is a database that has
 * had a file which is not here.
 *
 * Statements that change rows are committed together with the note that they
 * are done.  A table definition cannot be: one that was interrupted between
 * the two is given again, and "exists already" then counts as done.
 *
 * Two programs at once: a row lease in the database lets one work, the other
 * waits (at most 60 s, then FAULT_BUSY) and finds it done.
 */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include <stddef.h>

struct arena;
struct db_conf;
struct fault;

struct migration {
	const char *name;
	enum { MIGRATION_NEW, MIGRATION_HALF, MIGRATION_DONE } state;
	int done, statements; /* of this file */
};

/* Is told each file of 'dir' in order, as it is found, before any is applied. */
typedef void migrate_report_fn(const struct migration *m, void *arg);

/*
 * Makes the database if it does not exist, then applies what is missing.
 * *applied counts files.  FAULT_BROKEN names file, statement and cause.
 */
int migrate_run(const struct db_conf *conf, const char *dir,
		migrate_report_fn *report, void *arg, int *applied,
		struct arena *a, struct fault *f);

#endif
