/* fill_contacts.c - the contacts of a campaign. */

#include "web/pages/fill_contacts.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/campaign.h"
#include "report/contact_id.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_contact.h"
#include "web/pages/fill_runs.h"
#include "web/pages/viewer.h"

const char *const contact_callback_filter[] = { "any", "asked", NULL };

const char *
contact_form_query(const struct contact_form *form, const char *after,
		   struct arena *a)
{
	const char *const pairs[][2] = {
		{ "run",
		  form->run ? arena_printf(a, "%" PRId64, form->run) : "" },
		{ "state",
		  form->state ? contact_state_filter[form->state] : "" },
		{ "outcome", outcome_words[form->outcome] },
		{ "disposition", form->disposition },
		{ "callback", form->callback
				      ? contact_callback_filter[form->callback]
				      : "" },
		{ "phone_number", form->phone },
		{ "external_id", form->external_id },
		{ "after", after ? after : "" },
	};
	const char *to = "";
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

static bool
is_filtered(const struct contact_form *form)
{
	return form->state || form->outcome || form->callback ||
	       *form->disposition || *form->phone || *form->external_id;
}

static void
fill_form(struct view *v, const struct contacts_page_data *p)
{
	const struct contact_form *form = p->form;
	const char *bad = "BAD";

	fill_choices(v, "STATE_CHOICE", contact_state_filter, form->state,
		     p->viewer->arena);
	fill_choices(v, "OUTCOME_CHOICE", outcome_words, form->outcome,
		     p->viewer->arena);
	fill_choices(v, "CALLBACK_CHOICE", contact_callback_filter,
		     form->callback, p->viewer->arena);
	if (form->run)
		view_int(view_section(v, "OF_RUN"), "NO", form->run);
	if (p->wrong || is_filtered(form))
		view_show(v, "OPEN");
	view_str(v, "DISPOSITION_TYPED", form->disposition);
	view_str(v, "PHONE_TYPED", form->phone);
	view_str(v, "EXTERNAL_TYPED", form->external_id);
	if (!p->wrong)
		return;
	if (strcmp(p->field, "phone_number") == 0)
		bad = "BAD_PHONE";
	else if (strcmp(p->field, "disposition") == 0)
		bad = "BAD_DISPOSITION";
	view_str(view_section(v, bad), "WHY", p->wrong);
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
	if (*c->disposition)
		view_str(view_section(row, "SAID"), "WORD", c->disposition);
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
	const char *path = campaign_tab_path(p->c, CAMPAIGN_TAB_CONTACTS, a);

	if (*p->form->after)
		view_printf(view_section(v, "FIRST"), "HREF", "%s%s", path,
			    contact_form_query(p->form, NULL, a));
	if (page->more)
		view_printf(view_section(v, "NEXT"), "HREF", "%s%s", path,
			    contact_form_query(
				    p->form,
				    contact_id_text(page->next_seg,
						    page->next_ordinal, a),
				    a));
}

/* What is done to all that match, not only those of this page. */
static void
fill_all(struct view *v, const struct contacts_page_data *p)
{
	const struct contact_page *page = p->page;

	if (!viewer_may_act(p->viewer) || (!page->count && !page->more))
		return;
	v = view_section(v, "ALL");
	view_printf(v, "HREF", "%s",
		    campaign_tab_path(p->c, CAMPAIGN_TAB_OVERVIEW,
				      p->viewer->arena));
	view_str(v, "QUERY",
		 contact_form_query(p->form, NULL, p->viewer->arena));
	view_str(v, "WHICH",
		 is_filtered(p->form) ? "all that match" : "all contacts");
	if (!p->form->run && (p->c->status == CAMPAIGN_RUNNING ||
			      p->c->status == CAMPAIGN_PAUSED))
		view_show(v, "CALL");
}

/* The run that is shown has ended, as far as the campaign says. */
static bool
is_over(const struct contacts_page_data *p)
{
	const struct campaign *c = p->c;
	int64_t run = p->form->run;

	return run && run < c->runs
		       ? true
		       : c->current_run && c->status != CAMPAIGN_RUNNING &&
				 c->status != CAMPAIGN_PAUSED;
}

/* The contacts and the attempts of the run as files, by what is chosen. */
static void
fill_files(struct view *v, const struct contacts_page_data *p)
{
	const struct contact_form *form = p->form;
	const char *path = campaign_tab_path(p->c, CAMPAIGN_TAB_OVERVIEW,
					     p->viewer->arena);

	v = view_section(v, "FILES");
	/* what a file cannot be chosen by is no file of what is shown */
	if (!*form->disposition && !form->callback && !*form->phone &&
	    !*form->external_id)
		view_printf(view_section(v, "EXPORT"), "HREF",
			    "%s/export?run=%" PRId64 "&state=%s&outcome=%s",
			    path, form->run, contact_state_filter[form->state],
			    outcome_words[form->outcome]);
	if (form->run || p->c->current_run)
		view_printf(view_section(v, "REPORT"), "HREF",
			    "%s/report?run=%" PRId64
			    "&outcome=%s&disposition=%s",
			    path, form->run, outcome_words[form->outcome],
			    form->disposition);
	if (is_over(p))
		fill_not_reached(v, p->c, form->run ? form->run : p->c->runs,
				 p->viewer);
}

void
fill_contacts(struct view *v, const void *data)
{
	const struct contacts_page_data *p = data;

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_CONTACTS);
	fill_form(v, p);
	if (p->wrong)
		return;
	if (p->page->count) {
		struct view *list = view_section(v, "LIST");

		for (size_t i = 0; i < p->page->count; i++)
			fill_row(list, p, &p->page->rows[i]);
	} else {
		view_show(v, p->page->more	    ? "NONE_YET"
			     : is_filtered(p->form) ? "NONE_FOUND"
						    : "NONE");
	}
	fill_files(v, p);
	fill_pages(v, p);
	fill_all(v, p);
}
