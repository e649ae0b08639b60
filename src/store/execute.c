/* Prepares a statement once per connection, sends it and reads the answer. */
#include "store/db_priv.h"

#include <errmsg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

bool
db_hook_fails(struct db *db, unsigned *no)
{
	if (db->setting_up || db->hooks.fail_at == 0 || --db->hooks.fail_at > 0)
		return false;
	*no = db->hooks.fail_errno;
	return true;
}

enum db_error
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

enum db_error
db_prepare(struct db *db, struct handle *h, struct fault *f)
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

	if (!h->st && (error = db_prepare(db, h, f)) != DB_ERROR_NONE)
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
