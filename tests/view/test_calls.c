/* The page of the calls to a number. */
#include "app/outcome.h"
#include "base/zone.h"
#include "campaign/call_id.h"
#include "tests/view/golden.h"
#include "web/pages/fill_calls.h"
#include "web/pages/viewer.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_VIEWER, .now = NOW };
static struct number_call calls[] = {
	{ .campaign_id = 3,
	  .campaign = "Spring <offer>",
	  .run = 2,
	  .seg = 1,
	  .ordinal = 7,
	  .ring_ms = -1,
	  .talk_ms = -1,
	  .live = LIVE_QUEUED + 1,
	  .caller = "442079460000" },
	{ .campaign_id = 4,
	  .campaign = "Autumn",
	  .run = 1,
	  .seg = 1,
	  .ordinal = 9,
	  .sent_at = NOW - 1000000,
	  .ring_ms = 5000,
	  .talk_ms = 61000,
	  .outcome = OUTCOME_COMPLETED,
	  .disposition = "promised" },
};

static void
test_page(void)
{
	struct number_exclusion out[NUMBER_EXCLUSIONS_MOST + 1];
	struct dnc_entry entry = { .list = "TPS <1>" };
	struct calls_page p = { .viewer = &viewer, .typed = "" };

	for (size_t i = 0; i < ARRAY_LEN(out); i++)
		out[i] = (struct number_exclusion){ 5, "Winter <3>" };
	example("calls-unasked", "page_calls.tpl", fill_calls, &p);
	p.typed = "12 <3>";
	p.wrong = "The phone number is <wrong>.";
	example("calls-wrong", "page_calls.tpl", fill_calls, &p);
	p.wrong = NULL;
	p.asked = (struct number_query){ .phone = "447911123456",
					 .before = NOW };
	example("calls-no-older", "page_calls.tpl", fill_calls, &p);
	p.asked.before = 0;
	example("calls-none", "page_calls.tpl", fill_calls, &p);
	p.calls = (struct number_calls){ .rows = calls,
					 .count = ARRAY_LEN(calls),
					 .more = true,
					 .exclusions = out,
					 .exclusion_count = ARRAY_LEN(out) };
	p.lists = (struct dnc_found){ .entries = &entry, .count = 1 };
	example("calls", "page_calls.tpl", fill_calls, &p);
	agree("page_calls.tpl");
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
	test_page();
	zone_close(viewer.zone.zone);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
