/* Reads the form of a step over the entries so far. */
#include "web/pages/wizard_request.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/faults.h"
#include "web/server/request.h"
#include "workspace/catalog.h"

/* All values of a name, with commas between. */
static const char *
joined(const struct pairs *p, const char *name, struct arena *a)
{
	struct buf text = BUF_INIT;
	char *all;

	for (size_t i = 0; i < p->count; i++) {
		if (!strcmp(p->at[i].name, name))
			buf_printf(&text, "%s%s", text.len ? "," : "",
				   p->at[i].value);
	}
	all = arena_memdup(a, text.data, text.len);
	buf_free(&text);
	return all;
}

/* "busy=5,error=9" from the inputs retry_delays.busy, retry_delays.error. */
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

	if (field_is_map(fd))
		return map_text(p, fd, a);
	switch (fd->type) {
	case FIELD_BOOL:
		return value ? "yes" : "no";
	case FIELD_SET:
		return joined(p, fd->name, a);
	default:
		return value ? value : "";
	}
}

/* The numbers that a list like "4,17" names. */
static struct wizard_entries
read_ids(const char *list, struct arena *a)
{
	struct wizard_entries e = { .numbers = ARENA_ARRAY(
					    a, strlen(list) / 2 + 2, int64_t) };

	while (*list) {
		size_t len = strcspn(list, ",");

		if (!text_int(arena_memdup(a, list, len), &e.numbers[e.count]))
			e.count++;
		list += len + (list[len] == ',');
	}
	wizard_sort_numbers(&e);
	return e;
}

/*
 * Numbers that are shown become as ticked; the others stay as they were.
 * "Select all" and "Select none" apply to all that match the search.
 */
static void
read_numbers(struct wizard_request *s)
{
	const struct pairs *p = &s->q->form;
	struct arena *a = s->q->arena;
	const char *list = pairs_get(p, "shown");
	struct wizard_entries *now = &s->w.now;
	struct wizard_entries shown = read_ids(list ? list : "", a);
	struct wizard_entries ticked = read_ids(joined(p, "numbers", a), a);
	int64_t *chosen;
	bool all = !strcmp(s->go, "all"), none = !strcmp(s->go, "none");
	size_t n = 0;

	chosen = ARENA_ARRAY(a, s->page.number_count + 1, int64_t);
	for (size_t i = 0; i < s->page.number_count; i++) {
		const struct number *number = &s->page.numbers[i];
		bool match = i < s->page.match_count;
		bool on = wizard_has_number(now, number->id);

		if (wizard_has_number(&shown, number->id))
			on = wizard_has_number(&ticked, number->id);
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
check_locked(const struct wizard_request *s, struct fault *f)
{
	const struct pairs *p = &s->q->form;
	const struct record *r = &campaign_settings_record;

	for (size_t i = 0; i < r->count; i++) {
		const char *value = pairs_get(p, r->fields[i].name);

		if (value && wizard_step_of(i) == STEP_BASICS &&
		    strcmp(value, field_text(&r->fields[i], &s->c.set,
					     s->q->arena)) != 0)
			return fault_locked(
				r->fields[i].name,
				text_fold(s->q->arena, r->fields[i].label), f);
	}
	return 0;
}

/* "9am" becomes "09:00"; text that cannot be read stays as typed. */
static const char *
tidied(const struct field *fd, const char *text, struct arena *a)
{
	struct campaign_settings set = { 0 };
	struct fault unused;

	return field_set(fd, &set, text, a, &unused) ? text
						     : field_text(fd, &set, a);
}

static void
read_fields(struct wizard_request *s)
{
	const struct record *r = &campaign_settings_record;
	struct arena *a = s->q->arena;

	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];

		if (wizard_step_of(i) == s->page.step)
			s->w.now.texts[i] = tidied(
				fd, field_of_form(&s->q->form, fd, a), a);
	}
	/* always-on implies it, and the review shows it */
	if (!strcmp(*wizard_text(&s->w.now, "always_on"), "yes"))
		*wizard_text(&s->w.now, "mode") = "multi_day";
}

bool
wizard_request_begin(struct wizard_request *s)
{
	const char *rev = pairs_get(&s->q->form, "rev");
	int64_t first;

	if (s->w.kept || !rev || text_int(rev, &first) ||
	    !wizard_is_first(first))
		return false;
	s->w.rev = first;
	return true;
}

enum wizard_conflict
wizard_request_stale(const struct wizard_request *s)
{
	return s->page.step == STEP_REVIEW && !s->w.kept ? CONFLICT_DRAFT_GONE
							 : CONFLICT_STALE_FORM;
}

static enum wizard_conflict
find_conflict(struct wizard_request *s)
{
	const struct pairs *p = &s->q->form;
	const char *rev = pairs_get(p, "rev"), *ver = pairs_get(p, "ver");
	int64_t shown_in, shown_of;

	if (!rev || text_int(rev, &shown_in))
		return wizard_request_stale(s);
	if (s->w.kept)
		return shown_in == s->w.rev ? CONFLICT_NONE
					    : CONFLICT_STALE_FORM;
	if (ver && !text_int(ver, &shown_of) && shown_of < s->w.ver)
		return CONFLICT_STALE_VERSION;
	return wizard_request_begin(s) ? CONFLICT_NONE
				       : wizard_request_stale(s);
}

int
wizard_request_read(struct wizard_request *s, enum wizard_conflict *conflict,
		    struct fault *f)
{
	struct wizard_entries had = wizard_copy(&s->w.now, s->q->arena);
	bool saving;

	s->go = pairs_get(&s->q->form, "go");
	if (!s->go)
		s->go = "next";
	*conflict = find_conflict(s);
	if (wizard_page_is_locked(&s->page) && s->page.step == STEP_BASICS)
		return check_locked(s, f);
	if (s->page.step != STEP_NUMBERS)
		read_fields(s);
	else if (!wizard_request_load_choices(s, f))
		read_numbers(s);
	else
		return -1;
	wizard_request_look(s); /* an always-on campaign needs no file */
	/* the same entries again are a second press, not another tab; on the
	 * review only a save depends on what was shown */
	saving = !strcmp(s->go, "save") || !strcmp(s->go, "next");
	if (s->w.kept && !(saving && s->page.step == STEP_REVIEW) &&
	    !wizard_difference(&had, &s->w.now))
		*conflict = CONFLICT_NONE;
	return 0;
}
