/* A file becomes the contact list of a draft, or nothing does. */
#include "domain/upload.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/campaign.h"
#include "domain/campaign_repo.h"
#include "domain/lifecycle.h"
#include "domain/stmt.h"
#include "store/db.h"
#include "store/tx.h"

#define SEGMENT 1 /* 0 is the own list */
#define PRIORITY 1

struct upload {
	struct db *db;
	const struct actor *who;
	int64_t campaign_id, list_id;
	const struct import_hooks *given;
	struct import_counts counts;
	struct arena *arena;
};

/* Why the gate did not open. */
static int
refuse_campaign(struct db *db, const struct upload *im, struct fault *f)
{
	struct campaign c;

	if (campaign_row(db, im->who->workspace_id, im->campaign_id, &c,
			 im->arena, f))
		return -1;
	return fault_set(f, FAULT_CONFLICT,
			 "Only a draft that never ran takes another contact "
			 "list; this campaign %s.",
			 c.runs ? "has been started before" : "is not one");
}

static int
check_alone(struct db *db, const struct upload *im, struct fault *f)
{
	int64_t done;

	if (db_exec(db, NULL, STMT_IMPORT_CLEAR, ARGS(ARG_INT(im->campaign_id)),
		    f))
		return -1;
	if (!db_int(db, &done, STMT_IMPORT_AT_WORK,
		    ARGS(ARG_INT(im->campaign_id)), f))
		return fault_set(f, FAULT_CONFLICT,
				 "Another import into this campaign is at "
				 "work: %s rows so far.",
				 text_thousands(im->arena, done));
	return f->code == FAULT_ABSENT ? 0 : -1;
}

/* The campaign's row is written first: Start writes it too. */
static int
pass_gate(struct db *db, const struct upload *im, struct fault *f)
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
	struct upload *im = arg;
	int64_t list;

	if (pass_gate(db, im, f) || check_alone(db, im, f) ||
	    db_exec(db, NULL, STMT_LIST_CREATE,
		    ARGS(ARG_INT(im->who->workspace_id)), f))
		return -1;
	list = db_insert_id(db);
	if (db_exec(db, NULL, STMT_LIST_ADD_PART, ARGS(ARG_INT(list)), f))
		return -1;
	im->list_id = list;
	return db_exec(db, NULL, STMT_IMPORT_BEGIN,
		       ARGS(ARG_INT(im->campaign_id), ARG_INT(list)), f);
}

/* Also tells that we live: Start asks, and the sweep. */
static int
note(void *arg, struct db *db, const struct import_counts *c, struct fault *f)
{
	struct upload *im = arg;
	int64_t changed;

	if (db_exec(db, &changed, STMT_IMPORT_BEAT,
		    ARGS(ARG_INT(c->rows), ARG_INT(im->campaign_id),
			 ARG_INT(im->list_id)),
		    f))
		return -1;
	return changed ? 0
		       : fault_set(f, FAULT_CONFLICT,
				   "The import stood still for more than a "
				   "minute and was given up.");
}

static int64_t
read_given(void *arg, char *out, size_t size, struct fault *f)
{
	const struct upload *im = arg;

	return im->given->read(im->given->arg, out, size, f);
}

static void
row_given(void *arg, const struct csv_row *row, enum import_fate fate,
	  const char *why)
{
	const struct upload *im = arg;

	if (im->given->row)
		im->given->row(im->given->arg, row, fate, why);
}

static int
run_marked(struct upload *im, tx_fn *fn, struct fault *f)
{
	uint8_t mark[MARK_LEN];

	secret_random(mark, sizeof(mark));
	return tx_run(im->db, fn, im, &(struct tx_opts){ .mark = mark }, f);
}

/* Puts the list in the place of what was uploaded before. */
static int
swap(struct db *db, void *arg, struct fault *f)
{
	struct upload *im = arg;
	struct arg campaign = ARG_INT(im->campaign_id);
	struct list_use fresh = { .list_id = im->list_id, .segments = 1 };
	struct list_use *old;
	struct campaign c;
	size_t count;
	int64_t changed;

	if (pass_gate(db, im, f) ||
	    campaign_row(db, im->who->workspace_id, im->campaign_id, &c,
			 im->arena, f) ||
	    segment_lists(db, c.id, c.own_list, &old, &count, im->arena, f) ||
	    lists_unref(db, old, count, f) || lists_ref(db, &fresh, 1, f) ||
	    db_exec(db, NULL, STMT_SEGMENT_DELETE,
		    ARGS(campaign, ARG_INT(c.own_list)), f) ||
	    db_exec(db, NULL, STMT_SEGMENT_ADD,
		    ARGS(campaign, ARG_INT(SEGMENT), ARG_INT(im->list_id),
			 ARG_INT(im->counts.good), ARG_INT(PRIORITY)),
		    f) ||
	    db_exec(db, &changed, STMT_IMPORT_END,
		    ARGS(campaign, ARG_INT(im->list_id)), f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "The import stood still for more than a "
				 "minute and was given up.");
	return audit_add(db, im->who, c.id, "import", NULL,
			 arena_printf(im->arena,
				      "{\"contacts\":%" PRId64
				      ",\"rejected\":%" PRId64
				      ",\"duplicate\":%" PRId64 "}",
				      im->counts.good, im->counts.rejected,
				      im->counts.duplicate),
			 f);
}

static int
condemn(struct db *db, void *arg, struct fault *f)
{
	struct upload *im = arg;

	if (db_exec(db, NULL, STMT_SWEEP_CONDEMN, ARGS(ARG_INT(im->list_id)),
		    f))
		return -1;
	return db_exec(db, NULL, STMT_SWEEP_IMPORT, ARGS(ARG_INT(im->list_id)),
		       f);
}

static int
country_of(struct upload *im, const char **out, struct fault *f)
{
	struct rows r;
	int got;

	*out = "GB";
	if (db_query(im->db, &r, STMT_WORKSPACE_COUNTRY,
		     ARGS(ARG_INT(im->who->workspace_id)), f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		*out = rows_str(&r, 0, im->arena);
	rows_close(&r);
	return got < 0 ? -1 : 0;
}

static int
run(struct upload *im, const char *country, struct fault *f)
{
	struct import_hooks hooks = {
		.read = read_given, .row = row_given, .note = note, .arg = im
	};
	struct fault ignored;

	if (!import_fill(im->db, im->list_id, country, &hooks, &im->counts,
			 f) &&
	    !run_marked(im, swap, f))
		return 0;
	/* If this fails too, the sweep finds the list by its dead beat. */
	tx_run(im->db, condemn, im, NULL, &ignored);
	return -1;
}

int
upload_now(struct db *db, const struct actor *who, int64_t campaign_id,
	   const struct import_hooks *h, struct import_counts *out,
	   struct fault *f)
{
	struct upload im = {
		.db = db, .who = who, .campaign_id = campaign_id, .given = h
	};
	const char *country;
	int rc = -1;

	if (actor_check(who, campaign_transitions[ACTION_EDIT].role, f))
		return -1;
	im.arena = arena_new();
	if (!country_of(&im, &country, f) && !run_marked(&im, begin, f))
		rc = run(&im, country, f);
	if (!rc)
		*out = im.counts;
	arena_free(im.arena);
	return rc;
}
