#include "ledger/pacing_memory.h"

#include <string.h>

#include "base/numeric.h"

/* Old delays count half whenever so many answers are known. */
#define FADE_ANSWERS 2000
/* Readings that are further apart do not tell when calls failed. */
#define APART_S 5

static int64_t
rung(const struct pacing_reading *r)
{
	int64_t n = 0;

	for (int a = 0; a < PACING_RING_S; a++)
		n += r->ring[a];
	return n;
}

static int
age_at_most(int64_t age)
{
	return (int)int64_min(age, PACING_RING_S - 1);
}

/* Moves what is known of seconds on by as many as have passed, over which n is
 * spread; *now is what the unfinished second had. */
static void
shift(float *by_second, float *now, int64_t passed, int64_t n)
{
	float each = (float)int64_max(0, n) / (float)int64_max(1, passed);
	int64_t kept = int64_max(0, PACING_PAST_S - passed);

	if (passed <= 0) {
		*now += each;
		return;
	}
	memmove(by_second + (PACING_PAST_S - kept), by_second,
		(size_t)kept * sizeof(*by_second));
	for (int64_t i = 0; i < PACING_PAST_S - kept; i++)
		by_second[i] = i == passed - 1 ? *now : each;
	*now = each;
}

/* Calls that no longer ring, by their age between the two readings. */
static void
learn_gone(struct pacing_memory *m, const struct pacing_reading *r)
{
	int64_t passed = r->now_s - m->last.now_s, seen = 0, all;
	int64_t was[PACING_RING_S] = { 0 };

	for (int a = 0; a < PACING_RING_S; a++)
		was[age_at_most(a + passed)] += m->last.ring[a];
	for (int a = 0; a < PACING_RING_S; a++) {
		int64_t n = int64_max(0, was[a] - r->ring[a]);

		m->gone_at[a - int64_min(passed / 2, a)] += (double)n;
		seen += n;
	}
	/* the others were not there at either reading */
	all = r->sent - m->last.sent - (rung(r) - rung(&m->last));
	m->gone_at[age_at_most(passed / 2)] += (double)int64_max(0, all - seen);
}

static void
fade(struct pacing_memory *m)
{
	if (m->gone_answered < FADE_ANSWERS)
		return;
	m->gone_answered /= 2;
	for (int a = 0; a < PACING_RING_S; a++) {
		m->past.ans_at[a] /= 2;
		m->gone_at[a] /= 2;
	}
}

/* Those gone, without those answered, of which ans_at[] is a sample. */
static void
learn_failures(struct pacing_memory *m)
{
	double known = 0, gone = 0, answered = 0, failed = 0, scale;

	for (int a = 0; a < PACING_RING_S; a++)
		known += m->past.ans_at[a];
	scale = known > 0 ? m->gone_answered / known : 0;
	/* by sums, so that a call that is off by a second does no harm */
	for (int a = 0; a < PACING_RING_S; a++) {
		double more;

		gone += m->gone_at[a];
		answered += m->past.ans_at[a] * scale;
		more = gone - answered - failed;
		m->past.fail_at[a] = more > 0 ? more : 0;
		failed += m->past.fail_at[a];
	}
}

/* What rings when a planner takes a run over has been sent. */
static void
begin(struct pacing_memory *m, const struct pacing_reading *r)
{
	m->first_s = r->now_s;
	for (int a = 1; a < PACING_RING_S; a++)
		m->past.sent[a - 1] = (float)r->ring[a];
	m->sent = (float)r->ring[0];
}

void
pacing_learn(struct pacing_memory *m, const struct pacing_reading *r)
{
	int64_t passed = r->now_s - m->last.now_s;
	int64_t answered = int64_max(0, r->answered - m->last.answered);

	for (int a = 0; a < PACING_RING_S; a++)
		m->past.ans_at[a] += (double)r->delays[a];
	if (m->first_s) {
		shift(m->past.sent, &m->sent, passed, r->sent - m->last.sent);
		shift(m->past.answered, &m->answered, passed, answered);
		if (passed <= APART_S) {
			m->gone_answered += (double)answered;
			learn_gone(m, r);
		}
		fade(m);
		learn_failures(m);
	} else {
		begin(m, r);
	}
	m->last = *r;
}

void
pacing_recall(const struct pacing_memory *m, struct pacing *p)
{
	const struct pacing_reading *r = &m->last;

	p->connected = r->connected;
	p->talked_ms = r->talked_ms;
	p->waiting = r->waiting;
	p->held = r->queued_held;
	for (int a = 0; a < PACING_RING_S; a++) {
		p->held += r->ring_held[a];
		p->ring[a] = r->ring[a] - r->ring_held[a];
	}
	p->ring[0] += r->queued - r->queued_held;
	p->hour.age_s = m->first_s ? r->now_s - m->first_s : 0;
	p->past = &m->past;
}
