#include "web/pages/fill_catalog.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/pages/fill_needs.h"
#include "web/pages/viewer.h"
#include "workspace/catalog.h"
#include "workspace/needs.h"

#define LINE_FAULTS_SHOWN 20

/* --- A list ------------------------------------------------------------- */

static void
fill_flip(struct view *acts, const struct catalog_page *p,
	  const struct catalog_row *row)
{
	bool on = catalog_is_on(p->view, row->entry);
	struct view *flip = view_section(acts, "FLIP");

	view_str(flip, "WORD", on ? "Disable" : "Enable");
	view_str(flip, "VERB", on ? "disable" : "enable");
	view_str(flip, "ICON", on ? "pause" : "play");
	view_str(flip, "ICON_CLASS", on ? "stop" : "start");
	if (on)
		view_str(view_section(flip, "ASK"), "TEXT",
			 p->view->ask_disable);
}

static void
fill_row(struct view *table, const struct catalog_page *p,
	 const struct catalog_row *row)
{
	const struct catalog_view *c = p->view;
	struct view *v = view_section(table, "ENTRY");
	struct arena *a = p->viewer->arena;
	const char *cells[CELLS_MOST] = { NULL }, *badge, *word;
	bool keeper = p->viewer->role == ROLE_ADMIN;

	view_str(v, "PATH", c->path);
	view_int(v, "ID", row->id);
	view_str(v, "KEY", c->name(row->entry, a));
	view_show(v, keeper ? "LINK" : "PLAIN");
	c->cells(row, cells, a);
	for (size_t i = 0; i < CELLS_MOST && cells[i]; i++)
		view_str(view_section(v, "CELL"), "TEXT", cells[i]);
	if (!catalog_is_on(c, row->entry))
		view_show(v, "OFF");
	if (c->can_switch) {
		struct view *state = view_section(v, "STATE");

		word = catalog_state(c, row->entry, &badge);
		view_str(state, "CLASS", badge);
		view_str(state, "WORD", word);
	}
	if (!keeper)
		return;
	v = view_section(v, "ACTS");
	if (c->can_switch)
		fill_flip(v, p, row);
}

static void
fill_none(struct view *v, const struct catalog_page *p)
{
	struct view *none = view_section(v, "NONE");

	view_str(none, "HEADING", p->view->none);
	view_str(none, "TEXT", p->view->none_text);
	if (p->viewer->role < ROLE_ADMIN)
		view_printf(view_section(none, "ASK"), "TEXT",
			    "Only an administrator can add them%s%s.",
			    *p->needs->admins ? ": ask " : "", p->needs->admins);
}

/* What comes next in a workspace that is being furnished. */
static void
fill_next(struct view *v, const struct catalog_page *p)
{
	if (p->viewer->role == ROLE_ADMIN && !needs_nothing(p->needs))
		fill_needs(view_include(view_section(v, "MISSING"), "NEEDS",
					"part_needs.tpl"),
			   &(struct needs_part){ p->needs, p->viewer->role });
}

void
fill_catalog(struct view *v, const void *page)
{
	const struct catalog_page *p = page;
	const struct catalog_view *c = p->view;
	struct view *table, *pages;

	view_str(v, "TITLE", c->title);
	view_str(v, "ABOUT", c->about);
	view_str(v, "PATH", c->path);
	if (p->viewer->role == ROLE_ADMIN)
		view_str(view_section(v, "ADD"), "LABEL", c->add);
	fill_next(v, p);
	if (!p->count) {
		fill_none(v, p);
		return;
	}
	table = view_section(v, "SOME");
	for (size_t i = 0; c->heads[i]; i++)
		view_str(view_section(table, "HEAD"), "LABEL", c->heads[i]);
	if (c->can_switch)
		view_str(view_section(table, "HEAD"), "LABEL", "State");
	if (p->viewer->role == ROLE_ADMIN)
		view_show(table, "KEEPER");
	for (size_t i = 0; i < p->count; i++)
		fill_row(table, p, &p->rows[i]);
	if (p->first && !p->next)
		return;
	pages = view_section(table, "PAGES");
	if (!p->first)
		view_str(view_section(pages, "FIRST"), "HREF", c->path);
	if (p->next)
		view_str(view_section(pages, "NEXT"), "HREF", p->next);
}

/* --- One entry ---------------------------------------------------------- */

static void
fill_line_faults(struct view *form, const struct entry_page *p)
{
	struct view *v = view_section(form, "LINE_FAULTS");
	size_t shown = p->fault_count < LINE_FAULTS_SHOWN ? p->fault_count
							  : LINE_FAULTS_SHOWN;

	view_printf(v, "HEADING", "%zu line%s not valid; nothing was added%s",
		    p->fault_count, p->fault_count == 1 ? " is" : "s are",
		    shown < p->fault_count
			    ? arena_printf(p->arena,
					   ". The first %zu of them:", shown)
			    : ":");
	for (size_t i = 0; i < shown; i++) {
		struct view *one = view_section(v, "ONE");

		view_int(one, "LINE", (int64_t)p->faults[i].line);
		view_str(one, "TEXT", p->faults[i].text);
	}
}

static void
fill_form(struct view *v, const struct entry_page *p)
{
	struct view *form = view_section(v, "FORM");

	view_str(form, "ACTION", p->action);
	view_str(form, "CSRF", p->csrf);
	view_int(form, "VER", p->ver);
	if (p->save) {
		struct view *foot = view_section(form, "FOOT");

		view_str(foot, "BACK", p->back);
		view_str(foot, "SAVE", p->save);
	}
	fill_entry_form(form, p->form);
	if (p->fault_count)
		fill_line_faults(form, p);
}

static void
fill_nodes(struct view *v, const struct entry_page *p)
{
	struct view *card = view_section(v, "NODES"), *table;

	if (!p->node_count) {
		view_str(card, "TEXT",
			 "No dialler reaches this carrier now. Check its "
			 "address, and that a dialler is running.");
		return;
	}
	view_str(card, "TEXT",
		 "These diallers know this carrier now, each with its share "
		 "of it.");
	table = view_section(card, "TABLE");
	for (size_t i = 0; i < p->node_count; i++) {
		struct view *node = view_section(table, "NODE");

		view_printf(node, "NAME", "%" PRId64 "%s%s", p->nodes[i].slot,
			    *p->nodes[i].name ? ", " : "", p->nodes[i].name);
		view_count(node, "CPS", p->nodes[i].cps);
		view_count(node, "CHANNELS", p->nodes[i].channels);
		if (*p->nodes[i].trouble)
			view_str(view_section(node, "TROUBLE"), "TEXT",
				 p->nodes[i].trouble);
	}
}

static void
fill_acts(struct view *v, const struct entry_page *p)
{
	struct view *acts = view_section(v, "ACTS");

	for (size_t i = 0; i < p->act_count; i++) {
		const struct entry_act *a = &p->acts[i];
		struct view *act = view_section(acts, "ACT");

		view_str(act, "HREF", a->href);
		view_str(act, "WORD", a->word);
		view_str(act, "ICON", a->icon);
		view_str(act, "CLASS", a->css);
		if (a->ask)
			view_str(view_section(act, "ASK"), "TEXT", a->ask);
	}
}

void
fill_entry(struct view *v, const void *page)
{
	const struct entry_page *p = page;

	view_str(v, "HEADING", p->heading);
	view_str(v, "NAME", p->name);
	view_str(v, "ABOUT", p->about);
	if (p->list) {
		struct view *list = view_section(v, "LIST");

		view_str(list, "PATH", p->path);
		view_str(list, "TITLE", p->list);
	}
	if (p->notice)
		view_str(view_section(v, "NOTICE"), "TEXT", p->notice);
	if (p->lacks) {
		struct view *lacks = view_section(v, "LACKS");

		view_str(lacks, "TEXT", p->lacks);
		view_str(lacks, "HREF", p->lacks_href);
		view_str(lacks, "LABEL", p->lacks_label);
	} else {
		fill_form(v, p);
	}
	if (p->uses) {
		struct view *uses = view_section(v, "USES");

		view_str(uses, "HEADING", p->use_heading);
		view_str(uses, "TEXT", p->uses);
	}
	if (p->nodes)
		fill_nodes(v, p);
	if (p->act_count)
		fill_acts(v, p);
}
