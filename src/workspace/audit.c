/* The audit log: who did what, when, before and after. */
#include "app/stmt.h"
#include "store/db.h"
#include "workspace/account.h"

int
audit_add(struct db *db, const struct actor *who, int64_t campaign_id,
	  const char *action, const char *was, const char *became,
	  struct fault *f)
{
	struct arg campaign = campaign_id ? ARG_INT(campaign_id) : ARG_NULL;
	struct arg user = who->user_id ? ARG_INT(who->user_id) : ARG_NULL;

	return db_exec(db, NULL, STMT_AUDIT_ADD,
		       ARGS(ARG_INT(who->workspace_id), campaign,
			    ARG_STR(who->name), user, ARG_STR(action),
			    ARG_STR(was), ARG_STR(became)),
		       f);
}
