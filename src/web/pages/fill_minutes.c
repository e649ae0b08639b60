/* fill_minutes.c - the calls of a run, minute by minute: bars in percent of the
 * plot, so that nothing is distorted at any width. */

#include "web/pages/fill_minutes.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/zone.h"
#include "web/pages/viewer.h"

#define GAP_TENTHS 3 /* between two bars, in tenths of a percent */

/* The next of 5, 10, 20, 50, 100, … that is no less. */
static int64_t
round_up(int64_t n)
{
	static const int64_t steps[] = { 5, 10, 20 };

	for (int64_t unit = 1;; unit *= 10)
		for (size_t i = 0; i < ARRAY_LEN(steps); i++)
			if (steps[i] * unit >= n)
				return steps[i] * unit;
}

static int64_t
most_of(const struct minutes_chart *c)
{
	int64_t most = 1;

	for (size_t i = 0; i < c->count; i++)
		most = c->list[i].ended > most ? c->list[i].ended : most;
	return round_up(most);
}

static void
fill_tenths(struct view *v, const char *marker, int64_t tenths)
{
	view_printf(v, marker, "%" PRId64 ".%" PRId64, tenths / 10,
		    tenths % 10);
}

static const char *
clock_text(int64_t minute, const struct viewer *r)
{
	struct civil c;

	zone_civil(r->zone.zone, minute * US_PER_MINUTE, &c);
	return arena_printf(r->arena, "%02d:%02d", c.minute / 60,
			    c.minute % 60);
}

static void
fill_bar(struct view *v, const struct minutes_chart *c,
	 const struct run_minute *m, int64_t top)
{
	int64_t place = MINUTES_SHOWN - 1 - (c->last - m->minute);
	int64_t all = m->ended * 1000 / top;
	int64_t answered =
		(m->answered < m->ended ? m->answered : m->ended) * 1000 / top;
	struct view *bar = view_section(v, "BAR");

	fill_tenths(bar, "X", place * 1000 / MINUTES_SHOWN);
	fill_tenths(bar, "WIDTH", 1000 / MINUTES_SHOWN - GAP_TENTHS);
	fill_tenths(bar, "TOP", 1000 - all);
	fill_tenths(bar, "HEIGHT", all);
	fill_tenths(bar, "ANSWERED_TOP", 1000 - answered);
	fill_tenths(bar, "ANSWERED_HEIGHT", answered);
}

static void
fill_row(struct view *v, const struct run_minute *m, const struct viewer *r)
{
	struct view *row = view_section(v, "MINUTE");

	view_str(row, "TIME", clock_text(m->minute, r));
	view_count(row, "ENDED", m->ended);
	view_count(row, "ANSWERED", m->answered);
}

/* "14 s" */
static void
fill_average(struct view *v, const char *marker, int64_t ms, int64_t n)
{
	if (n > 0)
		view_printf(v, marker, "%" PRId64 " s", ms / n / 1000);
	else
		view_str(v, marker, "—");
}

void
fill_minutes(struct view *v, const struct minutes_chart *c,
	     const struct viewer *r)
{
	struct run_minute sum = { .minute = 0 };
	int64_t top = most_of(c), most = 0;

	v = view_include(v, "MINUTES", "part_minutes.tpl");
	for (size_t i = 0; i < c->count; i++) {
		const struct run_minute *m = &c->list[i];

		fill_bar(v, c, m, top);
		fill_row(v, m, r);
		sum.ended += m->ended;
		sum.answered += m->answered;
		sum.handled += m->handled;
		sum.ring_ms += m->ring_ms;
		sum.talk_ms += m->talk_ms;
		most = m->ended > most ? m->ended : most;
	}
	view_count(v, "SCALE", top);
	view_str(v, "FROM", clock_text(c->last - MINUTES_SHOWN + 1, r));
	view_str(v, "TO", clock_text(c->last, r));
	view_count(v, "CALLS", sum.ended);
	view_count(v, "PICKED_UP", sum.answered);
	view_count(v, "MOST", most);
	fill_average(v, "RING", sum.ring_ms, sum.ended);
	fill_average(v, "TALK", sum.talk_ms, sum.handled);
}
