#include "ledger/pacing.h"

#include <math.h>
#include <stdbool.h>

#include "base/numeric.h"

#define HORIZONS 3
/* Answers that the rate is learnt from, and how old they are at least; a rise
 * is believed after fewer, with as many standard deviations. */
#define SLOW_ANSWERS 100
#define SLOW_S 60
#define FAST_ANSWERS 15
#define FAST_S 5
#define FAST_DEVIATIONS 1.5
#define RATE_LEAST 0.02

/* What is known of calls. */
struct model {
	double mean; /* talk, in s */
	double p;    /* the share of calls that is answered */
	double rel;  /* its relative variance */
	int ages;    /* ans[] and what stands for it end there */
	double ans[PACING_RING_S];
	/* shares answered, and failed, before the middle of that second */
	double answered[PACING_RING_S], failed[PACING_RING_S];
};

/* The shares of counts[], and of those before the middle of each second. */
static bool
make_shares(const double *counts, double *share, double *before)
{
	double all = 0, sum = 0;

	for (int i = 0; i < PACING_RING_S; i++)
		all += counts[i];
	if (all <= 0)
		return false;
	for (int i = 0; i < PACING_RING_S; i++) {
		double part = counts[i] / all;

		if (share)
			share[i] = part;
		before[i] = sum + part / 2;
		sum += part;
	}
	return true;
}

static double
answered_before(const struct model *m, int s)
{
	if (s < 0)
		return 0;
	return s < m->ages ? m->answered[s] : 1;
}

/* Answers, and the chances there were, in the last w seconds. */
struct exposure {
	double answers, chances;
};

static struct exposure
expose(const struct pacing_past *past, const struct model *m, int w)
{
	struct exposure e = { .chances = 0 };

	for (int i = 0; i < w; i++)
		e.answers += (double)past->answered[i];
	for (int i = 0; i < w + m->ages && i < PACING_PAST_S; i++)
		e.chances += (double)past->sent[i] *
			     (answered_before(m, i) -
			      answered_before(m, i - w));
	return e;
}

/* The shortest window of so many answers and seconds. */
static int
window_of(const struct pacing_past *past, double answers, int least)
{
	double sum = 0;
	int w = 0;

	while (w < PACING_RATE_S && (sum < answers || w < least))
		sum += (double)past->answered[w++];
	return w;
}

static void
learn_rate(const struct pacing_past *past, struct model *m)
{
	struct exposure slow = expose(
		past, m, window_of(past, SLOW_ANSWERS, SLOW_S));
	struct exposure fast = expose(
		past, m, window_of(past, FAST_ANSWERS, FAST_S));
	double p = (slow.answers + 0.5) / (slow.chances + 1);
	double risen = (fast.answers + 0.5) / (fast.chances + 1) *
		       (1 - FAST_DEVIATIONS / sqrt(fmax(1, fast.answers)));

	m->p = fmin(fmax(fmax(p, risen), RATE_LEAST), 1);
	m->rel = 1 / fmax(1, slow.answers);
}

static bool
learn(const struct pacing *p, struct model *m)
{
	if (p->hour.handled <= 0 || p->talk_ms <= 0 || !p->past ||
	    !make_shares(p->past->ans_at, m->ans, m->answered) ||
	    !make_shares(p->past->fail_at, NULL, m->failed))
		return false;
	m->ages = PACING_RING_S;
	while (m->ages > 1 && m->ans[m->ages - 1] <= 0)
		m->ages--;
	m->mean = (double)(p->talk_ms + p->talked_ms) / 1000 /
		  (double)p->hour.handled;
	learn_rate(p->past, m);
	return true;
}

/* The second by which that share of those who answer has answered. */
static int
horizon(const struct model *m, double share)
{
	int h = 0;

	while (h < m->ages - 1 && m->answered[h] + m->ans[h] / 2 < share)
		h++;
	return h;
}

/* What seats will be taken when those who are called now answer. */
struct demand {
	double mean, variance;
	double ringing; /* of the mean, by calls that ring */
	double one;	/* by a call that is placed now */
	double rel;	/* relative variance of the answer rate */
};

/* The chance of a call of that age to be answered by the horizon and still be
 * talking; stay[i]: of a conversation to last i more seconds. */
static double
will_talk(const struct model *m, int age, int h, const double *stay)
{
	double sum = 0;

	for (int u = age; u <= age + h && u < m->ages; u++)
		sum += m->ans[u] * stay[age + h - u] * (u == age ? 0.5 : 1);
	return sum;
}

static struct demand
foresee(const struct pacing *p, const struct model *m, int h)
{
	double seated = (double)(p->connected + p->waiting);
	double stay[PACING_RING_S];
	struct demand d = { .rel = m->rel };

	for (int i = 0; i <= h; i++)
		stay[i] = exp(-(i + PACING_GRACE_S) / m->mean);
	d.mean = seated * stay[h];
	d.variance = d.mean * (1 - stay[h]);
	d.mean += (double)p->held;
	d.one = m->p * will_talk(m, 0, h, stay);
	for (int a = 0; a < m->ages; a++) {
		double n = (double)p->ring[a], rings, q;

		if (n <= 0)
			continue;
		rings = m->p * (1 - m->answered[a]) +
			(1 - m->p) * (1 - m->failed[a]);
		q = fmin(1, m->p * will_talk(m, a, h, stay) /
				    fmax(1e-6, rings));
		d.mean += n * q;
		d.variance += n * q * (1 - q);
		d.ringing += n * q;
	}
	return d;
}

/* True when the last of n new calls probably finds a seat. */
static bool
fits(const struct demand *d, double seats, double z, int64_t n)
{
	double added = (double)(n - 1) * d->one, ringing = d->ringing + added;
	double variance = d->variance + added * (1 - d->one) +
			  d->rel * ringing * ringing;

	return seats - 0.5 - d->mean - added >= z * sqrt(variance);
}

/* The most new calls, up to 'most', of which the last one fits. */
static int64_t
most_calls(const struct demand *d, double seats, double z, int64_t most)
{
	int64_t low = 0, high = most;

	while (low < high) {
		int64_t mid = high - (high - low) / 2;

		if (fits(d, seats, z, mid))
			low = mid;
		else
			high = mid - 1;
	}
	return low;
}

int64_t
pacing_calls(const struct pacing *p, double z)
{
	static const double shares[HORIZONS] = { 0.1, 0.5, 0.9 };
	int64_t seats = int64_max(p->seats, 0), most = seats * PACING_MOST;
	int64_t live = p->connected + p->waiting + p->held, more = most;
	struct model m;

	if (!learn(p, &m))
		return seats;
	for (int a = 0; a < PACING_RING_S; a++)
		live += p->ring[a];
	for (int k = 0; k < HORIZONS; k++) {
		struct demand d = foresee(p, &m, horizon(&m, shares[k]));

		more = most_calls(&d, (double)seats, z, more);
	}
	return int64_max(seats, int64_min(live + more, most));
}

bool
pacing_predicts(const struct pacing *p)
{
	struct model m;

	return caution_of(&p->hour).z > 0 && learn(p, &m);
}

int64_t
pacing_target(const struct pacing *p)
{
	struct caution c = caution_of(&p->hour);

	return c.z > 0 ? pacing_calls(p, c.z) : int64_max(p->seats, 0);
}
