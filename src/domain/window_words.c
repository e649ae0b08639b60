#include "domain/window_words.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/zone.h"
#include "domain/window.h"

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

/* "09:00", "09:00 tomorrow", "Mon 09:00", "10:00 on 1 Dec" after a word. */
static void
clock_note(const char *word, int64_t at, struct zone *z, int64_t now, char *out,
	   size_t size)
{
	struct civil today, then;
	int64_t days;
	char year[8] = "";

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
		snprintf(out, size, "%s %s %02d:%02d", word,
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
