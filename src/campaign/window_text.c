#include "campaign/window_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/zone.h"
#include "campaign/window.h"

#define EVERY_DAY 0x7fu

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu",
					"Fri", "Sat", "Sun" };
static const char *const months[] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	"Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
};

static int64_t
day_of(const struct civil *c)
{
	return days_from_civil(c->year, c->month, c->day);
}

void
window_moment(const char *word, int64_t at, struct zone *z, int64_t now,
	      char *out, size_t size)
{
	struct civil today, then;
	int64_t days;
	size_t plain = strlen(word);
	char year[8] = "";

	if (plain > 3 && !strcmp(word + plain - 3, " at"))
		plain -= 3;
	zone_civil(z, now, &today);
	zone_civil(z, at, &then);
	days = day_of(&then) - day_of(&today);
	if (then.year != today.year)
		snprintf(year, sizeof(year), " %04u",
			 (unsigned)then.year % 10000);
	if (days <= 1)
		snprintf(out, size, "%s %02d:%02d%s", word, then.minute / 60,
			 then.minute % 60, days > 0 ? " tomorrow" : "");
	else if (days <= 7)
		snprintf(out, size, "%.*s %s %02d:%02d", (int)plain, word,
			 weekdays[then.weekday], then.minute / 60,
			 then.minute % 60);
	else
		snprintf(out, size, "%s %02d:%02d on %d %s%s", word,
			 then.minute / 60, then.minute % 60, then.day,
			 months[then.month - 1], year);
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
		window_moment("opens", s->next, z, now, out, size);
}

void
window_until(const struct window_state *s, struct zone *z, int64_t now,
	     char *out, size_t size)
{
	if (!s->open || s->closes == INT64_MAX)
		snprintf(out, size, "%s", "");
	else
		window_moment("until", s->closes, z, now, out, size);
}

/* Appends the n-th of 'count' to 'text': "a", "a, b", "a, b and c". */
static const char *
append(const char *text, const char *item, size_t n, size_t count,
       struct arena *a)
{
	return arena_printf(a, "%s%s%s", text,
			    n == 0	     ? ""
			    : n + 1 == count ? " and "
					     : ", ",
			    item);
}

/* The working days in pieces: three or more in a row make one. */
static size_t
day_pieces(uint32_t days, const char *out[static 7], struct arena *a)
{
	size_t n = 0;

	for (int i = 0; i < 7; i++) {
		int last = i;

		if (!(days >> i & 1))
			continue;
		while (last < 6 && days >> (last + 1) & 1)
			last++;
		if (last < i + 2) {
			out[n++] = weekdays[i];
			continue;
		}
		out[n++] =
			arena_printf(a, "%s–%s", weekdays[i], weekdays[last]);
		i = last;
	}
	return n;
}

static const char *
days_words(uint32_t days, struct arena *a)
{
	const char *pieces[7], *text = "";
	size_t n;

	if ((days & EVERY_DAY) == EVERY_DAY)
		return "every day";
	n = day_pieces(days, pieces, a);
	for (size_t i = 0; i < n; i++)
		text = append(text, pieces[i], i, n, a);
	return *text ? text : "no day";
}

static const char *
span_words(int from, int to, struct arena *a)
{
	return arena_printf(a, "%02d:%02d–%02d:%02d", from / 60, from % 60,
			    to / 60, to % 60);
}

const char *
window_hours(const struct window *w, const char *zone_name, struct arena *a)
{
	size_t count = 1 + w->more.count;
	const char *hours = "";

	for (size_t i = 0; i < count; i++) {
		struct span h = window_hours_at(w, i);

		hours = append(hours, span_words(h.from, h.to, a), i, count, a);
	}
	if (w->start == 0 && w->end == MINUTES_PER_DAY) {
		if ((w->days & EVERY_DAY) == EVERY_DAY)
			return arena_printf(a, "all day, every day, %s",
					    zone_name);
		hours = "all day";
	}
	return arena_printf(a, "%s %s, %s", days_words(w->days, a), hours,
			    zone_name);
}

/* "2 h 10 min", "14 h", "1 min" */
static const char *
length_words(int64_t us, struct arena *a)
{
	int64_t minutes = (us + US_PER_MINUTE - 1) / US_PER_MINUTE;
	long long hours = minutes / 60, rest = minutes % 60;

	if (!hours)
		return arena_printf(a, "%lld min", rest);
	return rest ? arena_printf(a, "%lld h %lld min", hours, rest)
		    : arena_printf(a, "%lld h", hours);
}

/* "Mon 30 Nov", and the year when it is not this one. */
static const char *
date_words(const struct civil *c, int this_year, struct arena *a)
{
	const char *text = arena_printf(a, "%s %d %s", weekdays[c->weekday],
					c->day, months[c->month - 1]);

	return c->year == this_year ? text
				    : arena_printf(a, "%s %d", text, c->year);
}

const char *
day_words(int64_t day, struct arena *a)
{
	struct civil c = { .year = 1970, .month = 1, .day = 1 };

	civil_add_days(&c, (int)day);
	return date_words(&c, c.year - 1, a);
}

static const char *
moment(int64_t at, bool ends, struct zone *z, int64_t now, struct arena *a)
{
	struct civil today, then;

	zone_civil(z, now, &today);
	zone_civil(z, at, &then);
	if (ends && then.minute == 0) {
		civil_add_days(&then, -1);
		then.minute = MINUTES_PER_DAY;
	}
	return arena_printf(a, "%s, %02d:%02d",
			    date_words(&then, today.year, a), then.minute / 60,
			    then.minute % 60);
}

const char *
end_words(int64_t at, struct zone *z, int64_t now, struct arena *a)
{
	return moment(at, true, z, now, a);
}

/* "tomorrow", "in 3 days"; "" today. */
static const char *
days_away(int64_t at, struct zone *z, int64_t now, struct arena *a)
{
	struct civil today, then;
	long long days;

	zone_civil(z, now, &today);
	zone_civil(z, at, &then);
	days = day_of(&then) - day_of(&today);
	if (days <= 1)
		return days == 1 ? "tomorrow" : "";
	return arena_printf(a, "in %lld days", days);
}

/* "opens in 2 h 10 min (Mon 30 Nov, 09:00)"; a day or more ahead "opens Mon 30
 * Nov, 09:00, in 3 days". */
static const char *
change_words(const char *word, int64_t at, bool ends, struct zone *z,
	     int64_t now, struct arena *a)
{
	const char *when = moment(at, ends, z, now, a);

	if (at - now < MINUTES_PER_DAY * US_PER_MINUTE)
		return arena_printf(a, "%s in %s (%s)", word,
				    length_words(at - now, a), when);
	return arena_printf(a, "%s %s, %s", word, when,
			    days_away(at - ends, z, now, a));
}

const char *
window_now(const struct window_state *s, struct zone *z, int64_t now,
	   struct arena *a)
{
	if (s->open && s->closes == INT64_MAX)
		return "open now, never closes";
	if (s->open)
		return arena_printf(
			a, "open now, %s",
			change_words("closes", s->closes, true, z, now, a));
	if (s->next == INT64_MAX)
		return "never opens";
	return arena_printf(a, "closed now, %s",
			    change_words("opens", s->next, false, z, now, a));
}

/* How many minutes its clocks are ahead of UTC. */
static int64_t
offset_at(struct zone *z, int64_t at)
{
	struct civil c;

	zone_civil(z, at, &c);
	return day_of(&c) * MINUTES_PER_DAY + c.minute -
	       (at / US_PER_MINUTE - (at % US_PER_MINUTE < 0));
}

/* " (clocks go back 30 minutes)": when they change on the opening's day before
 * it ends, or in the night before. */
static const char *
clocks_words(const struct opening *o, struct zone *z, struct arena *a)
{
	struct civil c;
	int64_t noon, change;

	zone_civil(z, o->from, &c);
	civil_add_days(&c, -1);
	noon = zone_instant(z, c.year, c.month, c.day, MINUTES_PER_DAY / 2);
	change = offset_at(z, o->to) - offset_at(z, noon);
	if (!change)
		return "";
	return arena_printf(
		a, " (clocks go %s %s)", change > 0 ? "forward" : "back",
		llabs(change) == 60
			? "an hour"
			: arena_printf(a, "%lld minutes", llabs(change)));
}

const char *
opening_words(const struct opening *o, struct zone *z, struct arena *a)
{
	struct civil from, to;
	int64_t days;
	const char *hours, *next = "";

	zone_civil(z, o->from, &from);
	zone_civil(z, o->to, &to);
	days = day_of(&to) - day_of(&from);
	if (days == 1 && to.minute == 0)
		to.minute = MINUTES_PER_DAY;
	else if (days)
		next = " next day";
	hours = from.minute == 0 && to.minute == MINUTES_PER_DAY
			? "all day"
			: span_words(from.minute, to.minute, a);
	return arena_printf(a, "%s, %s%s%s", date_words(&from, from.year, a),
			    hours, next, clocks_words(o, z, a));
}
