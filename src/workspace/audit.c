/* The audit log: who did what, when, before and after. */
#include <stdio.h>

#include "app/stmt.h"
#include "store/db.h"
#include "workspace/account.h"

#define ACTOR_MAX 1100 /* bytes: two names of 120 characters */

int
audit_add(struct db *db, const struct actor *who, int64_t campaign_id,
	  const char *action, const char *was, const char *became,
	  struct fault *f)
{
	struct arg campaign = campaign_id ? ARG_INT(campaign_id) : ARG_NULL;
	struct arg user = who->user_id ? ARG_INT(who->user_id) : ARG_NULL;
	char keyed[ACTOR_MAX];

	snprintf(keyed, sizeof(keyed), "%s (API key %s)", who->name,
		 who->key ? who->key : "");
	return db_exec(db, NULL, STMT_AUDIT_ADD,
		       ARGS(ARG_INT(who->workspace_id), campaign,
			    ARG_STR(who->key ? keyed : who->name), user, ARG_STR(action),
			    ARG_STR(was), ARG_STR(became)),
		       f);
}
