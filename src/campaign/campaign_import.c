/* The contacts of a campaign: a finished upload, or a file read now. */
#include "campaign/campaign_import.h"

#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "contacts/contact_list.h"
#include "contacts/upload_priv.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

#define TOKEN_BITS 62

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

static int
attach_list(struct db *db, const struct actor *who, int64_t campaign_id,
	    int64_t list_id, int64_t contacts, struct fault *f)
{
	struct list_use fresh = { .list_id = list_id, .segments = 1 };
	struct arena *a = arena_new();
	struct list_use *old;
	struct campaign c;
	size_t count;
	int rc = -1;

	if (!campaign_row(db, who->workspace_id, campaign_id, &c, a, f) &&
	    !segment_lists(db, c.id, c.own_list, &old, &count, a, f) &&
	    !lists_unref(db, old, count, f) && !lists_ref(db, &fresh, 1, f) &&
	    !db_exec(db, NULL, STMT_CAMPAIGN_CHANGED_BY,
		     ARGS(ARG_INT(who->user_id), ARG_INT(c.id),
			  ARG_INT(who->workspace_id)),
		     f) &&
	    !db_exec(db, NULL, STMT_SEGMENT_DELETE,
		     ARGS(ARG_INT(c.id), ARG_INT(c.own_list)), f))
		rc = segment_add(db, c.id, SEGMENT_FILE, list_id, contacts, f);
	arena_free(a);
	return rc;
}

/* Writes the upload's row first: of two takers the second finds it taken. */
int
campaign_adopt_upload(struct db *db, const struct actor *who, int64_t upload_id,
		      int64_t campaign_id, struct fault *f)
{
	struct arena *a = arena_new();
	struct upload u;
	int64_t taken;
	int rc = -1;

	if (!db_exec(db, &taken, STMT_UPLOAD_ADOPT,
		     ARGS(ARG_INT(campaign_id), ARG_INT(upload_id),
			  ARG_INT(who->workspace_id)),
		     f) &&
	    !upload_load(db, who->workspace_id, upload_id, &u, a, f))
		rc = taken ? attach_list(db, who, campaign_id, u.list_id,
					 u.counts.good, f)
			   : refuse(&u, a, f);
	arena_free(a);
	return rc;
}

static int
refuse_file(const struct campaign *c, struct fault *f)
{
	return fault_set(f, FAULT_CONFLICT,
			 "Only a draft that never ran can take another contact "
			 "list; this campaign %s.",
			 c->runs ? "has been started before"
				 : "is not a draft");
}

int
campaign_may_upload(struct db *db, const struct actor *who, int64_t campaign_id,
		    struct fault *f)
{
	struct arena *a = arena_new();
	struct campaign c;
	int rc = campaign_row(db, who->workspace_id, campaign_id, &c, a, f);

	if (!rc && (c.status != CAMPAIGN_DRAFT || c.runs))
		rc = refuse_file(&c, f);
	arena_free(a);
	return rc ? -1
		  : upload_check_none_comes(db, who->workspace_id, campaign_id,
					    f);
}

/* An upload that is read, for the campaign that takes it. */
struct due_upload {
	int64_t id, workspace_id, campaign_id, user_id;
};
static const struct field due_fields[] = {
	{ FIELD(due_upload, id) },
	{ FIELD(due_upload, workspace_id) },
	{ FIELD(due_upload, campaign_id) },
	{ FIELD(due_upload, user_id) },
};
static const struct record due_record = RECORD(due_fields);
static const struct rows_kind due_kind = { STMT_UPLOAD_DUE, &due_record, 0 };

static int
note_import(struct db *db, const struct actor *who, int64_t campaign_id,
	    const struct import_counts *c, struct fault *f)
{
	struct arena *a = arena_new();
	int rc = audit_add(db, who, campaign_id, "import", NULL,
			   arena_printf(a,
					"{\"contacts\":%" PRId64
					",\"rejected\":%" PRId64
					",\"duplicate\":%" PRId64 "}",
					c->good, c->rejected, c->duplicate),
			   f);

	arena_free(a);
	return rc;
}

struct upload_taking {
	struct due_upload due;
	struct arena *arena;
};

static int
take(struct db *db, void *arg, struct fault *f)
{
	struct upload_taking *t = arg;
	const struct due_upload *d = &t->due;
	struct actor who = { .user_id = d->user_id,
			     .workspace_id = d->workspace_id,
			     .role = UPLOAD_ROLE,
			     .via = "API" };
	struct upload u;
	int64_t gate;

	if (upload_load(db, d->workspace_id, d->id, &u, t->arena, f) ||
	    db_exec(db, &gate, STMT_IMPORT_GATE,
		    ARGS(ARG_INT(d->campaign_id), ARG_INT(d->workspace_id)), f))
		return -1;
	if (!gate)
		return db_exec(db, NULL, STMT_UPLOAD_NOT_TAKEN,
			       ARGS(ARG_STR("The campaign was started or "
					    "deleted before the file was "
					    "read."),
				    ARG_INT(d->id)),
			       f);
	who.name = u.created_by;
	return campaign_adopt_upload(db, &who, d->id, d->campaign_id, f) ||
			       note_import(db, &who, d->campaign_id, &u.counts,
					   f)
		       ? -1
		       : 0;
}

int
campaign_take_upload(struct db *db, const char *node, int64_t *workspace_id,
		     struct fault *f)
{
	struct upload_taking t = { .arena = arena_new() };
	int got = rows_one(db, &due_kind, ARGS(ARG_STR(node)), &t.due, f);

	if (got > 0 && tx_run_marked(db, take, &t, f))
		got = -1;
	*workspace_id = t.due.workspace_id;
	arena_free(t.arena);
	return got;
}

struct import_now {
	struct reading reading;
	const struct actor *who;
	const char *name;
	int64_t campaign_id;
	const char *problem;
	struct arena *arena;
};

/* Says why pass_gate() changed no row. */
static int
refuse_campaign(struct db *db, const struct import_now *im, struct fault *f)
{
	struct campaign c;

	if (campaign_row(db, im->who->workspace_id, im->campaign_id, &c,
			 im->arena, f))
		return -1;
	return refuse_file(&c, f);
}

static int
check_alone(struct db *db, const struct import_now *im, struct fault *f)
{
	int64_t done;

	if (db_exec(db, NULL, STMT_IMPORT_CLEAR,
		    ARGS(ARG_STR(UPLOAD_STOOD_STILL), ARG_INT(im->campaign_id)),
		    f))
		return -1;
	if (!db_int(db, &done, STMT_IMPORT_AT_WORK,
		    ARGS(ARG_INT(im->campaign_id)), f))
		return fault_set(f, FAULT_CONFLICT,
				 "Another import into this campaign is "
				 "running: %s rows so far.",
				 text_thousands(im->arena, done));
	return f->code == FAULT_ABSENT ? 0 : -1;
}

/* Writes the campaign's row first, as Start does, so that the two conflict. */
static int
pass_gate(struct db *db, const struct import_now *im, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_IMPORT_GATE,
		    ARGS(ARG_INT(im->campaign_id),
			 ARG_INT(im->who->workspace_id)),
		    f))
		return -1;
	return changed ? 0 : refuse_campaign(db, im, f);
}

static int
begin(struct db *db, void *arg, struct fault *f)
{
	struct import_now *im = arg;

	return pass_gate(db, im, f) || check_alone(db, im, f) ||
			       reading_begin(db, &im->reading, im->who,
					     im->campaign_id, im->name, f)
		       ? -1
		       : 0;
}

/* Replaces what was uploaded before with the new list. */
static int
swap(struct db *db, void *arg, struct fault *f)
{
	struct import_now *im = arg;
	struct reading *r = &im->reading;
	const struct import_counts *c = &r->counts;

	if (pass_gate(db, im, f) || reading_done(db, r, f) ||
	    attach_list(db, im->who, im->campaign_id, r->job.list_id, c->good,
			f))
		return -1;
	return note_import(db, im->who, im->campaign_id, c, f);
}

static int
fail(struct db *db, void *arg, struct fault *f)
{
	struct import_now *im = arg;

	return reading_fail(db, &im->reading, im->problem, f);
}

static int
run(struct import_now *im, struct fault *f)
{
	struct reading *r = &im->reading;
	struct fault ignored;

	if (!reading_fill(r, f) && !tx_run_marked(r->db, swap, im, f))
		return 0;
	/* If this fails too, the sweep finds the list: its beat is old. */
	im->problem = f->text;
	tx_run_marked(r->db, fail, im, &ignored);
	return -1;
}

int
contacts_import(struct db *db, const struct actor *who, int64_t campaign_id,
		const char *name, const struct import_hooks *h,
		struct import_counts *out, struct fault *f)
{
	struct import_now im = { .who = who,
				 .name = name,
				 .campaign_id = campaign_id };
	struct reading *r = &im.reading;
	int rc;

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f))
		return -1;
	reading_open(r, db, h);
	r->job.workspace_id = who->workspace_id;
	r->job.token = (int64_t)secret_random_bits(TOKEN_BITS);
	im.arena = arena_new();
	rc = tx_run_marked(db, begin, &im, f) || run(&im, f) ? -1 : 0;
	if (!rc)
		*out = r->counts;
	arena_free(im.arena);
	reading_close(r);
	return rc;
}
