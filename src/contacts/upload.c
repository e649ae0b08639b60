/* The uploads that people see: adds, loads and cancels them. */
#include "contacts/upload.h"

#include <inttypes.h>
#include <stdio.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "contacts/upload_priv.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

const char *const upload_state_words[] = { "waiting", "reading",   "done",
					   "failed",  "cancelled", NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(upload, id) },
	{ FIELD(upload, workspace_id) },
	{ FIELD(upload, campaign_id) },
	{ FIELD(upload, list_id) },
	{ FIELD(upload, state), .words = upload_state_words },
	{ FIELD(upload, name) },
	{ FIELD(upload, problem) },
	{ FIELD(upload, preview) },
	{ FIELD(upload, node) },
	{ FIELD(upload, created_by) },
	{ FIELD(upload, size) },
	{ FIELD(upload, counts.bytes) },
	{ FIELD(upload, counts.rows) },
	{ FIELD(upload, counts.good) },
	{ FIELD(upload, counts.rejected) },
	{ FIELD(upload, counts.duplicate) },
	{ FIELD(upload, counts.unknown) },
	{ FIELD(upload, created_at) },
	{ FIELD(upload, started_at) },
	{ FIELD(upload, beat_at) },
	{ FIELD(upload, ended_at) },
	{ FIELD(upload, now) },
	{ FIELD(upload, for_campaign) },
};
/* clang-format on */
static const struct record upload_record = RECORD(fields);

struct upload_insert {
	const struct actor *who;
	const struct upload_file *file;
	int64_t id;
};

static int
add(struct db *db, void *arg, struct fault *f)
{
	struct upload_insert *a = arg;
	const struct actor *who = a->who;
	const struct upload_file *file = a->file;

	if (db_exec(db, NULL, STMT_UPLOAD_ADD,
		    ARGS(ARG_INT(who->workspace_id), ARG_STR(file->name),
			 ARG_STR(file->file), ARG_STR(file->node),
			 ARG_INT(file->size), ARG_STR(who->name),
			 who->user_id ? ARG_INT(who->user_id) : ARG_NULL,
			 file->for_campaign ? ARG_INT(file->for_campaign)
					    : ARG_NULL),
		    f))
		return -1;
	a->id = db_insert_id(db);
	return 0;
}

int
upload_add(struct db *db, const struct actor *who,
	   const struct upload_file *file, int64_t *id, struct fault *f)
{
	struct upload_insert a = { .who = who, .file = file };

	if (actor_check(who, UPLOAD_ROLE, f) || tx_run_marked(db, add, &a, f))
		return -1;
	*id = a.id;
	return 0;
}

int
upload_load(struct db *db, int64_t workspace_id, int64_t id, struct upload *out,
	    struct arena *a, struct fault *f)
{
	struct upload got = { 0 };
	struct rows r;
	int n;

	if (db_query(db, &r, STMT_UPLOAD_LOAD,
		     ARGS(ARG_INT(id), ARG_INT(workspace_id)), f))
		return -1;
	n = rows_fetch(&r, &upload_record, &got, a, f);
	rows_close(&r);
	if (n == 0)
		return fault_set(f, FAULT_ABSENT, "There is no such upload.");
	if (n < 0)
		return -1;
	*out = got;
	return 0;
}

/* Why an upload cannot be cancelled, by its state. */
static const char *const not_cancelled[UPLOAD_STATE_MAX] = {
	[UPLOAD_WAITING] = "Somebody else has just changed this upload.",
	[UPLOAD_READING] = "Somebody else has just changed this upload.",
	[UPLOAD_DONE] = "A campaign already has these contacts.",
	[UPLOAD_FAILED] = ("This file could not be read; there is nothing to "
			   "cancel."),
	[UPLOAD_CANCELLED] = "This upload has already been cancelled.",
};

struct cancellation {
	const struct actor *who;
	int64_t id;
	struct arena *arena;
};

static int
cancel(struct db *db, void *arg, struct fault *f)
{
	const struct cancellation *c = arg;
	struct upload u;
	int64_t changed;

	if (db_exec(db, &changed, STMT_UPLOAD_CANCEL,
		    ARGS(ARG_INT(c->id), ARG_INT(c->who->workspace_id)), f))
		return -1;
	if (changed)
		return 0;
	if (upload_load(db, c->who->workspace_id, c->id, &u, c->arena, f))
		return -1;
	return fault_set(f, FAULT_CONFLICT, "%s", not_cancelled[u.state]);
}

int
upload_cancel(struct db *db, const struct actor *who, int64_t id,
	      struct fault *f)
{
	struct cancellation c = { .who = who, .id = id };
	int rc;

	if (actor_check(who, UPLOAD_ROLE, f))
		return -1;
	c.arena = arena_new();
	rc = tx_run_marked(db, cancel, &c, f);
	arena_free(c.arena);
	return rc;
}

int
upload_ended_file(struct db *db, int64_t workspace_id, int64_t id,
		  const char *node, char file[static UPLOAD_FILE_MAX],
		  struct fault *f)
{
	struct arena *a = arena_new();
	struct rows r;
	int got = db_query(
		db, &r, STMT_UPLOAD_FILE,
		ARGS(ARG_INT(id), ARG_INT(workspace_id), ARG_STR(node)), f);

	if (!got)
		got = rows_next(&r, f);
	if (got > 0) {
		snprintf(file, UPLOAD_FILE_MAX, "%s", rows_str(&r, 0, a));
		rows_close(&r);
	}
	arena_free(a);
	if (!got)
		return fault_set(f, FAULT_ABSENT,
				 "The file is not on this server.");
	return got > 0 ? 0 : -1;
}

int
upload_check_none_comes(struct db *db, int64_t workspace_id,
			int64_t campaign_id, struct fault *f)
{
	int64_t rows;

	if (!db_int(db, &rows, STMT_UPLOAD_COMING,
		    ARGS(ARG_INT(campaign_id), ARG_INT(workspace_id)), f))
		return fault_set(f, FAULT_CONFLICT,
				 "Another file for this campaign is being "
				 "read: %" PRId64 " rows so far.",
				 rows);
	return f->code == FAULT_ABSENT ? 0 : -1;
}

int
upload_pending_bytes(struct db *db, int64_t workspace_id, int64_t *bytes,
		     struct fault *f)
{
	return db_int(db, bytes, STMT_UPLOAD_AT_WORK,
		      ARGS(ARG_INT(workspace_id)), f);
}

int
upload_write_rejects(struct db *db, int64_t workspace_id, int64_t id,
		     int (*write)(void *arg, const char *p, size_t len),
		     void *arg, struct fault *f)
{
	struct arena *a = arena_new();
	struct upload u;
	int64_t n = 0;
	int got = upload_load(db, workspace_id, id, &u, a, f) ? -1 : 1;

	while (got > 0) {
		struct rows r;
		const void *p;
		size_t len;

		arena_reset(a);
		if (db_query(db, &r, STMT_UPLOAD_REJECTS,
			     ARGS(ARG_INT(id), ARG_INT(n)), f)) {
			got = -1;
			break;
		}
		got = rows_next(&r, f);
		if (got <= 0)
			break;
		n = rows_int(&r, 0);
		p = rows_bin(&r, 1, a, &len);
		rows_close(&r);
		if (write(arg, p, len))
			break;
	}
	arena_free(a);
	if (!got && !n)
		return fault_set(f, FAULT_ABSENT,
				 "No row of this file was rejected.");
	return got;
}

bool
upload_is_at_work(const struct upload *u)
{
	return u && (u->state == UPLOAD_WAITING || u->state == UPLOAD_READING);
}
