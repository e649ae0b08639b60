#include "campaign/window.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/words.h"
#include "base/zone.h"

#define EVERY_DAY 0x7fu
/*
 * Openings are searched for from yesterday (its hours may cross midnight) to
 * two weeks ahead.  A week would do, but a spring-forward gap can swallow an
 * opening whole.  A holiday delays the next opening by at most a week.
 */
#define LOOK_BACK 1
#define LOOK_AHEAD 14
#define PER_HOLIDAY 7

struct span
window_hours_at(const struct window *w, size_t i)
{
	size_t first = 0;

	while (first < w->more.count && w->more.at[first].from < w->start)
		first++;
	if (i == first)
		return (struct span){ .from = w->start, .to = w->end };
	return w->more.at[i < first ? i : i - 1];
}

static int
length(struct span h)
{
	return h.to > h.from ? h.to - h.from : h.to - h.from + MINUTES_PER_DAY;
}

/* A single window cannot overlap.  One that crosses midnight is checked against
 * the next day's first, even if that day is not worked. */
static int
check_overlap(const struct window *w, struct fault *f)
{
	size_t n = 1 + w->more.count;

	for (size_t i = 0; n > 1 && i < n; i++) {
		struct span h = window_hours_at(w, i);
		struct span next = window_hours_at(w, (i + 1) % n);
		int begins = next.from + (i + 1 == n ? MINUTES_PER_DAY : 0);

		if (h.from + length(h) > begins)
			return fault_field(
				f, "more_windows",
				"More Time Windows: %02d:%02d-%02d:%02d and "
				"%02d:%02d-%02d:%02d overlap.",
				h.from / 60, h.from % 60, h.to / 60, h.to % 60,
				next.from / 60, next.from % 60, next.to / 60,
				next.to % 60);
	}
	return 0;
}

static int
check_start(const struct window *w, struct fault *f)
{
	if (w->start >= 0 && w->start < MINUTES_PER_DAY)
		return 0;
	return fault_field(f, "window_start",
			   "Time Window start must be from 00:00 to 23:59.");
}

static int
check_end(const struct window *w, struct fault *f)
{
	if (w->end >= 0 && w->end <= MINUTES_PER_DAY)
		return 0;
	return fault_field(f, "window_end",
			   "Time Window end must be from 00:00 to 24:00.");
}

static int
check_length(const struct window *w, struct fault *f)
{
	if (w->start != w->end)
		return 0;
	return fault_field(f, "window_end",
			   "Time Window start and end must differ; 00:00 to "
			   "24:00 is the whole day.");
}

static int
check_more(const struct window *w, struct fault *f)
{
	for (size_t i = 0; i < w->more.count; i++) {
		struct span h = w->more.at[i];

		if (h.from == h.to)
			return fault_field(f, "more_windows",
					   "More Time Windows: "
					   "%02d:%02d-%02d:%02d is empty.",
					   h.from / 60, h.from % 60, h.to / 60,
					   h.to % 60);
	}
	return 0;
}

static int
check_days(const struct window *w, struct fault *f)
{
	if (w->days & EVERY_DAY)
		return 0;
	return fault_field(f, "days",
			   "Working Days must include at least one day.");
}

static int
check_last_day(const struct window *w, struct fault *f)
{
	if (!w->last_day || w->last_day >= w->not_before / MINUTES_PER_DAY)
		return 0;
	return fault_field(f, "last_day",
			   "Last Day must not be before the day of Not "
			   "Before.");
}

/* Each rule, and the settings that it reads. */
static const struct {
	int (*check)(const struct window *w, struct fault *f);
	const char *reads[4];
} rules[] = {
	{ check_start, { "window_start" } },
	{ check_end, { "window_end" } },
	{ check_length, { "window_start", "window_end" } },
	{ check_more, { "more_windows" } },
	{ check_overlap, { "window_start", "window_end", "more_windows" } },
	{ check_days, { "days" } },
	{ check_last_day, { "not_before", "last_day" } },
};

int
window_rule(const struct window *w, size_t n, struct fault *f)
{
	return n < ARRAY_LEN(rules) ? rules[n].check(w, f) : 1;
}

bool
window_rule_reads(size_t n, const char *field)
{
	return word_find(rules[n].reads, field) >= 0;
}

int
window_check(const struct window *w, struct fault *f)
{
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (rules[i].check(w, f))
			return -1;
	}
	return 0;
}

bool
window_is_round_the_clock(const struct window *w)
{
	int minutes = 0;

	for (size_t i = 0; i <= w->more.count; i++)
		minutes += length(window_hours_at(w, i));
	return minutes == MINUTES_PER_DAY && (w->days & EVERY_DAY) == EVERY_DAY;
}

/* The index of the first holiday on or after that day; the count: there is
 * none. */
static size_t
holiday_from(const struct holidays *h, int64_t day)
{
	size_t low = 0, high = h->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (h->days[mid] < day)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* True when hours begin on this day. */
static bool
is_worked(const struct window *w, int64_t day)
{
	/* 1970-01-01 was a Thursday. */
	int weekday = (int)(((day + 3) % 7 + 7) % 7);
	size_t i;

	if (!(w->days >> weekday & 1))
		return false;
	i = holiday_from(&w->holidays, day);
	return i == w->holidays.count || w->holidays.days[i] != day;
}

static int64_t
day_of(struct zone *z, int64_t at)
{
	struct civil c;

	zone_civil(z, at, &c);
	return days_from_civil(c.year, c.month, c.day);
}

static int64_t
instant_of(struct zone *z, int64_t day, int minute)
{
	int year, month, of_month;

	civil_from_days(day, &year, &month, &of_month);
	return zone_instant(z, year, month, of_month, minute);
}

/* The stretches of time in which the clocks show the i-th hours of this day,
 * cut at not_before; returns how many there are. */
static size_t
stretches_of(const struct window *w, struct zone *z, int64_t day, size_t i,
	     struct stretch out[static ZONE_STRETCHES])
{
	struct span h = window_hours_at(w, i);
	int64_t from = day * MINUTES_PER_DAY + h.from, begins = INT64_MIN;
	size_t all = zone_stretches(z, from, from + length(h), out), n = 0;

	if (w->not_before && day <= w->not_before / MINUTES_PER_DAY)
		begins = instant_of(z, w->not_before / MINUTES_PER_DAY,
				    (int)(w->not_before % MINUTES_PER_DAY));
	for (size_t k = 0; k < all; k++) {
		if (out[k].to <= begins)
			continue;
		out[n] = out[k];
		if (out[n].from < begins)
			out[n].from = begins;
		n++;
	}
	return n;
}

/* The first stretch of a day that ends after 'at' and begins before *out. */
static bool
is_earlier(const struct window *w, struct zone *z, int64_t day, int64_t at,
	   struct opening *out)
{
	bool found = false;

	for (size_t i = 0; is_worked(w, day) && i <= w->more.count; i++) {
		struct stretch s[ZONE_STRETCHES];
		size_t n = stretches_of(w, z, day, i, s);

		for (size_t k = 0; k < n; k++) {
			if (s[k].to <= at || s[k].from >= out->from)
				continue;
			*out = (struct opening){ s[k].from, s[k].to };
			found = true;
		}
	}
	return found;
}

/* How many days are searched; if none of them opens, none will. */
static int64_t
reach(const struct window *w)
{
	return LOOK_BACK + LOOK_AHEAD +
	       PER_HOLIDAY * (int64_t)w->holidays.count;
}

/* The days to search for openings that end after 'at': *day up to *end - 1. */
static void
days_from(const struct window *w, struct zone *z, int64_t at, int64_t *day,
	  int64_t *end)
{
	int64_t begins = w->not_before / MINUTES_PER_DAY;

	*day = day_of(z, at);
	*day = (*day < begins ? begins : *day) - LOOK_BACK;
	*end = *day + reach(w);
	if (w->last_day && *end > w->last_day + 1)
		*end = w->last_day + 1;
}

/* The first opening that ends after 'at', and its day.  Where the clocks go
 * back over midnight, an opening of the next day may come first. */
static bool
first_opening(const struct window *w, struct zone *z, int64_t at, int64_t *on,
	      struct opening *out)
{
	int64_t day, end;

	*out = (struct opening){ .from = INT64_MAX };
	if (!z)
		return false;
	days_from(w, z, at, &day, &end);
	for (*on = end; day < end && day - 1 <= *on; day++)
		if (is_earlier(w, z, day, at, out))
			*on = day;
	return out->from < INT64_MAX;
}

/* When the last opening of that day ends; 0: it has none. */
static int64_t
day_ends(const struct window *w, struct zone *z, int64_t day)
{
	struct stretch s[ZONE_STRETCHES];
	int64_t last = 0;

	for (size_t i = 0; is_worked(w, day) && i <= w->more.count; i++) {
		size_t n = stretches_of(w, z, day, i, s);

		if (n && s[n - 1].to > last)
			last = s[n - 1].to;
	}
	return last;
}

/* The end of an opening round the clock: before the next holiday, or with the
 * last day; INT64_MAX: never. */
static int64_t
next_gap(const struct window *w, struct zone *z, int64_t day)
{
	size_t i = holiday_from(&w->holidays, day + 1);
	int64_t last = w->last_day;

	if (i < w->holidays.count && (!last || w->holidays.days[i] <= last))
		last = w->holidays.days[i] - 1;
	return last ? day_ends(w, z, last) : INT64_MAX;
}

struct window
window_of_place(const struct window *w)
{
	struct window theirs = *w;

	theirs.not_before = theirs.last_day = 0;
	return theirs;
}

struct window_state
window_at(const struct window *w, struct zone *z, int64_t now)
{
	struct window_state s = { .next = INT64_MAX };
	struct opening o, after;
	int64_t day, other;

	if (!first_opening(w, z, now, &day, &o))
		return s;
	if (now < o.from) {
		s.next = o.from;
		return s;
	}
	s.open = true;
	s.opened = o.from;
	s.closes = o.to;
	s.next = 0;
	if (window_is_round_the_clock(w)) {
		s.closes = next_gap(w, z, day);
		return s;
	}
	/* A day that is not worked ends it, or a daily gap in the hours. */
	while (first_opening(w, z, s.closes, &other, &after) &&
	       after.from <= s.closes)
		s.closes = after.to;
	return s;
}

int64_t
window_on_or_after(const struct window *w, struct zone *z, int64_t at)
{
	struct opening o;
	int64_t day;

	if (!first_opening(w, z, at, &day, &o))
		return INT64_MAX;
	return at < o.from ? o.from : at;
}

int64_t
window_single_day_end(const struct window *w, struct zone *z, int64_t started)
{
	struct opening o;
	int64_t day;

	return first_opening(w, z, started, &day, &o) ? day_ends(w, z, day)
						      : INT64_MAX;
}

int64_t
window_over(const struct window *w, struct zone *z)
{
	int64_t day = w->last_day, end;

	if (!day || !z)
		return INT64_MAX;
	for (int64_t i = reach(w); i > 0; i--) {
		end = day_ends(w, z, day--);
		if (end)
			return end;
	}
	return 0;
}

size_t
window_openings(const struct window *w, struct zone *z, int64_t now,
		struct opening *out, size_t most)
{
	int64_t day, end, last = w->last_day ? w->last_day : INT64_MAX;
	size_t n = 0;

	if (!z)
		return 0;
	days_from(w, z, now, &day, &end);
	for (; day < end && day <= last; day++) {
		for (size_t i = 0; is_worked(w, day) && i <= w->more.count;
		     i++) {
			struct stretch s[ZONE_STRETCHES];
			size_t k = stretches_of(w, z, day, i, s);

			if (n == most)
				return n;
			if (!k || s[k - 1].to <= now)
				continue;
			out[n++] = (struct opening){ s[0].from, s[k - 1].to };
			end = day + reach(w);
		}
	}
	return n;
}

int64_t
window_run_end(const struct window *w, struct zone *z, int64_t day_from)
{
	int64_t over = window_over(w, z), day;

	if (!day_from)
		return over;
	day = window_single_day_end(w, z, day_from);
	return day < over ? day : over;
}
