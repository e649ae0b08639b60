/* fill_wizard_review.c - the last step, and the card beside every step. */

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/zone.h"
#include "domain/campaign.h"
#include "domain/catalog.h"
#include "domain/upload.h"
#include "domain/window_words.h"
#include "domain/zones.h"
#include "web/fill_campaigns.h"
#include "web/fill_wizard.h"

#define FIELDS (&campaign_settings_record)
#define OPENINGS 3
#define NAMES_MOST 5
#define MINUTES_DAY 1440

static const char *
plural(int64_t n, const char *one, const char *many, struct arena *a)
{
	return arena_printf(a, "%s %s", text_thousands(a, n),
			    n == 1 ? one : many);
}

static int64_t
contacts_of(const struct wizard_page *p)
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
	const char *contacts = plural(contacts_of(p), "contact", "contacts", a);

	if (!u || u->state == UPLOAD_CANCELLED)
		return contacts_of(p) ? contacts : "None";
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

/* --- What this means ---------------------------------------------------- */

static void
add_fact(struct view *v, const char *label, const char *value, bool total)
{
	struct view *fact = view_section(v, "FACT");

	view_str(fact, "LABEL", label);
	view_str(fact, "VALUE", value);
	if (total)
		view_show(fact, "TOTAL");
}

static int
minutes_a_day(const struct window *w)
{
	int sum = 0;

	for (size_t i = 0; i <= w->more.count; i++) {
		struct span s = window_hours_at(w, i);

		sum += s.to > s.from ? s.to - s.from
				     : s.to - s.from + MINUTES_DAY;
	}
	return sum;
}

static void
fill_hours(struct view *v, const struct wizard_page *p,
	   const struct campaign_settings *set)
{
	struct window w = campaign_window(set, p->holidays);
	struct zone *z = zones_get(p->reader->zones, set->zone);
	struct arena *a = p->reader->arena;
	struct opening next[OPENINGS];
	size_t n = window_openings(&w, z, p->reader->now, next, OPENINGS);
	struct view *hours = view_section(v, "HOURS"), *list;
	int week = minutes_a_day(&w) * __builtin_popcount(w.days);

	view_str(hours, "WINDOW", window_hours(&w, set->zone, a));
	view_str(hours, "STATE", window_now(&w, z, p->reader->now, a));
	add_fact(v, "Calling hours",
		 week % 60 ? arena_printf(a, "%d h %d min a week", week / 60,
					  week % 60)
			   : arena_printf(a, "%d a week", week / 60),
		 false);
	if (!n)
		return;
	list = view_section(v, "OPENINGS");
	for (size_t i = 0; i < n; i++)
		view_str(view_section(list, "OPENING"), "TEXT",
			 opening_words(&next[i], z, a));
}

/* Calls a second of the carriers that the chosen numbers belong to. */
static int64_t
rate_of(const struct wizard_page *p)
{
	int64_t sum = 0, *seen = ARENA_ARRAY(p->reader->arena,
					     p->number_count + 1, int64_t);
	size_t carriers = 0, at;

	for (size_t i = 0; i < p->number_count; i++) {
		const struct number *n = &p->numbers[i];

		if (!n->usable || !wizard_has_number(&p->w->now, n->id))
			continue;
		for (at = 0; at < carriers && seen[at] != n->carrier_id; at++)
			;
		if (at < carriers)
			continue;
		seen[carriers++] = n->carrier_id;
		sum += n->cps;
	}
	return sum;
}

static const char *
duration_words(int64_t s, struct arena *a)
{
	if (s < 60)
		return "under a minute";
	if (s < 3600)
		return arena_printf(a, "%" PRId64 " min", s / 60);
	return arena_printf(a, "%s h %" PRId64 " min",
			    text_thousands(a, s / 3600), s % 3600 / 60);
}

void
fill_wizard_means(struct view *v, const void *data)
{
	const struct wizard_page *p = data;
	struct wizard_wrong wrong[WIZARD_WRONG_MOST];
	struct campaign_settings set;
	struct arena *a = p->reader->arena;
	int64_t rate = rate_of(p), contacts = contacts_of(p);
	bool right = !wizard_read(&p->w->now, STEP_DIALLER, &set, wrong, a);

	if (right) {
		fill_hours(v, p, &set);
		add_fact(v, "Calls to one contact",
			 arena_printf(a, "%" PRId64 " at most",
				      set.max_attempts),
			 false);
		add_fact(v, "Conversations at once",
			 text_thousands(a, set.concurrency), false);
	} else {
		view_show(v, "NO_HOURS");
	}
	add_fact(v, "Numbers in the pool",
		 text_thousands(a, (int64_t)p->w->now.count), false);
	add_fact(v, "Contacts", text_thousands(a, contacts), false);
	if (rate && contacts)
		add_fact(v,
			 arena_printf(a, "One pass, at %s",
				      plural(rate, "call/s", "calls/s", a)),
			 arena_printf(a, "%s at least",
				      duration_words(contacts / rate, a)),
			 true);
	view_str(v, "NOTE", p->stale ? p->stale : wizard_page_calm(p));
}
