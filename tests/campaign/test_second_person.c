/* Four eyes: where the workspace wants a second person, who made or changed a
 * campaign does not start it. */
#include <string.h>

#include "campaign/campaign_import.h"
#include "campaign/lifecycle.h"
#include "contacts/import.h"
#include "tests/lib/world.h"

static struct world w;

static void
check_who_starts(void)
{
	int64_t id = world_draft(&w, "Four eyes", 1), copy;
	struct actor ann = w.who, bob = w.who, nobody = w.who;

	bob.user_id = ann.user_id + 1;
	nobody.user_id = 0;
	world_sql(&w, "UPDATE workspace SET second_person = 1");
	world_need(campaign_clone(w.db, id, &ann, &copy, w.a, &f), "clone");
	ok(campaign_apply(w.db, copy, ACTION_START, -1, &ann, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "who cloned a campaign does not start it");
	is_str(f.text,
	       "You were the last to create, change or restart this campaign. "
	       "In this workspace somebody else must start it.",
	       "and hears why");
	is_int(campaign_apply(w.db, copy, ACTION_START, -1, &bob, w.a, &f), 0,
	       "another person starts it");
	world_need(campaign_apply(w.db, copy, ACTION_PAUSE, -1, &ann, w.a, &f),
		   "pause");
	is_int(campaign_apply(w.db, copy, ACTION_RESUME, -1, &bob, w.a, &f), 0,
	       "who only started it resumes it");
	world_need(campaign_apply(w.db, copy, ACTION_STOP, -1, &bob, w.a, &f),
		   "stop");
	world_need(
		campaign_apply(w.db, copy, ACTION_RESTART, -1, &bob, w.a, &f),
		"restart");
	is_int(campaign_apply(w.db, copy, ACTION_START, -1, &bob, w.a, &f), -1,
	       "who restarted a campaign does not start it");
	is_int(campaign_apply(w.db, copy, ACTION_START, -1, &nobody, w.a, &f),
	       0, "the command line starts whatever it is told to");
	world_sql(&w, "UPDATE workspace SET second_person = 0");
}

static int64_t
give(void *text, char *out, size_t size, struct fault *why)
{
	const char **at = text;
	size_t n = strlen(*at);

	(void)why;
	n = n < size ? n : size;
	memcpy(out, *at, n);
	*at += n;
	return (int64_t)n;
}

/* Another contact list is a change. */
static void
check_contacts(void)
{
	const char *text = "phone_number\n+447700900123\n";
	struct import_hooks file = { .read = give, .arg = &text };
	int64_t id = world_draft(&w, "More eyes", 1);
	struct actor ann = w.who, bob = w.who;
	struct import_counts counts;

	bob.user_id = ann.user_id + 1;
	world_sql(&w, "UPDATE workspace SET second_person = 1");
	world_need(contacts_import(w.db, &bob, id, "b.csv", &file, &counts, &f),
		   "import");
	is_int(campaign_apply(w.db, id, ACTION_START, -1, &bob, w.a, &f), -1,
	       "who gave a campaign its contacts does not start it");
	is_int(campaign_apply(w.db, id, ACTION_START, -1, &ann, w.a, &f), 0,
	       "then who made it does");
	world_sql(&w, "UPDATE workspace SET second_person = 0");
}

int
main(void)
{
	world_open(&w);
	check_who_starts();
	check_contacts();
	return world_close(&w);
}
