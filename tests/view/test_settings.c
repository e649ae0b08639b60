/* Pages of the settings: holidays and API keys. */
#include "tests/view/golden.h"

#include "base/fault.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "web/pages/fill_api_keys.h"
#include "web/pages/fill_holidays.h"
#include "web/pages/viewer.h"
#include "workspace/holiday.h"

#define MINUTE (60 * INT64_C(1000000))
#define HOUR (60 * MINUTE)
/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

static void
test_holidays(void)
{
	struct holiday list[] = { { .day = 20779, .name = "Past & gone" },
				  { .day = 20780, .name = "Today" } };
	struct holidays_page page = { .viewer = &viewer, .csrf = "t0ken",
				      .day = "", .name = "" };

	example("holidays-none", "page_holidays.tpl", fill_holidays, &page);
	page.list = list;
	page.count = ARRAY_LEN(list);
	page.wrong[HOLIDAY_DAY] = page.wrong[HOLIDAY_NAME] = "It is <wrong>.";
	page.day = "1.5.";
	page.name = "\"May\" Day";
	example("holidays-wrong", "page_holidays.tpl", fill_holidays, &page);
	page.wrong[HOLIDAY_DAY] = page.wrong[HOLIDAY_NAME] = NULL;
	page.wrong[HOLIDAY_FILE] = "It is <wrong>.";
	example("holidays-wrong-file", "page_holidays.tpl", fill_holidays,
		&page);
	viewer.role = ROLE_VIEWER;
	example("holidays-viewer", "page_holidays.tpl", fill_holidays, &page);
	viewer.role = ROLE_ADMIN;
	agree("page_holidays.tpl");
}

static void
test_api_keys(void)
{
	struct api_key list[] = {
		{ .id = 4, .name = "Shop & <web>", .hint = "x-_9",
		  .scopes = { 1u << SCOPE_READ | 1u << SCOPE_TRIGGER },
		  .created_by = "Priya Nair", .created_at = NOW - HOUR,
		  .used_at = NOW - MINUTE, .expires_at = NOW + HOUR },
		{ .id = 3, .name = "One", .hint = "aaaa", .scopes = { 1 },
		  .campaign_id = 1, .created_by = "Tom", .created_at = NOW },
		{ .id = 2, .name = "Over", .hint = "bbbb", .scopes = { 1 },
		  .created_by = "Tom", .created_at = NOW, .expires_at = NOW },
		{ .id = 1, .name = "Ended", .hint = "cccc", .scopes = { 1 },
		  .created_by = "Tom", .created_at = NOW, .revoked_at = NOW },
	};
	struct api_keys_page page = { .viewer = &viewer, .csrf = "t0ken",
				      .entered = { "", "read", "", "" } };

	example("api-keys-none", "page_api_keys.tpl", fill_api_keys, &page);
	page.list = list;
	page.count = ARRAY_LEN(list);
	page.next = 1;
	page.made = "od_secret";
	example("api-keys", "page_api_keys.tpl", fill_api_keys, &page);
	page.made = NULL;
	for (size_t i = 0; i < API_KEY_ENTRIES; i++)
		page.wrong[i] = "It is <wrong>.";
	page.entered[API_KEY_NAME] = "\"Shop\"";
	page.entered[API_KEY_SCOPES] = "trigger,control";
	page.entered[API_KEY_CAMPAIGN] = "x<";
	page.entered[API_KEY_EXPIRES] = "1.5.";
	example("api-keys-wrong", "page_api_keys.tpl", fill_api_keys, &page);
	agree("page_api_keys.tpl");
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
	test_holidays();
	test_api_keys();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}
