/*
 * migrate.h - brings the schema up to the newest file of sql/.
 *
 * Files are NNN-name.sql, statements end with ";" at the end of a line.
 * Table schema_migration records for each file how many of its statements were
 * applied, and their digest, so that a half-applied file is reported and
 * resumed where it stopped.  Applied statements may not change: a file whose
 * applied statements differ is refused, and so is a database to which a file
 * was applied that is not in sql/ now.
 *
 * Statements that change rows are committed together with the record that they
 * are done.  A table definition cannot be: after an interruption between the
 * two it is executed again, and "already exists" then counts as done.
 *
 * Of two programs at once, the lease (lease.h) lets one work; the other waits
 * (at most 60 s, then FAULT_BUSY) and finds the work done.
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

/* Called for each file of 'dir' in order, before any is applied. */
typedef void migrate_report_fn(const struct migration *m, void *arg);

/*
 * Creates the database if it does not exist, then applies what is missing.
 * *applied counts files.  The text of FAULT_BROKEN names file, statement and
 * cause.
 */
int migrate_run(const struct db_conf *conf, const char *dir,
		migrate_report_fn *report, void *arg, int *applied,
		struct arena *a, struct fault *f);

#endif
