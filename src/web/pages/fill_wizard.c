/* fill_wizard.c - the page of a step, and its list of numbers. */

#include "web/pages/fill_wizard.h"

#include "web/pages/fill_needs.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "contacts/upload.h"
#include "web/pages/viewer.h"
#include "web/server/request.h"
#include "workspace/catalog.h"

#define FIELDS (&campaign_settings_record)

static void
fill_steps(struct view *v, const struct wizard_page *p)
{
	bool open = true; /* all steps before this one are done */

	for (int i = 0; i < STEP_MAX; i++) {
		bool done = wizard_page_is_done(p, (enum wizard_step)i);
		bool now = i == (int)p->step;
		struct view *step = view_section(v, "STEP");

		view_str(step, "WORD", wizard_step_words[i]);
		view_str(step, "LABEL", wizard_step_labels[i]);
		if (done && !now)
			view_show(step, "DONE");
		if (now)
			view_show(step, "NOW");
		view_show(step, (done || open) && !now ? "LINK" : "PLAIN");
		open &= done;
	}
}

/* The step that has the field. */
static enum wizard_step
step_of_wrong(const char *field)
{
	const struct field *fd;
	size_t len = strcspn(field, ".");

	if (!strcmp(field, "numbers"))
		return STEP_NUMBERS;
	if (!strcmp(field, "contacts"))
		return STEP_CONTACTS;
	for (size_t i = 0; i < FIELDS->count; i++) {
		fd = &FIELDS->fields[i];
		if (strlen(fd->name) == len && !strncmp(fd->name, field, len))
			return wizard_step_of(i);
	}
	return STEP_REVIEW;
}

static void
fill_wrong(struct view *v, const struct wizard_page *p)
{
	/* every step shows the file's card until the file has been read */
	const char *file = p->coming			  ? "#coming-title"
			   : upload_is_at_work(p->upload) ? "#upload-title"
							  : NULL;
	struct view *sum;

	if (!p->wrong_count)
		return;
	sum = view_section(v, "WRONG");
	if (file && p->wrong_count == 1 &&
	    step_of_wrong(p->wrong[0].field) == STEP_CONTACTS)
		view_str(sum, "HEADING", "The contacts are not ready yet");
	else if (p->wrong_count == 1)
		view_str(sum, "HEADING", "Please correct 1 entry");
	else
		view_printf(sum, "HEADING", "Please correct %zu entries",
			    p->wrong_count);
	for (size_t i = 0; i < p->wrong_count; i++) {
		const char *field = p->wrong[i].field;
		enum wizard_step step = step_of_wrong(field);
		struct view *one = view_section(sum, "ONE");
		int len = (int)strcspn(field, ".");

		view_str(one, "TEXT", p->wrong[i].text);
		if (file && step == STEP_CONTACTS) {
			view_str(one, "WHERE", file);
			continue;
		}
		view_printf(one, "WHERE", "%s%s%s#f-%.*s",
			    step == p->step ? "" : p->root,
			    step == p->step ? "" : "/",
			    step == p->step ? "" : wizard_step_words[step], len,
			    field);
	}
}

/* --- Numbers -------------------------------------------------------------- */

static void
fill_number(struct view *v, const struct wizard_page *p, const struct number *n,
	    struct buf *shown)
{
	struct view *row = view_section(v, "NUMBER");

	buf_printf(shown, "%s%" PRId64, shown->len ? "," : "", n->id);
	view_int(row, "ID", n->id);
	view_printf(row, "PHONE", "+%s", n->phone);
	view_str(row, "LABEL", n->label);
	view_str(row, "CARRIER", n->carrier);
	view_show(row, n->usable ? "USABLE" : "OFF");
	if (wizard_has_number(&p->w->now, n->id))
		view_show(row, "ON");
}

void
fill_wizard_numbers(struct view *v, const void *data)
{
	const struct wizard_page *p = data;
	size_t shown =
		p->match_count < NUMBERS_SHOWN ? p->match_count : NUMBERS_SHOWN;
	const char *why = wizard_page_wrong(p, "numbers");
	struct arena *a = p->viewer->arena;
	struct buf ids = BUF_INIT;
	struct view *some;

	if (why)
		view_str(view_section(v, "BAD"), "WHY", why);
	view_str(v, "SEARCH", p->search);
	view_str(v, "MATCHES", text_thousands(a, (int64_t)p->match_count));
	view_printf(v, "SUMMARY", "%s of %s selected.%s",
		    text_thousands(a, (int64_t)p->w->now.count),
		    text_thousands(a, (int64_t)p->number_count),
		    shown < p->match_count
			    ? arena_printf(a,
					   " The first %zu are shown; search "
					   "to see others.",
					   shown)
			    : "");
	if (!p->number_count) {
		fill_needs(view_include(view_section(v, "EMPTY"), "NEEDS",
					"part_needs.tpl"),
			   &(struct needs_part){ p->needs, p->viewer->role });
		return;
	}
	view_show(v, "SEARCHED");
	if (!shown) {
		view_printf(view_section(v, "NONE"), "ALL", "%s number%s",
			    text_thousands(a, (int64_t)p->number_count),
			    text_plural(p->number_count));
		return;
	}
	some = view_section(v, "SOME");
	for (size_t i = 0; i < shown; i++)
		fill_number(some, p, &p->numbers[i], &ids);
	view_str(v, "SHOWN", ids.data);
	buf_free(&ids);
}

/* --- The whole page ------------------------------------------------------- */

static void
fill_body(struct view *v, const struct wizard_page *p)
{
	switch (p->step) {
	case STEP_NUMBERS:
		fill_wizard_numbers(
			view_include(v, "NUMBERS", "part_wizard_numbers.tpl"),
			p);
		break;
	case STEP_CONTACTS:
		break;
	case STEP_REVIEW:
		fill_wizard_review(
			view_include(v, "REVIEW", "part_wizard_review.tpl"), p);
		break;
	default:
		fill_wizard_fields(v, p);
		if (wizard_page_is_locked(p) && p->step == STEP_BASICS)
			view_show(v, "LOCKED");
	}
}

/* The breadcrumbs: the list, as it was if the person came from there, and the
 * page of the campaign that is edited. */
static void
fill_crumbs(struct view *v, const struct wizard_page *p)
{
	bool list = strcspn(p->back, "?") == strlen(HOME_PATH);
	struct view *edit;
	char id[11];

	view_str(v, "CAMPAIGNS", list ? p->back : HOME_PATH);
	if (!p->c) {
		view_show(v, "NEW");
		return;
	}
	text_short_id((uint64_t)p->c->id, id);
	edit = view_section(v, "EDIT");
	view_printf(edit, "HOME", HOME_PATH "/%s", id);
	view_str(edit, "NAME", p->c->set.name);
}

static void
fill_head(struct view *v, const struct wizard_page *p)
{
	struct view *kept;

	if (p->part)
		view_show(v, "PART");
	view_str(v, "TITLE", wizard_page_title(p));
	view_str(v, "STEP_LABEL", wizard_step_labels[p->step]);
	view_str(v, "BACK", p->back);
	fill_crumbs(v, p);
	if (!p->w->kept) {
		view_str(view_section(v, "FRESH"), "CALM", wizard_page_calm(p));
		return;
	}
	kept = view_section(v, "KEPT");
	view_str(kept, "KIND", p->c ? "Unsaved changes kept" : "Draft saved");
	view_str(kept, "DISCARD", p->c ? "Discard changes" : "Discard");
	view_time(kept, "AT", p->w->saved_at, VIEW_MOMENT, &p->viewer->zone);
}

void
fill_wizard(struct view *v, const void *data)
{
	const struct wizard_page *p = data;

	fill_head(v, p);
	view_str(v, "ROOT", p->root);
	view_str(v, "WORD", wizard_step_words[p->step]);
	view_str(v, "CSRF", p->csrf);
	view_int(v, "REV", p->w->rev);
	view_int(v, "VER", p->w->ver);
	fill_steps(v, p);
	view_str(v, "DEFAULT", p->step == STEP_NUMBERS ? "search" : "next");
	if (p->notice)
		view_str(view_section(v, "NOTICE"), "TEXT", p->notice);
	else if (p->c && p->w->kept && p->w->ver < p->c->ver)
		view_str(view_section(v, "NOTICE"), "TEXT",
			 "The campaign has been changed since you started "
			 "editing. When you save, you will see who changed "
			 "what.");
	fill_wrong(v, p);
	fill_wizard_contacts(
		view_include(v, "CONTACTS", "part_wizard_contacts.tpl"), p);
	fill_body(v, p);
	if (p->step > STEP_BASICS)
		view_show(v, "HAS_BACK");
	view_str(view_section(v, p->step < STEP_REVIEW ? "NEXT" : "SAVE"),
		 "LABEL", wizard_page_button(p));
	fill_wizard_summary(
		view_include(v, "SUMMARY", "part_wizard_summary.tpl"), p);
}

void
fill_wizard_resume(struct view *v, const void *data)
{
	const struct wizard_page *p = data;

	view_str(v, "TITLE", wizard_page_title(p));
	view_str(v, "BACK", p->back);
	view_str(v, "ROOT", p->root);
	view_str(v, "WORD", wizard_step_words[p->step]);
	view_time(v, "AT", p->w->saved_at, VIEW_MOMENT, &p->viewer->zone);
}
