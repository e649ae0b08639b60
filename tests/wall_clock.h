/*
 * wall_clock.h - whether a window is open by what a clock on the wall shows,
 * minute by minute: slow, and without the code that it judges.
 */
#ifndef TESTS_WALL_CLOCK_H
#define TESTS_WALL_CLOCK_H

#include "base/zone.h"
#include "campaign/window.h"

static inline bool
wall_is_worked(const struct window *w, int64_t day)
{
	if (!(w->days >> ((day + 3) % 7) & 1) ||
	    (w->last_day && day > w->last_day))
		return false;
	for (size_t i = 0; i < w->holidays.count; i++)
		if (w->holidays.days[i] == day)
			return false;
	return true;
}

static inline bool
wall_is_in(struct span h, int minute, bool yesterday)
{
	if (h.to > h.from)
		return !yesterday && minute >= h.from && minute < h.to;
	return yesterday ? minute < h.to : minute >= h.from;
}

/* The day, since 1970, whose hours it is in; 0: closed. */
static inline int64_t
wall_day(const struct window *w, const struct zone *z, int64_t at)
{
	struct civil local;
	int64_t day;

	zone_civil(z, at, &local);
	day = days_from_civil(local.year, local.month, local.day);
	if (day * 1440 + local.minute < w->not_before)
		return 0;
	for (int yesterday = 0; yesterday < 2; yesterday++) {
		struct span first = { w->start, w->end };
		bool in = wall_is_in(first, local.minute, yesterday);

		for (size_t i = 0; i < w->more.count; i++)
			in |= wall_is_in(w->more.at[i], local.minute,
					 yesterday);
		if (in && wall_is_worked(w, day - yesterday))
			return day - yesterday;
	}
	return 0;
}

#endif
