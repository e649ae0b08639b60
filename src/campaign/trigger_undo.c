/* Takes back what a call added, as far as it was never called. */
#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/call_id.h"
#include "campaign/faults.h"
#include "campaign/repo.h"
#include "campaign/trigger_priv.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

/* The contacts of a batch in one part of the list. */
struct batch_range {
	int64_t seg, part, list_id, first, last;
};
static const struct field range_fields[] = {
	{ FIELD(batch_range, seg) },	 { FIELD(batch_range, part) },
	{ FIELD(batch_range, list_id) }, { FIELD(batch_range, first) },
	{ FIELD(batch_range, last) },
};
static const struct record range_record = RECORD(range_fields);
static const struct rows_kind ranges = { STMT_BATCH_RANGES, &range_record,
					 sizeof(struct batch_range) };

struct undoing {
	const struct actor *who;
	int64_t campaign_id, batch_id;
	struct arena *arena;
	struct campaign c;
	struct trigger_undone *out;
};

static int
read_campaign(struct db *db, struct undoing *u, struct fault *f)
{
	return campaign_row(db, u->who->workspace_id, u->campaign_id, &u->c,
			    u->arena, f);
}

/* Plans of the run and this exclude each other: what a plan has queued is seen,
 * and what it would take next is gone.  A Start would wait for the list. */
static int
lock(struct db *db, struct undoing *u, struct fault *f)
{
	int64_t run;

	if (read_campaign(db, u, f))
		return -1;
	run = u->c.current_run;
	if ((run &&
	     db_exec(db, NULL, STMT_BATCH_LOCK_RUN,
		     ARGS(ARG_INT(run), ARG_INT(u->c.workspace_id)), f)) ||
	    db_exec(db, NULL, STMT_BATCH_LOCK_LIST,
		    ARGS(ARG_INT(u->c.own_list), ARG_INT(u->c.workspace_id)),
		    f) ||
	    read_campaign(db, u, f))
		return -1;
	return run == u->c.current_run ? 0 : fault_stale_version(f);
}

static int
take_back(struct db *db, const struct undoing *u, const struct batch_range *b,
	  struct fault *f)
{
	struct arg first = ARG_INT(b->first), last = ARG_INT(b->last);
	struct arg run = ARG_INT(u->c.current_run), seg = ARG_INT(b->seg);
	uint8_t from[UUID_LEN], to[UUID_LEN];
	int64_t gone;

	call_id_range(u->c.current_run, b->seg, from, to);
	if (u->c.current_run &&
	    db_exec(db, NULL, STMT_BATCH_VOID_CALLS,
		    ARGS(ARG_BIN(from, UUID_LEN), ARG_BIN(to, UUID_LEN), first,
			 last),
		    f))
		return -1;
	if (db_exec(db, &gone, STMT_BATCH_GONE,
		    ARGS(ARG_INT(b->list_id), ARG_INT(b->part), first, last,
			 run, seg, ARG_INT(u->c.workspace_id)),
		    f))
		return -1;
	u->out->contacts += gone;
	u->out->others += b->last - b->first + 1 - gone;
	return 0;
}

static int
undo(struct db *db, void *arg, struct fault *f)
{
	struct undoing *u = arg;
	struct batch_range *all;
	size_t count;

	*u->out = (struct trigger_undone){ 0 };
	if (lock(db, u, f))
		return -1;
	all = rows_all(db, &ranges,
		       ARGS(ARG_INT(u->batch_id), ARG_INT(u->campaign_id),
			    ARG_INT(u->who->workspace_id)),
		       &count, u->arena, f);
	if (!all)
		return -1;
	if (!count)
		return fault_set(f, FAULT_ABSENT,
				 "There is no such batch in this campaign.");
	for (size_t i = 0; i < count; i++)
		if (take_back(db, u, &all[i], f))
			return -1;
	u->out->run_id = u->c.current_run;
	return audit_add(db, u->who, u->campaign_id, "undo trigger", NULL,
			 arena_printf(u->arena,
				      "{\"batch\":%" PRId64
				      ",\"contacts\":%" PRId64 "}",
				      u->batch_id, u->out->contacts),
			 f);
}

int
campaign_trigger_undo(struct db *db, const struct actor *who,
		      int64_t campaign_id, int64_t batch_id,
		      struct trigger_undone *out, struct fault *f)
{
	struct undoing u = { .who = who,
			     .campaign_id = campaign_id,
			     .batch_id = batch_id,
			     .arena = arena_new(),
			     .out = out };
	int rc;

	rc = actor_check(who, ROLE_SUPERVISOR, f) ||
			     tx_run_marked(db, undo, &u, f)
		     ? -1
		     : 0;
	arena_free(u.arena);
	return rc;
}
