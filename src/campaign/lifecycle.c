#include "campaign/lifecycle.h"

#include <string.h>

#include "campaign/campaign.h"

#define IN(status) (1u << CAMPAIGN_##status)
#define ANY ((1u << CAMPAIGN_STATUS_MAX) - 1)
#define SAME (-1)

#define ASK_RESTART                                                            \
	"Prepare this campaign for a new run? This resets call attempts and "  \
	"returns it to draft. It will not start dialling until you press "     \
	"Start."
#define ASK_DELETE                                                             \
	"Delete draft campaign “%s”? This also removes uploaded contacts."

/* clang-format off */
const struct campaign_transition campaign_transitions[ACTION_MAX] = {
	[ACTION_START] = {
		.word = "start", .label = "Start", .icon = "play", .slot = 1,
		.done = "Campaign started", .fail = "Failed to start",
		.role = ROLE_SUPERVISOR,
		.from = IN(DRAFT), .to = CAMPAIGN_RUNNING },
	[ACTION_PAUSE] = {
		.word = "pause", .label = "Pause", .icon = "pause", .slot = 1,
		.done = "Campaign paused", .fail = "Failed to pause",
		.done_many = "%s paused",
		.role = ROLE_SUPERVISOR,
		.from = IN(RUNNING), .to = CAMPAIGN_PAUSED },
	[ACTION_RESUME] = {
		.word = "resume", .label = "Resume", .icon = "play", .slot = 1,
		.done = "Campaign resumed", .fail = "Failed to resume",
		.done_many = "%s resumed",
		.role = ROLE_SUPERVISOR,
		.from = IN(PAUSED), .to = CAMPAIGN_RUNNING },
	[ACTION_STOP] = {
		.word = "stop", .label = "Stop", .icon = "square", .slot = 4,
		.done = "Campaign stopped", .fail = "Failed to stop",
		.done_many = "%s stopped",
		.ask_many = "Stop %s? This cannot be undone.",
		.role = ROLE_SUPERVISOR,
		.from = IN(RUNNING) | IN(PAUSED), .to = CAMPAIGN_COMPLETED },
	[ACTION_RESTART] = {
		.word = "restart", .label = "Restart", .icon = "rotate-ccw", .slot = 1,
		.done = "Campaign prepared for restart", .fail = "Failed to restart",
		.ask = ASK_RESTART,
		.role = ROLE_SUPERVISOR,
		.from = IN(COMPLETED) | IN(FAILED), .to = CAMPAIGN_DRAFT },
	[ACTION_UNRESTART] = { /* to what it was before */
		.word = "cancel-restart", .label = "Cancel restart", .icon = "rotate-ccw",
		.done = "Restart cancelled", .fail = "Failed to cancel the restart",
		.role = ROLE_SUPERVISOR, .when = WHEN_PREPARED,
		.from = IN(DRAFT), .to = SAME },
	[ACTION_EDIT] = {
		.word = "edit", .label = "Edit", .icon = "pencil", .slot = 2,
		.done = "Campaign saved", .fail = "Failed to save",
		.role = ROLE_SUPERVISOR,
		.from = IN(DRAFT) | IN(PAUSED), .to = SAME },
	[ACTION_CLONE] = {
		.word = "clone", .label = "Clone", .icon = "copy", .slot = 3,
		.done = "Campaign cloned", .fail = "Failed to clone",
		.role = ROLE_SUPERVISOR,
		.from = ANY, .to = SAME },
	[ACTION_DELETE] = {
		.word = "delete", .label = "Delete", .icon = "trash-2", .slot = 4,
		.done = "Campaign removed from the list", .fail = "Failed to delete",
		.ask = ASK_DELETE,
		.role = ROLE_ADMIN, .when = WHEN_NEVER_RAN,
		.from = IN(DRAFT), .to = SAME },
	[ACTION_ARCHIVE] = {
		.word = "archive", .label = "Archive", .icon = "archive", .slot = 4,
		.done = "Campaign archived", .fail = "Failed to archive",
		.done_many = "%s archived",
		.role = ROLE_SUPERVISOR,
		.from = IN(COMPLETED) | IN(FAILED), .to = CAMPAIGN_ARCHIVED },
	[ACTION_UNARCHIVE] = { /* to what it was before */
		.word = "unarchive", .label = "Unarchive", .icon = "archive-restore",
		.slot = 1,
		.done = "Campaign taken out of the archive",
		.fail = "Failed to unarchive",
		.done_many = "%s taken out of the archive",
		.role = ROLE_SUPERVISOR,
		.from = IN(ARCHIVED), .to = SAME },
};
/* clang-format on */

int
campaign_action_find(const char *word)
{
	for (int i = 0; i < ACTION_MAX; i++) {
		if (!strcmp(campaign_transitions[i].word, word))
			return i;
	}
	return -1;
}

bool
campaign_allows(unsigned status, int64_t runs, enum campaign_action action)
{
	const struct campaign_transition *t = &campaign_transitions[action];

	if (!(t->from >> status & 1))
		return false;
	switch (t->when) {
	case WHEN_NEVER_RAN:
		return runs == 0;
	case WHEN_PREPARED:
		return runs > 0;
	default:
		return true;
	}
}

bool
campaign_offers(const struct campaign *c, enum campaign_action action,
		enum role role)
{
	return role >= campaign_transitions[action].role &&
	       campaign_allows(c->status, c->runs, action);
}
