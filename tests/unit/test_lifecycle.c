/* What each status offers to each role, as the product promises it. */
#include "base/arena.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "contacts/upload.h"
#include "tests/tap.h"

/* clang-format off */
static const struct {
	const char *what;
	unsigned status;
	int runs;
	enum role role;
	const char *offers; /* in the order of enum campaign_action */
} cases[] = {
	{ "an administrator may delete a new draft",
	  CAMPAIGN_DRAFT, 0, ROLE_ADMIN, " start edit clone delete" },
	{ "a supervisor may not delete a new draft",
	  CAMPAIGN_DRAFT, 0, ROLE_SUPERVISOR, " start edit clone" },
	{ "a prepared restart may be cancelled",
	  CAMPAIGN_DRAFT, 1, ROLE_ADMIN, " start cancel-restart edit clone" },
	{ "a running campaign may be paused and stopped",
	  CAMPAIGN_RUNNING, 1, ROLE_ADMIN, " pause stop clone" },
	{ "a viewer is offered nothing",
	  CAMPAIGN_RUNNING, 1, ROLE_VIEWER, "" },
	{ "a paused campaign may be resumed and edited",
	  CAMPAIGN_PAUSED, 1, ROLE_SUPERVISOR, " resume stop edit clone" },
	{ "a completed campaign may be restarted",
	  CAMPAIGN_COMPLETED, 1, ROLE_SUPERVISOR, " restart clone archive" },
	{ "a failed campaign may be restarted",
	  CAMPAIGN_FAILED, 3, ROLE_ADMIN, " restart clone archive" },
	{ "an archived campaign may be cloned and brought back, and no more",
	  CAMPAIGN_ARCHIVED, 1, ROLE_ADMIN, " clone unarchive" },
	{ "a viewer may not bring an archived campaign back",
	  CAMPAIGN_ARCHIVED, 1, ROLE_VIEWER, "" },
};

static const struct {
	enum campaign_action action;
	int slot;
	const char *label, *done, *fail, *icon, *ask;
} words[] = {
	{ ACTION_START,   1, "Start",   "Campaign started", "Failed to start", "play", NULL },
	{ ACTION_PAUSE,   1, "Pause",   "Campaign paused",  "Failed to pause", "pause", NULL },
	{ ACTION_RESUME,  1, "Resume",  "Campaign resumed", "Failed to resume", "play", NULL },
	{ ACTION_STOP,    4, "Stop",    "Campaign stopped", "Failed to stop", "square", NULL },
	{ ACTION_RESTART, 1, "Restart", "Campaign prepared for restart", "Failed to restart", "rotate-ccw",
	  "Prepare this campaign for a new run? This resets call attempts and returns it to draft. "
	  "It will not start dialling until you press Start." },
	{ ACTION_EDIT,    2, "Edit",    "Campaign saved", "Failed to save", "pencil", NULL },
	{ ACTION_CLONE,   3, "Clone",   "Campaign cloned", "Failed to clone", "copy", NULL },
	{ ACTION_DELETE,  4, "Delete",  "Campaign removed from the list", "Failed to delete", "trash-2",
	  "Delete draft campaign “%s”? This also removes uploaded contacts." },
	{ ACTION_ARCHIVE, 4, "Archive", "Campaign archived", "Failed to archive", "archive", NULL },
	{ ACTION_UNARCHIVE, 1, "Unarchive", "Campaign taken out of the archive",
	  "Failed to unarchive", "archive-restore", NULL },
};
/* clang-format on */

static void
check_offers(size_t i)
{
	struct campaign c = { .status = cases[i].status,
			      .runs = cases[i].runs };
	char got[160] = "";
	size_t n = 0;

	for (int act = 0; act < ACTION_MAX; act++) {
		if (campaign_offers(&c, (enum campaign_action)act,
				    cases[i].role))
			n += (size_t)snprintf(got + n, sizeof(got) - n, " %s",
					      campaign_transitions[act].word);
	}
	is_str(got, cases[i].offers, cases[i].what);
}

/* Two actions of one row never want the same place. */
static void
check_slots(unsigned status, int64_t runs)
{
	struct campaign c = { .status = status, .runs = runs };
	int taken[5] = { 0 };

	for (int act = 0; act < ACTION_MAX; act++) {
		if (campaign_offers(&c, (enum campaign_action)act, ROLE_ADMIN))
			taken[campaign_transitions[act].slot]++;
	}
	ok(taken[1] <= 1 && taken[2] <= 1 && taken[3] == 1 && taken[4] <= 1,
	   campaign_status_words[status]);
}

int
main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_offers(i);
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const struct campaign_transition *t =
			&campaign_transitions[words[i].action];

		is_str(t->label, words[i].label, words[i].label);
		is_str(t->done, words[i].done,
		       "the action has its toast of success");
		is_str(t->fail, words[i].fail,
		       "the action has its toast of failure");
		is_str(t->icon, words[i].icon, "the action has its icon");
		is_str(t->ask, words[i].ask,
		       "the action has its question, if any");
		is_int(t->slot, words[i].slot, "the action has its place");
		is_int(campaign_action_find(t->word), (int)words[i].action,
		       "the action is found by its word");
	}
	is_int(campaign_action_find("explode"), -1,
	       "an unknown action is not found");
	is_int(UPLOAD_ROLE, campaign_transitions[ACTION_EDIT].role,
	       "a role that may edit a campaign may upload contacts");
	for (unsigned s = 0; s < CAMPAIGN_STATUS_MAX; s++) {
		check_slots(s, 0);
		check_slots(s, 1);
	}
	return tap_done();
}
