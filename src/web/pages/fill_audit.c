/* fill_audit.c - the page of the audit log. */

#include "web/pages/fill_audit.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/audit_changes.h"
#include "campaign/lifecycle.h"
#include "web/pages/audit_query.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_settings.h"
#include "web/pages/viewer.h"
#include "web/server/request.h"
#include "workspace/account.h"
#include "workspace/people.h"

#define OPEN_MOST 8    /* changes that are shown without a click */
#define VALUE_MOST 600 /* bytes of a value; the CSV file has all */

size_t
audit_entry_changes(const struct audit_entry *e, struct audit_change **out,
		    struct arena *a)
{
	size_t count = audit_changes(e->was, e->became, out, a);

	for (size_t i = 0; i < count && !e->campaign_id; i++)
		(*out)[i].fd = NULL;
	return count;
}

const char *
audit_who(const struct audit_entry *e, struct arena *a)
{
	const char *who = *e->actor ? e->actor : "Dialler";

	if (!strcmp(who, "command line"))
		who = "Command line";
	return *e->behalf ? arena_printf(a, "%s for %s", who, e->behalf) : who;
}

const char *
audit_action_words(const char *action, struct arena *a)
{
	static const char *const dialler[][2] = {
		{ "complete", "Run completed" },
		{ "close", "Calling hours ended" },
		{ "fail", "Run failed" },
	};
	int known = campaign_action_find(action);

	if (known >= 0)
		return campaign_transitions[known].label;
	for (size_t i = 0; i < ARRAY_LEN(dialler); i++) {
		if (!strcmp(dialler[i][0], action))
			return dialler[i][1];
	}
	return word_words(action, a);
}

const char *
audit_label(const struct audit_change *c, struct arena *a)
{
	if (c->fd)
		return c->fd->label;
	return strcmp(c->key, "numbers") ? word_words(c->key, a)
					 : "Number Pool";
}

const char *
audit_value(const struct audit_change *c, const char *text, struct arena *a)
{
	if (!text)
		return NULL;
	if (c->fd)
		return setting_words(c->fd, text, a);
	return *text ? text : "None";
}

/* The text, or as much of it as a page shows; never half a character. */
static const char *
clip(const char *text, struct arena *a)
{
	size_t len = strlen(text), at = 0;

	if (len <= VALUE_MOST)
		return text;
	for (size_t n; at < VALUE_MOST; at += n) {
		n = text_char(text + at, len - at);
		if (!n)
			n = 1;
		if (at + n > VALUE_MOST)
			break;
	}
	return arena_printf(a, "%s…", arena_memdup(a, text, at));
}

static void
fill_change(struct view *v, const struct audit_change *c, struct arena *a)
{
	struct view *change = view_section(v, "CHANGE");
	const char *was = audit_value(c, c->was, a);
	const char *became = audit_value(c, c->became, a);

	view_str(change, "LABEL", clip(audit_label(c, a), a));
	if (was)
		view_str(view_section(change, "WAS"), "TEXT", clip(was, a));
	if (was && became)
		view_show(change, "BOTH");
	if (became)
		view_str(view_section(change, "NOW"), "TEXT", clip(became, a));
	else
		view_show(change, "GONE");
}

static void
fill_changes(struct view *entry, const struct audit_entry *e, struct arena *a)
{
	struct audit_change *list;
	size_t count = audit_entry_changes(e, &list, a);
	struct view *v;

	if (!count)
		return;
	if (count > OPEN_MOST) {
		v = view_section(entry, "MANY");
		view_count(v, "COUNT", (int64_t)count);
	} else {
		v = view_section(entry, "FEW");
	}
	for (size_t i = 0; i < count; i++)
		fill_change(v, &list[i], a);
}

static void
fill_campaign_link(struct view *entry, const struct audit_entry *e)
{
	struct view *v;
	char id[11];

	if (!e->campaign_id)
		return;
	text_short_id((uint64_t)e->campaign_id, id);
	v = view_section(entry, e->campaign ? "OF" : "OF_GONE");
	if (e->campaign)
		view_str(v, "NAME", e->campaign);
	view_str(v, "ID", id);
}

static void
fill_entry(struct view *v, const struct viewer *r, const struct audit_entry *e,
	   bool links)
{
	struct view *entry = view_section(v, "ENTRY");
	struct arena *a = r->arena;

	view_time(entry, "AT", e->at, VIEW_MOMENT, &r->zone);
	view_str(entry, "WHO", audit_who(e, a));
	view_str(entry, "ACTION", audit_action_words(e->action, a));
	if (links)
		fill_campaign_link(entry, e);
	fill_changes(entry, e, a);
}

/* part_audit_entries.tpl; 'links': each with its campaign */
static void
fill_entries(struct view *v, const struct viewer *r,
	     const struct audit_page *page, bool links)
{
	v = view_include(v, "ENTRIES", "part_audit_entries.tpl");
	for (size_t i = 0; i < page->count; i++)
		fill_entry(v, r, &page->entries[i], links);
}

static void
fill_option(struct view *v, const char *marker, const char *value,
	    const char *text, const char *chosen)
{
	struct view *option = view_section(v, marker);

	view_str(option, "VALUE", value);
	view_str(option, "TEXT", text);
	if (!strcmp(value, chosen))
		view_show(option, "CHOSEN");
}

static bool
is_person(const struct audit_page_data *p, const char *name)
{
	for (size_t i = 0; i < p->people_count; i++) {
		if (!strcmp(p->people[i].name, name))
			return true;
	}
	return false;
}

/* The people of the workspace, then programs, and people who have left. */
static void
fill_who(struct view *v, const struct audit_page_data *p)
{
	struct arena *a = p->viewer->arena;
	const char *chosen = p->form->who;

	fill_option(v, "WHO", "", "Anybody", chosen);
	for (size_t i = 0; i < p->people_count; i++)
		fill_option(v, "WHO",
			    arena_printf(a, "%" PRId64, p->people[i].user_id),
			    p->people[i].name, chosen);
	for (size_t i = 0; i < p->actors.count; i++) {
		struct audit_entry e = { .actor = p->actors.list[i].text,
					 .behalf = "" };

		if (!is_person(p, e.actor))
			fill_option(v, "WHO",
				    *e.actor ? e.actor : AUDIT_DIALLER,
				    audit_who(&e, a), chosen);
	}
}

static void
fill_actions(struct view *v, const struct audit_page_data *p)
{
	fill_option(v, "ACTION", "", "Any action", p->form->action);
	for (size_t i = 0; i < p->actions.count; i++)
		fill_option(v, "ACTION", p->actions.list[i].text,
			    audit_action_words(p->actions.list[i].text,
					       p->viewer->arena),
			    p->form->action);
}

static void
fill_day(struct view *v, const char *marker, int64_t day)
{
	char text[17] = "";

	if (day)
		date_text(day, text);
	view_str(v, marker, text);
}

static void
fill_wrong(struct view *v, const struct audit_page_data *p)
{
	static const char *const fields[][2] = {
		{ "campaign", "BAD_CAMPAIGN" },
		{ "from", "BAD_FROM" },
		{ "to", "BAD_TO" },
	};

	if (!p->wrong)
		return;
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		if (!strcmp(fields[i][0], p->field))
			view_str(view_section(v, fields[i][1]), "WHY",
				 p->wrong);
	}
}

static void
fill_ways(struct view *v, const struct audit_form *form,
	  const struct audit_page *page, const char *path, struct arena *a)
{
	if (*form->past)
		view_str(view_section(v, "NEWEST"), "HREF",
			 audit_form_address(form, path, NULL, a));
	if (page->more)
		view_str(view_section(v, "OLDER"), "HREF",
			 audit_form_address(form, path, &page->end, a));
}

/* Nothing is on the page: because nothing is found, or not yet. */
static void
fill_nothing(struct view *v, const struct audit_page_data *p)
{
	struct view *none;

	if (!p->page->more) {
		view_show(v, "NONE");
		return;
	}
	none = view_section(v, "NONE_YET");
	view_time(none, "UNTIL", p->page->end.at, VIEW_MOMENT,
		  &p->viewer->zone);
}

void
fill_audit(struct view *v, const void *data)
{
	const struct audit_page_data *p = data;

	fill_who(v, p);
	fill_actions(v, p);
	view_str(v, "CAMPAIGN", p->form->campaign);
	fill_day(v, "FROM", p->form->from);
	fill_day(v, "TO", p->form->to);
	fill_wrong(v, p);
	view_str(v, "EXPORT",
		 audit_form_address(p->form, AUDIT_EXPORT_PATH, NULL,
				    p->viewer->arena));
	if (p->wrong)
		return;
	if (p->page->count) {
		fill_entries(v, p->viewer, p->page, true);
	} else {
		fill_nothing(v, p);
	}
	fill_ways(v, p->form, p->page, AUDIT_PATH, p->viewer->arena);
}

void
fill_activity(struct view *v, const void *data)
{
	const struct campaign_activity *p = data;

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_ACTIVITY);
	if (p->page->count)
		fill_entries(v, p->viewer, p->page, false);
	else
		view_show(v, "NONE");
	fill_ways(v, p->form, p->page,
		  campaign_tab_path(p->c, CAMPAIGN_TAB_ACTIVITY,
				    p->viewer->arena),
		  p->viewer->arena);
}
