/* How many calls a run may have, by what this planner has learnt of it. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/numeric.h"
#include "campaign/campaign_period.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "ledger/pacing_memory.h"
#include "ledger/pacing_read.h"

/* How often what is known is read again: the last minutes; the last 30 days;
 * the calls, where there are few, and where reading them takes longer. */
#define HOUR_US US_PER_S
#define MONTH_US US_PER_MINUTE
#define CALLS_US (50 * US_PER_MS)
#define CALLS_SLOW_US US_PER_S
#define MANY_CALLS 2000

struct plan_memory {
	struct pacing_memory learnt;
	struct pacing pacing;
	int64_t since; /* of the last reading, in the database's time */
	int64_t hour_us, month_us, calls_us; /* CLOCK_BOOTTIME; 0: read it */
	bool predicts;
	int64_t target;
	int64_t room; /* for more calls, by the last reading */
};

static bool
is_old(int64_t read_us, int64_t now, int64_t us)
{
	return !read_us || now - read_us >= us;
}

static void
read_month(struct planner *p, struct plan_memory *m, const struct run_look *l,
	   int64_t now)
{
	struct abandoned n;
	struct fault f;

	if (campaign_abandoned(p->db, l->workspace_id, l->campaign_id, l->now,
			       &n, &f))
		return;
	m->month_us = now;
	m->pacing.hour.limit =
		caution_is_over(n.picked_up, n.abandoned) ? 0 : ABANDONED_MOST;
}

/* Counts the room from the calls of one reading: those that have ended since
 * were expected to, and make no room. */
static void
read_calls(struct planner *p, struct plan_memory *m, const struct run_look *l,
	   int64_t now)
{
	struct pacing_reading r;
	struct fault f;
	int64_t live;

	if (ledger_pacing_calls(p->db, l->run_id, &m->since, &r, &f))
		return;
	m->calls_us = now;
	pacing_learn(&m->learnt, &r);
	pacing_recall(&m->learnt, &m->pacing);
	m->predicts = pacing_predicts(&m->pacing);
	m->target = pacing_target(&m->pacing);
	live = r.queued + r.waiting + r.connected;
	for (int a = 0; a < PACING_RING_S; a++)
		live += r.ring[a];
	m->room = m->target - live;
}

/* What is too old is read again; returns how old the calls may be. */
static int64_t
read_again(struct planner *p, struct plan_memory *m, const struct run_look *l,
	   int64_t now)
{
	bool few = m->predicts && l->active <= MANY_CALLS;
	int64_t every = few ? CALLS_US : CALLS_SLOW_US;
	struct fault f;

	m->pacing.seats = l->seats;
	if (is_old(m->calls_us, now, every))
		read_calls(p, m, l, now);
	/* before that nothing else counts */
	if (m->pacing.hour.age_s < CAUTION_AGE_S)
		return every;
	if (is_old(m->month_us, now, MONTH_US))
		read_month(p, m, l, now);
	if (is_old(m->hour_us, now, HOUR_US) &&
	    ledger_pacing_hour(p->db, l->run_id, l->now, &m->pacing, &f) == 0)
		m->hour_us = now;
	return every;
}

struct plan_pace
plan_pace(struct planner *p, struct plan_run *r, const struct run_look *l,
	  int64_t now)
{
	struct plan_pace pace = { .target = l->seats, .seated = true };
	struct plan_memory *m = r->memory;
	int64_t every, age;

	if (l->pacing == PACING_RESERVE)
		return pace;
	if (!m || l->active)
		pace.again_us = CALLS_SLOW_US;
	/* the first calls of a run do not wait for what there is to learn */
	if (!m && !l->active)
		return pace;
	if (!m)
		m = r->memory = xcalloc(1, sizeof(*m));
	every = read_again(p, m, l, now);
	/* a reading that is too old now, or the passing of time */
	age = now - m->calls_us;
	if (l->active && age && age < every)
		pace.again_us = every - age;
	if (!m->predicts)
		return pace;
	/* seats that are free are taken at once */
	pace.target = int64_max(l->seats, l->active + m->room);
	pace.most = int64_max(1, pace.target - l->active);
	pace.seated = false;
	return pace;
}

void
plan_paced(struct plan_run *r, size_t calls)
{
	if (r->memory)
		r->memory->room -= (int64_t)calls;
}
