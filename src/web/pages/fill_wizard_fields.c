/* fill_wizard_fields.c - the inputs of a step, each made from its line in the
 * field table, which alone has its type, limits, default and help. */

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "base/words.h"
#include "campaign/campaign.h"
#include "web/pages/fill_holidays.h"
#include "web/pages/fill_needs.h"
#include "web/pages/fill_settings.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/viewer.h"
#include "workspace/catalog.h"

#define FIELDS (&campaign_settings_record)

/* The step and the group of each field; each field is in just one. */
static const struct {
	enum wizard_step step;
	const char *legend;
	const char *fields[12];
} groups[] = {
	{ STEP_BASICS, "What is this campaign?", { "name", "bot_id" } },
	{ STEP_DIALLER,
	  "When may we call?",
	  { "window_start", "window_end", "more_windows", "zone", "days",
	    "holidays", "not_before", "last_day" } },
	{ STEP_DIALLER,
	  "How does it run?",
	  { "mode", "concurrency", "pacing", "always_on" } },
	{ STEP_DIALLER,
	  "How hard should we try?",
	  { "max_attempts", "retry_delay", "retry_on", "retry_delays",
	    "ring_timeout", "retry_dispositions", "callbacks" } },
	{ STEP_DIALLER, "What counts as success?", { "goal_dispositions" } },
};

static bool
is_wide(const struct field *fd)
{
	return fd->type == FIELD_SET || fd->type == FIELD_BOOL ||
	       field_is_map(fd);
}

static const char *
with_unit(const char *text, const struct field *fd, struct arena *a)
{
	return fd->unit ? arena_printf(a, "%s %s", text, fd->unit) : text;
}

/* "10 to 120 s.", "1 to 120 characters." */
static const char *
range_words(const struct field *fd, struct arena *a)
{
	const char *range =
		arena_printf(a, "%s to %s", text_thousands(a, fd->min),
			     text_thousands(a, fd->max));

	if (fd->shape != SHAPE_PLAIN || !fd->max)
		return "";
	if (field_is_map(fd))
		return arena_printf(a, "%s each.", with_unit(range, fd, a));
	if (fd->codec)
		return "";
	if (fd->type == FIELD_STR)
		return arena_printf(a, "%s characters.", range);
	if (fd->type != FIELD_INT || !fd->def) /* an id */
		return "";
	return arena_printf(a, "%s.", with_unit(range, fd, a));
}

static void
fill_limits(struct view *v, const struct field *fd, struct arena *a)
{
	const char *range = range_words(fd, a), *usual = "";

	if (fd->type == FIELD_INT && fd->def && *fd->def)
		usual = arena_printf(a, "%sDefault %s.", *range ? " " : "",
				     with_unit(fd->def, fd, a));
	if (*range || *usual)
		view_printf(view_section(v, "LIMITS"), "LIMITS", "%s%s", range,
			    usual);
}

static const char *
input_type(const struct field *fd)
{
	if (fd->shape == SHAPE_DATE)
		return "date";
	if (fd->shape == SHAPE_DATE_TIME)
		return "datetime-local";
	return fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN ? "number"
								 : "text";
}

/* An example of an entry, for inputs that the browser gives no format. */
static const char *
input_hint(const struct field *fd)
{
	if (fd->shape == SHAPE_CLOCK)
		return "HH:MM";
	if (fd->codec)
		return fd->codec->example;
	return fd->shape == SHAPE_ZONE ? "Europe/Berlin" : NULL;
}

static void
fill_zones(struct view *v, const struct wizard_page *p)
{
	struct view *zones = view_section(v, "ZONES");

	for (size_t i = 0; i < p->zone_count; i++)
		view_str(view_section(zones, "ZONE"), "VALUE", p->zones[i]);
}

static void
fill_input(struct view *v, const struct wizard_page *p, const struct field *fd,
	   const char *text)
{
	struct view *in = view_section(v, "INPUT");
	bool number = !strcmp(input_type(fd), "number");

	view_str(in, "TYPE", input_type(fd));
	view_str(in, "VALUE", text);
	if (number) {
		struct view *range = view_section(in, "RANGE");

		view_str(view_section(in, "MODE"), "MODE", "numeric");
		view_int(range, "MIN", fd->min);
		view_int(range, "MAX", fd->max);
	}
	if (fd->unit)
		view_str(view_section(in, "UNIT"), "UNIT", fd->unit);
	if (input_hint(fd))
		view_str(view_section(in, "HINT"), "HINT", input_hint(fd));
	if (!is_optional(fd))
		view_show(in, "REQUIRED");
	if (fd->shape == SHAPE_ZONE) {
		view_show(in, "LIST");
		fill_zones(v, p);
	}
	view_show(v, "LABELLED");
}

static void
add_option(struct view *select, const char *value, const char *text, bool on)
{
	struct view *o = view_section(select, "OPTION");

	view_str(o, "VALUE", value);
	view_str(o, "TEXT", text);
	if (on)
		view_show(o, "ON");
}

static void
fill_bots(struct view *v, const struct wizard_page *p, const char *text)
{
	struct view *select = view_section(v, "SELECT");
	struct arena *a = p->viewer->arena;
	bool known = false;

	for (size_t i = 0; i < p->bot_count; i++)
		known |= !strcmp(text,
				 arena_printf(a, "%" PRId64, p->bots[i].id));
	if (!known)
		add_option(select, "", "Choose a bot", true);
	for (size_t i = 0; i < p->bot_count; i++) {
		const char *id = arena_printf(a, "%" PRId64, p->bots[i].id);

		add_option(select, id, p->bots[i].name, !strcmp(text, id));
	}
	if (!p->bot_count)
		fill_needs(view_include(view_section(v, "NO_BOTS"), "NEEDS",
					"part_needs.tpl"),
			   &(struct needs_part){ p->needs, p->viewer->role });
	view_show(v, "LABELLED");
}

/* True for a choice that is disabled: an always-on campaign cannot be limited
 * to a single day. */
static bool
is_closed(const struct wizard_page *p, const struct field *fd, size_t word)
{
	struct wizard_entries now = p->w->now;

	return !strcmp(fd->name, "mode") && word == MODE_SINGLE_DAY &&
	       !strcmp(*wizard_text(&now, "always_on"), "yes");
}

static void
fill_choices(struct view *v, const struct wizard_page *p,
	     const struct field *fd, const char *text)
{
	struct arena *a = p->viewer->arena;
	struct view *box = view_section(v, "CHOICES");
	bool one = fd->type == FIELD_WORD;

	view_str(box, "CLASS", fd->words == weekday_words ? "days" : "choices");
	view_str(box, "ROLE", one ? "radiogroup" : "group");
	for (size_t i = 0; fd->words[i]; i++) {
		struct view *c;

		if (!*fd->words[i])
			continue;
		c = view_section(box, "CHOICE");
		view_str(c, "TYPE", one ? "radio" : "checkbox");
		view_str(c, "VALUE", fd->words[i]);
		view_str(c, "TEXT", word_words(fd->words[i], a));
		if (has_word(text, fd->words[i]))
			view_show(c, "ON");
		if (is_closed(p, fd, i))
			view_show(c, "OFF");
	}
	view_show(v, "TITLED");
}

static void
fill_map(struct view *v, const struct wizard_page *p, const struct field *fd,
	 const char *text)
{
	struct wizard_entries now = p->w->now;
	struct view *box = view_section(v, "MAP");
	struct arena *a = p->viewer->arena;

	for (size_t i = 0; fd->words[i]; i++) {
		struct view *e;

		if (!*fd->words[i])
			continue;
		e = view_section(box, "ENTRY");
		view_str(e, "WORD", fd->words[i]);
		view_str(e, "TEXT", word_words(fd->words[i], a));
		view_int(e, "MIN", fd->min);
		view_int(e, "MAX", fd->max);
		view_str(e, "UNIT", fd->unit);
		view_str(e, "VALUE", map_entry(text, fd->words[i], a));
		view_str(e, "HINT", *wizard_text(&now, "retry_delay"));
	}
	view_show(v, "TITLED");
}

static void
fill_check(struct view *v, const char *text)
{
	struct view *box = view_section(v, "CHECK");

	if (!strcmp(text, "yes"))
		view_show(box, "ON");
}

/* The holidays themselves are on a page of their own. */
static void
fill_holidays_link(struct view *v, const struct wizard_page *p)
{
	struct view *more = view_section(v, "MORE");
	int64_t today = viewer_today(p->viewer);
	size_t n = 0;

	for (size_t i = 0; i < p->holidays.count; i++)
		n += p->holidays.days[i] >= today;
	view_str(more, "HREF", HOLIDAYS_PATH);
	if (n)
		view_printf(more, "TEXT", "%s holiday%s ahead",
			    text_thousands(p->viewer->arena, (int64_t)n),
			    text_plural(n));
	else
		view_str(more, "TEXT", "No holidays ahead");
}

static void
fill_kind(struct view *v, const struct wizard_page *p, const struct field *fd,
	  const char *text)
{
	if (!strcmp(fd->name, "bot_id"))
		fill_bots(v, p, text);
	else if (fd->type == FIELD_BOOL)
		fill_check(v, text);
	else if (fd->type == FIELD_WORD || fd->type == FIELD_SET)
		fill_choices(v, p, fd, text);
	else if (field_is_map(fd))
		fill_map(v, p, fd, text);
	else
		fill_input(v, p, fd, text);
}

void
fill_wizard_field(struct view *v, const void *data)
{
	const struct wizard_field *wf = data;
	const struct wizard_page *p = wf->page;
	const struct field *fd = wf->field;
	size_t n = (size_t)(fd - FIELDS->fields);
	const char *why = wizard_page_wrong(p, fd->name);

	view_str(v, "NAME", fd->name);
	view_str(v, "LABEL", fd->label);
	view_str(v, "HELP", fd->help);
	if (is_wide(fd))
		view_show(v, "WIDE");
	if (why)
		view_str(view_section(v, "BAD"), "WHY", why);
	if (wizard_page_is_locked(p) && p->step == STEP_BASICS) {
		view_str(view_section(v, "READ_ONLY"), "VALUE",
			 wizard_entry_words(p, n));
		view_show(v, "TITLED");
		return;
	}
	if (is_optional(fd) && fd->type != FIELD_BOOL)
		view_show(v, "OPTIONAL");
	fill_limits(v, fd, p->viewer->arena);
	if (!strcmp(fd->name, "holidays"))
		fill_holidays_link(v, p);
	fill_kind(v, p, fd, p->w->now.texts[n]);
}

const struct field *
wizard_field_at(enum wizard_step step, size_t n)
{
	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		for (size_t k = 0; groups[i].fields[k]; k++) {
			if (groups[i].step == step && !n--)
				return record_find(FIELDS, groups[i].fields[k]);
		}
	}
	return NULL;
}

void
fill_wizard_fields(struct view *v, const struct wizard_page *p)
{
	for (size_t i = 0; i < ARRAY_LEN(groups); i++) {
		struct view *group;

		if (groups[i].step != p->step)
			continue;
		group = view_section(v, "GROUP");
		view_str(group, "LEGEND", groups[i].legend);
		for (size_t k = 0; groups[i].fields[k]; k++)
			fill_wizard_field(
				view_include(group, "FIELD",
					     "part_wizard_field.tpl"),
				&(struct wizard_field){
					p, record_find(FIELDS,
						       groups[i].fields[k]) });
	}
}

/* --- Entries as words ---------------------------------------------------- */

static const char *
bot_words(const struct wizard_page *p, const char *text)
{
	for (size_t i = 0; i < p->bot_count; i++) {
		if (!strcmp(text, arena_printf(p->viewer->arena, "%" PRId64,
					       p->bots[i].id)))
			return p->bots[i].name;
	}
	return *text ? "A bot that no longer exists" : "";
}

const char *
wizard_entry_words(const struct wizard_page *p, size_t field)
{
	const struct field *fd = &FIELDS->fields[field];
	const char *text = p->w->now.texts[field];

	if (!strcmp(fd->name, "bot_id"))
		text = bot_words(p, text);
	return setting_words(fd, text, p->viewer->arena);
}
