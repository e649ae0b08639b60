/* The audit log: who did what, when, before and after. */
#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "workspace/account.h"

int
audit_add(struct db *db, const struct actor *who, int64_t campaign_id,
	  const char *action, const char *was, const char *became,
	  struct fault *f)
{
	struct arg campaign = campaign_id ? ARG_INT(campaign_id) : ARG_NULL;
	struct arg user = who->user_id ? ARG_INT(who->user_id) : ARG_NULL;
	const char *actor = who->via ? who->via : who->name;
	const char *behalf = who->via ? who->name : "";

	return db_exec(db, NULL, STMT_AUDIT_ADD,
		       ARGS(ARG_INT(who->workspace_id), campaign,
			    ARG_STR(actor), user, ARG_STR(action), ARG_STR(was),
			    ARG_STR(became), ARG_STR(behalf)),
		       f);
}

int
audit_dialler(struct db *db, int64_t workspace_id, int64_t campaign_id,
	      struct actor *out, struct arena *a, struct fault *f)
{
	static const struct field fields[] = { { FIELD(actor, name) } };
	static const struct record record = RECORD(fields);
	struct actor starter = { .name = "" };
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_AUDIT_STARTER,
		     ARGS(ARG_INT(campaign_id), ARG_INT(workspace_id)), f))
		return -1;
	got = rows_fetch(&r, &record, &starter, a, f);
	rows_close(&r);
	if (got < 0)
		return -1;
	*out = (struct actor){ .workspace_id = workspace_id,
			       .name = starter.name,
			       .via = "" };
	return 0;
}
