/* campaigns_bed.h - a viewer, and a campaign in each status. */
#ifndef TESTS_VIEW_CAMPAIGNS_BED_H
#define TESTS_VIEW_CAMPAIGNS_BED_H

#include "base/fault.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "campaign/outcome.h"
#include "tests/view/golden.h"
#include "web/pages/viewer.h"

#define MINUTE (60 * INT64_C(1000000))
#define HOUR (60 * MINUTE)
/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

/* clang-format off */
static const struct campaign_settings settings = {
	.goal_dispositions = "",
	.name = "Winter boiler service reminders", .concurrency = 50,
	.mode = MODE_SINGLE_DAY, .window_start = 540, .window_end = 1200,
	.zone = "Europe/London", .days = { 0x1f }, .max_attempts = 3,
	.holidays = true, .last_day = 20811, .retry_delay = 30,
	.retry_delays = { { [OUTCOME_NO_ANSWER] = 60, [OUTCOME_BUSY] = 5 } },
	.retry_on = { 1u << OUTCOME_NO_ANSWER | 1u << OUTCOME_BUSY },
	.ring_timeout = 45,
};

static struct campaign draft = {
	.id = 0x123456789abc, .status = CAMPAIGN_DRAFT, .created_by = "Priya Nair",
	.created_at = NOW - 30 * HOUR, .fig = { .total = 640 },
};
static struct campaign prepared = {
	.id = 0x1, .status = CAMPAIGN_DRAFT, .runs = 1, .created_by = "Priya Nair",
	.created_at = NOW - 50 * HOUR, .restarted_at = NOW - HOUR,
	.restarted_by = "Tom <Okafor>", .fig = { .total = 3050 },
};
static struct campaign running = {
	.id = 0x3ffffffffffff, .status = CAMPAIGN_RUNNING, .runs = 1, .current_run = 7,
	.created_by = "Priya Nair", .created_at = NOW - 100 * HOUR, .started_at = NOW - HOUR,
	.fig = { .total = 4800, .processed = 2976, .connected = 1204, .ended = 3310,
		 .answered = 1364, .done = 2654, .active = 24 },
};
static struct campaign waiting = {
	.id = 0x2, .status = CAMPAIGN_RUNNING, .runs = 2, .current_run = 8,
	.created_by = "outdial", .created_at = NOW - 100 * HOUR, .started_at = NOW - HOUR,
	.restarted_at = NOW - 2 * HOUR, .restarted_by = "Priya Nair",
	.fig = { .total = 10000000, .processed = 1, .connected = 1, .ended = 1,
		 .answered = 1, .done = 1 },
};
static struct campaign paused = {
	.id = 0x3, .status = CAMPAIGN_PAUSED, .runs = 1, .current_run = 9,
	.created_by = "Priya Nair", .created_at = NOW - 90 * HOUR, .started_at = NOW - 3 * HOUR,
	.paused_at = NOW - MINUTE,
	.fig = { .total = 1500, .processed = 300, .connected = 100, .ended = 310 },
};
static struct campaign completed = {
	.id = 0x4, .status = CAMPAIGN_COMPLETED, .runs = 1, .current_run = 10,
	.created_by = "Priya Nair", .created_at = NOW - 90 * HOUR, .started_at = NOW - 5 * HOUR,
	.completed_at = NOW - MINUTE, .rest = REST_MANUAL_STOP,
	.fig = { .total = 2200, .processed = 2200, .connected = 1389, .ended = 2500,
		 .answered = 1600, .done = 2150, .active = 3 },
};
static struct campaign failed = {
	.id = 0x5, .status = CAMPAIGN_FAILED, .runs = 1, .current_run = 11,
	.created_by = "Priya Nair", .created_at = NOW - 90 * HOUR, .started_at = NOW - 30 * HOUR,
	.completed_at = NOW - 29 * HOUR, .rest = REST_FAILED,
	.reason = "The pool lost its last usable number.",
	.fig = { .total = 900, .processed = 117, .connected = 12, .ended = 117, .answered = 12,
		 .done = 41 },
};
/* clang-format on */

static inline void
dress(void)
{
	struct campaign *all[] = { &draft,  &prepared,	&running, &waiting,
				   &paused, &completed, &failed };

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		all[i]->set = settings;
		if (!all[i]->reason)
			all[i]->reason = "";
	}
	waiting.set.goal_dispositions = "sold,kept";
	waiting.set.window_start = 1200;
	waiting.set.window_end = 1260;
	waiting.set.always_on = true;
	waiting.set.mode = MODE_MULTI_DAY;
	prepared.set.name =
		"“Why?” <b>asked</b> & \"answered\"? 'So' \u202eRTL";
	draft.set.name = "تذكير بمواعيد العيادة";
}

static inline void
bed_open(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	viewer.zones = zones_new();
	viewer.zone = (struct view_zone){ zone_open("Europe/London"),
					  "Europe/London" };
	dress();
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
		"every template loads"))
		printf("# %s\n", f.text);
}

static inline int
bed_close(void)
{
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}

#endif
