/* Start, Pause, Resume, Stop, Restart, Cancel restart (doc/ledger.md 3.7),
 * Archive, Unarchive. */
#include "campaign/lifecycle.h"

#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone.h"
#include "campaign/campaign.h"
#include "campaign/event.h"
#include "campaign/faults.h"
#include "campaign/repo.h"
#include "campaign/schedule.h"
#include "campaign/window_text.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

struct lifecycle_change {
	const struct actor *who;
	int64_t id;
	enum campaign_action action;
	int from; /* -1: any */
	struct arena *arena;
	struct campaign c; /* as read in this transaction */
	int64_t run;	   /* that Start made */
};

/* Runs a statement that is guarded by the status (and epoch): 1 row, or another
 * change came first. */
static int
guarded(struct db *db, int stmt, const struct arg *args, size_t count,
	struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, stmt, args, count, f))
		return -1;
	return changed == 1 ? 0 : fault_stale_version(f);
}

/* What Start and Resume check, read by one statement. */
struct readiness {
	int64_t bots, pool, usable, contacts, import_rows;
	bool importing;
	int64_t now;
	struct holidays holidays;
};

static int
read_readiness(struct db *db, const struct campaign *c, struct readiness *out,
	       struct arena *a, struct fault *f)
{
	struct arg id = ARG_INT(c->id);
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_LIFE_CHECKS,
		     ARGS(ARG_INT(c->set.bot_id), ARG_INT(c->workspace_id), id,
			  id, id, id, id, ARG_INT(c->workspace_id)),
		     f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		out->bots = rows_int(&r, 0);
		out->pool = rows_int(&r, 1);
		out->usable = rows_int(&r, 2);
		out->contacts = rows_int(&r, 3);
		out->importing = !rows_null(&r, 4);
		out->import_rows = rows_int(&r, 4);
		out->now = rows_int(&r, 5);
		out->holidays = holidays_read(rows_str(&r, 6, a), a);
	}
	rows_close(&r);
	return got > 0 ? 0 : -1;
}

/* Four eyes, where the workspace wants them (doc/product.md 1.13). */
static int
check_second_person(struct db *db, const struct lifecycle_change *ch,
		    struct fault *f)
{
	const struct actor *who = ch->who;
	int64_t is_first;

	if (!who->user_id)
		return 0;
	if (db_int(db, &is_first, STMT_LIFE_SECOND_PERSON,
		   ARGS(ARG_INT(who->user_id), ARG_INT(ch->id),
			ARG_INT(who->workspace_id)),
		   f))
		return -1;
	return is_first ? fault_set(f, FAULT_CONFLICT,
				    "You were the last to create, change or "
				    "restart this campaign. In this workspace "
				    "somebody else must start it.")
			: 0;
}

/* An opening must be left until the last day ends. */
static int
check_last_day(const struct campaign_settings *s, const struct readiness *ready,
	       struct arena *a, struct fault *f)
{
	struct window w = campaign_window(s, ready->holidays);
	struct zone *z = zone_open(s->zone);
	int64_t next = window_on_or_after(&w, z, ready->now);
	struct civil c;
	bool over;

	if (!z)
		return fault_field(f, "zone",
				   "Time zone %s is not known to this server. "
				   "Choose another one.",
				   s->zone);
	zone_civil(z, ready->now, &c);
	zone_close(z);
	over = days_from_civil(c.year, c.month, c.day) > s->last_day;
	if (next < INT64_MAX)
		return 0;
	return fault_field(
		f, "last_day", "%s, %s%s. Choose a later one.",
		over ? "The last day"
		     : "There are no calling hours left up to the last day",
		day_words(s->last_day, a), over ? ", is over" : "");
}

static int
check_ready(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	struct campaign_settings set = ch->c.set;
	struct readiness ready = { 0 };

	if (check_second_person(db, ch, f) ||
	    read_readiness(db, &ch->c, &ready, ch->arena, f))
		return -1;
	if (!ready.bots)
		return fault_field(f, "bot_id",
				   "The campaign’s bot no longer exists. "
				   "Choose another one.");
	if (!ready.pool)
		return fault_field(f, "numbers",
				   "The number pool is empty. Choose at least "
				   "one number to call from.");
	if (!ready.usable)
		return fault_field(f, "numbers",
				   "No number in the pool is usable: each "
				   "number or its carrier is switched off.");
	if (campaign_settings_check(&set, f) ||
	    check_last_day(&set, &ready, ch->arena, f))
		return -1;
	if (ready.importing)
		return fault_field(
			f, "contacts",
			"A contact list is being imported: %s rows so far. "
			"Wait until it is done, then start.",
			text_thousands(ch->arena, ready.import_rows));
	if (!ready.contacts && !set.always_on)
		return fault_field(f, "contacts",
				   "The campaign has no contacts. Upload a "
				   "list first.");
	return 0;
}

static int
start(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	const struct campaign *c = &ch->c;
	int64_t *numbers;
	const char *json;
	size_t count;

	if (check_ready(db, ch, f) ||
	    guarded(db, STMT_LIFE_START,
		    ARGS(ARG_INT(c->id), ARG_INT(c->status), ARG_INT(c->epoch)),
		    f) ||
	    campaign_numbers(db, c->id, &numbers, &count, ch->arena, f))
		return -1;
	json = campaign_settings_json(&c->set, numbers, count, ch->arena);
	if (guarded(db, STMT_LIFE_ADD_RUN,
		    ARGS(ARG_STR(json), ARG_INT(c->id), ARG_INT(c->runs + 1)),
		    f))
		return -1;
	ch->run = db_insert_id(db);
	if (guarded(db, STMT_LIFE_SET_RUN,
		    ARGS(ARG_INT(ch->run), ARG_INT(c->id)), f))
		return -1;
	/* A call that appends adds a cursor with each new segment of a run. */
	if (db_exec(db, NULL, STMT_APPEND_LOCK,
		    ARGS(ARG_INT(c->own_list), ARG_INT(c->workspace_id)), f))
		return -1;
	return db_exec(db, NULL, STMT_LIFE_ADD_CURSORS,
		       ARGS(ARG_INT(ch->run), ARG_INT(c->id)), f);
}

static int
pause_run(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	return guarded(db, STMT_LIFE_PAUSE,
		       ARGS(ARG_INT(ch->c.id), ARG_INT(ch->c.status)), f);
}

static int
resume(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	if (check_ready(db, ch, f))
		return -1;
	return guarded(db, STMT_LIFE_RESUME,
		       ARGS(ARG_INT(ch->c.id), ARG_INT(ch->c.status),
			    ARG_INT(ch->c.epoch)),
		       f);
}

static int
set_own_list(struct db *db, const struct campaign *c, bool open,
	     struct fault *f)
{
	return db_exec(db, NULL, STMT_LIST_OPEN,
		       ARGS(ARG_INT(open), ARG_INT(c->own_list)), f);
}

static int
stop(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	const struct campaign *c = &ch->c;

	if (guarded(db, STMT_LIFE_STOP,
		    ARGS(ARG_INT(c->id), ARG_INT(c->status)), f) ||
	    guarded(db, STMT_LIFE_STOP_RUN, ARGS(ARG_INT(c->current_run)), f))
		return -1;
	return set_own_list(db, c, false, f);
}

static int
restart(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	const struct campaign *c = &ch->c;

	if (guarded(db, STMT_LIFE_RESTART,
		    ARGS(ARG_STR(ch->who->name), ARG_INT(ch->who->user_id),
			 ARG_INT(c->id), ARG_INT(c->status)),
		    f) ||
	    set_own_list(db, c, true, f))
		return -1;
	return db_exec(db, NULL, STMT_LIFE_FREEZE_CURSORS,
		       ARGS(ARG_INT(c->current_run)), f);
}

static int
unrestart(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	if (guarded(db, STMT_LIFE_UNRESTART,
		    ARGS(ARG_INT(ch->c.id), ARG_INT(ch->c.status)), f))
		return -1;
	return set_own_list(db, &ch->c, false, f);
}

/* A call that is finishing goes on: it belongs to the run. */
static int
archive(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	return guarded(db, STMT_LIFE_ARCHIVE,
		       ARGS(ARG_INT(ch->c.id), ARG_INT(ch->c.status)), f);
}

static int
unarchive(struct db *db, struct lifecycle_change *ch, struct fault *f)
{
	return guarded(db, STMT_LIFE_UNARCHIVE,
		       ARGS(ARG_INT(ch->c.id), ARG_INT(ch->c.status)), f);
}

typedef int step_fn(struct db *db, struct lifecycle_change *ch,
		    struct fault *f);

static step_fn *const steps[ACTION_MAX] = {
	[ACTION_START] = start,	    [ACTION_PAUSE] = pause_run,
	[ACTION_RESUME] = resume,   [ACTION_STOP] = stop,
	[ACTION_RESTART] = restart, [ACTION_UNRESTART] = unrestart,
	[ACTION_ARCHIVE] = archive, [ACTION_UNARCHIVE] = unarchive,
};

static int
check_status(const struct lifecycle_change *ch, struct fault *f)
{
	const struct campaign *c = &ch->c;

	if (campaign_allows(c->status, c->runs, ch->action) &&
	    (ch->from < 0 || (unsigned)ch->from == c->status))
		return 0;
	return fault_wrong_status(
		c, campaign_transitions[ch->action].to == (int)c->status, f);
}

static const char *
state_json(unsigned status, int64_t runs, struct arena *a)
{
	return arena_printf(a, "{\"status\":\"%s\",\"runs\":%" PRId64 "}",
			    campaign_status_words[status], runs);
}

static int
note(struct db *db, const struct lifecycle_change *ch, struct fault *f)
{
	const struct campaign_transition *t = &campaign_transitions[ch->action];
	struct campaign now = ch->c;

	if (t->to >= 0)
		now.status = (unsigned)t->to;
	else if (campaign_row(db, now.workspace_id, now.id, &now, ch->arena, f))
		return -1;
	if (ch->run)
		now.runs++;
	return audit_add(db, ch->who, ch->id, t->word,
			 state_json(ch->c.status, ch->c.runs, ch->arena),
			 state_json(now.status, now.runs, ch->arena), f);
}

static int
apply(struct db *db, void *arg, struct fault *f)
{
	struct lifecycle_change *ch = arg;

	ch->run = 0;
	if (campaign_row(db, ch->who->workspace_id, ch->id, &ch->c, ch->arena,
			 f) ||
	    check_status(ch, f) || steps[ch->action](db, ch, f))
		return -1;
	return note(db, ch, f) ||
			       event_status(db, ch->who->workspace_id, ch->id,
					    f)
		       ? -1
		       : 0;
}

int
campaign_apply(struct db *db, int64_t id, enum campaign_action action, int from,
	       const struct actor *who, struct arena *a, struct fault *f)
{
	struct lifecycle_change ch = {
		.who = who, .id = id, .action = action, .from = from, .arena = a
	};

	if (!steps[action])
		return fault_set(f, FAULT_BROKEN,
				 "This action does not change a status.");
	if (actor_check(who, campaign_transitions[action].role, f))
		return -1;
	return tx_run_marked(db, apply, &ch, f);
}
