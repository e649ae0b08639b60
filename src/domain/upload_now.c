/* The command's way: reads a file into a list, and gives it to the campaign. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/secret.h"
#include "base/text.h"
#include "domain/account.h"
#include "domain/campaign.h"
#include "domain/campaign_repo.h"
#include "domain/lifecycle.h"
#include "domain/stmt.h"
#include "domain/upload_priv.h"
#include "store/db.h"
#include "store/tx.h"

#define TOKEN_BITS 62

struct import_now {
	struct reading reading;
	const struct actor *who;
	const char *name;
	int64_t campaign_id;
	const char *problem;
	struct arena *arena;
};

/* Why the gate did not open. */
static int
refuse_campaign(struct db *db, const struct import_now *im, struct fault *f)
{
	struct campaign c;

	if (campaign_row(db, im->who->workspace_id, im->campaign_id, &c,
			 im->arena, f))
		return -1;
	return fault_set(f, FAULT_CONFLICT,
			 "Only a draft that never ran can take another contact "
			 "list; this campaign %s.",
			 c.runs ? "has been started before" : "is not a draft");
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

/* The campaign's row is written first: Start writes it too. */
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
	struct upload_job *job = &im->reading.job;
	const struct actor *who = im->who;

	if (pass_gate(db, im, f) || check_alone(db, im, f) ||
	    upload_new_list(db, job, f) ||
	    db_exec(db, NULL, STMT_IMPORT_BEGIN,
		    ARGS(ARG_INT(who->workspace_id), ARG_INT(im->campaign_id),
			 ARG_INT(job->list_id), ARG_STR(im->name),
			 ARG_INT(job->token), ARG_STR(who->name),
			 who->user_id ? ARG_INT(who->user_id) : ARG_NULL),
		    f))
		return -1;
	job->id = db_insert_id(db);
	return 0;
}

/* Puts the list in the place of what was uploaded before. */
static int
swap(struct db *db, void *arg, struct fault *f)
{
	struct import_now *im = arg;
	struct reading *r = &im->reading;
	const struct import_counts *c = &r->counts;

	if (pass_gate(db, im, f) || reading_done(db, r, f) ||
	    upload_attach(db, im->who, im->campaign_id, r->job.list_id, c->good,
			  f))
		return -1;
	return audit_add(db, im->who, im->campaign_id, "import", NULL,
			 arena_printf(im->arena,
				      "{\"contacts\":%" PRId64
				      ",\"rejected\":%" PRId64
				      ",\"duplicate\":%" PRId64 "}",
				      c->good, c->rejected, c->duplicate),
			 f);
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
	/* If this fails too, the sweep finds the list by its dead beat. */
	im->problem = f->text;
	tx_run_marked(r->db, fail, im, &ignored);
	return -1;
}

int
upload_now(struct db *db, const struct actor *who, int64_t campaign_id,
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
