/* The pages of do-not-call lists. */
#include "tests/view/golden.h"

#include "base/fault.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "contacts/dnc_import.h"
#include "web/pages/fill_dnc.h"
#include "web/pages/viewer.h"
#include "workspace/dnc.h"

#define HOUR (3600 * INT64_C(1000000))
/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

/* clang-format off */
static struct dnc_list lists[] = {
	{ .kind = DNC_OWN, .name = "Own list", .source = "",
	  .numbers = 12, .now = NOW },
	{ .id = 7, .kind = DNC_NATIONAL, .name = "Registry <GB>",
	  .source = "Register & Co", .max_age = 28, .now = NOW,
	  .numbers = 5000000, .imported_at = NOW - 40 * 24 * HOUR },
};
static struct dnc_entry found[] = {
	{ .phone = "447700900123", .reason = "asked <twice>",
	  .by = "Priya Nair", .at = NOW - HOUR, .list = "Own list",
	  .until = NOW + 24 * HOUR, .bars = true },
	{ .phone = "447700900124", .reason = "", .by = "Tom",
	  .at = NOW - 2 * HOUR, .list_id = 7, .kind = DNC_NATIONAL,
	  .list = "Registry <GB>", .until = NOW - HOUR },
	{ .phone = "447700900125", .reason = "", .by = "Tom",
	  .at = NOW - HOUR, .list = "Own list", .bars = true },
};
static struct dnc_import last = { .id = 3, .state = DNC_DONE,
			   .name = "a<b>.csv", .rows = 1200,
			   .added = 1000, .rejected = 150,
			   .duplicate = 50, .by = "Tom",
			   .created_at = NOW - HOUR, .rejects = 9 };
static struct dnc_import none = { .id = 0 };
/* clang-format on */

static void
test_lists(void)
{
	struct dnc_lists_page all = { .viewer = &viewer,
				      .forms = { .csrf = "t0ken" },
				      .lists = lists, .count = 2,
				      .asked = "07700 900123",
				      .phone = "447700900123",
				      .found = found, .found_count = 3 };

	example("dnc", "page_dnc.tpl", fill_dnc_lists, &all);
	all.found = &found[1];
	all.found_count = 1;
	example("dnc-free", "page_dnc.tpl", fill_dnc_lists, &all);
	all.why = "The phone number must have 8 to 15 digits.";
	for (size_t i = 0; i < DNC_FIELDS; i++)
		all.forms.wrong[i] = "It is <wrong>.";
	all.forms.entered[DNC_F_KIND] = "other";
	all.forms.entered[DNC_F_NAME] = "\"Name\"";
	example("dnc-wrong", "page_dnc.tpl", fill_dnc_lists, &all);
	agree("page_dnc.tpl");
}

static void
test_list(void)
{
	struct dnc_list_page one = { .viewer = &viewer,
				     .forms = { .csrf = "t0ken" },
				     .list = &lists[1], .last = &last,
				     .entries = found, .count = 3,
				     .next = "447700900125", .later = true };

	example("dnc-list", "page_dnc_list.tpl", fill_dnc_list, &one);
	one.forms.wrong[DNC_F_FILE] = one.forms.wrong[DNC_F_KIND] =
		"It is <wrong>.";
	one.forms.entered[DNC_F_KIND] = "national";
	last.state = DNC_FAILED;
	one.count = 0;
	example("dnc-list-wrong", "page_dnc_list.tpl", fill_dnc_list, &one);
	last.state = DNC_READING;
	example("dnc-list-reading", "page_dnc_list.tpl", fill_dnc_list, &one);
	viewer.role = ROLE_VIEWER;
	one.list = &lists[0];
	one.last = &none;
	one.later = false;
	example("dnc-list-viewer", "page_dnc_list.tpl", fill_dnc_list, &one);
	viewer.role = ROLE_ADMIN;
	agree("page_dnc_list.tpl");
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
	ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
	   "every template loads");
	test_lists();
	test_list();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}
