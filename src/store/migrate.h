/*
 * migrate.h - brings the schema up to the newest file of sql/.
 *
 * Files are NNN-name.sql, statements end with ";\n".  Table schema_migration
 * remembers each file with its digest and how many of its statements are done,
 * so that a half-applied one is reported and resumed where it stopped; a file
 * that changed after it was applied is refused.  Two programs at once: a row
 * lease in the database lets one work, the other waits (at most 60 s) and
 * finds it done.
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

/* Tells each file of 'dir' in order to 'report' (may be NULL) as it is. */
typedef void migrate_report_fn(const struct migration *m, void *arg);

/*
 * Makes the database if it does not exist, then applies what is missing.
 * *applied counts files.  FAULT_BROKEN names file, statement and cause.
 */
int migrate_run(const struct db_conf *conf, const char *dir,
		migrate_report_fn *report, void *arg, int *applied,
		struct arena *a, struct fault *f);

#endif
