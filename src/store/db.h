/*
 * db.h - MariaDB: connections, prepared statements, rows, array binding.
 *
 * A statement is a line of a table (struct stmt) with a number; SQL text
 * exists nowhere else.  It is prepared at its first use on a connection and
 * stays prepared for the connection's life.  A struct db belongs to one thread
 * at a time.  It connects when it is first used and again when the connection
 * has died (never inside a transaction).  It tries the hosts of its
 * configuration in order, and uses one only after that host has answered the
 * probe.
 *
 * What a failure means (doc/cluster-rules.md 1, 4, 5, 18):
 *   - every error fails the transaction it happens in; the next statement of a
 *     failed transaction is refused here, without being sent;
 *   - 1047, 1180, 2002, 2006, 2013 and anything unexpected close the
 *     connection; nothing is sent on it again;
 *   - a write outside a transaction whose answer was lost is FAULT_UNKNOWN;
 *   - a server that is away is FAULT_BUSY, a duplicate key FAULT_CONFLICT,
 *     everything else FAULT_BROKEN; f->cause carries errno and text.
 */
#ifndef STORE_DB_H
#define STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;
struct field;
struct record;

/*
 * takes: one letter per placeholder; gives: one letter per column.
 *   i integer   s text   b bytes   t time (DATETIME(6) <-> microseconds UTC)
 * A '?' after a letter means that the value may be NULL.
 */
struct stmt {
	const char *name, *takes, *gives, *text;
};

struct db_conf {
	const char *hosts;  /* "a,b:3307"; "localhost" means the socket */
	const char *socket; /* path; NULL or "": TCP */
	unsigned port;
	const char *user, *password, *database;
	unsigned lock_wait_s; /* 2 for the dialler, 5 for the web */
	bool sync_wait;	      /* Galera: reads see every acknowledged commit */
	/* The number of the statement that proves that the server serves our
	 * tables; run on connect and after more than 1 s of idling. */
	int probe; /* -1: none (migrations, before there is a table) */
};

/* 'stmts' is indexed by statement number.  Does not connect yet; the strings
 * of 'conf' are copied. */
struct db *db_new(const struct db_conf *conf, const struct stmt *stmts,
		  size_t count);
void db_free(struct db *db);

/* Connects now if necessary; FAULT_BUSY when no host serves. */
int db_connect(struct db *db, struct fault *f);

/* Closes the connection; the next use opens another. */
void db_close(struct db *db);

/*
 * Tests only: NOW() becomes 'us' on this and every later connection of 'db'
 * (SET timestamp); 0 lets the clock run again.
 */
int db_set_now(struct db *db, int64_t us, struct fault *f);

/* One argument of a statement. */
struct arg {
	char kind; /* 'i' 's' 'b' 't' or 0 for NULL */
	int64_t num;
	const void *ptr;
	size_t len;
};
#define ARG_INT(v) ((struct arg){ .kind = 'i', .num = (int64_t)(v) })
#define ARG_STR(s) ((struct arg){ .kind = 's', .ptr = (s) }) /* NULL: NULL */
#define ARG_BIN(p, n) ((struct arg){ .kind = 'b', .ptr = (p), .len = (n) })
#define ARG_TIME(us) ((struct arg){ .kind = 't', .num = (us) })
#define ARG_NULL ((struct arg){ .kind = 0 })
#define ARGS(...) \
	(const struct arg[]){ __VA_ARGS__ }, \
	(sizeof((struct arg[]){ __VA_ARGS__ }) / sizeof(struct arg))
#define NO_ARGS NULL, 0

/*
 * Runs a statement that gives no rows.  *affected (may be NULL) counts rows
 * changed, not rows matched, so a guarded UPDATE must change a column.
 */
int db_exec(struct db *db, int64_t *affected, int stmt, const struct arg *args,
	    size_t count, struct fault *f);

/* The insert id of the last db_exec() of a single row. */
int64_t db_insert_id(const struct db *db);

/*
 * Array binding: runs one statement with 'rows' sets of arguments, many in one
 * round trip; args[row * columns + column].  Allowed only inside a transaction.
 * *affected is the sum.
 */
int db_bulk(struct db *db, int64_t *affected, int stmt, const struct arg *args,
	    size_t columns, size_t rows, struct fault *f);

/* A result, read completely into client memory by db_query(), which reports
 * every error. */
struct rows {
	struct db *db;
	int stmt;
	unsigned turn; /* running the statement again ends this result */
	bool open;
};
int db_query(struct db *db, struct rows *r, int stmt, const struct arg *args,
	     size_t count, struct fault *f);

/* Returns 1: a row, 0: the end, -1: a fault; the last two close the result. */
int rows_next(struct rows *r, struct fault *f);
void rows_close(struct rows *r);

/* Columns of the row, counted from 0; NULL reads as 0, NULL or false. */
bool rows_null(const struct rows *r, unsigned col);
int64_t rows_int(const struct rows *r, unsigned col); /* 'i' and 't' */
const char *rows_str(const struct rows *r, unsigned col, struct arena *a);
const void *rows_bin(const struct rows *r, unsigned col, struct arena *a,
		     size_t *len);
/* Copies a column of exactly 'len' bytes; false, and zeros, for any other. */
bool rows_copy(const struct rows *r, unsigned col, void *out, size_t len);

/*
 * Reads the next row into a struct; the columns are in the order of the field
 * table.  Returns like rows_next().
 */
int rows_fetch(struct rows *r, const struct record *rec, void *base,
	       struct arena *a, struct fault *f);

/* Reads the columns of the row from column 'from' on into a struct; returns 1,
 * or -1 with *f set. */
int rows_into(struct rows *r, unsigned from, const struct record *rec,
	      void *base, struct arena *a, struct fault *f);

/* A statement whose rows become structs of that size.  rows_all() returns all
 * of them as an array, or NULL with *f set. */
struct rows_kind {
	int stmt;
	const struct record *record;
	size_t size;
};
void *rows_all(struct db *db, const struct rows_kind *k, const struct arg *args,
	       size_t arg_count, size_t *count, struct arena *a,
	       struct fault *f);

/* Reads the first row of such a statement into 'base', whose members must be
 * numbers.  Returns like rows_next(). */
int rows_one(struct db *db, const struct rows_kind *k, const struct arg *args,
	     size_t arg_count, void *base, struct fault *f);

/* Reads the first column, an integer, of all rows of a statement that takes
 * one integer; *out is never NULL. */
int rows_ids(struct db *db, int stmt, int64_t key, int64_t **out, size_t *count,
	     struct arena *a, struct fault *f);

/* A struct member as the argument for its column. */
struct arg field_arg(const struct field *fd, const void *base, struct arena *a);

/* Reads one integer from one row; FAULT_ABSENT when there is no row. */
int db_int(struct db *db, int64_t *out, int stmt, const struct arg *args,
	   size_t count, struct fault *f);

/* Prepares every statement and checks its letters against the server; for
 * tests and `outdial check`. */
int db_check(struct db *db, struct fault *f);

/*
 * Tests only: the n-th statement from now on (BEGIN, COMMIT and marks count,
 * ROLLBACK and the setup of a connection do not) fails with errno 'no', as if
 * the server had reported it, without being sent.  0: off.
 */
void db_fail_at(struct db *db, unsigned n, unsigned no);

/* Tests only: the answer of the n-th COMMIT from now on is lost; 'done' says
 * whether it reached the server. */
void db_lose_commit(struct db *db, unsigned n, bool done);

/* Counted since db_new(). */
struct db_stats {
	int64_t statements, connects, retries;
};
const struct db_stats *db_stats(const struct db *db);

#endif
