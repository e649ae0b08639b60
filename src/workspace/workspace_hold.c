#include "workspace/workspace_hold.h"

#include <stddef.h>

#include "app/notify.h"
#include "app/stmt.h"
#include "base/fault.h"
#include "store/tx.h"
#include "workspace/account.h"

struct hold_change {
	const struct actor *who;
	bool hold;
};

static const char *const states[] = { "{\"held\":false}", "{\"held\":true}" };

static int
change_tx(struct db *db, void *arg, struct fault *f)
{
	const struct hold_change *c = arg;
	struct arg id = ARG_INT(c->who->workspace_id);
	int64_t changed;
	int rc;

	if (c->hold)
		rc = db_exec(db, &changed, STMT_WORKSPACE_HOLD,
			     ARGS(ARG_STR(c->who->name), id), f);
	else
		rc = db_exec(db, &changed, STMT_WORKSPACE_RELEASE, ARGS(id), f);
	if (rc)
		return -1;
	if (changed != 1)
		return fault_set(f, FAULT_CONFLICT,
				 c->hold ? "The workspace is already on hold."
					 : "The workspace is not on hold.");
	return audit_add(db, c->who, 0, c->hold ? "hold" : "release",
			 states[!c->hold], states[c->hold], f);
}

int
workspace_hold(struct db *db, const struct actor *who, bool hold,
	       struct fault *f)
{
	struct hold_change c = { .who = who, .hold = hold };

	if (actor_check(who, ROLE_SUPERVISOR, f))
		return -1;
	return tx_run_marked(db, change_tx, &c, f);
}

void
workspace_tell(struct db *db, struct redis *redis, int64_t workspace_id)
{
	int64_t runs[WAKE_MOST];
	size_t n = 0;
	struct rows r;
	struct fault ignored;

	list_invalidate(redis, workspace_id);
	if (db_query(db, &r, STMT_WORKSPACE_RUNS,
		     ARGS(ARG_INT(workspace_id), ARG_INT(WAKE_MOST)), &ignored))
		return;
	while (n < WAKE_MOST && rows_next(&r, &ignored) > 0)
		runs[n++] = rows_int(&r, 0);
	rows_close(&r);
	wake_runs(redis, runs, n);
}
