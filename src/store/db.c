/* Statements: prepares them once per connection, sends them, reads answers. */
#include "store/db_priv.h"

#include <assert.h>
#include <errmsg.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"

#define ANSWER_S 10

static const struct stmt own_stmts[STORE_COUNT] = {
#define STMT(name, takes, gives, text) { #name, takes, gives, text },
#include "sql/store.def"
#undef STMT
};

static void
start_library(void)
{
	if (mysql_library_init(0, NULL, NULL))
		abort(); /* out of memory */
}

static char *
copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

struct db *
db_new(const struct db_conf *conf, const struct stmt *stmts, size_t count)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct db *db = xcalloc(1, sizeof(*db));

	pthread_once(&once, start_library);
	db->conf = *conf;
	db->conf.hosts = copy(conf->hosts ? conf->hosts : "localhost");
	db->conf.socket = copy(conf->socket);
	db->conf.user = copy(conf->user);
	db->conf.password = copy(conf->password);
	db->conf.database = copy(conf->database);
	db->read_s = ANSWER_S;
	db->stmts = stmts;
	db->count = count;
	db->handles = xcalloc(count + STORE_COUNT, sizeof(*db->handles));
	for (size_t i = 0; i < count + STORE_COUNT; i++)
		db->handles[i].is =
			i < count ? &stmts[i] : &own_stmts[i - count];
	return db;
}

void
db_free(struct db *db)
{
	if (!db)
		return;
	db_drop(db);
	for (size_t i = 0; i < db->count + STORE_COUNT; i++)
		bind_free(&db->handles[i]);
	free(db->handles);
	free(db->scratch);
	free((char *)db->conf.hosts);
	free((char *)db->conf.socket);
	free((char *)db->conf.user);
	free((char *)db->conf.password);
	free((char *)db->conf.database);
	free(db);
}

struct handle *
db_handle(struct db *db, int stmt)
{
	struct handle *h;

	assert(stmt >= STORE_FIRST && stmt < (int)db->count);
	h = stmt >= 0 ? &db->handles[stmt]
		      : &db->handles[db->count + (size_t)(stmt - STORE_FIRST)];
	if (!h->in)
		bind_make(h);
	return h;
}

const struct db_stats *
db_stats(const struct db *db)
{
	return &db->stats;
}

int64_t
db_insert_id(const struct db *db)
{
	return db->insert_id;
}

void
db_fail_at(struct db *db, unsigned n, unsigned no)
{
	db->hooks.fail_at = n;
	db->hooks.fail_errno = no;
}

void
db_lose_commit(struct db *db, unsigned n, bool done)
{
	db->hooks.lose_at = n;
	db->hooks.lose_done = done;
}

bool
db_hook_fails(struct db *db, unsigned *no)
{
	if (db->setting_up || db->hooks.fail_at == 0 || --db->hooks.fail_at > 0)
		return false;
	*no = db->hooks.fail_errno;
	return true;
}

/* An error found here fails the transaction, as one of the server does. */
static enum db_error
db_refuse(struct db *db, const struct fault *f)
{
	if (db->tx == DB_TX_OPEN) {
		db->tx = DB_TX_FAILED;
		db->tx_error = DB_ERROR_REFUSED;
		db->tx_fault = *f;
	}
	return DB_ERROR_REFUSED;
}

/* Checks the letters of 'takes' and 'gives' at the statement's first use; but
 * the server knows the columns of INSERT ... RETURNING only when it runs. */
static int
check_letters(struct handle *h, struct fault *f)
{
	unsigned long takes = mysql_stmt_param_count(h->st);
	unsigned gives = mysql_stmt_field_count(h->st);

	h->late = h->writes && h->gives > 0 && gives == 0;
	if (takes == h->takes && (gives == h->gives || h->late))
		return 0;
	fault_set(f, FAULT_BROKEN, "The database could not do this.");
	return fault_cause(f, "%s takes %lu and gives %u, not %u and %u",
			   h->is->name, takes, gives, h->takes, h->gives);
}

static enum db_error
prepare(struct db *db, struct handle *h, struct fault *f)
{
	const char *text = h->is->text;
	char said[256];
	unsigned no;

	h->st = mysql_stmt_init(db->my);
	if (!h->st)
		abort(); /* out of memory */
	if (mysql_stmt_prepare(h->st, text, strlen(text)) == 0 &&
	    check_letters(h, f) == 0) {
		if (h->gives && !h->late)
			mysql_stmt_bind_result(h->st, h->out);
		return DB_ERROR_NONE;
	}
	no = mysql_stmt_errno(h->st);
	snprintf(said, sizeof(said), "%s", mysql_stmt_error(h->st));
	mysql_stmt_close(h->st);
	h->st = NULL;
	return no ? db_error(db, h, false, no, said, f) : db_refuse(db, f);
}

/* An error of the statement may come with the answer, with the rows (as does a
 * deadlock of a locking read) or with a later part of the answer. */
static unsigned
send(struct db *db, struct handle *h, int64_t *affected)
{
	MYSQL_STMT *st = h->st;
	unsigned no;
	int more;

	db->stats.statements++;
	if (db_hook_fails(db, &no))
		return no;
	if (mysql_stmt_execute(st))
		return mysql_stmt_errno(st);
	if (h->late && mysql_stmt_field_count(st) != h->gives)
		return CR_NO_STMT_METADATA;
	if (h->late)
		mysql_stmt_bind_result(st, h->out);
	if (h->gives)
		return mysql_stmt_store_result(st) ? mysql_stmt_errno(st) : 0;
	*affected += (int64_t)mysql_stmt_affected_rows(st);
	db->insert_id = (int64_t)mysql_stmt_insert_id(st);
	while ((more = mysql_stmt_next_result(st)) == 0)
		*affected += (int64_t)mysql_stmt_affected_rows(st);
	return more > 0 ? mysql_stmt_errno(st) : 0;
}

static enum db_error
failed(struct db *db, struct handle *h, unsigned no, struct fault *f)
{
	char said[256] = "by a test";

	if (mysql_stmt_errno(h->st) == no)
		snprintf(said, sizeof(said), "%s", mysql_stmt_error(h->st));
	return db_error(db, h, true, no, said, f);
}

enum db_error
db_once(struct db *db, struct handle *h, const struct values *v,
	int64_t *affected, struct fault *f)
{
	size_t done = 0;
	enum db_error error;
	unsigned no;

	if (!h->st && (error = prepare(db, h, f)) != DB_ERROR_NONE)
		return error;
	h->turn++;
	*affected = 0;
	do {
		size_t n = 0;

		if (v->rows)
			n = bind_array(db, h, v->args + done * v->count,
				       v->rows - done);
		else
			bind_in(h, v->args);
		no = send(db, h, affected);
		if (no)
			return failed(db, h, no, f);
		done += n;
	} while (done < v->rows);
	db->used_us = clock_boot_us();
	return DB_ERROR_NONE;
}

/*
 * Outside a transaction a statement is sent a second time, on another
 * connection, when the first attempt cannot have changed anything.
 */
static int
run(struct db *db, int stmt, const struct values *v, int64_t *affected,
    struct fault *f)
{
	struct handle *h = db_handle(db, stmt);

	for (int tries = 0;; tries++) {
		enum db_error error;

		if (db_ready(db, f))
			return -1;
		if (bind_check(h, v, f)) {
			db_refuse(db, f);
			return -1;
		}
		error = db_once(db, h, v, affected, f);
		if (error == DB_ERROR_NONE)
			return 0;
		if (tries > 0 || db->tx != DB_TX_NONE ||
		    !(error == DB_ERROR_UNSENT ||
		      (error == DB_ERROR_AWAY && !h->writes)))
			return -1;
		db->stats.retries++;
	}
}

static int
misused(struct db *db, const struct handle *h, const char *why, struct fault *f)
{
	fault_set(f, FAULT_BROKEN, "The database could not do this.");
	fault_cause(f, "%s %s", h->is->name, why);
	db_refuse(db, f);
	return -1;
}

int
db_exec(struct db *db, int64_t *affected, int stmt, const struct arg *args,
	size_t count, struct fault *f)
{
	struct values v = { .args = args, .count = count };
	int64_t changed;

	if (db_handle(db, stmt)->gives)
		return misused(db, db_handle(db, stmt), "gives rows", f);
	if (run(db, stmt, &v, &changed, f))
		return -1;
	if (affected)
		*affected = changed;
	return 0;
}

int
db_bulk(struct db *db, int64_t *affected, int stmt, const struct arg *args,
	size_t columns, size_t rows, struct fault *f)
{
	struct values v = { .args = args, .count = columns, .rows = rows };
	struct handle *h = db_handle(db, stmt);
	int64_t changed = 0;

	if (db->tx == DB_TX_NONE)
		return misused(db, h, "needs a transaction", f);
	if (h->gives || columns == 0)
		return misused(db, h, "cannot be array-bound", f);
	if (rows && run(db, stmt, &v, &changed, f))
		return -1;
	if (affected)
		*affected = changed;
	return 0;
}

int
db_query(struct db *db, struct rows *r, int stmt, const struct arg *args,
	 size_t count, struct fault *f)
{
	struct values v = { .args = args, .count = count };
	struct handle *h = db_handle(db, stmt);
	int64_t none;

	if (!h->gives)
		return misused(db, h, "gives no rows", f);
	if (run(db, stmt, &v, &none, f))
		return -1;
	*r = (struct rows){
		.db = db, .stmt = stmt, .open = true, .turn = h->turn
	};
	return 0;
}

int
db_int(struct db *db, int64_t *out, int stmt, const struct arg *args,
       size_t count, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, stmt, args, count, f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		*out = rows_int(&r, 0);
	rows_close(&r);
	if (got == 0)
		return fault_set(f, FAULT_ABSENT, "There is no such thing.");
	return got < 0 ? -1 : 0;
}

int
db_check(struct db *db, struct fault *f)
{
	if (db_ready(db, f))
		return -1;
	for (size_t i = 0; i < db->count; i++) {
		struct handle *h = db_handle(db, (int)i);

		if (!h->st && prepare(db, h, f) != DB_ERROR_NONE)
			return -1;
	}
	return 0;
}
