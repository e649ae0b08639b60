/* fill_wizard_review.c - the last step: everything that was entered. */

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "contacts/upload.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/viewer.h"
#include "workspace/catalog.h"

#define FIELDS (&campaign_settings_record)
#define NAMES_MOST 5

/* --- Review ------------------------------------------------------------- */

static void
begin_section(struct view *s, const struct wizard_page *p,
	      enum wizard_step step)
{
	view_str(s, "ROOT", p->root);
	view_str(s, "WORD", wizard_step_words[step]);
	view_str(s, "LABEL", wizard_step_labels[step]);
}

static struct view *
add_section(struct view *v)
{
	return view_include(v, "SECTION", "part_wizard_review_section.tpl");
}

static struct view *
add_value(struct view *section, const char *name, const char *text)
{
	struct view *value = view_section(section, "VALUE");

	view_str(value, "NAME", name);
	view_str(value, "TEXT", text);
	return value;
}

static void
add_was(struct view *value, const char *was)
{
	view_show(value, "CHANGED");
	view_str(view_section(value, "WAS"), "WAS", was);
}

/* When a campaign is edited, also shows the value before. */
static void
add_field(struct view *section, const struct wizard_page *p,
	  const struct field *fd)
{
	size_t i = (size_t)(fd - FIELDS->fields);
	struct wizard was = *p->w;
	struct wizard_page before = *p;
	struct view *value =
		add_value(section, fd->label, wizard_entry_words(p, i));

	if (!p->c || !strcmp(p->w->now.texts[i], p->w->base.texts[i]))
		return;
	was.now = was.base;
	before.w = &was;
	add_was(value, wizard_entry_words(&before, i));
}

static void
add_fields(struct view *v, const struct wizard_page *p, enum wizard_step step)
{
	struct view *section = add_section(v);
	const struct field *fd;

	begin_section(section, p, step);
	for (size_t i = 0; (fd = wizard_field_at(step, i)); i++)
		add_field(section, p, fd);
}

/* "+44 … (Main)", the n-th chosen number; NULL: there are not that many. */
static const char *
number_words(const struct wizard_page *p, size_t n)
{
	for (size_t i = 0; i < p->number_count; i++) {
		const struct number *number = &p->numbers[i];

		if (wizard_has_number(&p->w->now, number->id) && !n--)
			return arena_printf(
				p->viewer->arena, "+%s%s%s%s", number->phone,
				*number->label ? " (" : "", number->label,
				*number->label ? ")" : "");
	}
	return NULL;
}

/* Shows the first numbers, and folds the others under "and 12 more". */
void
fill_wizard_pool(struct view *v, const void *data)
{
	const struct wizard_page *p = data;
	struct arena *a = p->viewer->arena;
	const char *text = "None", *word = number_words(p, 0);
	struct view *value, *fold;
	size_t n = 0;

	begin_section(v, p, STEP_NUMBERS);
	for (; word && n < NAMES_MOST; word = number_words(p, ++n))
		text = n ? arena_printf(a, "%s, %s", text, word) : word;
	value = add_value(v, "Numbers", text);
	if (!word)
		return;
	fold = view_section(value, "FOLD");
	view_printf(fold, "SUMMARY", "and %zu more", p->w->now.count - n);
	for (; word; word = number_words(p, ++n))
		view_str(view_section(fold, "ONE"), "TEXT", word);
}

static const char *
list_words(const struct wizard_page *p)
{
	struct arena *a = p->viewer->arena;
	const struct upload *u = p->upload;
	const char *contacts = wizard_plural(wizard_page_contacts(p), "contact",
					     "contacts", a);

	if (p->coming)
		return arena_printf(a, "%s is uploading", p->coming);
	if (!u)
		return wizard_page_contacts(p) ? contacts : "None";
	if (u->state == UPLOAD_FAILED)
		return arena_printf(a, "%s was not accepted", u->name);
	if (u->state < UPLOAD_DONE)
		return arena_printf(a, "%s is being read", u->name);
	return arena_printf(a, "%s, %s", u->name, contacts);
}

void
fill_wizard_list(struct view *v, const void *data)
{
	const struct wizard_page *p = data;
	struct arena *a = p->viewer->arena;
	const struct upload *u = p->upload;
	struct view *value;

	begin_section(v, p, STEP_CONTACTS);
	value = add_value(v, "Contact list", list_words(p));
	if ((u || p->coming) && p->c && p->c->fig.total)
		add_was(value, wizard_plural(p->c->fig.total, "contact",
					     "contacts", a));
	view_str(view_section(v, "SHOWN"), "FILE", wizard_page_file(p));
	if (p->coming || !u || u->state != UPLOAD_DONE)
		return;
	add_value(v, "Rejected rows", text_thousands(a, u->counts.rejected));
	add_value(v, "Duplicates", text_thousands(a, u->counts.duplicate));
}

void
fill_wizard_review(struct view *v, const void *data)
{
	const struct wizard_page *p = data;

	add_fields(v, p, STEP_BASICS);
	fill_wizard_pool(add_section(v), p);
	add_fields(v, p, STEP_DIALLER);
	fill_wizard_list(add_section(v), p);
}
