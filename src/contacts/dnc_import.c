#include "contacts/dnc_import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "contacts/import_feed.h"
#include "contacts/import_rows.h"
#include "contacts/rejects.h"
#include "phone/phone_set.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/dnc.h"
#include "workspace/dnc_priv.h"

#define CHUNK_ROWS 4000
#define COLUMNS 7
#define REJECTS_MOST ((size_t)4 << 20)

struct load {
	struct db *db;
	const struct actor *who;
	const struct dnc_order *order;
	struct dnc_list list;
	int64_t id, load_id; /* of the import; where its rows go */
	int64_t added;

	struct import_hooks hooks;
	struct import_feed feed;
	struct dnc_reader reader;
	struct phone_set *seen;
	struct contact contact; /* of the current row */
	size_t reason, until;	/* their columns; as many as there are: none */

	struct arena *text; /* of the chunk */
	struct arg *args;
	size_t count;
	int64_t fresh; /* new numbers of the last chunk */

	struct buf header, rejects;
	size_t columns;
	bool full;
};

const char *const dnc_import_state_words[] = { "reading", "done", "failed",
					       NULL };

/* clang-format off */
/* In the order of DNC_IMPORT_LAST. */
static const struct field fields[] = {
	{ FIELD(dnc_import, id) }, { FIELD(dnc_import, replaces) },
	{ FIELD(dnc_import, state), .words = dnc_import_state_words }, { FIELD(dnc_import, name) },
	{ FIELD(dnc_import, rows) }, { FIELD(dnc_import, good) },
	{ FIELD(dnc_import, added) }, { FIELD(dnc_import, rejected) },
	{ FIELD(dnc_import, duplicate) }, { FIELD(dnc_import, by) },
	{ FIELD(dnc_import, created_at) }, { FIELD(dnc_import, beat_at) },
	{ FIELD(dnc_import, ended_at) }, { FIELD(dnc_import, rejects) },
};
/* clang-format on */
static const struct record import_record = RECORD(fields);

static int
begin_tx(struct db *db, void *arg, struct fault *f)
{
	struct load *l = arg;
	struct dnc_at_work w;

	if (dnc_list_lock(db, l->who, l->order->list_id, &l->list,
			  l->feed.arena, f) ||
	    dnc_at_work(db, l->list.id, &w, f))
		return -1;
	if (w.id && w.lives)
		return fault_set(f, FAULT_CONFLICT,
				 "Another file is being read into this list: "
				 "%s rows so far. Wait until it is done.",
				 text_thousands(l->feed.arena, w.rows));
	if ((w.id && dnc_give_up(db, l->who, l->list.id, &w, f)) ||
	    db_exec(db, NULL, STMT_DNC_IMPORT_ADD,
		    ARGS(ARG_INT(l->who->workspace_id), ARG_INT(l->list.id),
			 ARG_INT(l->order->replaces), ARG_STR(l->order->name),
			 ARG_STR(l->who->name)),
		    f))
		return -1;
	l->id = db_insert_id(db);
	l->load_id = l->order->replaces ? l->id : l->list.load_id;
	return 0;
}

static int
given_up(struct fault *f)
{
	return fault_set(f, FAULT_CONFLICT,
			 "The list was deleted, or the import stood still for "
			 "more than a minute and was given up.");
}

static int
touch(struct db *db, const struct load *l, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_DNC_TOUCH,
		    ARGS(ARG_INT(l->list.id), ARG_INT(l->who->workspace_id)),
		    f))
		return -1;
	return changed ? 0 : given_up(f);
}

/* Writes the progress, if the import is still ours to do. */
static int
note(struct db *db, const struct load *l, struct fault *f)
{
	const struct import_counts *n = &l->feed.counts;
	int64_t changed;

	if (db_exec(db, &changed, STMT_DNC_IMPORT_NOTE,
		    ARGS(ARG_INT(n->rows), ARG_INT(n->good),
			 ARG_INT(n->rejected), ARG_INT(n->duplicate),
			 ARG_INT(l->id), ARG_INT(l->who->workspace_id)),
		    f))
		return -1;
	return changed ? 0 : given_up(f);
}

static int
grow(struct db *db, int stmt, int64_t id, const struct load *l, struct fault *f)
{
	return db_exec(db, NULL, stmt,
		       ARGS(ARG_INT(l->fresh), ARG_INT(id),
			    ARG_INT(l->who->workspace_id)),
		       f);
}

/* Stores a chunk.  The numbers of a list are changed under its lock; those of a
 * load that replaces it are under that of the import. */
static int
store_tx(struct db *db, void *arg, struct fault *f)
{
	struct load *l = arg;

	l->fresh = 0;
	if ((!l->order->replaces && touch(db, l, f)) || note(db, l, f))
		return -1;
	if (!l->count)
		return 0;
	if (db_bulk(db, &l->fresh, STMT_DNC_PUT_NEW, l->args, COLUMNS, l->count,
		    f))
		return -1;
	if (l->fresh < (int64_t)l->count &&
	    db_bulk(db, NULL, STMT_DNC_PUT, l->args, COLUMNS, l->count, f))
		return -1;
	if (l->fresh && !l->order->replaces &&
	    grow(db, STMT_DNC_GROW, l->list.id, l, f))
		return -1;
	return l->fresh ? grow(db, STMT_DNC_IMPORT_GROW, l->id, l, f) : 0;
}

static int
flush(struct load *l, struct fault *f)
{
	if (tx_run_marked(l->db, store_tx, l, f))
		return -1;
	l->added += l->fresh;
	l->count = 0;
	arena_reset(l->text);
	return 0;
}

/* Keeps rejected rows for the list's page. */
static void
keep_row(void *arg, const struct csv_row *row, enum import_fate fate,
	 const char *why)
{
	struct load *l = arg;

	if (fate == IMPORT_HEADER) {
		l->columns = row->count;
		rejects_header(&l->header, row);
	} else if (fate == IMPORT_REJECTED && !l->full) {
		struct csv_row none = { .delimiter = row->delimiter };

		buf_add(&l->rejects, l->header.data, l->header.len);
		buf_clear(&l->header);
		l->full = l->rejects.len > REJECTS_MOST;
		rejects_row(&l->rejects, l->full ? &none : row, l->columns,
			    l->full ? "More rows were rejected; only the first "
				      "4 MB of them are kept."
				    : why);
	}
	if (l->order->hooks->row)
		l->order->hooks->row(l->order->hooks->arg, row, fate, why);
}

static int64_t
read_given(void *arg, char *out, size_t size, struct fault *f)
{
	const struct load *l = arg;

	return l->order->hooks->read(l->order->hooks->arg, out, size, f);
}

static size_t
column(const struct csv_row *header, const char *name, size_t from, size_t to)
{
	while (from < to && strcmp(header->cells[from], name) != 0)
		from++;
	return from < to ? from : header->count;
}

/* A column "reason" at the end is the file's own here, unless "line" stands
 * beside it (rejects.h). */
static void
find_columns(void *arg, const struct csv_row *header)
{
	struct load *l = arg;
	struct rejects_columns *ours = &l->feed.columns.ours;

	if (ours->count == 1)
		ours->count = 0;
	l->until = column(header, "until", 0, header->count);
	l->reason = column(header, "reason", 0,
			   ours->count ? ours->at : header->count);
	if (l->reason == header->count && ours->count)
		l->reason = column(header, "reason", ours->at + ours->count,
				   header->count);
}

static bool
is_there(const struct load *l, size_t at)
{
	return at < l->feed.columns.count;
}

/* Reads reason and date; on -1, contact.why says what is wrong. */
static int
read_more(struct load *l, const struct csv_row *row, struct dnc_entry *e)
{
	struct fault why;

	e->reason = "";
	if ((is_there(l, l->reason) &&
	     dnc_read_reason(row->cells[l->reason], e, l->text, &why)) ||
	    (is_there(l, l->until) &&
	     dnc_read_until(&l->reader, row->cells[l->until], &e->until,
			    l->text, &why))) {
		buf_clear(&l->contact.why);
		buf_str(&l->contact.why, why.text);
		return -1;
	}
	return 0;
}

static enum import_fate
fate_of(struct load *l, const struct csv_row *row, struct dnc_entry *e)
{
	struct contact *c = &l->contact;

	if (import_phone_read(&l->feed.columns, row, l->reader.phones, c) ||
	    read_more(l, row, e))
		return IMPORT_REJECTED;
	if (!phone_set_add(l->seen, c->phone.digits))
		return IMPORT_DUPLICATE;
	return c->phone.is_unknown ? IMPORT_UNKNOWN : IMPORT_GOOD;
}

static void
add_row(struct load *l, const struct dnc_entry *e)
{
	struct arg *at = l->args + l->count++ * COLUMNS;

	at[0] = ARG_INT(l->who->workspace_id);
	at[1] = ARG_STR(arena_strdup(l->text, l->contact.phone.digits));
	at[2] = ARG_INT(l->list.id);
	at[3] = ARG_INT(l->load_id);
	at[4] = e->until ? ARG_TIME(e->until) : ARG_NULL;
	at[5] = ARG_STR(e->reason);
	at[6] = ARG_STR(l->who->name);
}

static int
take_row(void *arg, const struct csv_row *row, struct fault *f)
{
	struct load *l = arg;
	struct dnc_entry e = { .until = 0 };
	enum import_fate fate = fate_of(l, row, &e);
	struct import_counts *n = &l->feed.counts;
	bool is_good = fate == IMPORT_GOOD || fate == IMPORT_UNKNOWN;

	n->good += is_good;
	n->unknown += fate == IMPORT_UNKNOWN;
	n->rejected += fate == IMPORT_REJECTED;
	n->duplicate += fate == IMPORT_DUPLICATE;
	if (is_good)
		add_row(l, &e);
	import_feed_tell(&l->feed, row, fate,
			 l->contact.why.len ? l->contact.why.data : NULL);
	/* rows without a number are noted, too: the reader is alive */
	return l->count == CHUNK_ROWS || n->rows % (10 * CHUNK_ROWS) == 0
		       ? flush(l, f)
		       : 0;
}

static int
end_import(struct db *db, const struct load *l, enum dnc_import_state state,
	   struct fault *f)
{
	struct arg rejects = l->rejects.len
				     ? ARG_BIN(l->rejects.data, l->rejects.len)
				     : ARG_NULL;
	int64_t changed;

	if (db_exec(db, &changed, STMT_DNC_IMPORT_END,
		    ARGS(ARG_INT(state), rejects, ARG_INT(l->id),
			 ARG_INT(l->who->workspace_id)),
		    f))
		return -1;
	return changed ? 0 : given_up(f);
}

static int
finish_tx(struct db *db, void *arg, struct fault *f)
{
	struct load *l = arg;
	const struct dnc_list *k = &l->list;
	struct arg id = ARG_INT(k->id), of = ARG_INT(l->who->workspace_id);
	struct arena *a = l->feed.arena;
	int64_t flipped = 1;

	if (touch(db, l, f) || end_import(db, l, DNC_DONE, f))
		return -1;
	if (!l->order->replaces) {
		if (db_exec(db, NULL, STMT_DNC_IMPORTED, ARGS(id, of), f))
			return -1;
	} else if (db_exec(db, NULL, STMT_DNC_GONE_ADD,
			   ARGS(id, ARG_INT(k->load_id)), f) ||
		   db_exec(db, &flipped, STMT_DNC_FLIP,
			   ARGS(ARG_INT(l->id), id, of), f)) {
		return -1;
	}
	if (!flipped)
		return given_up(f);
	return audit_add(
		db, l->who, 0,
		l->order->replaces ? "replace do-not-call list"
				   : "import to do-not-call list",
		NULL,
		arena_printf(a,
			     "{\"list_id\":%lld,\"import\":%lld,\"rows\":"
			     "%lld,\"added\":%lld}",
			     (long long)k->id, (long long)l->id,
			     (long long)l->feed.counts.rows,
			     (long long)l->added),
		f);
}

static int
fail_tx(struct db *db, void *arg, struct fault *f)
{
	struct load *l = arg;

	if (touch(db, l, f) || end_import(db, l, DNC_FAILED, f))
		return -1;
	return l->order->replaces
		       ? db_exec(db, NULL, STMT_DNC_GONE_ADD,
				 ARGS(ARG_INT(l->list.id), ARG_INT(l->id)), f)
		       : 0;
}

/* If this fails too, dnc_sweep() does it in a minute. */
static void
fail(struct load *l, struct fault *f)
{
	struct fault ignored;
	size_t len = strlen(f->text);

	tx_run_marked(l->db, fail_tx, l, &ignored);
	if (l->order->replaces || !l->added)
		return;
	snprintf(f->text + len, sizeof(f->text) - len,
		 " %s numbers had been added before that and stay on the list.",
		 text_thousands(l->feed.arena, l->added));
}

static int
run(struct load *l, struct fault *f)
{
	if (import_feed(&l->feed, f) || import_feed_check(&l->feed, f) ||
	    flush(l, f) || tx_run_marked(l->db, finish_tx, l, f)) {
		fail(l, f);
		return -1;
	}
	return 0;
}

static void
open_load(struct load *l)
{
	l->hooks = (struct import_hooks){ .read = read_given,
					  .row = keep_row,
					  .arg = l };
	l->feed = (struct import_feed){ .h = &l->hooks,
					.take = take_row,
					.head = find_columns,
					.arg = l,
					.arena = arena_new() };
	l->seen = phone_set_open();
	l->text = arena_new();
	l->args = xcalloc((size_t)CHUNK_ROWS * COLUMNS, sizeof(struct arg));
}

static void
close_load(struct load *l)
{
	phone_set_close(l->seen);
	contact_free(&l->contact);
	buf_free(&l->header);
	buf_free(&l->rejects);
	free(l->args);
	arena_free(l->text);
	arena_free(l->feed.arena);
}

int
dnc_import_run(struct db *db, const struct actor *who,
	       const struct dnc_order *order, struct dnc_import *out,
	       struct arena *a, struct fault *f)
{
	struct load l = { .db = db,
			  .who = who,
			  .order = order,
			  .contact = CONTACT_INIT,
			  .header = BUF_INIT,
			  .rejects = BUF_INIT };
	int rc = -1;

	if (actor_check(who, ROLE_ADMIN, f) ||
	    dnc_reader_open(db, who->workspace_id, &l.reader, a, f))
		return -1;
	open_load(&l);
	if (!tx_run_marked(db, begin_tx, &l, f))
		rc = run(&l, f);
	if (!rc)
		rc = dnc_import_last(db, who->workspace_id, l.list.id, out, a,
				     f);
	close_load(&l);
	dnc_reader_close(&l.reader);
	return rc;
}

int
dnc_import_last(struct db *db, int64_t workspace_id, int64_t list_id,
		struct dnc_import *out, struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_DNC_IMPORT_LAST,
		     ARGS(ARG_INT(list_id), ARG_INT(workspace_id)), f))
		return -1;
	*out = (struct dnc_import){ .id = 0 };
	got = rows_fetch(&r, &import_record, out, a, f);
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

int
dnc_import_rejects(struct db *db, int64_t workspace_id, int64_t list_id,
		   struct dnc_rejects *out, struct arena *a, struct fault *f)
{
	static const struct field text[] = { { FIELD(dnc_rejects, data) } };
	static const struct record record = RECORD(text);
	struct dnc_import last;
	struct rows r;
	int got;

	if (dnc_import_last(db, workspace_id, list_id, &last, a, f) ||
	    db_query(db, &r, STMT_DNC_REJECTS,
		     ARGS(ARG_INT(last.id), ARG_INT(list_id),
			  ARG_INT(workspace_id)),
		     f))
		return -1;
	got = rows_fetch(&r, &record, out, a, f);
	rows_close(&r);
	if (!got)
		return fault_set(f, FAULT_ABSENT,
				 "No row of this file was rejected.");
	if (got > 0)
		out->len = strlen(out->data);
	return got < 0 ? -1 : 0;
}
