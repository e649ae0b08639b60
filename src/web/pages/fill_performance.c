/* fill_performance.c - when people answer, and how numbers, carriers and nodes
 * fare. */

#include "web/pages/fill_performance.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_figures.h"
#include "web/pages/viewer.h"

#define ROWS_MOST 50 /* numbers that are listed */
#define POINTS 48    /* of the line, at most */
#define HEAT_STEPS 5 /* colours of the table of hours */

/* Some of the calls. */
struct share {
	int64_t ended, answered;
};

/* A report that comes late may take an answer from another quarter than the one
 * that has it. */
static int64_t
answered_of(const struct share *s)
{
	if (s->answered < 0)
		return 0;
	return s->answered > s->ended ? s->ended : s->answered;
}

static int
tenths_of(const struct share *s)
{
	return s->ended > 0 ? (int)(answered_of(s) * 1000 / s->ended) : -1;
}

static void
fill_rate(struct view *v, const char *marker, const struct share *s)
{
	if (s->ended > 0)
		view_tenths(v, marker, tenths_of(s));
	else
		view_str(v, marker, "—");
}

static void
add(struct share *s, const struct campaign_period *q)
{
	s->ended += q->ended;
	s->answered += q->answered;
}

/* --- the answer rate of this run, from its start on ---------------------- */

struct line {
	int64_t first, minutes; /* of a point, in minutes since 1970 */
	size_t count;
	struct share points[POINTS];
};

static struct line
line_of(const struct performance_page *p)
{
	const struct campaign *c = p->c;
	int64_t end = c->completed_at ? c->completed_at : p->viewer->now;
	int64_t oldest = p->viewer->now - PERFORMANCE_DAYS * US_PER_DAY;
	int64_t from = c->started_at > oldest ? c->started_at : oldest;
	int64_t first = from / US_PER_MINUTE / QUARTER_MIN * QUARTER_MIN;
	int64_t span = end / US_PER_MINUTE - first + 1;
	struct line l = { .first = first };

	l.minutes = (span + POINTS * QUARTER_MIN - 1) / (POINTS * QUARTER_MIN) *
		    QUARTER_MIN;
	l.count = (size_t)((span + l.minutes - 1) / l.minutes);
	for (size_t i = 0; i < p->quarter_count; i++) {
		int64_t at = p->quarters[i].at - first;

		if (at >= 0 && at / l.minutes < (int64_t)l.count)
			add(&l.points[at / l.minutes], &p->quarters[i]);
	}
	return l;
}

static void
fill_moment(struct view *v, const char *marker, int64_t minute,
	    const struct viewer *r)
{
	view_time(v, marker, minute * US_PER_MINUTE, VIEW_MOMENT, &r->zone);
}

/* A piece of the line from 'from' on without a gap; returns its end. */
static size_t
fill_piece(struct view *v, const struct line *l, size_t from, struct arena *a)
{
	const char *points = "";
	struct view *piece = view_section(v, "PIECE");
	size_t i = from;

	for (; i < l->count && l->points[i].ended > 0; i++) {
		int64_t x = ((int64_t)i * 2 + 1) * 500 / (int64_t)l->count;
		int y = 1000 - tenths_of(&l->points[i]);

		points = arena_printf(a, "%s%s%" PRId64 ".%" PRId64 ",%d.%d",
				      points, i > from ? " " : "", x / 10,
				      x % 10, y / 10, y % 10);
	}
	/* one point alone is a dash */
	if (i == from + 1)
		points = arena_printf(a, "%s %s", points, points);
	view_str(piece, "POINTS", points);
	return i;
}

static void
fill_line(struct view *v, const struct performance_page *p)
{
	const struct viewer *r = p->viewer;
	struct line l;
	struct share all = { 0, 0 };

	if (!p->c->current_run ||
	    (p->c->completed_at &&
	     p->c->completed_at <= r->now - PERFORMANCE_DAYS * US_PER_DAY))
		return;
	l = line_of(p);
	for (size_t i = 0; i < l.count; i++) {
		all.ended += l.points[i].ended;
		all.answered += l.points[i].answered;
	}
	if (!all.ended)
		return;
	v = view_section(v, "LINE");
	fill_rate(v, "RATE", &all);
	fill_moment(v, "FROM", l.first, r);
	fill_moment(v, "TO", l.first + (int64_t)l.count * l.minutes, r);
	for (size_t i = 0; i < l.count;) {
		if (l.points[i].ended > 0)
			i = fill_piece(v, &l, i, r->arena);
		else
			i++;
	}
	for (size_t i = 0; i < l.count; i++) {
		struct view *row;

		if (!l.points[i].ended)
			continue;
		row = view_section(v, "POINT");
		fill_moment(row, "AT", l.first + (int64_t)i * l.minutes, r);
		view_count(row, "ENDED", l.points[i].ended);
		view_count(row, "ANSWERED", answered_of(&l.points[i]));
		fill_rate(row, "RATE", &l.points[i]);
	}
}

/* --- the answer rate by weekday and hour --------------------------------- */

static const char *const weekdays[] = { "Mon", "Tue", "Wed", "Thu",
					"Fri", "Sat", "Sun" };
typedef struct share heat_table[7][24];

static void
sum_hours(const struct performance_page *p, struct zone *z, heat_table heat)
{
	for (size_t i = 0; i < p->quarter_count; i++) {
		struct civil c;

		zone_civil(z, p->quarters[i].at * US_PER_MINUTE, &c);
		add(&heat[c.weekday][c.minute / 60], &p->quarters[i]);
	}
}

/* The hours with calls, and between which rates they lie. */
struct heat_range {
	int first, last;     /* hours; last < first: there are none */
	int lowest, highest; /* tenths of a percent */
};

static struct heat_range
range_of(heat_table heat)
{
	struct heat_range r = { 24, -1, 1000, 0 };

	for (int day = 0; day < 7; day++)
		for (int hour = 0; hour < 24; hour++) {
			int tenths = tenths_of(&heat[day][hour]);

			if (tenths < 0)
				continue;
			r.first = hour < r.first ? hour : r.first;
			r.last = hour > r.last ? hour : r.last;
			r.lowest = tenths < r.lowest ? tenths : r.lowest;
			r.highest = tenths > r.highest ? tenths : r.highest;
		}
	return r;
}

static void
fill_cell(struct view *v, const struct share *s, const struct heat_range *r)
{
	struct view *cell = view_section(v, "CELL");
	int tenths = tenths_of(s);

	if (tenths < 0) {
		view_show(cell, "NO_CALLS");
		return;
	}
	cell = view_section(cell, "HAD_CALLS");
	view_int(cell, "STEP",
		 1 + (tenths - r->lowest) * HEAT_STEPS /
				 (r->highest - r->lowest + 1));
	view_int(cell, "PERCENT", (tenths + 5) / 10);
	view_count(cell, "ENDED", s->ended);
	view_str(cell, "CALLS", s->ended == 1 ? "call" : "calls");
}

static void
fill_heat(struct view *v, const struct performance_page *p)
{
	struct zone *z = zones_get(p->viewer->zones, p->c->set.zone);
	const char *name = z ? p->c->set.zone : p->viewer->zone.name;
	heat_table heat = { { { 0, 0 } } };
	struct heat_range range;

	sum_hours(p, z ? z : p->viewer->zone.zone, heat);
	range = range_of(heat);
	if (range.last < range.first)
		return;
	v = view_section(v, "HEAT");
	view_str(v, "ZONE", name);
	for (int hour = range.first; hour <= range.last; hour++)
		view_printf(view_section(v, "HOUR"), "NO", "%02d", hour);
	for (int day = 0; day < 7; day++) {
		struct view *row = view_section(v, "DAY");

		view_str(row, "LABEL", weekdays[day]);
		for (int hour = range.first; hour <= range.last; hour++)
			fill_cell(row, &heat[day][hour], &range);
	}
}

/* --- numbers, carriers, nodes --------------------------------------------- */

/* clang-format off */
static const struct {
	const char *id, *title, *head, *gone; /* gone: the name of one that is */
	bool phone;
} parts[BREAKDOWN_MAX] = {
	[BY_NUMBER] = { "numbers", "Numbers", "Number", "Number", true },
	[BY_CARRIER] = { "carriers", "Carriers", "Carrier", "Carrier", false },
	[BY_NODE] = { "nodes", "Nodes", "Node", "Node", false },
};
/* clang-format on */

static int
by_calls(const void *x, const void *y)
{
	const struct breakdown_row *a = x, *b = y;

	if (a->ended != b->ended)
		return a->ended < b->ended ? 1 : -1;
	return a->key > b->key ? 1 : -1;
}

static void
fill_part_row(struct view *v, enum breakdown_by by,
	      const struct breakdown_row *b)
{
	struct share picked_up = { b->ended, b->answered };
	struct share brief = { b->connected, b->brief };

	v = view_section(v, "ROW");
	/* a node's place goes on to the next one */
	if (by == BY_NODE && b->label && *b->label)
		view_printf(v, "LABEL", "Node %" PRId64 ", now %s", b->key,
			    b->label);
	else if (b->label && *b->label)
		view_printf(v, "LABEL", "%s%s", parts[by].phone ? "+" : "",
			    b->label);
	else
		view_printf(v, "LABEL", "%s %" PRId64, parts[by].gone, b->key);
	view_count(v, "ENDED", b->ended);
	view_count(v, "PICKED_UP", b->answered);
	fill_rate(v, "RATE", &picked_up);
	view_count(v, "CONNECTED", b->connected);
	view_count(v, "BRIEF", b->brief);
	fill_rate(v, "BRIEF_RATE", &brief);
	view_count(v, "BLOCKED", b->blocked);
	view_count(v, "CONGESTED", b->congested);
}

static void
fill_part(struct view *v, const struct performance_page *p,
	  enum breakdown_by by)
{
	size_t count = p->counts[by];
	int64_t more = (int64_t)count - ROWS_MOST;

	if (!count)
		return;
	qsort(p->rows[by], count, sizeof(*p->rows[by]), by_calls);
	v = view_section(v, "PART");
	view_str(v, "ID", parts[by].id);
	view_str(v, "TITLE", parts[by].title);
	view_str(v, "HEAD", parts[by].head);
	for (size_t i = 0; i < count && i < ROWS_MOST; i++)
		fill_part_row(v, by, &p->rows[by][i]);
	if (more > 0)
		view_count(view_section(v, "MORE"), "COUNT", more);
}

void
fill_performance(struct view *v, const void *data)
{
	const struct performance_page *p = data;

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_PERFORMANCE);
	fill_line(v, p);
	fill_heat(v, p);
	for (int by = BY_NUMBER; by < BREAKDOWN_MAX; by++)
		fill_part(v, p, (enum breakdown_by)by);
	if (p->quarter_count || p->counts[BY_NODE])
		fill_figure_words(view_section(v, "SOME"), FIGURES_PERFORMANCE);
	else
		view_show(v, "NONE");
}
