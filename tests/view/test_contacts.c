/* The contacts of a campaign, and the attempts of one. */
#include <stddef.h>

#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "campaign/follow.h"
#include "tests/view/golden.h"
#include "web/pages/fill_contact.h"
#include "web/pages/fill_contacts.h"
#include "web/pages/viewer.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_VIEWER, .now = NOW };
static struct campaign campaign = { .id = 3,
				    .status = CAMPAIGN_RUNNING,
				    .set = { .name = "Spring <offer>" } };
static struct contact_row rows[] = {
	{ .seg = 1,
	  .ordinal = 1,
	  .phone = "442079460000",
	  .external_id = "crm <7>",
	  .state = CONTACT_COMPLETED,
	  .outcome = OUTCOME_COMPLETED,
	  .tries = 2,
	  .seq = 2,
	  .disposition = "call_later" },
	{ .seg = 1,
	  .ordinal = 2,
	  .phone = "442079460001",
	  .state = CONTACT_RETRY,
	  .outcome = OUTCOME_BUSY,
	  .disposition = "",
	  .tries = 1,
	  .seq = 1,
	  .due_at = NOW + 60 * 1000000,
	  .zone = "America/New_York" },
	{ .seg = 1,
	  .ordinal = 3,
	  .phone = "",
	  .state = CONTACT_HELD,
	  .disposition = "" },
};

static void
test_list(void)
{
	struct contact_form form = {
		.disposition = "", .phone = "", .external_id = "", .after = ""
	};
	struct contact_page page = { .rows = rows,
				     .count = ARRAY_LEN(rows),
				     .more = true,
				     .next_seg = 1,
				     .next_ordinal = 3 };
	struct contacts_page_data data = {
		.c = &campaign, .viewer = &viewer, .form = &form, .page = &page
	};

	example("contact-list", "page_contacts.tpl", fill_contacts, &data);
	viewer.role = ROLE_SUPERVISOR;
	form.state = 1 + CONTACT_RETRY;
	example("contact-list-act", "page_contacts.tpl", fill_contacts, &data);
	form.state = 0;
	viewer.role = ROLE_VIEWER;
	page = (struct contact_page){ .count = 0 };
	example("contact-list-none", "page_contacts.tpl", fill_contacts, &data);
	campaign.current_run = 9;
	form = (struct contact_form){ .state = 1 + CONTACT_VOICEMAIL,
				      .outcome = OUTCOME_BUSY,
				      .callback = 1,
				      .disposition = "call<later>",
				      .phone = "+44 <1>",
				      .external_id = "a&b",
				      .after = "1-2" };
	example("contact-list-none-found", "page_contacts.tpl", fill_contacts,
		&data);
	page.more = true;
	page.next_ordinal = 2001;
	example("contact-list-none-yet", "page_contacts.tpl", fill_contacts,
		&data);
	viewer.role = ROLE_SUPERVISOR;
	campaign.status = CAMPAIGN_COMPLETED;
	example("contact-list-over", "page_contacts.tpl", fill_contacts,
		&data);
	viewer.role = ROLE_VIEWER;
	campaign.status = CAMPAIGN_RUNNING;
	form.run = 2;
	data.field = "phone_number";
	data.wrong = "It is <wrong>.";
	example("contact-list-wrong-phone", "page_contacts.tpl", fill_contacts,
		&data);
	data.field = "disposition";
	example("contact-list-wrong-disposition", "page_contacts.tpl",
		fill_contacts, &data);
	data.field = "state";
	example("contact-list-wrong", "page_contacts.tpl", fill_contacts,
		&data);
	agree("page_contacts.tpl");
}

static const struct bot_report reports[] = {
	{ .seq = 1,
	  .disposition = "",
	  .answered_by = ANSWERED_MACHINE,
	  .recording = "",
	  .transcript = "" },
	{ .seq = 2,
	  .disposition = "call_later",
	  .answered_by = ANSWERED_HUMAN,
	  .callback_at = NOW + 3600 * INT64_C(1000000),
	  .opt_out = true,
	  .recording = "https://rec.example/1",
	  .transcript = "https://rec.example/2" },
};

static struct attempt_row attempts[] = {
	{ .seq = 1,
	  .sent_at = NOW - 3600 * INT64_C(1000000),
	  .ring_ms = -1,
	  .talk_ms = -1,
	  .outcome = OUTCOME_BUSY,
	  .q850 = 17,
	  .sip = 486,
	  .join_ms = -1,
	  .phrase = "Busy <Here>",
	  .counted = 1,
	  .caller = "442079460009",
	  .carrier = "Trunk <1>",
	  .report = &reports[0] },
	{ .seq = 2,
	  .sent_at = NOW - 1800 * INT64_C(1000000),
	  .ring_ms = 5400,
	  .talk_ms = 125000,
	  .outcome = OUTCOME_COMPLETED,
	  .q850 = 16,
	  .sip = 200,
	  .join_ms = 1042,
	  .phrase = "",
	  .counted = 1,
	  .caller = "442079460009",
	  .report = &reports[1] },
	{ .seq = 3,
	  .sent_at = NOW - 900 * INT64_C(1000000),
	  .ring_ms = -1,
	  .talk_ms = -1,
	  .outcome = OUTCOME_CONGESTION,
	  .q850 = -1,
	  .sip = -1,
	  .join_ms = -1,
	  .phrase = "CPS limit" },
	{ .seq = 4,
	  .ring_ms = -1,
	  .talk_ms = -1,
	  .q850 = -1,
	  .sip = -1,
	  .join_ms = -1,
	  .phrase = "",
	  .live = 3,
	  .caller = "442079460009",
	  .carrier = "Trunk <1>" },
};

static void
test_trail(void)
{
	struct dnc_entry barred[] = { { .list = "TPS <1>" } };
	struct contact_trail t = {
		.c = &campaign,
		.viewer = &viewer,
		.contact = rows[0],
		.why = "It is <paused>.",
		.variables = "{\"name\":\"Ann <b>\",\"city\":\"York\"}",
		.attempts = { attempts, ARRAY_LEN(attempts) }
	};

	t.contact.due_at = NOW;
	t.contact.zone = "America/New_York";
	t.excluded = true;
	t.lists = (struct dnc_found){ barred, 1 };
	viewer.role = ROLE_SUPERVISOR;
	example("contact", "page_contact.tpl", fill_contact, &t);
	t.contact = rows[1];
	t.excluded = false;
	t.lists.count = 0;
	example("contact-waits", "page_contact.tpl", fill_contact, &t);
	t.contact = rows[2];
	t.run = 2;
	t.attempts.count = 0;
	viewer.role = ROLE_VIEWER;
	t.variables = "";
	example("contact-erased", "page_contact.tpl", fill_contact, &t);
	agree("page_contact.tpl");
	t.attempts.count = 2;
	example("contact-row", "part_trail_row.tpl", fill_trail_row, &t);
	agree("part_trail_row.tpl");
}

int
main(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	viewer.zones = zones_new();
	viewer.zone = (struct view_zone){ zone_open("UTC"), "UTC" };
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
		"every template loads"))
		printf("# %s\n", f.text);
	test_list();
	test_trail();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
