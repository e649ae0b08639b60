/*
 * db_priv.h - the internals of store/db.h, only for the files of src/store that
 * talk to MariaDB.  Of bind, handle, db_error, execute, conn, db, rows, tx and
 * migrate each asks only those before it.
 */
#ifndef STORE_DB_PRIV_H
#define STORE_DB_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <mysql.h>

#include "base/fault.h"
#include "store/db.h"

/* What the failure of a statement means. */
enum db_error {
	DB_ERROR_NONE,
	DB_ERROR_AGAIN,	    /* deadlock and the like: not done, run again */
	DB_ERROR_DUPLICATE, /* a unique key: not done */
	DB_ERROR_REFUSED,   /* the statement or its data are wrong: not done */
	DB_ERROR_UNSENT,    /* the connection was already dead: not done */
	DB_ERROR_AWAY,	    /* the server went away: perhaps done */
	DB_ERROR_ODD	    /* anything unexpected: perhaps done */
};

/* One value of a statement, going in or coming out. */
struct cell {
	char kind;     /* 'i' 's' 'b' 't' */
	bool may_null; /* '?' */
	int64_t num;
	MYSQL_TIME time;
	unsigned long len;
	my_bool null, cut;
};

/* A statement on this connection.  Its buffers outlive the connection. */
struct handle {
	const struct stmt *is;
	MYSQL_STMT *st; /* NULL: not prepared yet */
	unsigned takes, gives;
	MYSQL_BIND *in, *out;
	struct cell *in_cells, *out_cells;
	bool writes;   /* changes rows: not resent once it may be done */
	bool late;     /* its columns are known only after it has run */
	unsigned turn; /* counts uses: a result belongs to one of them */
};

/* The arguments of a statement: 'count' values, or 'count' for each of 'rows'
 * rows (0: not array-bound). */
struct values {
	const struct arg *args;
	size_t count, rows;
};

enum db_tx { DB_TX_NONE, DB_TX_OPEN, DB_TX_FAILED };

struct db_hooks {
	unsigned fail_at, fail_errno; /* countdown; 0: off */
	unsigned lose_at;	      /* the same for COMMIT */
	bool lose_done;
};

struct db {
	struct db_conf conf; /* strings are our own copies */
	unsigned read_s;     /* READ and WRITE timeouts of the connection */
	const struct stmt *stmts;
	size_t count;
	struct handle *handles; /* for 'stmts', then the store's own */
	MYSQL *my;		/* NULL: closed */
	int64_t used_us;	/* when the connection last answered */
	int64_t now_us;		/* the stopped clock of tests; 0: runs */
	int64_t insert_id;
	enum db_tx tx;
	enum db_error tx_error; /* of the first failure in a transaction */
	struct fault tx_fault;
	int (*also)(struct db *db, void *arg, struct fault *f); /* tx_also() */
	void *also_arg;
	void *scratch; /* array binding */
	size_t scratch_size;
	bool setting_up;
	struct db_stats stats;
	struct db_hooks hooks;
};

/* Numbers of the store's own statements, for all functions of db.h. */
enum {
#define STMT(name, takes, gives, text) STORE_##name,
#include "sql/store.def"
#undef STMT
	STORE_COUNT
};
#define STORE_FIRST (-STORE_COUNT)
#define OWN(name) (STORE_FIRST + STORE_##name)

/* handle.c */

/* A statement by its number; not prepared yet at its first use. */
struct handle *db_handle(struct db *db, int stmt);
/* Closes the connection, and its statements with it. */
void db_drop(struct db *db);

/* db_error.c */

/* Sets *f from the library's error and updates the state of the connection and
 * the transaction; 'sent': the statement may have been done. */
enum db_error db_error(struct db *db, const struct handle *h, bool sent,
		       unsigned no, const char *said, struct fault *f);
/* The meaning of an errno, for COMMIT; changes no state. */
enum db_error db_error_of(unsigned no);
/* Sets *f for a server to which no connection could be made. */
int db_error_connect(unsigned no, const char *said, const char *host,
		     struct fault *f);
int db_error_unknown(struct fault *f);

/* execute.c */

/* Prepares a statement and checks its letters against the server. */
enum db_error db_prepare(struct db *db, struct handle *h, struct fault *f);
/* Prepares, sends and reads one statement, once. */
enum db_error db_once(struct db *db, struct handle *h, const struct values *v,
		      int64_t *affected, struct fault *f);
/* An error found here fails the transaction, as one of the server does. */
enum db_error db_refuse(struct db *db, const struct fault *f);
/* True when a test makes this statement fail (db_fail_at()). */
bool db_hook_fails(struct db *db, unsigned *no);

/* conn.c */

/* Connects and probes if necessary; -1 in a failed transaction. */
int db_ready(struct db *db, struct fault *f);

/* bind.c */

void bind_make(struct handle *h);
void bind_free(struct handle *h);
int bind_check(const struct handle *h, const struct values *v, struct fault *f);
void bind_in(struct handle *h, const struct arg *args);
/* Binds as many rows, from args[0] on, as one packet should hold; returns their
 * number. */
size_t bind_array(struct db *db, struct handle *h, const struct arg *args,
		  size_t rows);
void time_of_us(int64_t us, MYSQL_TIME *t);
int64_t us_of_time(const MYSQL_TIME *t);

#endif
