/* Uploads as people see them: added, looked at, cancelled, taken. */
#include "domain/upload.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/campaign.h"
#include "domain/campaign_repo.h"
#include "domain/lifecycle.h"
#include "domain/stmt.h"
#include "domain/upload_priv.h"
#include "store/db.h"
#include "store/tx.h"

#define SEGMENT 1 /* 0 is the own list */
#define PRIORITY 1

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
};
/* clang-format on */
static const struct record upload_record = RECORD(fields);

struct upload_insert {
	const struct actor *who;
	const char *name, *file, *node;
	int64_t size, id;
};

static int
add(struct db *db, void *arg, struct fault *f)
{
	struct upload_insert *a = arg;
	const struct actor *who = a->who;

	if (db_exec(db, NULL, STMT_UPLOAD_ADD,
		    ARGS(ARG_INT(who->workspace_id), ARG_STR(a->name),
			 ARG_STR(a->file), ARG_STR(a->node), ARG_INT(a->size),
			 ARG_STR(who->name),
			 who->user_id ? ARG_INT(who->user_id) : ARG_NULL),
		    f))
		return -1;
	a->id = db_insert_id(db);
	return 0;
}

int
upload_add(struct db *db, const struct actor *who, const char *name,
	   const char *file, const char *node, int64_t size, int64_t *id,
	   struct fault *f)
{
	struct upload_insert a = { .who = who,
				   .name = name,
				   .file = file,
				   .node = node,
				   .size = size };

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f) ||
	    tx_run_marked(db, add, &a, f))
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

/* Why an upload is not in the state that was asked for; by state. */
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

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f))
		return -1;
	c.arena = arena_new();
	rc = tx_run_marked(db, cancel, &c, f);
	arena_free(c.arena);
	return rc;
}

int
upload_file_over(struct db *db, int64_t workspace_id, int64_t id,
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
upload_bytes(struct db *db, int64_t workspace_id, int64_t *bytes,
	     struct fault *f)
{
	return db_int(db, bytes, STMT_UPLOAD_AT_WORK,
		      ARGS(ARG_INT(workspace_id)), f);
}

int
upload_rejects(struct db *db, int64_t workspace_id, int64_t id,
	       int (*write)(void *arg, const char *p, size_t len), void *arg,
	       struct fault *f)
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

static int
locked_out(struct fault *f, const char *text)
{
	fault_field(f, "contacts", "%s", text);
	f->code = FAULT_CONFLICT;
	return -1;
}

static int
refuse(const struct upload *u, struct arena *a, struct fault *f)
{
	switch (u->state) {
	case UPLOAD_WAITING:
		return locked_out(f, "The file has not been read yet. Wait "
				     "until it is, then save again.");
	case UPLOAD_READING:
		return locked_out(
			f, arena_printf(a,
					"The file is still being read: %s rows "
					"so far. Wait until it is done, then "
					"save again.",
					text_thousands(a, u->counts.rows)));
	case UPLOAD_FAILED:
		return locked_out(f, arena_printf(a,
						  "The file could not be read. "
						  "%s",
						  u->problem));
	case UPLOAD_CANCELLED:
		return locked_out(f, "The upload was cancelled. Choose a file "
				     "again.");
	default:
		return locked_out(f, "A campaign already has these contacts. "
				     "Upload the file again.");
	}
}

int
upload_attach(struct db *db, const struct actor *who, int64_t campaign_id,
	      int64_t list_id, int64_t contacts, struct fault *f)
{
	struct arg campaign = ARG_INT(campaign_id);
	struct list_use fresh = { .list_id = list_id, .segments = 1 };
	struct arena *a = arena_new();
	struct list_use *old;
	struct campaign c;
	size_t count;
	int rc = -1;

	if (!campaign_row(db, who->workspace_id, campaign_id, &c, a, f) &&
	    !segment_lists(db, c.id, c.own_list, &old, &count, a, f) &&
	    !lists_unref(db, old, count, f) && !lists_ref(db, &fresh, 1, f) &&
	    !db_exec(db, NULL, STMT_SEGMENT_DELETE,
		     ARGS(campaign, ARG_INT(c.own_list)), f))
		rc = db_exec(db, NULL, STMT_SEGMENT_ADD,
			     ARGS(campaign, ARG_INT(SEGMENT), ARG_INT(list_id),
				  ARG_INT(contacts), ARG_INT(PRIORITY)),
			     f);
	arena_free(a);
	return rc;
}

/* The upload's row is written first: whoever is second finds it taken. */
int
upload_take(struct db *db, const struct actor *who, int64_t upload_id,
	    int64_t campaign_id, struct fault *f)
{
	struct arena *a = arena_new();
	struct upload u;
	int64_t taken;
	int rc = -1;

	if (!db_exec(db, &taken, STMT_UPLOAD_TAKE,
		     ARGS(ARG_INT(campaign_id), ARG_INT(upload_id),
			  ARG_INT(who->workspace_id)),
		     f) &&
	    !upload_load(db, who->workspace_id, upload_id, &u, a, f))
		rc = taken ? upload_attach(db, who, campaign_id, u.list_id,
					   u.counts.good, f)
			   : refuse(&u, a, f);
	arena_free(a);
	return rc;
}
