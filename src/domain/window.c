#include "domain/window.h"

#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "base/zone.h"

#define DAY_MINUTES 1440
#define EVERY_DAY 0x7fu
/*
 * Openings are looked for from yesterday (it may have crossed midnight) to
 * two weeks on: a week is enough but for an opening that a spring-forward gap
 * swallows whole.
 */
#define LOOK_BACK 1
#define LOOK_AHEAD 14

int
window_check(const struct window *w, struct fault *f)
{
	if (w->start < 0 || w->start >= DAY_MINUTES)
		return fault_field(f, "window_start",
				   "Time Window start must be from 00:00 to "
				   "23:59.");
	if (w->end < 0 || w->end > DAY_MINUTES)
		return fault_field(f, "window_end",
				   "Time Window end must be from 00:00 to "
				   "24:00.");
	if (w->start == w->end)
		return fault_field(f, "window_end",
				   "Time Window start and end must differ; "
				   "00:00 to 24:00 is the whole day.");
	if (!(w->days & EVERY_DAY))
		return fault_field(f, "days",
				   "Working Days must name at least one day.");
	return 0;
}

static bool
is_always_open(const struct window *w)
{
	return w->start == 0 && w->end == DAY_MINUTES &&
	       (w->days & EVERY_DAY) == EVERY_DAY;
}

struct opening {
	int64_t from, to;
};

/* The opening that begins on this day; false when there is none. */
static bool
opening_of(const struct window *w, struct zone *z, const struct civil *day,
	   struct opening *out)
{
	struct civil last = *day;

	if (!(w->days >> day->weekday & 1))
		return false;
	if (w->end <= w->start)
		civil_add_days(&last, 1);
	out->from = zone_instant(z, day->year, day->month, day->day, w->start);
	out->to = zone_instant(z, last.year, last.month, last.day, w->end);
	return out->from < out->to;
}

/* The first opening that ends after 'at'. */
static bool
first_opening(const struct window *w, struct zone *z, int64_t at,
	      struct opening *out)
{
	struct civil day;

	zone_civil(z, at, &day);
	civil_add_days(&day, -LOOK_BACK);
	for (int i = 0; i < LOOK_BACK + LOOK_AHEAD; i++) {
		if (opening_of(w, z, &day, out) && out->to > at)
			return true;
		civil_add_days(&day, 1);
	}
	return false;
}

struct window_state
window_at(const struct window *w, struct zone *z, int64_t now)
{
	struct window_state s = { .next = INT64_MAX };
	struct opening o, after;

	if (!first_opening(w, z, now, &o))
		return s;
	if (now < o.from) {
		s.next = o.from;
		return s;
	}
	s.open = true;
	s.opened = o.from;
	s.closes = o.to;
	s.next = 0;
	/* Whole days that follow each other are one opening. */
	for (int i = 0; i < 7 && first_opening(w, z, s.closes, &after) &&
			after.from <= s.closes;
	     i++)
		s.closes = after.to;
	if (is_always_open(w))
		s.closes = INT64_MAX;
	return s;
}

int64_t
window_on_or_after(const struct window *w, struct zone *z, int64_t at)
{
	struct opening o;

	if (!first_opening(w, z, at, &o))
		return INT64_MAX;
	return at < o.from ? o.from : at;
}

int64_t
window_single_day_end(const struct window *w, struct zone *z, int64_t started)
{
	struct opening o;

	return first_opening(w, z, started, &o) ? o.to : INT64_MAX;
}

/* "09:00", "09:00 tomorrow", "Mon 09:00" after a word. */
static void
clock_note(const char *word, int64_t at, struct zone *z, int64_t now, char *out,
	   size_t size)
{
	static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu",
						"Fri", "Sat", "Sun" };
	struct civil today, then;
	int64_t days;

	zone_civil(z, now, &today);
	zone_civil(z, at, &then);
	days = days_from_civil(then.year, then.month, then.day) -
	       days_from_civil(today.year, today.month, today.day);
	if (days <= 1)
		snprintf(out, size, "%s %02d:%02d%s", word, then.minute / 60,
			 then.minute % 60, days > 0 ? " tomorrow" : "");
	else
		snprintf(out, size, "%s %s %02d:%02d", word,
			 weekdays[then.weekday], then.minute / 60,
			 then.minute % 60);
}

void
window_note(const struct window_state *s, struct zone *z, int64_t now,
	    char *out, size_t size)
{
	if (s->open)
		snprintf(out, size, "%s", "");
	else if (s->next == INT64_MAX)
		snprintf(out, size, "never opens");
	else
		clock_note("opens", s->next, z, now, out, size);
}

void
window_until(const struct window_state *s, struct zone *z, int64_t now,
	     char *out, size_t size)
{
	if (!s->open || s->closes == INT64_MAX)
		snprintf(out, size, "%s", "");
	else
		clock_note("until", s->closes, z, now, out, size);
}
