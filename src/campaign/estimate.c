#include "campaign/estimate.h"

#include "base/clock.h"
#include "base/zone.h"
#include "campaign/campaign.h"
#include "campaign/window.h"

#define YEAR_US (366 * US_PER_DAY)
#define OPENINGS_MOST 1500 /* four windows a day for a year */

struct walk {
	const struct window *w;
	struct zone *z;
	int64_t begin, at, called_us, days, day;
};

static int64_t
day_of(struct zone *z, int64_t at)
{
	struct civil c;

	zone_civil(z, at, &c);
	return days_from_civil(c.year, c.month, c.day);
}

/* Counts the days with calls in [from, to), a part of one opening. */
static void
count_days(struct walk *k, int64_t from, int64_t to)
{
	int64_t first = day_of(k->z, from), last = day_of(k->z, to - 1);

	/* The night belongs to the day before. */
	if (last == first + 1 && to - from < US_PER_DAY)
		last = first;
	if (first <= k->day)
		first = k->day + 1;
	if (last < first)
		return;
	k->days += last - first + 1;
	k->day = last;
}

/* Spends so much calling time while the window is open; false: a year is not
 * enough. */
static bool
call_for(struct walk *k, int64_t us)
{
	for (int i = 0; i < OPENINGS_MOST && k->at - k->begin < YEAR_US; i++) {
		struct window_state s = window_at(k->w, k->z, k->at);
		int64_t some = us;

		if (!s.open && s.next == INT64_MAX)
			return false;
		if (!s.open) {
			k->at = s.next;
			continue;
		}
		if (s.closes < INT64_MAX && s.closes - k->at < some)
			some = s.closes - k->at;
		count_days(k, k->at, k->at + some);
		k->at += some;
		k->called_us += some;
		us -= some;
		if (us == 0)
			return true;
	}
	return false;
}

static double
answered_of(const struct estimate_query *q)
{
	return q->rates.answered / 1000.0;
}

/* How long it takes to call so many contacts once. */
static int64_t
pass_us(const struct estimate_query *q, double contacts)
{
	double by_rate = contacts / (double)q->cps * US_PER_S;
	double by_seats = contacts * answered_of(q) * (double)q->rates.talk_us /
			  (double)q->set->concurrency;
	double us = by_rate > by_seats ? by_rate : by_seats;

	return us < 1 ? 1 : us > YEAR_US ? YEAR_US : (int64_t)us;
}

/* The open time between the two. */
static int64_t
open_between(const struct window *w, struct zone *z, int64_t from, int64_t to)
{
	int64_t sum = 0;

	for (int i = 0; i < OPENINGS_MOST && from < to; i++) {
		struct window_state s = window_at(w, z, from);
		int64_t until = s.open ? s.closes : s.next;

		if (until > to)
			until = to;
		sum += s.open ? until - from : 0;
		from = until;
	}
	return sum;
}

struct estimate
estimate_run(const struct estimate_query *q)
{
	const struct campaign_settings *set = q->set;
	int64_t rounds = set->retry_on.bits ? set->max_attempts : 1;
	int64_t first = pass_us(q, (double)q->contacts), open;
	struct walk k = { q->w, q->z, q->now, q->now, 0, 0, INT64_MIN };
	struct estimate e = { .once = 100 };
	double left = (double)q->contacts;
	bool through = true;

	for (int64_t i = 0; i < rounds && through; i++) {
		int64_t began = k.at;

		through = call_for(&k, pass_us(q, left));
		left *= 1 - answered_of(q);
		/* The contact that was called first is due first. */
		if (i + 1 < rounds && left >= 1 &&
		    k.at < began + set->retry_delay * US_PER_MINUTE)
			k.at = began + set->retry_delay * US_PER_MINUTE;
		if (left < 1)
			break;
	}
	e.end = through ? k.at : INT64_MAX;
	e.called_us = k.called_us;
	e.days = k.days;
	if (q->closing < INT64_MAX && q->closing < e.end) {
		open = open_between(q->w, q->z, q->now, q->closing);
		if (open < first)
			e.once = (int)((double)open * 100 / (double)first);
	}
	return e;
}
