#include "web/pages/fill_pacing.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "campaign/caution.h"
#include "web/pages/viewer.h"

/* The minutes of the chart, which are those of the hour. */
static struct caution_query
query_of(const struct campaign_detail *d)
{
	int64_t minute = d->viewer->now / US_PER_MINUTE;
	bool over = caution_is_over(d->abandoned.picked_up,
				    d->abandoned.abandoned);
	struct caution_query q = {
		.limit = over ? 0 : ABANDONED_MOST,
		.age_s = (d->viewer->now - d->c->started_at) / US_PER_S,
	};

	for (size_t i = 0; i < d->minutes.count; i++) {
		const struct run_minute *m = &d->minutes.list[i];
		int64_t ago = minute - m->minute;

		if (ago < CAUTION_HANDLED_MIN)
			q.handled += m->handled;
		if (ago < CAUTION_AHEAD_MIN)
			q.answered_10 += m->answered;
		if (ago >= CAUTION_PAST_MIN)
			continue;
		q.answered += m->answered;
		q.abandoned += m->answered - m->handled;
	}
	return q;
}

int
abandoned_of_hour(const struct campaign_detail *d)
{
	int64_t answered = 0, abandoned = 0;

	for (size_t i = 0; i < d->minutes.count; i++) {
		answered += d->minutes.list[i].answered;
		abandoned += d->minutes.list[i].answered -
			     d->minutes.list[i].handled;
	}
	return answered > 0 ? (int)(abandoned * 1000 / answered) : -1;
}

static const char *
learning_words(const struct caution_query *q, struct arena *a)
{
	if (q->handled >= CAUTION_HANDLED)
		return "One call for each seat in the first minute.";
	return arena_printf(a,
			    "One call for each seat: %" PRId64 " of %d calls "
			    "handled in 30 minutes.",
			    q->handled, CAUTION_HANDLED);
}

static const char *
share_words(const struct campaign_detail *d, const char *more)
{
	int tenths = abandoned_of_hour(d);

	return arena_printf(d->viewer->arena,
			    "%d.%d%% of this hour abandoned%s.",
			    tenths > 0 ? tenths / 10 : 0,
			    tenths > 0 ? tenths % 10 : 0, more);
}

const char *
pacing_words(const struct campaign_detail *d)
{
	struct caution_query q = query_of(d);

	if (d->c->set.pacing == PACING_RESERVE)
		return "Reserve: a call is placed only for a free seat.";
	switch (caution_of(&q).reason) {
	case CAUTION_RESERVE:
		return "Reserve: more than 3% of the calls of 30 days were "
		       "abandoned, so a call is placed only for a free seat.";
	case CAUTION_LEARNING:
		return learning_words(&q, d->viewer->arena);
	case CAUTION_SPENT:
		return share_words(d,
				   ": one call for each seat, as one more "
				   "could exceed 3%");
	case CAUTION_CAREFUL:
		return share_words(d, ": careful");
	default:
		return share_words(d, "");
	}
}
