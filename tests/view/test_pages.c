/* The list, one campaign, the frame and the small pages. */
#include "tests/view/golden.h"

#include "base/fault.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/alarm.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "campaign/outcome.h"
#include "campaign/workspace_stats.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_list.h"
#include "web/pages/fill_pages.h"
#include "web/pages/list_columns.h"
#include "web/pages/list_query.h"
#include "web/pages/viewer.h"
#include "web/server/layout.h"
#include "workspace/dnc.h"
#include "workspace/needs.h"

#define MINUTE (60 * INT64_C(1000000))
#define HOUR (60 * MINUTE)
/* Monday, 23 November 2026, 14:20:02 UTC */
#define NOW (INT64_C(1795443602) * 1000000)

static struct viewer viewer = { .role = ROLE_ADMIN, .now = NOW };

/* clang-format off */
static const struct campaign_settings settings = {
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

static void
dress(void)
{
	struct campaign *all[] = { &draft,  &prepared,	&running, &waiting,
				   &paused, &completed, &failed };

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		all[i]->set = settings;
		if (!all[i]->reason)
			all[i]->reason = "";
	}
	waiting.set.window_start = 1200;
	waiting.set.window_end = 1260;
	waiting.set.always_on = true;
	waiting.set.mode = MODE_MULTI_DAY;
	prepared.set.name =
		"“Why?” <b>asked</b> & \"answered\"? 'So' \u202eRTL";
	draft.set.name = "تذكير بمواعيد العيادة";
}

static void
test_rows(void)
{
	const struct {
		const char *name;
		const struct campaign *c;
	} rows[] = {
		{ "row-draft", &draft },       { "row-prepared", &prepared },
		{ "row-running", &running },   { "row-waiting", &waiting },
		{ "row-paused", &paused },     { "row-completed", &completed },
		{ "row-failed", &failed },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct campaign_row row = { .c = rows[i].c,
					    .viewer = &viewer };

		example(rows[i].name, "part_campaign_row.tpl",
			fill_campaign_row, &row);
	}
	example("row-framed", "part_campaign_row.tpl", fill_campaign_row,
		&(struct campaign_row){ .c = &draft, .viewer = &viewer,
					.mark = "|" });
	agree("part_campaign_row.tpl");
}

/* The next cell of a row's template; each begins a line. */
static const char *
next_cell(const char *text)
{
	const char *td = strstr(text, "\n<td "), *th = strstr(text, "\n<th ");

	return !td || (th && th < td) ? th : td;
}

/* The cells of the row are those of the table of columns, in its order. */
static void
test_cells(void)
{
	struct buf row = BUF_INIT;
	const char *cell;

	read_file(TEMPLATES "/part_campaign_row.tpl", &row);
	cell = next_cell(row.data);
	for (size_t i = 0; i < list_column_count; i++) {
		const struct list_column *c = &list_columns[i];
		const char *label =
			!c->labelled ? ""
				     : arena_printf(arena, " data-label=\"%s\"",
						    c->label);
		const char *got = cell ? strstr(cell, " class=") : "";

		is_str(arena_printf(arena, "%.*s", (int)strcspn(got, ">"), got),
		       arena_printf(arena, " class=\"%s\"%s", c->css, label),
		       arena_printf(arena, "the cell of %s is in its place",
				    c->label));
		cell = cell ? next_cell(cell + 1) : NULL;
	}
	ok(!cell, "a row has no cell without a heading");
	buf_free(&row);
}

/* A viewer sees no button, and the same figures. */
static void
test_viewer(void)
{
	struct viewer plain = viewer;
	struct campaign_row row = { .c = &running, .viewer = &plain };
	struct buf out = BUF_INIT;
	struct fault f = { 0 };

	plain.role = ROLE_VIEWER;
	view_expand("part_campaign_row.tpl", fill_campaign_row, &row, &out, &f);
	ok(strstr(out.data, "formaction") == NULL, "a viewer has no button");
	ok(strstr(out.data, "1,204 connected") != NULL,
	   "a viewer sees the figures");
	buf_free(&out);
}

static void
test_list(void)
{
	struct campaign rows[] = { running, draft };
	struct campaign_page page = { .rows = rows, .count = 2, .total = 2,
				      .all = 1300,
				      .by_figures = true };
	struct list_query query = { .q = "", .size = 25, .after = "",
				    .before = "" };
	struct campaign_list list = { .page = &page, .query = &query,
				      .viewer = &viewer };
	struct needs needs = { true, true, true, "" };

	example("list-all", "part_campaign_list.tpl", fill_campaign_list,
		&list);
	query = (struct list_query){ .q = "<boiler>", .size = 50,
				     .status = CAMPAIGN_RUNNING + 1,
				     .sort = SORT_PROGRESS,
				     .after = "1-b", .before = "" };
	page.by_figures = false;
	page.prev = "1-c";
	page.next = "1-d";
	page.total = 60;
	query.from = 26;
	example("list-filtered", "part_campaign_list.tpl", fill_campaign_list,
		&list);
	page.count = 0;
	example("list-none-here", "part_campaign_list.tpl",
		fill_campaign_list, &list);
	page.total = 0;
	example("list-none-found", "part_campaign_list.tpl",
		fill_campaign_list, &list);
	query.q = "";
	query.status = 0;
	list.needs = &needs;
	example("list-none-yet", "part_campaign_list.tpl", fill_campaign_list,
		&list);
	needs.number = needs.bot = false;
	example("list-needs", "part_campaign_list.tpl", fill_campaign_list,
		&list);
	page.archived = 3;
	example("list-none-left", "part_campaign_list.tpl", fill_campaign_list,
		&list);
	agree("part_campaign_list.tpl");
}

static void
test_page_of_list(void)
{
	struct list_query query = { .q = "a\"b", .size = 50,
				    .sort = SORT_NAME, .dir = 2,
				    .after = "", .before = "" };
	struct campaigns_page page = { .query = &query, .tag = "17.a-1",
				       .summary = "<section></section>\n",
				       .list = "<div id=\"list\"></div>\n",
				       .viewer = &viewer };

	example("campaigns", "page_campaigns.tpl", fill_campaigns, &page);
	agree("page_campaigns.tpl");
}

/* The summary in each state, as /NAME.html shows it. */
static void
test_summary(void)
{
	struct alarm alarms[] = {
		{ ALARM_LEFT, 1, "Winter <reminders>", NOW, 1204, "" },
		{ ALARM_FAILED, 2, "Spring", NOW - HOUR, 0, "The bot is gone." },
		{ ALARM_CARRIER, 3, NULL, NOW - 2 * HOUR, 0, "" },
		{ ALARM_LEFT, 4, "Autumn", NOW - 3 * HOUR, 1, "" },
	};
	const struct {
		const char *name;
		struct workspace_stats stats;
	} cases[] = {
		{ "summary-idle", { .changes_at = INT64_MAX, .allowed = 60 } },
		{ "summary-open",
		  { .running = 2, .open = 2, .changes_at = NOW + 6 * HOUR,
		    .zone = "Europe/London", .per_minute = 46, .allowed = 6000,
		    .ended = 5143, .answered = 1872 } },
		{ "summary-some",
		  { .running = 3, .open = 1, .changes_at = NOW + 30 * HOUR,
		    .zone = "Asia/Tokyo", .per_minute = 1, .ended = 1 } },
		{ "summary-closed",
		  { .running = 1, .changes_at = NOW + 20 * HOUR,
		    .zone = "Europe/London", .ended = 2, .answered = 2 } },
		{ "summary-always",
		  { .running = 1, .open = 1, .changes_at = INT64_MAX } },
		{ "summary-held",
		  { .running = 1, .open = 1, .changes_at = INT64_MAX,
		    .held_at = NOW - HOUR, .held_by = "Tom <Okafor>",
		    .webhooks_down = 2 } },
		{ "summary-alarms",
		  { .changes_at = INT64_MAX, .allowed = 60, .alarms = alarms,
		    .alarm_count = ARRAY_LEN(alarms) } },
	};

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct summary summary = { .stats = &cases[i].stats,
					   .viewer = &viewer };

		example(cases[i].name, "part_summary.tpl", fill_summary,
			&summary);
	}
	agree("part_summary.tpl");
}

static void
test_detail(void)
{
	struct dnc_list old = { .name = "Registry <GB>", .max_age = 28,
				.imported_at = NOW - 40 * 24 * HOUR, .now = NOW };
	struct attempt_row calls[] = {
		{ .phone = "442079460000", .live = 1 + LIVE_RINGING,
		  .sent_at = NOW - 14 * INT64_C(1000000) },
		{ .phone = "442079460001", .live = 1 + LIVE_ANSWERED,
		  .sent_at = NOW - 3725 * INT64_C(1000000) },
	};
	struct run_minute minutes[] = {
		{ .minute = NOW / 60000000 - 59, .ended = 12, .answered = 5,
		  .handled = 4, .ring_ms = 120000, .talk_ms = 200000 },
		{ .minute = NOW / 60000000, .ended = 33, .answered = 33 },
	};
	struct campaign_detail d = {
		.c = &prepared, .viewer = &viewer, .tag = "17.-.2abcdef01",
		.setup = { .bot = "Renewal <assistant>", .numbers = 5,
			   .usable = 4, .phone_count = 3,
			   .phones = { "442079460000", "442079460001",
				       "442079460002" } },
	};

	example("campaign-prepared", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.c = &waiting;
	d.setup = (struct campaign_setup){ .bot = "Bot", .numbers = 1,
					   .usable = 1, .phone_count = 1,
					   .phones = { "442079460000" } };
	d.minutes = (struct minutes_chart){ minutes, 2, NOW / 60000000 };
	d.calls = (struct live_calls){ { 1, 2, 3, 1004 }, { calls, 2 } };
	d.counts.of[COUNT_RETRY] = 1200;
	d.counts.of[COUNT_CALLBACK] = 3;
	d.counts.of[run_counter_of_outcome(OUTCOME_COMPLETED)] = 30;
	d.counts.of[run_counter_of_outcome(OUTCOME_BUSY)] = 10;
	example("campaign-waiting", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.lists = &old;
	d.list_count = 1;
	d.unsaved = waiting.created_at;
	example("campaign-unsaved", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.unsaved = 0;
	d.list_count = 0;
	d.c = &failed;
	d.setup = (struct campaign_setup){ .bot = NULL };
	example("campaign-failed", "part_campaign.tpl", fill_campaign_part, &d);
	agree("part_campaign.tpl");
	example("campaign", "page_campaign.tpl", fill_campaign, &d);
	agree("page_campaign.tpl");
}

static void
test_toast(void)
{
	struct toast toast = { .text = "Campaign started" };

	example("toast", "part_toast.tpl", fill_toast, &toast);
	toast = (struct toast){ true, "Failed to start", "The pool is <empty>." };
	example("toast-bad", "part_toast.tpl", fill_toast, &toast);
	agree("part_toast.tpl");
}

static void
test_banner(void)
{
	example("banner", "part_banner.tpl", fill_banner, "Away & <back>.");
	agree("part_banner.tpl");
}

static void
test_layout(void)
{
	struct account who = { .role = ROLE_SUPERVISOR, .theme = 2,
			       .density = 1, .name = "Élodie van den Berg",
			       .workspace = "Northwind & Sons",
			       .zone = "Europe/London" };
	struct toast toast = { .text = "Campaign paused" };
	struct layout page = { .title = "Campaigns <1>", .who = &who,
			       .csrf = "t0ken",
			       .back = "/dashboard/campaigns?q=a&status=",
			       .banner = "The job queue cannot be reached.",
			       .toasts = &toast, .toast_count = 1,
			       .content = "page_login.tpl",
			       .wizard = true };
	struct login_form form = { .email = "", .next = "" };

	page.fill = fill_login;
	page.data = &form;
	example("layout", "layout.tpl", fill_layout, &page);
	page.back = "/dashboard/settings/holidays";
	page.list = true;
	example("layout-settings", "layout.tpl", fill_layout, &page);
	page.back = ACCOUNT_PATH;
	example("layout-account", "layout.tpl", fill_layout, &page);
	page = (struct layout){ .title = "Sign in",
				.content = "page_login.tpl",
				.fill = fill_login, .data = &form };
	example("layout-signed-out", "layout.tpl", fill_layout, &page);
	agree("layout.tpl");
}

static void
test_small_pages(void)
{
	struct login_form form = { .email = "", .next = "/dashboard/x?a=\"" };
	struct error_page error = { .status = 404, .request = "7f3a91",
				    .home = true };
	struct confirm_page confirm = {
		.action = "/dashboard/campaigns/0000000001/delete?from=draft",
		.ask = campaign_transitions[ACTION_DELETE].ask,
		.what = prepared.set.name,
		.icon = "trash-2", .grave = true, .csrf = "t0ken",
		.back = "/dashboard/campaigns?q=%22", .arena = arena,
	};
	const char *const ids[] = { "0000000001.paused", "0000000002.running" };

	example("login", "page_login.tpl", fill_login, &form);
	form.why = "You are signed out.";
	example("login-out", "page_login.tpl", fill_login, &form);
	form.why = NULL;
	form.email = "a@b.example";
	form.wrong = "E-mail or password is wrong.";
	example("login-wrong", "page_login.tpl", fill_login, &form);
	form.wrong = "Too many attempts. Try again";
	form.wait_until = NOW + 15 * MINUTE;
	example("login-wait", "page_login.tpl", fill_login, &form);
	agree("page_login.tpl");
	example("settings", "page_settings.tpl", fill_settings_index,
		&viewer);
	agree("page_settings.tpl");
	example("error", "page_error.tpl", fill_error, &error);
	agree("page_error.tpl");
	example("confirm-delete", "page_confirm.tpl", fill_confirm, &confirm);
	confirm.ask = campaign_transitions[ACTION_RESTART].ask;
	confirm.id = "0000000001";
	confirm.name = "Winter <boiler>";
	confirm.label = "Restart";
	confirm.icon = "rotate-ccw";
	confirm.grave = false;
	example("confirm-restart", "page_confirm.tpl", fill_confirm, &confirm);
	confirm.ask = campaign_transitions[ACTION_STOP].ask_many;
	confirm.id = NULL;
	confirm.what = "2 campaigns";
	confirm.ids = ids;
	confirm.id_count = ARRAY_LEN(ids);
	example("confirm-stop", "page_confirm.tpl", fill_confirm, &confirm);
	agree("page_confirm.tpl");
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
	dress();
	if (!ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0, "every template loads"))
		printf("# %s\n", f.text);
	test_rows();
	test_cells();
	test_viewer();
	test_list();
	test_page_of_list();
	test_summary();
	test_detail();
	test_toast();
	test_banner();
	test_layout();
	test_small_pages();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}
