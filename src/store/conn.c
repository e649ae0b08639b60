/* Opens connections: hosts in order, settings, the probe. */
#include "store/db_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"

#define CONNECT_S 2
#define IDLE_US (1 * US_PER_S)
#define ERRNO_UNKNOWN_VARIABLE 1193

/* Cuts the next "name", "name:port" or "[name]:port" off a list. */
static bool
next_host(const char **list, char *host, size_t size, unsigned *port)
{
	const char *from = *list + strspn(*list, " ,");
	size_t len = strcspn(from, " ,");
	char *colon, *bracket;

	if (len == 0)
		return false;
	*list = from + len;
	snprintf(host, size, "%.*s", (int)len, from);
	bracket = *host == '[' ? strchr(host, ']') : NULL;
	colon = strrchr(bracket ? bracket : host, ':');
	if (colon && (bracket || colon == strchr(host, ':'))) {
		*port = (unsigned)strtoul(colon + 1, NULL, 10);
		*colon = '\0';
	}
	if (bracket) {
		*bracket = '\0';
		memmove(host, host + 1, strlen(host));
	}
	return true;
}

static MYSQL *
make_client(const struct db *db, bool by_socket)
{
	unsigned connect_s = CONNECT_S;
	unsigned how = by_socket ? MYSQL_PROTOCOL_SOCKET : MYSQL_PROTOCOL_TCP;
	unsigned no_files = 0;
	my_bool off = 0;
	MYSQL *my = mysql_init(NULL);

	if (!my)
		abort(); /* out of memory, as in arena.h */
	mysql_options(my, MYSQL_OPT_CONNECT_TIMEOUT, &connect_s);
	mysql_options(my, MYSQL_OPT_READ_TIMEOUT, &db->read_s);
	mysql_options(my, MYSQL_OPT_WRITE_TIMEOUT, &db->read_s);
	mysql_options(my, MYSQL_OPT_PROTOCOL, &how);
	mysql_options(my, MYSQL_OPT_RECONNECT, &off);
	mysql_options(my, MYSQL_OPT_LOCAL_INFILE, &no_files);
	mysql_options(my, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	return my;
}

/* Does not set CLIENT_FOUND_ROWS: affected rows are rows that changed. */
static int
dial(struct db *db, const char *host, unsigned port, struct fault *f)
{
	const struct db_conf *c = &db->conf;
	bool local = strcmp(host, "localhost") == 0;
	bool by_socket = local && c->socket && *c->socket;
	MYSQL *my = make_client(db, by_socket);

	if (!mysql_real_connect(my,
				local ? (by_socket ? NULL : "127.0.0.1") : host,
				c->user, c->password, c->database, port,
				by_socket ? c->socket : NULL, 0)) {
		db_error_connect(mysql_errno(my), mysql_error(my), host, f);
		mysql_close(my);
		return -1;
	}
	db->my = my;
	db->stats.connects++;
	return 0;
}

static int
run_own(struct db *db, int stmt, const struct arg *args, size_t count,
	struct fault *f)
{
	struct values v = { .args = args, .count = count };
	int64_t none;

	return db_once(db, db_handle(db, stmt), &v, &none, f) == DB_ERROR_NONE
		       ? 0
		       : -1;
}

static int
set_clock(struct db *db, struct fault *f)
{
	if (db->now_us)
		return run_own(db, OWN(CLOCK_STOP), ARGS(ARG_INT(db->now_us)),
			       f);
	return run_own(db, OWN(CLOCK_GO), NO_ARGS, f);
}

/* A server without Galera may not know the variable, and does not need it. */
static int
set_sync_wait(struct db *db, struct fault *f)
{
	const char *text = db_handle(db, OWN(SYNC_WAIT))->is->text;
	unsigned no = 0;

	if (mysql_real_query(db->my, text, strlen(text)))
		no = mysql_errno(db->my);
	if (no == 0 || no == ERRNO_UNKNOWN_VARIABLE)
		return 0;
	return db_error_connect(no, mysql_error(db->my), "a host", f);
}

/* Reads one of our tables: SELECT 1 works even on a node that serves none. */
static int
probe(struct db *db, struct fault *f)
{
	struct handle *h;

	if (db->conf.probe < 0)
		return 0;
	h = db_handle(db, db->conf.probe);
	if (run_own(db, db->conf.probe, NO_ARGS, f))
		return -1;
	mysql_stmt_free_result(h->st);
	return 0;
}

static int
set_up(struct db *db, struct fault *f)
{
	if (run_own(db, OWN(SETUP), ARGS(ARG_INT(db->conf.lock_wait_s)), f))
		return -1;
	if (db->conf.sync_wait && set_sync_wait(db, f))
		return -1;
	if (db->now_us && set_clock(db, f))
		return -1;
	return probe(db, f);
}

static int
connect_any(struct db *db, struct fault *f)
{
	const char *list = db->conf.hosts;
	bool any = false;
	char host[256];
	unsigned port;

	while (port = db->conf.port,
	       next_host(&list, host, sizeof(host), &port)) {
		if (dial(db, host, port, f) == 0 && set_up(db, f) == 0)
			return 0;
		db_drop(db);
		any = true;
	}
	if (!any)
		fault_set(f, FAULT_BROKEN, "No database host is configured.");
	return -1;
}

int
db_ready(struct db *db, struct fault *f)
{
	if (db->tx == DB_TX_FAILED) {
		*f = db->tx_fault;
		return -1;
	}
	if (db->tx == DB_TX_OPEN)
		return 0;
	db->setting_up = true;
	if (db->my && clock_boot_us() - db->used_us > IDLE_US && probe(db, f))
		db_drop(db);
	if (!db->my)
		connect_any(db, f);
	db->setting_up = false;
	return db->my ? 0 : -1;
}

int
db_connect(struct db *db, struct fault *f)
{
	return db_ready(db, f);
}

void
db_close(struct db *db)
{
	if (db->tx == DB_TX_OPEN) {
		db->tx = DB_TX_FAILED;
		db->tx_error = DB_ERROR_UNSENT;
		fault_set(&db->tx_fault, FAULT_BUSY,
			  "The connection was closed in a transaction.");
	}
	db_drop(db);
}

int
db_set_now(struct db *db, int64_t us, struct fault *f)
{
	db->now_us = us;
	return db->my ? set_clock(db, f) : 0;
}
