/* The runs of a campaign. */
#include "base/zone.h"
#include "campaign/campaign.h"
#include "tests/view/golden.h"
#include "web/pages/fill_runs.h"
#include "web/pages/viewer.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_VIEWER, .now = NOW };
static const struct campaign campaign = { .id = 3,
					  .status = CAMPAIGN_RUNNING,
					  .set = { .name = "Spring <offer>" } };

static void
test_runs(void)
{
	struct run_report runs[] = {
		{ .run = { .no = 3, .rest = REST_OPEN, .started_at = NOW },
		  .c.fig = { .total = 40 },
		  .waiting = 40 },
		{ .run = { .no = 2, .rest = REST_FAILED, .started_at = NOW,
			   .ended_at = NOW, .reason = "The <bot> is gone." },
		  .c.fig = { .total = 40, .processed = 10, .ended = 30,
			     .answered = 9, .done = 8 },
		  .counts.of = { [COUNT_EXCLUDED] = 1,
				 [COUNT_OUTCOME_1] = 20,
				 [COUNT_OUTCOME_1 + 2] = 10 } },
	};
	struct runs_page_data data = { .c = &campaign, .viewer = &viewer,
				       .runs = runs, .count = 2, .later = true,
				       .more = true };

	example("runs", "page_runs.tpl", fill_runs, &data);
	viewer.role = ROLE_SUPERVISOR;
	example("runs-to-act", "page_runs.tpl", fill_runs, &data);
	data = (struct runs_page_data){ .c = &campaign, .viewer = &viewer };
	example("runs-none", "page_runs.tpl", fill_runs, &data);
	agree("page_runs.tpl");
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
	test_runs();
	zone_close(viewer.zone.zone);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
