/*
 * bed.h - a database of its own for a test program, on the private server
 * that MARIADB_SOCKET names; TEST_DATABASE chooses the name.
 *
 *	struct db_conf conf = bed_make();
 *	struct db *db = db_new(&conf, stmts, ARRAY_LEN(stmts));
 *	...
 *	bed_drop();
 */
#ifndef TESTS_STORE_BED_H
#define TESTS_STORE_BED_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/db.h"
#include "tests/store/fine.h"

static inline const char *
bed_env(const char *name)
{
	const char *value = getenv(name);

	if (!value || !*value) {
		printf("Bail out! %s is not set\n", name);
		exit(1);
	}
	return value;
}

static inline const char *
bed_name(void)
{
	static char name[64];
	const char *given = getenv("TEST_DATABASE");

	if (!*name && given && *given)
		snprintf(name, sizeof(name), "%s", given);
	else if (!*name)
		snprintf(name, sizeof(name), "test_%ld", (long)getpid());
	return name;
}

/* Runs one statement whose text is only known now; ends the test if not. */
static inline void
bed_run(const struct db_conf *conf, const char *text)
{
	const struct stmt stmt = { "BED", "", "", text };
	struct db *db = db_new(conf, &stmt, 1);

	if (db_exec(db, NULL, 0, NO_ARGS, &f)) {
		printf("Bail out! %s: %s (%s)\n", text, f.text, f.cause);
		exit(1);
	}
	db_free(db);
}

static inline struct db_conf
bed_server(void)
{
	bed_env("TEST_WORLD"); /* else the server may be a stack's */
	return (struct db_conf){ .hosts = "localhost",
				 .socket = bed_env("MARIADB_SOCKET"),
				 .user = "root",
				 .password = "",
				 .lock_wait_s = 2,
				 .probe = -1 };
}

static inline void
bed_drop(void)
{
	struct db_conf server = bed_server();
	char text[128];

	snprintf(text, sizeof(text), "DROP DATABASE IF EXISTS %s", bed_name());
	bed_run(&server, text);
}

static inline struct db_conf
bed_make(void)
{
	struct db_conf conf = bed_server();
	char text[128];

	bed_drop();
	snprintf(text, sizeof(text), "CREATE DATABASE %s CHARACTER SET utf8mb4",
		 bed_name());
	bed_run(&conf, text);
	conf.database = bed_name();
	return conf;
}

#endif
