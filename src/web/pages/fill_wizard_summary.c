/* fill_wizard_summary.c - the card beside every step: what the entries mean. */

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "campaign/estimate.h"
#include "campaign/window_text.h"
#include "contacts/upload.h"
#include "web/pages/fill_wizard.h"
#include "web/pages/viewer.h"
#include "workspace/catalog.h"

#define OPENINGS 3

static void
add_fact(struct view *v, const char *label, const char *value, bool total)
{
	struct view *fact = view_section(v, "FACT");

	view_str(fact, "LABEL", label);
	view_str(fact, "VALUE", value);
	if (total)
		view_show(fact, "TOTAL");
}

static int
minutes_a_day(const struct window *w)
{
	int sum = 0;

	for (size_t i = 0; i <= w->more.count; i++) {
		struct span s = window_hours_at(w, i);

		sum += s.to > s.from ? s.to - s.from
				     : s.to - s.from + MINUTES_PER_DAY;
	}
	return sum;
}

/* The schedule that was entered, and when it ends. */
struct schedule_summary {
	const struct campaign_settings *set;
	struct window w;
	struct zone *z;
	int64_t now, from; /* from: its day is the single day */
	int64_t closing;   /* of the run; INT64_MAX: never */
	struct arena *a;
};

static bool
is_under_way(const struct wizard_page *p)
{
	return p->c && p->c->current_run;
}

static struct schedule_summary
plan_of(const struct wizard_page *p, const struct campaign_settings *set)
{
	struct schedule_summary n = { .set = set,
				      .w = campaign_window(set, p->holidays),
				      .z = zones_get(p->viewer->zones,
						     set->zone),
				      .now = p->viewer->now,
				      .from = p->viewer->now,
				      .a = p->viewer->arena };
	bool single = set->mode == MODE_SINGLE_DAY && !set->always_on;

	/* A run that becomes single-day gets the day of the save. */
	if (is_under_way(p) && p->c->set.mode == MODE_SINGLE_DAY)
		n.from = p->c->day_from;
	n.closing = window_run_end(&n.w, n.z, single ? n.from : 0);
	return n;
}

/* When the run ends, and what happens to contacts not reached by then. */
static const char *
rest_words(const struct schedule_summary *n, bool under_way)
{
	const char *end;

	if (n->set->always_on && n->closing == INT64_MAX)
		return "It runs until it is stopped.";
	if (n->closing == INT64_MAX)
		return "Contacts not reached in time are called when the "
		       "calling hours begin again.";
	if (n->closing <= n->now)
		return under_way ? "With these hours its day is over: when you "
				   "save, the run completes and contacts still "
				   "waiting are not called."
				 : "";
	end = end_words(n->closing, n->z, n->now, n->a);
	return arena_printf(
		n->a, "%s %s. Contacts not reached by then are not called.",
		under_way ? "It ends on" : "If started now, it ends on", end);
}

static void
fill_openings(struct view *v, const struct schedule_summary *n)
{
	struct opening next[OPENINGS];
	size_t count = window_openings(&n->w, n->z, n->now, next, OPENINGS);
	struct view *list = NULL;

	for (size_t i = 0; i < count && next[i].from < n->closing; i++) {
		if (!list)
			list = view_section(v, "OPENINGS");
		view_str(view_section(list, "OPENING"), "TEXT",
			 opening_words(&next[i], n->z, n->a));
	}
}

static void
fill_hours(struct view *v, const struct schedule_summary *n, bool under_way)
{
	struct view *hours = view_section(v, "HOURS");
	int week = minutes_a_day(&n->w) * __builtin_popcount(n->w.days);
	struct window_state s = window_at(&n->w, n->z, n->now);

	if (s.open && s.closes > n->closing)
		s.closes = n->closing;
	view_str(hours, "WINDOW", window_hours(&n->w, n->set->zone, n->a));
	view_str(hours, "STATE", window_now(&s, n->z, n->now, n->a));
	view_str(hours, "REST", rest_words(n, under_way));
	add_fact(v, "Calling hours",
		 week % 60 ? arena_printf(n->a, "%d h %d min a week", week / 60,
					  week % 60)
			   : arena_printf(n->a, "%d a week", week / 60),
		 false);
	fill_openings(v, n);
}

/* The calls per second of all carriers of the chosen numbers. */
static int64_t
rate_of(const struct wizard_page *p)
{
	int64_t sum = 0, *seen = ARENA_ARRAY(p->viewer->arena,
					     p->number_count + 1, int64_t);
	size_t carriers = 0, at;

	for (size_t i = 0; i < p->number_count; i++) {
		const struct number *n = &p->numbers[i];

		if (!n->usable || !wizard_has_number(&p->w->now, n->id))
			continue;
		for (at = 0; at < carriers && seen[at] != n->carrier_id; at++)
			;
		if (at < carriers)
			continue;
		seen[carriers++] = n->carrier_id;
		sum += n->cps;
	}
	return sum;
}

/* A rounded duration: "about 2 h 30 min". */
static const char *
duration_words(int64_t us, struct arena *a)
{
	int64_t minutes = us / US_PER_MINUTE;

	if (minutes < 1)
		return "under a minute";
	if (minutes < 60)
		return arena_printf(a, "about %" PRId64 " min", minutes);
	minutes = (minutes + 5) / 10 * 10;
	return minutes % 60
		       ? arena_printf(a, "about %" PRId64 " h %" PRId64 " min",
				      minutes / 60, minutes % 60)
		       : arena_printf(a, "about %" PRId64 " h", minutes / 60);
}

static const char *
estimate_words(const struct schedule_summary *n, const struct estimate *e)
{
	if (e->once < 100)
		return arena_printf(
			n->a, "longer than its day; about %d %% will be called",
			e->once);
	if (e->end > n->closing)
		return "until it ends, with some retries left out";
	if (e->end == INT64_MAX)
		return "more than a year";
	if (e->days > 1)
		return arena_printf(n->a, "about %" PRId64 " working days",
				    e->days);
	return duration_words(e->called_us, n->a);
}

static void
add_estimate(struct view *v, const struct wizard_page *p,
	     const struct schedule_summary *n)
{
	int64_t cps = rate_of(p), contacts = wizard_page_contacts(p);
	struct estimate_query q;
	struct estimate e;

	if (is_under_way(p))
		contacts -= p->c->fig.processed;
	if (!cps || contacts <= 0 || !n->z || n->closing <= n->now)
		return;
	add_fact(v, "Calls per second",
		 arena_printf(n->a, "%s at most", text_thousands(n->a, cps)),
		 false);
	q = (struct estimate_query){ n->set,	 &n->w, n->z,
				     contacts,	 cps,	n->now,
				     n->closing, ESTIMATE_USUAL };
	e = estimate_run(&q);
	add_fact(v,
		 "Time needed, if half answer and talk for a "
		 "minute",
		 estimate_words(n, &e), true);
}

void
fill_wizard_summary(struct view *v, const void *data)
{
	const struct wizard_page *p = data;
	struct wizard_wrong wrong[WIZARD_WRONG_MOST];
	struct campaign_settings set;
	struct arena *a = p->viewer->arena;
	bool right = !wizard_read(&p->w->now, STEP_DIALLER, &set, wrong, a);
	struct schedule_summary plan;

	if (right) {
		plan = plan_of(p, &set);
		fill_hours(v, &plan, is_under_way(p));
		add_fact(v, "Calls to one contact",
			 arena_printf(a, "%" PRId64 " at most",
				      set.max_attempts),
			 false);
		add_fact(v, "Conversations at once",
			 text_thousands(a, set.concurrency), false);
	} else {
		view_show(v, "NO_HOURS");
	}
	add_fact(v, "Numbers in the pool",
		 text_thousands(a, (int64_t)p->w->now.count), false);
	add_fact(v, "Contacts",
		 p->coming ? "uploading"
		 : upload_is_at_work(p->upload)
			 ? "being read"
			 : text_thousands(a, wizard_page_contacts(p)),
		 false);
	if (right)
		add_estimate(v, p, &plan);
	view_str(v, "NOTE", p->stale ? p->stale : wizard_page_calm(p));
}
