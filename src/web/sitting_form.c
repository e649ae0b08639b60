/* What the form of a step says, over what was entered before. */
#include "web/sitting.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "domain/catalog.h"
#include "web/request.h"

/* All values of a name, with commas between. */
static const char *
joined(const struct pairs *p, const char *name, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < p->count; i++) {
		if (!strcmp(p->at[i].name, name))
			text = arena_printf(a, "%s%s%s", text, *text ? "," : "",
					    p->at[i].value);
	}
	return text;
}

/* "busy=5,error=9" of the inputs retry_delays.busy, retry_delays.error. */
static const char *
map_text(const struct pairs *p, const struct field *fd, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; fd->words[i]; i++) {
		const char *name =
			arena_printf(a, "%s.%s", fd->name, fd->words[i]);
		const char *value = *fd->words[i] ? pairs_get(p, name) : NULL;

		if (value && *value)
			text = arena_printf(a, "%s%s%s=%s", text,
					    *text ? "," : "", fd->words[i],
					    text_trim(a, value));
	}
	return text;
}

static const char *
field_of_form(const struct pairs *p, const struct field *fd, struct arena *a)
{
	const char *value = pairs_get(p, fd->name);

	switch (fd->type) {
	case FIELD_BOOL:
		return value ? "yes" : "no";
	case FIELD_SET:
		return joined(p, fd->name, a);
	case FIELD_MAP:
		return map_text(p, fd, a);
	default:
		return value ? value : "";
	}
}

static bool
is_in(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++) {
		if (ids[i] == id)
			return true;
	}
	return false;
}

/* The ids that a list like "4,17" names. */
static size_t
read_ids(const char *list, int64_t **out, struct arena *a)
{
	int64_t *ids = ARENA_ARRAY(a, strlen(list) / 2 + 2, int64_t);
	size_t n = 0;

	while (*list) {
		size_t len = strcspn(list, ",");

		if (!text_int(arena_memdup(a, list, len), &ids[n]))
			n++;
		list += len + (list[len] == ',');
	}
	*out = ids;
	return n;
}

/*
 * What is not shown stays chosen or not; what is shown is as it is ticked, or
 * as "Select all" and "Select none" say of what was searched for.
 */
static void
read_numbers(struct sitting *s)
{
	const struct pairs *p = &s->q->form;
	struct arena *a = s->q->arena;
	const char *list = pairs_get(p, "shown");
	struct wizard_entries *now = &s->w.now;
	int64_t *shown, *ticked, *chosen;
	size_t shown_count = read_ids(list ? list : "", &shown, a);
	size_t ticked_count = read_ids(joined(p, "numbers", a), &ticked, a);
	bool all = !strcmp(s->go, "all"), none = !strcmp(s->go, "none");
	size_t n = 0;

	chosen = ARENA_ARRAY(a, s->page.number_count + 1, int64_t);
	for (size_t i = 0; i < s->page.number_count; i++) {
		const struct number *number = &s->page.numbers[i];
		bool match = i < s->page.match_count;
		bool on = is_in(now->numbers, now->count, number->id);

		if (is_in(shown, shown_count, number->id))
			on = is_in(ticked, ticked_count, number->id);
		if (match && (all || none))
			on = all && (number->usable || on);
		if (on)
			chosen[n++] = number->id;
	}
	now->numbers = chosen;
	now->count = n;
	wizard_sort_numbers(now);
}

static int
check_locked(const struct sitting *s, struct fault *f)
{
	const struct pairs *p = &s->q->form;
	const struct record *r = &campaign_settings_record;

	for (size_t i = 0; i < r->count; i++) {
		const char *value = pairs_get(p, r->fields[i].name);

		if (value && wizard_step_of(i) == STEP_BASICS &&
		    strcmp(value, field_text(&r->fields[i], &s->c.set,
					     s->q->arena)) != 0) {
			fault_field(f, r->fields[i].name,
				    "The %s is locked after the first run.",
				    text_fold(s->q->arena, r->fields[i].label));
			f->code = FAULT_CONFLICT;
			return -1;
		}
	}
	return 0;
}

static void
read_fields(struct sitting *s)
{
	const struct record *r = &campaign_settings_record;

	for (size_t i = 0; i < r->count; i++) {
		if (wizard_step_of(i) == s->page.step)
			s->w.now.texts[i] = field_of_form(
				&s->q->form, &r->fields[i], s->q->arena);
	}
	/* it implies that, and the review says so */
	if (!strcmp(*wizard_text(&s->w.now, "always_on"), "yes"))
		*wizard_text(&s->w.now, "mode") = "multi_day";
}

int
sitting_read(struct sitting *s, bool *outrun, struct fault *f)
{
	const struct pairs *p = &s->q->form;
	const char *rev = pairs_get(p, "rev"), *ver = pairs_get(p, "ver");
	int64_t n;

	s->go = pairs_get(p, "go");
	if (!s->go)
		s->go = "next";
	*outrun = !rev || text_int(rev, &n) || n != s->w.rev;
	/* the campaign as it was when the form was shown */
	if (!s->w.kept && ver && !text_int(ver, &n) && n < s->w.ver)
		*outrun = true;
	if (wizard_page_is_locked(&s->page) && s->page.step == STEP_BASICS)
		return check_locked(s, f);
	if (s->page.step == STEP_NUMBERS)
		read_numbers(s);
	else
		read_fields(s);
	return 0;
}
