/* The pages of webhooks. */
#include "tests/view/golden.h"

#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/event.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"
#include "web/pages/fill_webhooks.h"
#include "web/pages/viewer.h"

#define HOUR (60 * 60 * INT64_C(1000000))
/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

static struct endpoint list[] = {
	{ .id = 4,
	  .url = "https://example.com/a?b=%20&c",
	  .ver = 3,
	  .description = "Books <and> bells",
	  .enabled = true,
	  .kinds = { EVENT_FEED },
	  .failing_since = NOW - 2 * HOUR },
	{ .id = 5,
	  .url = "https://example.com/",
	  .description = "",
	  .kinds = { EVENT_BIT(EVENT_STATUS) },
	  .enabled = true },
	{ .id = 6,
	  .url = "https://example.com/gone",
	  .description = "",
	  .kinds = { EVENT_ALL },
	  .off_why = OFF_GONE,
	  .off_at = NOW - HOUR,
	  .ver = 9 },
	{ .id = 7,
	  .url = "https://example.com/failed",
	  .description = "",
	  .kinds = { EVENT_ALL },
	  .off_why = OFF_FAILED,
	  .off_at = NOW - HOUR },
};

static const struct webhook_form blank = {
	.text = { "", "", "attempt.finished,contact.final", "", "" }
};
static const struct webhook_form wrong = {
	.text = { "ftp://\"x\"", "", "", "9", "1" },
	.wrong = { "It is <wrong>.", "Too long.", "None.", "Low.", "High." }
};

static void
test_list(void)
{
	struct webhooks_page page = { .viewer = &viewer,
				      .csrf = "t0ken",
				      .form = blank };

	example("webhooks-none", "page_webhooks.tpl", fill_webhooks, &page);
	page.list = list;
	page.count = ARRAY_LEN(list);
	page.feed = true;
	page.form = wrong;
	example("webhooks-wrong", "page_webhooks.tpl", fill_webhooks, &page);
	agree("page_webhooks.tpl");
}

static void
test_one(void)
{
	struct delivery log[] = {
		{ .seq = 12,
		  .type = "attempt.finished",
		  .at = NOW - HOUR,
		  .tries = 3,
		  .error = "Couldn't connect to <server>" },
		{ .seq = 11,
		  .type = "contact.final",
		  .at = NOW - HOUR,
		  .state = DELIVERY_DONE,
		  .tries = 1,
		  .status = 204,
		  .ms = 8,
		  .error = "" },
		{ .seq = 10,
		  .type = "",
		  .at = NOW - HOUR,
		  .state = DELIVERY_GIVEN_UP,
		  .tries = 9,
		  .status = 500,
		  .ms = 1500,
		  .error = "" },
		{ .seq = 9, .type = "contact.final", .at = NOW, .error = "" },
	};
	struct webhook_page page = { .viewer = &viewer,
				     .csrf = "t0ken",
				     .is = &list[0],
				     .log = log,
				     .count = ARRAY_LEN(log),
				     .more = true,
				     .form = wrong };

	example("webhook-wrong", "page_webhook.tpl", fill_webhook, &page);
	page.form = blank;
	page.is = &list[2];
	page.more = false;
	example("webhook-gone", "page_webhook.tpl", fill_webhook, &page);
	page.is = &list[1];
	page.count = 0;
	page.secret = "whsec_c2VjcmV0";
	list[1].old_until = NOW + HOUR;
	example("webhook-secret", "page_webhook.tpl", fill_webhook, &page);
	agree("page_webhook.tpl");
}

int
main(void)
{
	struct fault f;

	arena = arena_new();
	viewer.arena = arena;
	viewer.zone = (struct view_zone){ zone_open("Europe/London"),
					  "Europe/London" };
	viewer.zones = zones_new();
	if (view_load(TEMPLATES, "/static/test", &f)) {
		printf("Bail out! %s %s\n", f.text, f.cause);
		return 1;
	}
	test_list();
	test_one();
	zones_free(viewer.zones);
	zone_close(viewer.zone.zone);
	arena_free(arena);
	return tap_done();
}
