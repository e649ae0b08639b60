/* fill_contacts.c - the contacts of a campaign, and the attempts of one. */

#include "web/pages/fill_contacts.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/json_read.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "hook/reason.h"
#include "report/contact_id.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_outcomes.h"
#include "web/pages/fill_settings.h"
#include "web/pages/viewer.h"

const char *
contact_form_address(const struct contact_form *form, const struct campaign *c,
		     const char *after, struct arena *a)
{
	const char *const pairs[][2] = {
		{ "run",
		  form->run ? arena_printf(a, "%" PRId64, form->run) : "" },
		{ "state",
		  form->state ? contact_state_filter[form->state] : "" },
		{ "outcome", outcome_words[form->outcome] },
		{ "phone_number", form->phone },
		{ "external_id", form->external_id },
		{ "after", after ? after : "" },
	};
	const char *to = campaign_tab_path(c, CAMPAIGN_TAB_CONTACTS, a);
	char mark = '?';

	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		if (!*pairs[i][1])
			continue;
		to = arena_printf(a, "%s%c%s=%s", to, mark, pairs[i][0],
				  text_url_encode(a, pairs[i][1]));
		mark = '&';
	}
	return to;
}

static void
fill_choices(struct view *v, const char *marker, const char *const *words,
	     unsigned chosen, struct arena *a)
{
	for (unsigned i = 0; words[i]; i++) {
		struct view *option = view_section(v, marker);

		view_str(option, "VALUE", words[i]);
		view_str(option, "TEXT", i ? word_words(words[i], a) : "Any");
		if (i == chosen)
			view_show(option, "CHOSEN");
	}
}

static void
fill_form(struct view *v, const struct contacts_page_data *p)
{
	const struct contact_form *form = p->form;
	struct view *bad;

	fill_choices(v, "STATE_CHOICE", contact_state_filter, form->state,
		     p->viewer->arena);
	fill_choices(v, "OUTCOME_CHOICE", outcome_words, form->outcome,
		     p->viewer->arena);
	if (form->run)
		view_int(view_section(v, "OF_RUN"), "NO", form->run);
	view_str(v, "PHONE_TYPED", form->phone);
	view_str(v, "EXTERNAL_TYPED", form->external_id);
	if (!p->wrong)
		return;
	bad = view_section(v, strcmp(p->field, "phone_number") ? "BAD"
							       : "BAD_PHONE");
	view_str(bad, "WHY", p->wrong);
}

/* What a contact's row and its own page both show. */
static void
fill_contact_facts(struct view *v, const struct contact_row *c,
		   const struct viewer *r)
{
	struct arena *a = r->arena;

	if (*c->phone)
		view_printf(v, "PHONE", "+%s", c->phone);
	else
		view_str(v, "PHONE", "Erased");
	view_str(v, "EXTERNAL_ID", c->external_id ? c->external_id : "");
	view_str(v, "CONTACT_STATE",
		 word_words(contact_state_words[c->state], a));
	if (c->due_at)
		view_time(view_section(v, "DUE"), "AT", c->due_at, VIEW_MOMENT,
			  &r->zone);
}

static void
fill_row(struct view *v, const struct contacts_page_data *p,
	 const struct contact_row *c)
{
	struct view *row = view_section(v, "CONTACT");
	struct arena *a = p->viewer->arena;
	const char *id = contact_id_text(c->seg, c->ordinal, a);
	struct view *trail;

	fill_contact_facts(row, c, p->viewer);
	view_str(row, "OUTCOME", word_words(outcome_words[c->outcome], a));
	view_printf(row, "HREF", "%s/%s%s",
		    campaign_tab_path(p->c, CAMPAIGN_TAB_CONTACTS, a), id,
		    p->form->run
			    ? arena_printf(a, "?run=%" PRId64, p->form->run)
			    : "");
	if (!c->seq)
		return;
	trail = view_section(row, "CALLED");
	view_printf(trail, "COUNT", "%s attempt%s", text_thousands(a, c->seq),
		    text_plural(c->seq));
}

static void
fill_pages(struct view *v, const struct contacts_page_data *p)
{
	struct arena *a = p->viewer->arena;
	const struct contact_page *page = p->page;

	if (*p->form->after)
		view_str(view_section(v, "FIRST"), "HREF",
			 contact_form_address(p->form, p->c, NULL, a));
	if (page->more)
		view_str(view_section(v, "NEXT"), "HREF",
			 contact_form_address(
				 p->form, p->c,
				 contact_id_text(page->next_seg,
						 page->next_ordinal, a),
				 a));
}

void
fill_contacts(struct view *v, const void *data)
{
	const struct contacts_page_data *p = data;
	bool filtered = p->form->state || p->form->outcome || *p->form->phone ||
			*p->form->external_id;

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_CONTACTS);
	fill_form(v, p);
	if (p->wrong)
		return;
	if (p->page->count) {
		struct view *list = view_section(v, "LIST");

		for (size_t i = 0; i < p->page->count; i++)
			fill_row(list, p, &p->page->rows[i]);
	} else {
		view_show(v, p->page->more ? "NONE_YET"
			     : filtered	   ? "NONE_FOUND"
					   : "NONE");
	}
	fill_pages(v, p);
}

/* "14 s", "2 min 5 s" */
static const char *
seconds_words(int64_t ms, struct arena *a)
{
	int64_t s = (ms + 500) / 1000;

	if (ms < 0)
		return "";
	return s < 60 ? arena_printf(a, "%" PRId64 " s", s)
		      : arena_printf(a, "%" PRId64 " min %" PRId64 " s", s / 60,
				     s % 60);
}

static const char *
attempt_words(const struct attempt_row *t, struct arena *a)
{
	return t->live ? live_state_labels[t->live - 1]
		       : word_words(outcome_words[t->outcome], a);
}

static void
fill_attempt(struct view *v, const struct attempt_row *t,
	     const struct viewer *r)
{
	struct view *row = view_section(v, "ATTEMPT");
	const char *why = reason_text((int)t->sip, (int)t->q850);
	struct arena *a = r->arena;

	view_count(row, "SEQ", t->seq);
	if (t->sent_at)
		view_time(view_section(row, "SENT"), "AT", t->sent_at,
			  VIEW_MOMENT, &r->zone);
	view_str(row, "OUTCOME", attempt_words(t, a));
	if (why)
		view_str(view_section(row, "REASON"), "TEXT", why);
	if (!t->live && !t->counted)
		view_show(row, "NOT_COUNTED");
	view_str(row, "CALLER",
		 t->caller ? arena_printf(a, "+%s", t->caller) : "Removed");
	view_str(row, "CARRIER", t->carrier ? t->carrier : "Removed");
	view_str(row, "RING", seconds_words(t->ring_ms, a));
	view_str(row, "TALK", seconds_words(t->talk_ms, a));
}

static void
fill_trail(struct view *v, const void *data)
{
	const struct contact_trail *t = data;

	if (!t->attempts.count) {
		view_show(v, "NONE");
		return;
	}
	v = view_section(v, "SOME");
	for (size_t i = 0; i < t->attempts.count; i++)
		fill_attempt(v, &t->attempts.rows[i], t->viewer);
}

void
fill_trail_row(struct view *v, const void *data)
{
	fill_trail(view_include(v, "TRAIL", "part_trail.tpl"), data);
}

/* What forbids a call to the number, and how that is changed. */
static void
fill_barred(struct view *v, const struct contact_trail *t)
{
	bool may = *t->contact.phone && viewer_may_act(t->viewer);
	struct view *act;

	if (t->excluded)
		view_show(v, "EXCLUDED");
	for (size_t i = 0; i < t->lists.count; i++)
		view_str(view_section(v, "BARRED"), "LIST",
			 t->lists.entries[i].list);
	if (!may)
		return;
	act = view_section(v, "ACT");
	view_str(act, "WORD", t->excluded ? "lift-exclusion" : "exclude");
	view_str(act, "LABEL", t->excluded ? "Lift exclusion" : "Exclude");
	view_printf(act, "HREF", "%s/%s",
		    campaign_tab_path(t->c, CAMPAIGN_TAB_CONTACTS,
				      t->viewer->arena),
		    contact_id_text(t->contact.seg, t->contact.ordinal,
				    t->viewer->arena));
}

/* The texts that the bot is given, by their names. */
static void
fill_variables(struct view *v, const struct contact_trail *t)
{
	const struct json *all;
	struct fault unused;

	if (!*t->variables ||
	    json_read(t->variables, &all, t->viewer->arena, &unused) ||
	    !all->count)
		return;
	v = view_section(v, "VARIABLES");
	for (const struct json *m = all->first; m; m = m->next) {
		struct view *one = view_section(v, "VARIABLE");

		view_str(one, "NAME", m->key);
		view_str(one, "VALUE", m->text);
	}
}

void
fill_contact(struct view *v, const void *data)
{
	const struct contact_trail *t = data;

	fill_campaign_head(v, t->c, CAMPAIGN_TAB_CONTACTS);
	fill_contact_facts(v, &t->contact, t->viewer);
	view_count(v, "TRIES", t->contact.tries);
	if (t->run)
		view_printf(v, "WHICH", "run %" PRId64, t->run);
	else
		view_str(v, "WHICH", "this run");
	if (t->contact.external_id)
		view_show(v, "NAMED");
	fill_barred(v, t);
	fill_variables(v, t);
	fill_trail(view_include(v, "TRAIL", "part_trail.tpl"), t);
}
