/* The lists of bots, carriers and numbers, the page of one of them, and what a
 * workspace still needs. */
#include "tests/view/golden.h"

#include "web/pages/fill_catalog.h"
#include "web/pages/fill_needs.h"
#include "web/pages/viewer.h"
#include "workspace/catalog.h"
#include "workspace/needs.h"

static struct viewer viewer = { .role = ROLE_ADMIN };

/* clang-format off */
static const struct bot bots[] = {
	{ 3, 0, "Reception <bot>", "sip:bot@example.org" },
	{ 4, 2, "تذكير", "1001" },
};
static const struct carrier_row carriers[] = {
	{ .id = 5, .name = "Works", .address = "/run/sim.sock", .cps = 10, .channels = 2000, .enabled = true },
	{ .id = 6, .name = "Old", .address = "/run/old.sock", .cps = 1, .channels = 1 },
};
static const struct number numbers[] = {
	{ 7, 0, "442079460000", 5, "Main & first", 0, true, "Works", 10, true },
	{ 8, 0, "442079460001", 6, "", 200, true, "Old", 10, false },
	{ 9, 0, "442079460002", 5, "", 200, false, "Works", 10, false },
};
/* clang-format on */

static struct needs needs = { true, true, true, "Ann (ann@example.com)" };

static void
list(const char *name, enum catalog_place place, const struct catalog_row *rows,
     size_t count)
{
	struct catalog_page page = { .view = &catalog_views[place],
				     .viewer = &viewer,
				     .rows = rows,
				     .count = count,
				     .first = true,
				     .needs = &needs };

	if (place == PLACE_NUMBERS && count) {
		page.first = false;
		page.next = NUMBERS_PATH "?after=442079460002&id=9";
	}
	example(name, "page_catalog.tpl", fill_catalog, &page);
}

static void
test_lists(void)
{
	const struct catalog_row bot_rows[] = { { &bots[0], 3, 0, 0 },
						{ &bots[1], 4, 1001, 0 } };
	const struct catalog_row carrier_rows[] = { { &carriers[0], 5, 3, 2 },
						    { &carriers[1], 6, 1, 0 } };
	const struct catalog_row number_rows[] = { { &numbers[0], 7, 0, 0 },
						   { &numbers[1], 8, 1, 0 },
						   { &numbers[2], 9, 12, 0 } };

	list("catalog-bots", PLACE_BOTS, bot_rows, 2);
	list("catalog-carriers", PLACE_CARRIERS, carrier_rows, 2);
	list("catalog-numbers", PLACE_NUMBERS, number_rows, 3);
	list("catalog-none", PLACE_BOTS, NULL, 0);
	needs.number = needs.bot = false;
	list("catalog-carriers-first", PLACE_CARRIERS, carrier_rows, 1);
	viewer.role = ROLE_SUPERVISOR;
	list("catalog-none-supervisor", PLACE_BOTS, NULL, 0);
	list("catalog-carriers-supervisor", PLACE_CARRIERS, carrier_rows, 2);
	viewer.role = ROLE_ADMIN;
	agree("page_catalog.tpl");
}

static struct entry_page
page_of(const struct entry_form *form)
{
	return (struct entry_page){
		.heading = "Works",
		.name = "Works",
		.about = "Whom calls are placed with.",
		.path = CARRIERS_PATH,
		.list = "Carriers",
		.back = CARRIERS_PATH,
		.action = CARRIERS_PATH "/5",
		.save = "Save",
		.csrf = "t0ken",
		.ver = 4,
		.form = form,
		.use_heading = "Numbers of this carrier",
		.uses = "“+442079460000”",
		.arena = arena,
	};
}

static void
test_entry(void)
{
	const struct form_choice kinds[] = { { "sim", "Simulated" } };
	const struct number_line_fault faults[] = {
		{ 2, "The number must have 8 to 15 digits." },
		{ 9, "The carrier already has this number." },
	};
	const struct carrier_node nodes[] = { { 0, "one <node>", 7, 1500, "" },
					      { 1, "", 0, 0,
						"The PBX is <silent>" } };
	const struct entry_act acts[] = {
		{ "/dashboard/settings/carriers/5/disable", "Disable", "pause",
		  "stop", catalog_views[PLACE_CARRIERS].ask_disable },
		{ "/dashboard/settings/carriers/5/enable", "Enable", "play",
		  "start", NULL },
	};
	struct entry_form form;
	struct entry_page page = page_of(&form);

	entry_form_of(&form, &carrier_record, &carriers[0], arena);
	entry_form_find(&form, "kind")->choices = kinds;
	entry_form_find(&form, "kind")->choice_count = 1;
	entry_form_find(&form, "kind")->fixed = true;
	entry_form_find(&form, "cps")->wrong = "It is <wrong>.";
	page.nodes = nodes;
	page.node_count = 2;
	page.acts = acts;
	page.act_count = 2;
	example("entry-carrier", "page_entry.tpl", fill_entry, &page);
	page.node_count = 0;
	page.notice = "Somebody else has changed the carrier.";
	example("entry-stale", "page_entry.tpl", fill_entry, &page);

	entry_form_of(&form, &number_record, &numbers[1], arena);
	entry_form_find(&form, "phone")->lines = true;
	entry_form_find(&form, "carrier_id")->choices = kinds;
	entry_form_find(&form, "carrier_id")->choice_count = 1;
	entry_form_find(&form, "carrier_id")->choose = "Choose a carrier";
	entry_form_find(&form, "carrier_id")->text = "";
	page.nodes = NULL;
	page.uses = page.notice = NULL;
	page.act_count = 0;
	page.faults = faults;
	page.fault_count = 2;
	example("entry-numbers", "page_entry.tpl", fill_entry, &page);
	page.lacks = "There is no carrier yet.";
	page.lacks_href = CARRIERS_PATH "/new";
	page.lacks_label = "Add a carrier";
	example("entry-lacks", "page_entry.tpl", fill_entry, &page);
	agree("page_entry.tpl");
}

static void
test_inputs(void)
{
	const struct form_choice kinds[] = { { "sim", "Simulated" } };
	struct entry_form form;

	entry_form_of(&form, &carrier_record, &carriers[0], arena);
	form.inputs[0].wrong = "It is <wrong>.";
	form.inputs[1].choices = kinds;
	form.inputs[1].choice_count = 1;
	for (size_t i = 0; i < form.count; i++)
		example(arena_printf(arena, "input-%s",
				     form.inputs[i].field->name),
			"part_form_field.tpl", fill_form_input,
			&form.inputs[i]);
	form.inputs[1].fixed = true;
	example("input-fixed", "part_form_field.tpl", fill_form_input,
		&form.inputs[1]);
	entry_form_of(&form, &number_record, &numbers[0], arena);
	form.inputs[0].lines = true;
	example("input-lines", "part_form_field.tpl", fill_form_input,
		&form.inputs[0]);
	example("input-label", "part_form_field.tpl", fill_form_input,
		entry_form_find(&form, "label"));
	agree("part_form_field.tpl");
}

static void
test_needs(void)
{
	struct needs_part part = { &needs, ROLE_ADMIN };

	example("needs-admin", "part_needs.tpl", fill_needs, &part);
	part.role = ROLE_SUPERVISOR;
	example("needs-supervisor", "part_needs.tpl", fill_needs, &part);
	agree("part_needs.tpl");
}

int
main(void)
{
	struct fault f = { 0 };

	arena = arena_new();
	viewer.arena = arena;
	ok(view_load(TEMPLATES, "/static/0123456789ab", &f) == 0,
	   "every template loads");
	test_lists();
	test_entry();
	test_inputs();
	test_needs();
	buf_free(&filled);
	arena_free(arena);
	return tap_done();
}
