/* How the calls of a campaign fare. */
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "tests/view/golden.h"
#include "web/pages/fill_performance.h"
#include "web/pages/viewer.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)
#define DAY (INT64_C(86400) * 1000000)
#define QUARTER_OF(minutes_ago) \
	((NOW / 60000000 - (minutes_ago)) / QUARTER_MIN * QUARTER_MIN)

static struct viewer viewer = { .role = ROLE_VIEWER, .now = NOW };
static const struct campaign campaign = {
	.id = 3,
	.status = CAMPAIGN_RUNNING,
	.current_run = 7,
	.started_at = NOW - INT64_C(13 * 3600) * 1000000,
	.set = { .name = "Spring <offer>", .zone = "Asia/Kolkata" }
};

static void
test_performance(void)
{
	struct campaign_period quarters[] = {
		/* of an earlier run */
		{ .at = QUARTER_OF(3 * 1440), .ended = 10, .answered = 1 },
		{ .at = QUARTER_OF(12 * 60), .ended = 1000, .answered = 640 },
		{ .at = QUARTER_OF(11 * 60), .ended = 8, .answered = 7 },
		/* reports have taken more away than this quarter had */
		{ .at = QUARTER_OF(60), .ended = 4, .answered = -1 },
		{ .at = QUARTER_OF(30), .ended = 0, .answered = 0 },
		{ .at = QUARTER_OF(15), .ended = 1, .answered = 1 },
	};
	struct breakdown_row numbers[52] = {
		{ .key = 1, .label = "442079460000", .ended = 10,
		  .answered = 5, .connected = 4, .brief = 3, .blocked = 2,
		  .congested = 1 },
		{ .key = 2, .label = "442079460001", .ended = 1000 },
	};
	struct breakdown_row carriers[] = {
		{ .key = 1, .label = "Alpha <b>", .ended = 1010,
		  .answered = 5, .connected = 4 },
	};
	struct breakdown_row nodes[] = {
		{ .key = 0, .label = NULL, .ended = 1010 },
	};
	struct performance_page page = {
		.c = &campaign, .viewer = &viewer,
		.quarters = quarters, .quarter_count = ARRAY_LEN(quarters),
		.rows = { [BY_NUMBER] = numbers, [BY_CARRIER] = carriers,
			  [BY_NODE] = nodes },
		.counts = { [BY_NUMBER] = 2, [BY_CARRIER] = 1, [BY_NODE] = 1 },
	};

	example("performance", "page_performance.tpl", fill_performance, &page);
	for (int i = 2; i < 52; i++)
		numbers[i] = (struct breakdown_row){ .key = i + 1,
						     .label = "1",
						     .ended = 1 };
	page.counts[BY_NUMBER] = 52;
	page.counts[BY_CARRIER] = page.counts[BY_NODE] = 0;
	page.quarter_count = 0;
	example("performance-many", "page_performance.tpl", fill_performance,
		&page);
	page = (struct performance_page){ .c = &campaign, .viewer = &viewer };
	example("performance-none", "page_performance.tpl", fill_performance,
		&page);
	agree("page_performance.tpl");
}

/* A campaign that ended about as long ago as quarters are kept, or longer; a report
 * of it came late. */
static void
test_over(void)
{
	struct campaign_period quarters[] = {
		{ .at = QUARTER_OF(3 * 1440), .ended = 10, .answered = 1 },
		{ .at = QUARTER_OF(12 * 60), .ended = 0, .answered = -1 },
	};
	struct performance_page page = { .viewer = &viewer,
					 .quarters = quarters,
					 .quarter_count = 2 };

	for (int64_t days = 29; days <= 40; days++) {
		struct campaign over = campaign;
		const char *name = arena_printf(arena, "performance-over-%d",
						days > 29);

		over.status = CAMPAIGN_COMPLETED;
		over.started_at = NOW - (days + 1) * DAY;
		over.completed_at = NOW - days * DAY - DAY / 2;
		page.c = &over;
		example(name, "page_performance.tpl", fill_performance, &page);
	}
}

int
main(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	viewer.zone = (struct view_zone){ zone_open("UTC"), "UTC" };
	viewer.zones = zones_new();
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
		"every template loads"))
		printf("# %s\n", f.text);
	test_performance();
	test_over();
	zones_free(viewer.zones);
	zone_close(viewer.zone.zone);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
