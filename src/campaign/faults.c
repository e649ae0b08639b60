/* The conflicts of a change to a campaign, a sentence each. */
#include "campaign/faults.h"

#include "app/stmt.h"
#include "base/fault.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "campaign/repo.h"
#include "store/db.h"

int
fault_no_campaign(struct fault *f)
{
	return fault_set(f, FAULT_ABSENT, "There is no such campaign.");
}

int
fault_wrong_status(const struct campaign *c, bool already, struct fault *f)
{
	if (c->status == CAMPAIGN_DRAFT)
		return fault_set(f, FAULT_CONFLICT, "The campaign is a draft.");
	return fault_set(f, FAULT_CONFLICT, "The campaign %s %s %s.",
			 c->status == CAMPAIGN_FAILED ? "has" : "is",
			 already ? "already" : "now",
			 campaign_status_words[c->status]);
}

int
fault_stale_version(struct fault *f)
{
	return fault_set(f, FAULT_CONFLICT,
			 "Somebody else has just changed this campaign.");
}

int
fault_stale_form(struct fault *f)
{
	return fault_set(f, FAULT_CONFLICT, STALE_FORM_TEXT);
}

int
fault_locked(const char *field, const char *what, struct fault *f)
{
	fault_field(f, field, "The %s is locked after the first run.", what);
	f->code = FAULT_CONFLICT;
	return -1;
}

int
fault_stale_version_by(struct db *db, int64_t id, struct arena *a,
		       struct fault *f)
{
	const char *actor, *word, *became;
	struct rows r;
	int got, action;

	if (db_query(db, &r, STMT_AUDIT_LAST, ARGS(ARG_INT(id)), f))
		return -1;
	got = rows_next(&r, f);
	if (got < 0)
		return -1;
	if (got == 0)
		return fault_stale_version(f);
	actor = rows_str(&r, 0, a);
	word = rows_str(&r, 1, a);
	became = rows_str(&r, 2, a);
	rows_close(&r);
	action = campaign_action_find(word);
	if (action == ACTION_EDIT && became)
		return fault_set(f, FAULT_CONFLICT,
				 "%s changed %s in the meantime.", actor,
				 campaign_changed_words(
					 campaign_settings_named(became), a));
	if (action < 0 || !*actor)
		return fault_stale_version(f);
	return fault_set(f, FAULT_CONFLICT, "%s by %s in the meantime.",
			 campaign_transitions[action].done, actor);
}
