/* The five steps of the wizard, and each kind of field. */
#include "tests/view/golden.h"

#include "base/field.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "contacts/upload.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/viewer.h"
#include "workspace/catalog.h"
#include "workspace/needs.h"

#define FIELDS (&campaign_settings_record)
#define SECOND INT64_C(1000000)
/* Saturday, 28 March 2026, 20:20 UTC: the clocks change in the night */
#define NOW (INT64_C(1774729200) * SECOND)

/* clang-format off */
static const struct bot bots[] = {
	{ 3, 0, "Reception <bot>", "sip:bot@example.org" },
	{ 4, 0, "Survey", "sip:survey@example.org" },
};
static const struct number numbers[] = {
	{ 11, 0, "442079460000", 1, "Main & first", 0, true, "Carrier", 40, true },
	{ 12, 0, "442079460001", 1, "", 0, false, "Carrier", 40, false },
};
static const struct needs needs = { true, false, false, "Ann (ann@example.com)" };
static const char *const zones[] = { "Europe/London", "UTC" };
static const struct wizard_wrong wrong[] = {
	{ "name", "Campaign Name is missing." },
	{ "numbers", "Choose at least one number to call from." },
};
/* clang-format on */

static struct viewer viewer = { .role = ROLE_SUPERVISOR, .now = NOW };
static const char *texts[32], *was[32];
static int64_t chosen[] = { 11 };
static struct wizard w;
static struct campaign c;
static struct upload up;
static struct wizard_page page;

static const char **
entry(const char *name)
{
	return wizard_text(&w.now, name);
}

static void
dress(void)
{
	w = (struct wizard){ .now = { texts, chosen, 1 },
			     .base = { was, chosen, 1 },
			     .rev = 7,
			     .ver = 3,
			     .saved_at = NOW - 60 * SECOND };
	for (size_t i = 0; i < FIELDS->count; i++) {
		const char *def = FIELDS->fields[i].def;

		texts[i] = was[i] = def ? def : "";
	}
	*entry("zone") = "Europe/London";
	*entry("days") = "mon,tue,sun";
	*entry("retry_delays") = "busy=5";
	c = (struct campaign){ .fig = { .total = 1234567 } };
	c.set.name = "As it was";
	up = (struct upload){ .name = "leads <1>.csv",
			      .node = "n1",
			      .problem = "",
			      .size = 1000,
			      .started_at = NOW - 4 * SECOND,
			      .now = NOW,
			      .counts = { .bytes = 250,
					  .rows = 1200,
					  .good = 1000,
					  .rejected = 150,
					  .duplicate = 50,
					  .unknown = 2 } };
	page = (struct wizard_page){
		.w = &w,
		.root = "/dashboard/campaigns/new",
		.csrf = "t0ken",
		.back = "/dashboard/campaigns?q=%22&sort=name",
		.bots = bots,
		.bot_count = ARRAY_LEN(bots),
		.numbers = numbers,
		.number_count = ARRAY_LEN(numbers),
		.match_count = ARRAY_LEN(numbers),
		.search = "",
		.zones = zones,
		.zone_count = ARRAY_LEN(zones),
		.viewer = &viewer
	};
}

static void
test_steps(void)
{
	dress();
	example("wizard-new", "page_wizard.tpl", fill_wizard, &page);
	w.kept = true;
	page.wrong = wrong;
	page.wrong_count = 2;
	page.notice = "Somebody <else> was faster.";
	example("wizard-wrong", "page_wizard.tpl", fill_wizard, &page);
	page.wrong_count = 0;
	page.notice = NULL;
	page.part = true;
	w.done = 15;
	*entry("name") = " “Spring” <b> ";
	page.step = STEP_REVIEW;
	example("wizard-review", "page_wizard.tpl", fill_wizard, &page);
	page.step = STEP_NUMBERS;
	example("wizard-numbers", "page_wizard.tpl", fill_wizard, &page);
	page.step = STEP_CONTACTS;
	page.c = &c;
	c.runs = 1;
	example("wizard-locked-list", "page_wizard.tpl", fill_wizard, &page);
	page.step = STEP_BASICS;
	*entry("bot_id") = "4";
	example("wizard-locked", "page_wizard.tpl", fill_wizard, &page);
	agree("page_wizard.tpl");
	page.c = NULL;
	page.step = STEP_NUMBERS;
	example("wizard-resume", "page_wizard_resume.tpl", fill_wizard_resume,
		&page);
	agree("page_wizard_resume.tpl");
}

static void
one(const char *name)
{
	struct wizard_field f = { &page, record_find(FIELDS, name) };
	char *golden = arena_printf(arena, "field-%s", name);

	example(golden, "part_wizard_field.tpl", fill_wizard_field, &f);
}

/* One of each kind; every field has its place in one step. */
static void
test_fields(void)
{
	struct buf out = BUF_INIT;
	struct fault f;

	dress();
	page.step = STEP_DIALLER;
	ok(!view_expand("page_wizard.tpl", fill_wizard, &page, &out, &f),
	   "the step of the dialler expands");
	page.step = STEP_BASICS;
	ok(!view_expand("page_wizard.tpl", fill_wizard, &page, &out, &f),
	   "the step of the basics expands");
	for (size_t i = 0; i < FIELDS->count; i++) {
		const char *at = arena_printf(arena, " id=\"f-%s\"",
					      FIELDS->fields[i].name);
		const char *first = strstr(out.data, at);

		ok(first && !strstr(first + 1, at), FIELDS->fields[i].name);
	}
	buf_free(&out);
	page.wrong = wrong;
	page.wrong_count = 1;
	one("name");
	page.wrong_count = 0;
	one("bot_id");
	*entry("bot_id") = "4";
	one("retry_delay");
	one("zone");
	one("mode");
	*entry("always_on") = "yes";
	*entry("mode") = "multi_day";
	example("field-mode-always-on", "part_wizard_field.tpl",
		fill_wizard_field,
		&(struct wizard_field){ &page, record_find(FIELDS, "mode") });
	page.needs = &needs;
	page.bot_count = 0;
	example("field-no-bots", "part_wizard_field.tpl", fill_wizard_field,
		&(struct wizard_field){ &page, record_find(FIELDS, "bot_id") });
	one("days");
	one("holidays");
	one("retry_delays");
	one("last_day");
	page.c = &c;
	c.runs = 1;
	example("field-locked", "part_wizard_field.tpl", fill_wizard_field,
		&(struct wizard_field){ &page, record_find(FIELDS, "bot_id") });
	agree("part_wizard_field.tpl");
}

static void
test_numbers(void)
{
	dress();
	page.wrong = wrong;
	page.wrong_count = 2;
	page.search = "a\"b";
	example("numbers-some", "part_wizard_numbers.tpl", fill_wizard_numbers,
		&page);
	page.match_count = 0;
	example("numbers-none", "part_wizard_numbers.tpl", fill_wizard_numbers,
		&page);
	page.number_count = 0;
	page.needs = &needs;
	example("numbers-empty", "part_wizard_numbers.tpl", fill_wizard_numbers,
		&page);
	agree("part_wizard_numbers.tpl");
}

static void
contacts(const char *name, unsigned state)
{
	up.state = state;
	page.upload = &up;
	example(name, "part_wizard_contacts.tpl", fill_wizard_contacts, &page);
}

static void
test_contacts(void)
{
	dress();
	page.step = STEP_CONTACTS;
	*entry("always_on") = "yes";
	example("contacts-none", "part_wizard_contacts.tpl",
		fill_wizard_contacts, &page);
	contacts("contacts-waiting", UPLOAD_WAITING);
	contacts("contacts-reading", UPLOAD_READING);
	up.preview = "{\"header\":[\"phone_number\",\"<b>\"],\"rows\":"
		     "[[\"+442079460000\",\"a \\\"b\\\"\"],[\"12\"]]}";
	contacts("contacts-done", UPLOAD_DONE);
	up.problem = "Line 3 has a NUL byte.";
	page.c = &c;
	contacts("contacts-failed", UPLOAD_FAILED);
	page.step = STEP_DIALLER;
	contacts("contacts-untold", UPLOAD_DONE);
	page.told = true;
	contacts("contacts-told", UPLOAD_DONE);
	contacts("contacts-told-failed", UPLOAD_FAILED);
	page.step = STEP_CONTACTS;
	c.runs = 1;
	contacts("contacts-locked", UPLOAD_DONE);
	agree("part_wizard_contacts.tpl");
}

static void
pool_of_seven(void)
{
	static struct number many[7];
	static int64_t all[ARRAY_LEN(many)];

	for (size_t i = 0; i < ARRAY_LEN(many); i++) {
		many[i] = numbers[i % ARRAY_LEN(numbers)];
		many[i].id = all[i] = (int64_t)i + 1;
	}
	page.numbers = many;
	page.number_count = ARRAY_LEN(many);
	w.now.numbers = all;
	w.now.count = ARRAY_LEN(all);
}

static void
test_list(void)
{
	dress();
	page.step = STEP_REVIEW;
	page.c = &c;
	page.coming = "next <2>.csv";
	example("list-coming", "part_wizard_review_section.tpl",
		fill_wizard_list, &page);
	page.coming = NULL;
	page.upload = &up;
	up.id = 77;
	up.state = UPLOAD_READING;
	example("list-reading", "part_wizard_review_section.tpl",
		fill_wizard_list, &page);
	up.state = UPLOAD_DONE;
	example("list-done", "part_wizard_review_section.tpl", fill_wizard_list,
		&page);
	pool_of_seven();
	example("pool-folded", "part_wizard_review_section.tpl",
		fill_wizard_pool, &page);
	agree("part_wizard_review_section.tpl");
}

static void
test_review(void)
{
	dress();
	page.step = STEP_REVIEW;
	example("review-new", "part_wizard_review.tpl", fill_wizard_review,
		&page);
	page.c = &c;
	*entry("concurrency") = "7";
	example("review-edit", "part_wizard_review.tpl", fill_wizard_review,
		&page);
	agree("part_wizard_review.tpl");
}

static void
test_means(void)
{
	dress();
	page.step = STEP_DIALLER;
	page.upload = &up;
	up.state = UPLOAD_DONE;
	up.counts.good = 500000;
	example("wizard-summary-open", "part_wizard_summary.tpl",
		fill_wizard_summary, &page);
	page.coming = "next.csv";
	example("wizard-summary-coming", "part_wizard_summary.tpl",
		fill_wizard_summary, &page);
	page.coming = NULL;
	*entry("zone") = "Mars";
	page.stale = "Another tab.";
	example("wizard-summary-wrong", "part_wizard_summary.tpl",
		fill_wizard_summary, &page);
	agree("part_wizard_summary.tpl");
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
	test_steps();
	test_fields();
	test_numbers();
	test_contacts();
	test_review();
	test_list();
	test_means();
	zone_close(viewer.zone.zone);
	zones_free(viewer.zones);
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}
