/* fill_wizard_review.c - the last step: everything that was entered. */

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "domain/campaign.h"
#include "domain/catalog.h"
#include "domain/upload.h"
#include "web/fill_campaigns.h"
#include "web/fill_wizard.h"

#define FIELDS (&campaign_settings_record)
#define NAMES_MOST 5

int64_t
wizard_page_contacts(const struct wizard_page *p)
{
	if (wizard_page_is_locked(p) || !p->upload ||
	    p->upload->state >= UPLOAD_FAILED)
		return p->c ? p->c->fig.total : 0;
	return p->upload->counts.good;
}

/* --- Review ------------------------------------------------------------- */

static struct view *
add_section(struct view *v, const struct wizard_page *p, enum wizard_step step)
{
	struct view *s = view_section(v, "SECTION");

	view_str(s, "ROOT", p->root);
	view_str(s, "WORD", wizard_step_words[step]);
	view_str(s, "LABEL", wizard_step_labels[step]);
	return s;
}

static struct view *
add_value(struct view *section, const char *name, const char *text)
{
	struct view *value = view_section(section, "VALUE");

	view_str(value, "NAME", name);
	view_str(value, "TEXT", text);
	return value;
}

/* An edit shows what it changes. */
static void
add_field(struct view *section, const struct wizard_page *p, size_t i)
{
	struct wizard was = *p->w;
	struct wizard_page before = *p;
	struct view *value = add_value(section, FIELDS->fields[i].label,
				       wizard_entry_words(p, i));

	if (!p->c || !strcmp(p->w->now.texts[i], p->w->base.texts[i]))
		return;
	was.now = was.base;
	before.w = &was;
	view_show(value, "CHANGED");
	view_str(view_section(value, "WAS"), "WAS",
		 wizard_entry_words(&before, i));
}

static void
add_fields(struct view *section, const struct wizard_page *p,
	   enum wizard_step step)
{
	for (size_t i = 0; i < FIELDS->count; i++) {
		if (wizard_step_of(i) == step)
			add_field(section, p, i);
	}
}

/* "+44 … (Main), +44 … and 12 more" */
static const char *
numbers_words(const struct wizard_page *p)
{
	struct arena *a = p->reader->arena;
	const char *text = "";
	size_t named = 0;

	for (size_t i = 0; i < p->number_count && named < NAMES_MOST; i++) {
		const struct number *n = &p->numbers[i];

		if (!wizard_has_number(&p->w->now, n->id))
			continue;
		text = arena_printf(
			a, "%s%s+%s%s%s%s", text, named++ ? ", " : "", n->phone,
			*n->label ? " (" : "", n->label, *n->label ? ")" : "");
	}
	if (p->w->now.count > named)
		return arena_printf(a, "%s and %zu more", text,
				    p->w->now.count - named);
	return named ? text : "None";
}

static const char *
list_words(const struct wizard_page *p)
{
	struct arena *a = p->reader->arena;
	const struct upload *u = wizard_page_is_locked(p) ? NULL : p->upload;
	int64_t n = wizard_page_contacts(p);
	const char *contacts = arena_printf(
		a, "%s contact%s", text_thousands(a, n), n == 1 ? "" : "s");

	if (!u || u->state == UPLOAD_CANCELLED)
		return n ? contacts : "None";
	if (u->state == UPLOAD_FAILED)
		return arena_printf(a, "%s was not taken", u->name);
	if (u->state < UPLOAD_DONE)
		return arena_printf(a, "%s is being read", u->name);
	return arena_printf(a, "%s, %s", u->name, contacts);
}

void
fill_wizard_review(struct view *v, const void *data)
{
	const struct wizard_page *p = data;

	add_fields(add_section(v, p, STEP_BASICS), p, STEP_BASICS);
	add_value(add_section(v, p, STEP_NUMBERS), "Numbers", numbers_words(p));
	add_fields(add_section(v, p, STEP_DIALLER), p, STEP_DIALLER);
	add_value(add_section(v, p, STEP_CONTACTS), "Contact list",
		  list_words(p));
}
