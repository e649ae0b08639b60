/* The pages of data retention and of erasure. */
#include <stddef.h>

#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/erasure.h"
#include "tests/view/golden.h"
#include "web/pages/fill_privacy.h"
#include "web/pages/viewer.h"
#include "workspace/account.h"

/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

static void
test_retention(void)
{
	struct retention_page page = { .viewer = &viewer, .csrf = "t0ken",
				       .keep_days = 90, .entered = "5 <days>",
				       .wrong = "It is <wrong>." };

	example("retention-wrong", "page_retention.tpl", fill_retention, &page);
	page = (struct retention_page){ .viewer = &viewer, .csrf = "t0ken" };
	viewer.role = ROLE_VIEWER;
	example("retention-viewer", "page_retention.tpl", fill_retention,
		&page);
	viewer.role = ROLE_ADMIN;
	agree("page_retention.tpl");
}

static void
test_erasure(void)
{
	const struct erasure list[] = {
		{ .state = ERASURE_CALLS, .asked_by = "Ann <b>",
		  .asked_at = NOW },
		{ .state = ERASURE_DONE, .asked_by = "Tom", .asked_at = NOW - 9,
		  .contacts = 1, .attempts = 1204 },
	};
	struct erasure_page page = { .viewer = &viewer, .csrf = "t0ken",
				     .phone = "12 <3>",
				     .wrong = "It is <wrong>.",
				     .unsure = "Say <yes>.", .list = list,
				     .count = 2 };

	example("erasure", "page_erasure.tpl", fill_erasure, &page);
	agree("page_erasure.tpl");
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
	test_retention();
	test_erasure();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	arena_free(arena);
	buf_free(&filled);
	return tap_done();
}
