/* The page of the audit log. */
#include <stddef.h>

#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "tests/view/golden.h"
#include "web/pages/audit_query.h"
#include "web/pages/fill_audit.h"
#include "web/pages/viewer.h"
#include "workspace/account.h"
#include "workspace/audit_log.h"
#include "workspace/people.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct campaign campaign = { .id = 3,
				    .status = CAMPAIGN_PAUSED,
				    .set = { .name = "Spring <offer>" } };
static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

#define CREATED                                                             \
	"{\"name\":\"Spring <offer>\",\"concurrency\":50,\"mode\":\"multi_day\"," \
	"\"always_on\":false,\"zone\":\"UTC\",\"days\":\"mon,tue\","            \
	"\"ring_timeout\":45,\"retry_delays\":\"busy=5\",\"numbers\":[1,2]}"

static struct audit_entry list[] = {
	{ .id = 5, .at = NOW, .campaign_id = 3, .user_id = 7,
	  .actor = "Ann <b>", .behalf = "", .action = "edit",
	  .was = "{\"concurrency\":50,\"retry_dispositions\":\"\"}",
	  .became = "{\"concurrency\":80,\"retry_dispositions\":\"later\"}",
	  .campaign = "Spring <offer>" },
	{ .id = 4, .at = NOW - 1, .campaign_id = 4, .actor = "",
	  .behalf = "Ann", .action = "fail",
	  .was = "{\"status\":\"running\"}",
	  .became = "{\"status\":\"failed\",\"reason\":\"The bot is gone.\"}" },
	{ .id = 3, .at = NOW - 2, .actor = "command line",
	  .behalf = "Ann", .action = "create", .campaign_id = 3,
	  .became = CREATED, .campaign = "Spring <offer>" },
	{ .id = 2, .at = NOW - 3, .actor = "Ann", .behalf = "",
	  .action = "delete holiday", .was = "{\"day\":\"2026-12-24\"}" },
	{ .id = 1, .at = NOW - 4, .actor = "Ann", .behalf = "",
	  .action = "sign in" },
};

static void
test_audit(void)
{
	const struct person people[] = { { .user_id = 7, .name = "Ann <b>" } };
	struct audit_word actors[] = { { "" }, { "Ann <b>" }, { "Zoe" },
				       { "command line" } };
	struct audit_word actions[] = { { "edit" }, { "sign in" } };
	struct audit_page page = { .entries = list,
				   .count = ARRAY_LEN(list),
				   .more = true,
				   .end = { NOW - 4, 1 } };
	struct audit_form form = { .who = "7", .action = "edit",
				   .campaign = "", .from = 20780,
				   .past = "" };
	struct audit_page_data data = { .viewer = &viewer, .form = &form,
					.page = &page, .people = people,
					.people_count = 1,
					.actors = { actors, 4 },
					.actions = { actions, 2 } };

	example("audit", "page_audit.tpl", fill_audit, &data);
	form = (struct audit_form){ .who = "", .action = "", .campaign = "x",
				    .past = "1-2" };
	page.count = 0;
	example("audit-none-yet", "page_audit.tpl", fill_audit, &data);
	page.more = false;
	example("audit-none", "page_audit.tpl", fill_audit, &data);
	data.wrong = "It is <wrong>.";
	data.field = "campaign";
	example("audit-wrong", "page_audit.tpl", fill_audit, &data);
	data.field = "from";
	example("audit-wrong-from", "page_audit.tpl", fill_audit, &data);
	data.field = "to";
	example("audit-wrong-to", "page_audit.tpl", fill_audit, &data);
	agree("page_audit.tpl");
}

static void
test_activity(void)
{
	struct audit_page page = { .entries = list };
	struct audit_form form = { .who = "", .action = "", .campaign = "",
				   .past = "9-9" };
	struct campaign_activity data = { .c = &campaign, .viewer = &viewer,
					  .form = &form, .page = &page };

	example("activity-none", "page_activity.tpl", fill_activity, &data);
	page.count = ARRAY_LEN(list);
	page.more = true;
	example("activity", "page_activity.tpl", fill_activity, &data);
	agree("page_activity.tpl");
}

int
main(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	viewer.zones = zones_new();
	viewer.zone = (struct view_zone){ zone_open("Europe/London"),
					  "Europe/London" };
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
		"every template loads"))
		printf("# %s\n", f.text);
	test_audit();
	test_activity();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
