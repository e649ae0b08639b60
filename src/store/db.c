/* Statements: what a caller asks for, tried again where that is safe. */
#include "store/db_priv.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"

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
db_check(struct db *db, struct fault *f)
{
	if (db_ready(db, f))
		return -1;
	for (size_t i = 0; i < db->count; i++) {
		struct handle *h = db_handle(db, (int)i);

		if (!h->st && db_prepare(db, h, f) != DB_ERROR_NONE)
			return -1;
	}
	return 0;
}
