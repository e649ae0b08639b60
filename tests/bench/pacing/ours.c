#include "tests/bench/pacing/ours.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/pacing.h"
#include "ledger/pacing_memory.h"
#include "tests/bench/pacing/sim.h"

/* As the planner does: not more often than that. */
#define READ_S 0.05

struct ours {
	struct pacing_memory memory;
	struct pacing p;
	double read_at, counted_at;
	bool predicts;
	int64_t target, room; /* for calls, by the last reading */
};

static struct ours *
ours_of(struct sim *s)
{
	struct ours *o = s->memory;

	if (o)
		return o;
	o = calloc(1, sizeof(*o));
	if (!o)
		err(1, "memory");
	s->memory = o;
	o->read_at = o->counted_at = -60;
	return o;
}

static void
read_calls(struct sim *s, struct ours *o)
{
	static const int64_t epoch_s = 1000000; /* the clock is not at 0 */
	struct pacing_reading r = {
		.now_s = epoch_s + (int64_t)s->now,
		.sent = s->sent,
		.answered = s->answered,
		.waiting = s->waits,
		.connected = s->talks.count,
		.talked_ms = (int64_t)(1000 * (s->now * s->talks.count -
					       s->began)),
	};

	for (int a = 0; a < PACING_RING_S && a <= (int64_t)s->now; a++) {
		int64_t second = ((int64_t)s->now - a) % 256;

		r.ring[a] = s->rung_by_second[second];
		r.ring_held[a] = s->held_by_second[second];
	}
	memcpy(r.delays, s->delays, sizeof(r.delays));
	memset(s->delays, 0, sizeof(s->delays));
	pacing_learn(&o->memory, &r);
	pacing_recall(&o->memory, &o->p);
	o->read_at = s->now;
}

/* What run_minute has, once a second. */
static void
count_minutes(const struct sim *s, struct ours *o)
{
	struct sim_minute m = sim_last(s, CAUTION_HANDLED_MIN);

	o->p.hour.handled = m.talked;
	o->p.talk_ms = (int64_t)(m.talk * 1000);
	m = sim_last(s, 50);
	o->p.hour.answered = m.talked + m.abandoned;
	o->p.hour.abandoned = m.abandoned;
	m = sim_last(s, 10);
	o->p.hour.answered_10 = m.talked + m.abandoned;
	o->counted_at = s->now;
}

/* As dialler/plan_pace.c: calls that have ended since the last reading make no
 * room, but for seats that are free. */
static void
place(struct sim *s, double limit, double z)
{
	struct ours *o = ours_of(s);
	int64_t live = sim_live(s);
	bool known;

	o->p.seats = s->seats;
	o->p.hour.limit = limit;
	if (s->now - o->counted_at >= 1)
		count_minutes(s, o);
	if (s->now - o->read_at >= READ_S) {
		read_calls(s, o);
		known = caution_of(&o->p.hour).reason != CAUTION_LEARNING;
		o->target = isnan(z) || !known ? pacing_target(&o->p)
					       : pacing_calls(&o->p, z);
		o->room = o->target - live;
		o->predicts = isnan(z) ? pacing_predicts(&o->p) : known;
	}
	if (!o->predicts) {
		sim_place_seated(s, s->seats - live);
		return;
	}
	if (o->room < s->seats - live)
		o->room = s->seats - live;
	sim_place(s, o->room);
	o->room = o->room > 0 ? 0 : o->room;
}

static void
decide(struct sim *s)
{
	place(s, ABANDONED_MOST, NAN);
}

static void
decide_limit(struct sim *s)
{
	place(s, s->rule->arg[0], NAN);
}

static void
decide_caution(struct sim *s)
{
	place(s, ABANDONED_MOST, s->rule->arg[0]);
}

const struct rule rule_outdial = { "Outdial", true, 1, decide, NULL, { 0 } };
const struct rule rule_outdial_limit = { "Outdial, limit", true, 1,
					 decide_limit,	   NULL, { 0 } };
const struct rule rule_outdial_caution = { "Outdial, caution", true, 1,
					   decide_caution,     NULL, { 0 } };
