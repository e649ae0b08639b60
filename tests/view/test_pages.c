/* The list, the frame and the small pages. */
#include "tests/view/campaigns_bed.h"

#include "campaign/alarm.h"
#include "campaign/lifecycle.h"
#include "campaign/workspace_stats.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_list.h"
#include "web/pages/fill_pages.h"
#include "web/pages/list_columns.h"
#include "web/pages/list_query.h"
#include "web/server/layout.h"
#include "workspace/dnc.h"
#include "workspace/needs.h"

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
	page.back = "/dashboard/calls";
	example("layout-calls", "layout.tpl", fill_layout, &page);
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
	bed_open();
	test_rows();
	test_cells();
	test_viewer();
	test_list();
	test_page_of_list();
	test_summary();
	test_toast();
	test_banner();
	test_layout();
	test_small_pages();
	return bed_close();
}
