/* The settings of a campaign beside those that a run began with. */
#include "base/field.h"
#include "base/zone.h"
#include "campaign/campaign.h"
#include "tests/view/golden.h"
#include "web/pages/fill_config.h"
#include "web/pages/viewer.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_VIEWER, .now = NOW };

static void
test_config(void)
{
	struct campaign c = { .id = 3, .status = CAMPAIGN_RUNNING };
	struct campaign_settings began;
	struct config_page_data data = { .c = &c, .viewer = &viewer,
					 .numbers = 3, .bot = "Bot <b>" };

	record_defaults(&campaign_settings_record, &c.set, arena);
	c.set.name = "Spring <offer>";
	c.set.zone = "Europe/London";
	began = c.set;
	example("config-draft", "page_config.tpl", fill_config, &data);
	began.name = "Winter <offer>";
	began.concurrency = 10;
	data.began = &began;
	data.run = 2;
	data.started_at = NOW;
	data.began_numbers = 1;
	example("config", "page_config.tpl", fill_config, &data);
	agree("page_config.tpl");
}

int
main(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	viewer.zone = (struct view_zone){ zone_open("UTC"), "UTC" };
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
		"every template loads"))
		printf("# %s\n", f.text);
	test_config();
	zone_close(viewer.zone.zone);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
