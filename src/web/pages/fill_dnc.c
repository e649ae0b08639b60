/* fill_dnc.c - the pages of do-not-call lists. */
#include "web/pages/fill_dnc.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "contacts/dnc_import.h"
#include "web/pages/viewer.h"
#include "workspace/account.h"
#include "workspace/dnc.h"

const char *const dnc_field_words[] = { "phone",   "reason", "until",
					"kind",	   "name",   "source",
					"max_age", "file",   NULL };

/* The inputs of a form, in order. */
struct input {
	enum dnc_field field;
	const char *label, *type, *hint, *help;
	bool optional;
};

static const struct input number_inputs[] = {
	{ DNC_F_PHONE, "Phone number", "tel", "",
	  "With its country code, or as it is dialled in the workspace’s "
	  "country.",
	  false },
	{ DNC_F_REASON, "Reason", "text", "", "Why the number is not called.",
	  true },
	{ DNC_F_UNTIL, "Last day", "date", "2026-12-24",
	  "The number is not called until this day is over; without it, never "
	  "again.",
	  true },
};
static const struct input list_inputs[] = {
	{ DNC_F_NAME, "Name", "text", "", "Such as “National registry”.",
	  false },
	{ DNC_F_SOURCE, "Source", "text", "",
	  "Where the list comes from, such as a registry or a supplier.",
	  true },
	{ DNC_F_MAX_AGE, "Highest age in days", "number", "0",
	  "The list must be imported again within this time; 0 means that it "
	  "never gets too old.",
	  true },
};

const char *
dnc_list_place(const struct dnc_list *k, struct arena *a)
{
	return k->kind == DNC_OWN ? "own" : arena_printf(a, "%" PRId64, k->id);
}

const char *
dnc_stale_words(const struct dnc_list *k, struct arena *a)
{
	int64_t days = (k->now - k->imported_at) / US_PER_DAY;

	if (!k->imported_at)
		return arena_printf(a,
				    "The do-not-call list “%s” has never been "
				    "imported.",
				    k->name);
	return arena_printf(a,
			    "The do-not-call list “%s” was imported %" PRId64
			    " day%s ago. It may be at most %" PRId64
			    " day%s old: import it again.",
			    k->name, days, text_plural(days), k->max_age,
			    text_plural(k->max_age));
}

static void
fill_inputs(struct view *v, const struct dnc_forms *p, const struct input *in,
	    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct view *one =
			view_include(v, "INPUT", "part_dnc_input.tpl");
		const char *name = dnc_field_words[in[i].field];
		const char *wrong = p->wrong[in[i].field];

		view_str(one, "NAME", name);
		view_str(one, "LABEL", in[i].label);
		view_str(one, "TYPE", in[i].type);
		view_str(one, "HINT", in[i].hint);
		view_str(one, "HELP", in[i].help);
		view_str(one, "VALUE", p->entered[in[i].field]);
		view_show(one, in[i].optional ? "OPTIONAL" : "REQUIRED");
		if (wrong)
			view_str(view_section(one, "BAD"), "WHY", wrong);
	}
}

static void
fill_number_form(struct view *v, const struct dnc_forms *p)
{
	view_str(v, "CSRF", p->csrf);
	fill_inputs(v, p, number_inputs, ARRAY_LEN(number_inputs));
}

/* The own list keeps its kind and its name. */
static void
fill_list_form(struct view *v, const struct dnc_forms *p, bool own,
	       struct arena *a)
{
	const char *kind = p->entered[DNC_F_KIND];
	struct view *kinds;

	view_str(v, "CSRF", p->csrf);
	if (!own) {
		kinds = view_section(v, "KINDS");
		if (p->wrong[DNC_F_KIND])
			view_str(view_section(kinds, "BAD"), "WHY",
				 p->wrong[DNC_F_KIND]);
		for (size_t i = DNC_OWN + 1; i < DNC_KIND_MAX; i++) {
			struct view *one = view_section(kinds, "KIND");

			view_str(one, "VALUE", dnc_kind_words[i]);
			view_str(one, "TEXT", word_words(dnc_kind_words[i], a));
			if (kind && !strcmp(kind, dnc_kind_words[i]))
				view_show(one, "ON");
		}
	}
	fill_inputs(v, p, list_inputs + own, ARRAY_LEN(list_inputs) - own);
}

static void
fill_age(struct view *v, const struct dnc_list *k, const struct viewer *who)
{
	if (k->imported_at)
		view_time(view_section(v, "IMPORTED"), "AT", k->imported_at,
			  VIEW_MOMENT, &who->zone);
	else
		view_show(v, "NEVER");
	if (k->max_age)
		view_printf(view_section(v, "AGED"), "DAYS",
			    "%" PRId64 " day%s", k->max_age,
			    text_plural(k->max_age));
	if (dnc_list_is_stale(k))
		view_show(v, "STALE");
}

static void
fill_list_row(struct view *v, const struct dnc_list *k,
	      const struct viewer *who)
{
	struct view *row = view_section(v, "LIST");

	view_str(row, "PLACE", dnc_list_place(k, who->arena));
	view_str(row, "NAME", k->name);
	view_str(row, "KIND", word_words(dnc_kind_words[k->kind], who->arena));
	view_str(row, "SOURCE", k->source);
	view_count(row, "NUMBERS", k->numbers);
	fill_age(row, k, who);
}

static void
fill_entry(struct view *row, const struct dnc_entry *e,
	   const struct viewer *who)
{
	view_str(row, "PHONE", e->phone);
	view_str(row, "REASON", e->reason);
	view_str(row, "BY", e->by);
	view_time(row, "SINCE", e->at, VIEW_MOMENT, &who->zone);
	if (e->until)
		view_time(view_section(row, "UNTIL"), "LAST", e->until - 1,
			  VIEW_DATE, &who->zone);
	else
		view_show(row, "FOR_GOOD");
	if (!e->bars)
		view_show(row, "PAST");
}

/* The answer to a look-up. */
static void
fill_found(struct view *v, const struct dnc_lists_page *p)
{
	struct view *answer = view_section(v, "ANSWER"), *table;
	bool barred = false;

	if (p->why) {
		view_str(view_section(v, "LOOKUP_BAD"), "WHY", p->why);
		return;
	}
	for (size_t i = 0; i < p->found_count; i++)
		barred |= p->found[i].bars;
	view_str(answer, "PHONE", p->phone);
	view_show(answer, barred ? "BARRED" : "FREE");
	if (!p->found_count)
		return;
	table = view_section(answer, "FOUND");
	for (size_t i = 0; i < p->found_count; i++) {
		const struct dnc_entry *e = &p->found[i];
		struct dnc_list of = { .id = e->list_id, .kind = e->kind };
		struct view *row = view_section(table, "ENTRY");

		fill_entry(row, e, p->viewer);
		view_str(row, "LIST_NAME", e->list);
		view_str(row, "PLACE", dnc_list_place(&of, p->viewer->arena));
	}
}

void
fill_dnc_lists(struct view *v, const void *data)
{
	const struct dnc_lists_page *p = data;
	const struct viewer *who = p->viewer;

	view_str(v, "ASKED", p->asked);
	if (p->asked)
		fill_found(v, p);
	for (size_t i = 0; i < p->count; i++) {
		if (dnc_list_is_stale(&p->lists[i]))
			view_str(view_section(v, "WARNING"), "TEXT",
				 dnc_stale_words(&p->lists[i], who->arena));
		fill_list_row(v, &p->lists[i], who);
	}
	if (who->role >= ROLE_SUPERVISOR)
		fill_number_form(view_section(v, "MAY_ADD"), &p->forms);
	if (who->role == ROLE_ADMIN)
		fill_list_form(view_section(v, "MAY_MAKE"), &p->forms, false,
			       who->arena);
}

static void
fill_last(struct view *v, const struct dnc_list_page *p)
{
	static const char *const states[] = { [DNC_READING] = "READING",
					      [DNC_DONE] = "DONE",
					      [DNC_FAILED] = "FAILED" };
	const struct dnc_import *i = p->last;
	struct view *last;

	if (!i->id)
		return;
	last = view_section(v, "LAST");
	view_str(last, "FILE", i->name);
	view_str(last, "BY", i->by);
	view_time(last, "AT", i->created_at, VIEW_MOMENT, &p->viewer->zone);
	view_show(last, states[i->state]);
	view_count(last, "ROWS", i->rows);
	view_count(last, "ADDED", i->added);
	view_count(last, "REJECTED", i->rejected);
	view_count(last, "DUPLICATE", i->duplicate);
	if (i->rejects)
		view_str(view_section(last, "REJECTS"), "PLACE",
			 dnc_list_place(p->list, p->viewer->arena));
}

static void
fill_entries(struct view *v, const struct dnc_list_page *p)
{
	const struct viewer *who = p->viewer;
	const char *place = dnc_list_place(p->list, who->arena);
	struct view *table;

	if (!p->count) {
		view_show(v, p->later ? "NO_MORE" : "NONE");
		return;
	}
	table = view_section(v, "SOME");
	if (who->role == ROLE_ADMIN)
		view_show(table, "KEEPER");
	for (size_t i = 0; i < p->count; i++) {
		const struct dnc_entry *e = &p->entries[i];
		struct view *row = view_section(table, "ENTRY"), *drop;

		fill_entry(row, e, who);
		if (who->role != ROLE_ADMIN)
			continue;
		drop = view_section(row, "DROP");
		view_str(drop, "PLACE", place);
		view_str(drop, "PHONE", e->phone);
		view_str(
			drop, "ASK",
			text_insert(who->arena, DNC_REMOVE_ASK,
				    arena_printf(who->arena, "+%s", e->phone)));
	}
	if (p->later)
		view_str(view_section(table, "FIRST"), "PLACE", place);
	if (p->next) {
		struct view *next = view_section(table, "NEXT");

		view_str(next, "PLACE", place);
		view_str(next, "AFTER", p->next);
	}
}

void
fill_dnc_list(struct view *v, const void *data)
{
	const struct dnc_list_page *p = data;
	const struct dnc_list *k = p->list;
	const struct viewer *who = p->viewer;
	bool own = k->kind == DNC_OWN;

	view_str(v, "PLACE", dnc_list_place(k, who->arena));
	view_str(v, "NAME", k->name);
	view_str(v, "KIND", word_words(dnc_kind_words[k->kind], who->arena));
	view_str(v, "SOURCE", *k->source ? k->source : "—");
	view_count(v, "NUMBERS", k->numbers);
	fill_age(v, k, who);
	if (dnc_list_is_stale(k))
		view_str(view_section(v, "WARNING"), "TEXT",
			 dnc_stale_words(k, who->arena));
	fill_last(v, p);
	fill_entries(v, p);
	if (who->role == ROLE_ADMIN || (own && viewer_may_act(who)))
		fill_number_form(view_section(v, "MAY_ADD"), &p->forms);
	if (who->role != ROLE_ADMIN)
		return;
	v = view_section(v, "MAY_CHANGE");
	view_str(v, "CSRF", p->forms.csrf);
	if (p->forms.wrong[DNC_F_FILE])
		view_str(view_section(v, "BAD_FILE"), "WHY",
			 p->forms.wrong[DNC_F_FILE]);
	fill_list_form(view_section(v, "CHANGE"), &p->forms, own, who->arena);
	if (!own)
		view_str(view_section(v, "DELETE"), "ASK",
			 text_insert(who->arena, DNC_DELETE_ASK, k->name));
}
