/* Delete: removes the campaign at once, its contacts in the background. */
#include "campaign/campaign.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "contacts/contact_list.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"

struct deletion {
	const struct actor *who;
	int64_t id;
	struct arena *arena;
};

static int
drop_row(struct db *db, const struct deletion *d, struct fault *f)
{
	int64_t deleted;

	if (db_exec(db, &deleted, STMT_CAMPAIGN_DELETE,
		    ARGS(ARG_INT(d->id), ARG_INT(d->who->workspace_id)), f))
		return -1;
	if (!deleted)
		return fault_set(f, FAULT_CONFLICT,
				 "This campaign has just been started.");
	return 0;
}

static int
drop(struct db *db, void *arg, struct fault *f)
{
	const struct deletion *d = arg;
	struct arg id = ARG_INT(d->id);
	struct campaign c;
	struct list_use *lists;
	size_t count;

	if (campaign_row(db, d->who->workspace_id, d->id, &c, d->arena, f))
		return -1;
	if (!campaign_allows(c.status, c.runs, ACTION_DELETE))
		return fault_set(f, FAULT_CONFLICT,
				 "Only a draft that never ran can be "
				 "deleted.");
	/* The own list is closed first: a trigger adds segments of it. */
	if (drop_row(db, d, f) ||
	    db_exec(db, NULL, STMT_LIST_OPEN,
		    ARGS(ARG_INT(0), ARG_INT(c.own_list)), f) ||
	    segment_lists(db, d->id, 0, &lists, &count, d->arena, f) ||
	    lists_unref(db, lists, count, f) ||
	    db_exec(db, NULL, STMT_SEGMENT_DELETE, ARGS(id, ARG_INT(0)), f) ||
	    db_exec(db, NULL, STMT_CAMPAIGN_DELETE_NUMBERS, ARGS(id), f) ||
	    db_exec(db, NULL, STMT_CAMPAIGN_DELETE_SOURCES, ARGS(id), f) ||
	    db_exec(db, NULL, STMT_EXCLUSIONS_GONE, ARGS(id, id), f))
		return -1;
	return audit_add(db, d->who, d->id, "delete",
			 campaign_settings_json(&c.set, NULL, 0, d->arena),
			 NULL, f);
}

int
campaign_delete(struct db *db, int64_t id, const struct actor *who,
		struct arena *a, struct fault *f)
{
	struct deletion d = { .who = who, .id = id, .arena = a };

	if (actor_check(who, campaign_transitions[ACTION_DELETE].role, f))
		return -1;
	return tx_run_marked(db, drop, &d, f);
}
