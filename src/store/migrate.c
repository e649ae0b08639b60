#include "store/migrate.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/secret.h"
#include "store/db_priv.h"
#include "store/lease.h"
#include "store/script.h"

#define WAIT_US (60 * US_PER_S)
#define TRIES 8
#define PAUSE_US (100 * US_PER_MS)
#define STATEMENT_S 86400 /* a large table may take long */

/* A file, and its state recorded in the database. */
struct step {
	struct script script;
	int done, doing, statements;
	uint8_t digest[SCRIPT_DIGEST];
};

struct work {
	struct db *db;
	struct db_conf conf;
	struct step *steps;
	size_t count;
	int64_t owner;
	struct arena *arena;
};

/* The errors of a definition (DDL) that was already executed. */
static const unsigned known_twice[] = {
	1007, 1008, /* database exists, does not exist */
	1050, 1051, /* table exists, does not */
	1060, 1061, /* column, key exists */
	1091,	    /* no such column or key */
	1826,	    /* foreign key exists */
};

static unsigned
send_raw(struct db *db, const char *text)
{
	MYSQL_RES *result;

	if (mysql_real_query(db->my, text, strlen(text)))
		return mysql_errno(db->my);
	result = mysql_store_result(db->my);
	if (result)
		mysql_free_result(result);
	return mysql_errno(db->my);
}

/* Retries: in a cluster, DDL on another node appears here as a deadlock. */
static int
run_patiently(struct db *db, int stmt, struct fault *f)
{
	for (int tries = 1; db_exec(db, NULL, stmt, NO_ARGS, f); tries++) {
		if (f->code != FAULT_BUSY || tries == TRIES)
			return -1;
		clock_sleep_us(PAUSE_US);
	}
	return 0;
}

static int
make_database(struct work *w, struct fault *f)
{
	struct db_conf conf = w->conf;
	struct db *db;
	struct buf text = BUF_INIT;
	const char *s;
	int rc;

	conf.database = NULL;
	db = db_new(&conf, NULL, 0);
	for (s = db_handle(db, OWN(DATABASE))->is->text; *s; s++) {
		if (*s == '?')
			buf_printf(&text, "`%s`", w->conf.database);
		else
			buf_char(&text, *s);
	}
	rc = db_ready(db, f);
	if (rc == 0 && send_raw(db, text.data))
		rc = db_error_connect(mysql_errno(db->my), mysql_error(db->my),
				      "the server", f);
	buf_free(&text);
	db_free(db);
	return rc;
}

/* Creates the database only when it is missing, so that an account without the
 * right to create one can still migrate its own. */
static int
open_database(struct work *w, struct fault *f)
{
	int64_t tables;

	if (strchr(w->conf.database, '`'))
		return fault_set(f, FAULT_INVALID,
				 "The name of the database is not valid.");
	if (db_ready(w->db, f) &&
	    (f->code != FAULT_BROKEN || make_database(w, f)))
		return -1;
	if (db_int(w->db, &tables, OWN(SCHEMA_TABLES), NO_ARGS, f))
		return -1;
	if (tables < 2 && (run_patiently(w->db, OWN(SCHEMA_MIGRATION), f) ||
			   run_patiently(w->db, OWN(SCHEMA_LEASE), f)))
		return -1;
	return run_patiently(w->db, OWN(LEASE_ROW), f);
}

static struct step *
find(struct work *w, const char *name)
{
	for (size_t i = 0; i < w->count; i++) {
		if (strcmp(w->steps[i].script.name, name) == 0)
			return &w->steps[i];
	}
	return NULL;
}

static int
recall(struct work *w, const struct rows *r, struct fault *f)
{
	const char *name = rows_str(r, 0, w->arena);
	struct step *s = find(w, name);
	size_t len;
	const void *digest = rows_bin(r, 1, w->arena, &len);

	if (!s)
		return fault_set(f, FAULT_BROKEN,
				 "The database has migration %s, which this "
				 "version of Outdial does not have: a newer "
				 "version has changed it.",
				 name);
	memcpy(s->digest, digest, SCRIPT_DIGEST);
	s->done = (int)rows_int(r, 2);
	s->doing = (int)rows_int(r, 3);
	s->statements = (int)rows_int(r, 4);
	return 0;
}

static int
check(const struct step *s, struct fault *f)
{
	uint8_t digest[SCRIPT_DIGEST];
	bool same =
		s->done <= s->script.count &&
		(s->done < s->statements || s->script.count == s->statements);

	if (s->done == 0)
		return 0;
	if (same) {
		script_digest(&s->script, s->done, digest);
		same = memcmp(digest, s->digest, SCRIPT_DIGEST) == 0;
	}
	if (same)
		return 0;
	return fault_set(f, FAULT_BROKEN,
			 "%s was changed after it had been applied.",
			 s->script.name);
}

/* Reads the recorded state of every file and checks it against the file. */
static int
look(struct work *w, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(w->db, &r, OWN(MIGRATION_ALL), NO_ARGS, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		if (recall(w, &r, f)) {
			rows_close(&r);
			return -1;
		}
	}
	for (size_t i = 0; i < w->count && got == 0; i++)
		got = check(&w->steps[i], f);
	return got;
}

static bool
is_done(const struct step *s)
{
	return s->done == s->script.count;
}

static bool
all_done(const struct work *w)
{
	for (size_t i = 0; i < w->count; i++) {
		if (!is_done(&w->steps[i]))
			return false;
	}
	return true;
}

static int
put(struct work *w, const struct step *s, int done, int doing, struct fault *f)
{
	uint8_t digest[SCRIPT_DIGEST];

	script_digest(&s->script, done, digest);
	return db_exec(w->db, NULL, OWN(MIGRATION_PUT),
		       ARGS(ARG_STR(s->script.name),
			    ARG_BIN(digest, sizeof(digest)), ARG_INT(done),
			    ARG_INT(doing), ARG_INT(s->script.count)),
		       f);
}

static bool
was_done_before(const struct step *s, unsigned no)
{
	for (size_t i = 0; i < ARRAY_LEN(known_twice); i++) {
		if (known_twice[i] == no)
			return s->doing == s->done + 1;
	}
	return false;
}

/* Records that the statement failed.  If the connection was lost, 'doing' stays
 * set, and the next start finds out whether the statement was done. */
static int
refuse(struct work *w, const struct step *s, unsigned no, struct fault *f)
{
	struct db *db = w->db;
	struct fault ignored;
	char said[200];

	snprintf(said, sizeof(said), "%u %s", no, mysql_error(db->my));
	db->tx = DB_TX_NONE;
	if (send_raw(db, db_handle(db, OWN(ROLLBACK))->is->text))
		db_drop(db);
	else
		put(w, s, s->done, 0, &ignored);
	fault_set(f, FAULT_BROKEN,
		  "%s, statement %d of %d: %s. The statements before it are "
		  "done; correct it and start again.",
		  s->script.name, s->done + 1, s->script.count, said);
	return fault_cause(f, "%s", said);
}

/* Runs between BEGIN and COMMIT.  It renews the lease before and after the
 * statement, which may take longer than the lease lasts. */
static int
apply_inside(struct work *w, const struct step *s, unsigned *no,
	     struct fault *f)
{
	if (lease_hold(w->db, w->owner, f) ||
	    put(w, s, s->done, s->done + 1, f))
		return -1;
	*no = send_raw(w->db, s->script.statements[s->done]);
	if (*no && !was_done_before(s, *no))
		return 0;
	*no = 0;
	return lease_hold(w->db, w->owner, f) || put(w, s, s->done + 1, 0, f)
		       ? -1
		       : 0;
}

/*
 * One transaction holds the lease, the record that the statement has begun, the
 * statement, and the record that it is done; unless the statement is DDL, which
 * commits itself and everything before it.
 */
static int
apply_once(struct work *w, struct step *s, bool *again, struct fault *f)
{
	struct db *db = w->db;
	unsigned no;

	*again = false;
	if (db_ready(db, f))
		return -1;
	no = send_raw(db, db_handle(db, OWN(BEGIN))->is->text);
	if (no)
		return refuse(w, s, no, f);
	db->tx = DB_TX_OPEN;
	if (apply_inside(w, s, &no, f)) {
		*again = db->tx == DB_TX_FAILED &&
			 db->tx_error == DB_ERROR_AGAIN;
		db->tx = DB_TX_NONE;
		db_drop(db);
		return -1;
	}
	if (no == 0)
		no = send_raw(db, db_handle(db, OWN(COMMIT))->is->text);
	*again = no && db_error_of(no) == DB_ERROR_AGAIN;
	if (no)
		return refuse(w, s, no, f);
	db->tx = DB_TX_NONE;
	s->done++;
	s->doing = 0;
	return 0;
}

static int
apply_one(struct work *w, struct step *s, struct fault *f)
{
	bool again;

	for (int tries = 1; apply_once(w, s, &again, f); tries++) {
		if (!again || tries == TRIES)
			return -1;
		clock_sleep_us(PAUSE_US);
	}
	return 0;
}

static int
apply(struct work *w, int *applied, struct fault *f)
{
	for (size_t i = 0; i < w->count; i++) {
		struct step *s = &w->steps[i];

		if (is_done(s))
			continue;
		while (!is_done(s)) {
			if (apply_one(w, s, f))
				return -1;
		}
		++*applied;
	}
	return 0;
}

static void
report_all(const struct work *w, migrate_report_fn *report, void *arg)
{
	for (size_t i = 0; i < w->count; i++) {
		const struct step *s = &w->steps[i];
		struct migration m = { .name = s->script.name,
				       .state = MIGRATION_HALF,
				       .done = s->done,
				       .statements = s->script.count };

		if (is_done(s))
			m.state = MIGRATION_DONE;
		else if (s->done == 0)
			m.state = MIGRATION_NEW;
		report(&m, arg);
	}
}

/* Waits until the lease is ours (1), or nothing is left to do (0). */
static int
wait_for_lease(struct work *w, struct fault *f)
{
	int64_t until = clock_boot_us() + WAIT_US;

	while (!all_done(w)) {
		int got = lease_take(w->db, w->owner, f);

		if (got > 0)
			return look(w, f) ? -1 : 1;
		if (got < 0 && f->code != FAULT_BUSY)
			return -1;
		if (clock_boot_us() > until)
			return fault_set(f, FAULT_BUSY,
					 "Another program is changing the "
					 "database.");
		clock_sleep_us(PAUSE_US);
		if (look(w, f))
			return -1;
	}
	return 0;
}

static int
run(struct work *w, migrate_report_fn *report, void *arg, int *applied,
    struct fault *f)
{
	struct lease *lease;
	int held, rc;

	if (open_database(w, f) || look(w, f))
		return -1;
	held = wait_for_lease(w, f);
	if (held < 0)
		return -1;
	if (report)
		report_all(w, report, arg);
	if (!held)
		return 0;
	lease = lease_keep(&w->conf, w->owner);
	rc = apply(w, applied, f);
	lease_rest(lease);
	lease_drop(w->db, w->owner);
	return rc;
}

int
migrate_run(const struct db_conf *conf, const char *dir,
	    migrate_report_fn *report, void *arg, int *applied, struct arena *a,
	    struct fault *f)
{
	struct work w = { .conf = *conf, .arena = a };
	struct script *scripts;
	int count = 0, rc;

	if (scripts_read(dir, a, &scripts, &w.count, f))
		return -1;
	w.steps = ARENA_ARRAY(a, w.count, struct step);
	for (size_t i = 0; i < w.count; i++)
		w.steps[i].script = scripts[i];
	w.owner = (int64_t)secret_random_bits(62) + 1;
	w.conf.probe = -1;
	w.db = db_new(&w.conf, NULL, 0);
	w.db->read_s = STATEMENT_S;
	rc = run(&w, report, arg, &count, f);
	db_free(w.db);
	if (rc == 0 && applied)
		*applied = count;
	return rc;
}
