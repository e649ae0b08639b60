#include "store/tx.h"

#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "base/clock.h"
#include "base/secret.h"
#include "store/db_priv.h"

#define TRIES 8
#define PAUSE_MIN_US 2000
#define PAUSE_MAX_US 50000
#define SETTLE_US (10 * US_PER_S) /* a Galera view change takes 6 s */
#define AWAY_US (3 * US_PER_S)

enum result {
	RESULT_DONE,
	RESULT_GIVE_UP, /* not done; *f tells why */
	RESULT_AGAIN,	/* not done, another run may do it */
	RESULT_UNKNOWN
};

void
tx_also(struct db *db, tx_fn *also, void *arg)
{
	db->also = also;
	db->also_arg = arg;
}

bool
tx_open(const struct db *db)
{
	return db->tx != DB_TX_NONE;
}

static void
pause_a_little(void)
{
	uint32_t chance = 0;

	if (getrandom(&chance, sizeof(chance), GRND_NONBLOCK) < 0)
		chance = (uint32_t)clock_boot_us();
	clock_sleep_us(PAUSE_MIN_US + chance % (PAUSE_MAX_US - PAUSE_MIN_US));
}

/* Sends a statement without values as text: one round trip, no preparing. */
static unsigned
send_text(struct db *db, int stmt)
{
	const char *text = db_handle(db, stmt)->is->text;
	unsigned no;

	db->stats.statements++;
	if (stmt != OWN(ROLLBACK) && db_hook_fails(db, &no))
		return no;
	if (mysql_real_query(db->my, text, strlen(text)))
		return mysql_errno(db->my);
	db->used_us = clock_boot_us();
	return 0;
}

static enum db_error
run_text(struct db *db, int stmt, struct fault *f)
{
	unsigned no = send_text(db, stmt);

	if (no == 0)
		return DB_ERROR_NONE;
	return db_error(db, db_handle(db, stmt), true, no, mysql_error(db->my),
			f);
}

/* Closes the connection when ROLLBACK fails: that rolls back for certain. */
static void
rollback(struct db *db)
{
	if (db->my) {
		unsigned no = send_text(db, OWN(ROLLBACK));

		if (no && db_error_of(no) != DB_ERROR_AGAIN)
			db_drop(db);
	}
	db->tx = DB_TX_NONE;
}

static bool
may_repeat(enum db_error t)
{
	return t == DB_ERROR_AGAIN || t == DB_ERROR_UNSENT ||
	       t == DB_ERROR_AWAY;
}

static enum result
begin(struct db *db, bool snapshot, struct fault *f)
{
	enum db_error t = DB_ERROR_NONE;

	if (snapshot)
		t = run_text(db, OWN(SNAPSHOT_SETUP), f);
	if (t == DB_ERROR_NONE)
		t = run_text(db, snapshot ? OWN(SNAPSHOT_BEGIN) : OWN(BEGIN),
			     f);
	if (t == DB_ERROR_NONE) {
		db->tx = DB_TX_OPEN;
		return RESULT_DONE;
	}
	if (snapshot)
		db_drop(db); /* it may be only half set up */
	return may_repeat(t) ? RESULT_AGAIN : RESULT_GIVE_UP;
}

/* For tests: COMMIT with a lost answer; *no is the errno it seems to give. */
static bool
commit_is_lost(struct db *db, unsigned *no)
{
	if (db->hooks.lose_at == 0 || --db->hooks.lose_at > 0)
		return false;
	if (db->hooks.lose_done)
		*no = send_text(db, OWN(COMMIT));
	if (!db->hooks.lose_done || *no == 0)
		*no = CR_SERVER_LOST;
	return true;
}

/* Only the errors listed here prove that a COMMIT was not done. */
static enum result
judge_commit(unsigned no)
{
	switch (db_error_of(no)) {
	case DB_ERROR_AGAIN:
		return no == ER_LOCK_DEADLOCK ? RESULT_AGAIN : RESULT_UNKNOWN;
	case DB_ERROR_UNSENT:
		return RESULT_AGAIN;
	case DB_ERROR_DUPLICATE:
		return no == ER_DUP_ENTRY ? RESULT_GIVE_UP : RESULT_UNKNOWN;
	case DB_ERROR_REFUSED:
		return no == ER_UNKNOWN_ERROR ? RESULT_GIVE_UP : RESULT_UNKNOWN;
	default:
		return RESULT_UNKNOWN;
	}
}

static enum result
commit(struct db *db, struct fault *f)
{
	enum result result;
	unsigned no = 0;
	char said[256] = "by a test";

	if (!(db->my->server_status & SERVER_STATUS_IN_TRANS)) {
		db_close(db);
		db->tx = DB_TX_NONE;
		fault_set(f, FAULT_BROKEN, "The database could not do this.");
		fault_cause(f, "a statement ended the transaction by itself");
		return RESULT_GIVE_UP;
	}
	if (!commit_is_lost(db, &no)) {
		no = send_text(db, OWN(COMMIT));
		if (no && mysql_errno(db->my) == no)
			snprintf(said, sizeof(said), "%s", mysql_error(db->my));
	}
	if (no == 0) {
		db->tx = DB_TX_NONE;
		return RESULT_DONE;
	}
	result = judge_commit(no);
	db_error(db, db_handle(db, OWN(COMMIT)), true, no, said, f);
	if (result == RESULT_UNKNOWN)
		db_drop(db);
	rollback(db);
	return result;
}

/* A read-only transaction needs no COMMIT: its result stands. */
static enum result
end_snapshot(struct db *db, enum result result)
{
	struct fault ignored;

	rollback(db);
	if (db->my &&
	    run_text(db, OWN(SNAPSHOT_RESET), &ignored) != DB_ERROR_NONE)
		db_drop(db);
	return result;
}

/* The error in the transaction decides the result, whatever 'fn' returned. */
static enum result
after_failure(struct db *db, int rc, struct fault *f)
{
	bool again = may_repeat(db->tx_error);

	if (rc == 0 || again)
		*f = db->tx_fault;
	return again ? RESULT_AGAIN : RESULT_GIVE_UP;
}

static enum result
run_once(struct db *db, tx_fn *fn, void *arg, const struct tx_opts *opts,
	 struct fault *f)
{
	enum result result = begin(db, opts->snapshot, f);
	int64_t changed = 1;
	int rc = 0;

	if (result != RESULT_DONE)
		return result;
	if (opts->mark)
		rc = db_exec(db, &changed, OWN(MARK),
			     ARGS(ARG_BIN(opts->mark, MARK_LEN)), f);
	if (rc == 0 && changed > 0)
		rc = fn(db, arg, f);
	if (rc == 0 && changed > 0 && db->also && !opts->snapshot)
		rc = db->also(db, db->also_arg, f);
	if (db->tx == DB_TX_FAILED)
		result = after_failure(db, rc, f);
	else if (rc)
		result = RESULT_GIVE_UP;
	else if (changed > 0 && !opts->snapshot)
		return commit(db, f);
	if (opts->snapshot)
		return end_snapshot(db, result);
	rollback(db);
	return result;
}

/*
 * Asks by inserting the mark as void: a read might come too early, but once the
 * void mark exists, a late COMMIT cannot insert the mark.
 */
static enum result
settle(struct db *db, const uint8_t *mark, struct fault *f)
{
	int64_t until = clock_boot_us() + SETTLE_US;
	int64_t changed;
	struct fault why = *f;

	while (mark && clock_boot_us() < until) {
		if (db_exec(db, &changed, OWN(MARK_VOID),
			    ARGS(ARG_BIN(mark, MARK_LEN)), &why) == 0)
			return changed > 0 ? RESULT_AGAIN : RESULT_DONE;
		if (why.code == FAULT_BROKEN)
			break;
		pause_a_little();
	}
	db_error_unknown(f);
	fault_cause(f, "%s", why.cause);
	return RESULT_UNKNOWN;
}

int
tx_run(struct db *db, tx_fn *fn, void *arg, const struct tx_opts *opts,
       struct fault *f)
{
	static const struct tx_opts none = { .mark = NULL };
	int64_t away_us = 0; /* spent looking for a server */

	if (!opts)
		opts = &none;
	if (tx_open(db))
		return fault_set(f, FAULT_BROKEN,
				 "A transaction cannot hold another.");
	for (int tries = 0; tries < TRIES; tries++) {
		enum result result;
		int64_t start;

		if (tries > 0) {
			pause_a_little();
			db->stats.retries++;
		}
		start = clock_boot_us();
		if (db_ready(db, f)) {
			away_us += clock_boot_us() - start;
			if (f->code != FAULT_BUSY || away_us > AWAY_US)
				return -1;
			continue;
		}
		result = run_once(db, fn, arg, opts, f);
		if (result == RESULT_UNKNOWN)
			result = settle(db, opts->mark, f);
		if (result == RESULT_DONE && !opts->snapshot)
			db->also = NULL;
		if (result != RESULT_AGAIN)
			return result == RESULT_DONE ? 0 : -1;
	}
	return -1;
}

int
tx_run_marked(struct db *db, tx_fn *fn, void *arg, struct fault *f)
{
	uint8_t mark[MARK_LEN];

	secret_random(mark, sizeof(mark));
	return tx_run(db, fn, arg, &(struct tx_opts){ .mark = mark }, f);
}
