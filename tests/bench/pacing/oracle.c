#include "tests/bench/pacing/oracle.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/bench/pacing/sim.h"

#define POINTS 5
#define PER_S 4 /* steps of the tables */
#define RING_STEPS ((int)SIM_RING_S * PER_S + 1)
#define TALK_STEPS (7200 * PER_S)
#define EXACT 20 /* seats, up to which chances are not approximated */
/* The chance at the share that is aimed at, and how fast it follows. */
#define CHANCE 0.014
#define GAIN 1.5
#define SHARE_OF_HOUR 0.9 /* busy, to guess the answers of an hour */

struct oracle {
	double point[POINTS]; /* s after now */
	/* by what a conversation, or a ring, has lasted */
	double stay[POINTS][TALK_STEPS];
	double joins[POINTS][RING_STEPS]; /* if it is answered */
	double answered[RING_STEPS];	  /* before */
};

/* One for all runs. */
static struct oracle *tables;

static double
still_talks(double s)
{
	return 1 - sim_lognormal(s, SIM_TALK_S, SIM_TALK_SIGMA);
}

static double
has_answered(double s)
{
	return s >= SIM_RING_S
		       ? 1
		       : sim_lognormal(s, SIM_ANSWER_S, SIM_ANSWER_SIGMA);
}

static double
has_failed(double s)
{
	if (s >= SIM_RING_S)
		return 1;
	return s >= SIM_BUSY_S ? SIM_BUSY_SHARE : 0;
}

/* The chance of one who answers to do so between that age and the point, and
 * to talk at the point. */
static double
joins(double age, double point)
{
	double sum = 0, step = 0.25 / PER_S;

	for (double u = age; u < age + point && u < SIM_RING_S; u += step)
		sum += (has_answered(u + step) - has_answered(u)) *
		       still_talks(age + point - u + SIM_GRACE_S);
	return sum;
}

static void
make_tables(void)
{
	struct oracle *o = calloc(1, sizeof(*o));

	if (!o)
		err(1, "memory");
	for (int k = 0; k < POINTS; k++) {
		while (has_answered(o->point[k]) < (2 * k + 1) / 10.0)
			o->point[k] += 0.05;
		for (int i = 0; i < TALK_STEPS; i++)
			o->stay[k][i] =
				still_talks((double)i / PER_S + o->point[k] +
					    SIM_GRACE_S) /
				fmax(1e-12, still_talks((double)i / PER_S));
		for (int i = 0; i < RING_STEPS; i++)
			o->joins[k][i] =
				joins((double)i / PER_S, o->point[k]);
	}
	for (int i = 0; i < RING_STEPS; i++)
		o->answered[i] = has_answered((double)i / PER_S);
	tables = o;
}

static int
step(double s, int steps)
{
	int i = (int)lround(s * PER_S);

	return i < steps ? i : steps - 1;
}

/* How many seats will be wanted at a point: exactly, or by mean and variance. */
struct demand {
	double mean, variance;
	double exact[EXACT]; /* the chance of so many */
	bool is_exact;
	int seats;
};

static void
add(struct demand *d, double q)
{
	d->mean += q;
	d->variance += q * (1 - q);
	if (!d->is_exact)
		return;
	for (int j = d->seats - 1; j > 0; j--)
		d->exact[j] = d->exact[j] * (1 - q) + d->exact[j - 1] * q;
	d->exact[0] *= 1 - q;
}

/* The chance of one more to find no seat. */
static double
all_taken(const struct demand *d)
{
	double some = 0;

	if (!d->is_exact)
		return 0.5 * erfc((d->seats - 0.5 - d->mean) /
				  sqrt(2 * fmax(1e-9, d->variance)));
	for (int j = 0; j < d->seats; j++)
		some += d->exact[j];
	return 1 - some;
}

static void
foresee(const struct sim *s, int k, struct demand *d)
{
	const struct oracle *o = tables;

	*d = (struct demand){ .seats = s->seats,
			      .is_exact = s->seats <= EXACT };
	if (d->is_exact)
		d->exact[0] = 1;
	for (int i = 0; i < s->waits; i++)
		add(d, o->stay[k][0]);
	for (int i = 0; i < s->talks.count; i++) {
		const struct sim_call *c = &s->calls[s->talks.list[i]];

		add(d, o->stay[k][step(s->now - c->began, TALK_STEPS)]);
	}
	for (int i = 0; i < s->rings.count; i++) {
		const struct sim_call *c = &s->calls[s->rings.list[i]];
		int age = step(s->now - c->sent, RING_STEPS);
		double rings = c->p * (1 - o->answered[age]) +
			       (1 - c->p) * (1 - has_failed(s->now - c->sent));

		add(d, fmin(1, c->p * o->joins[k][age] / fmax(1e-9, rings)));
	}
}

/* The chance that the hour allows. */
static double
allowed(const struct sim *s)
{
	int hour = sim_hour(s);
	double into = s->now - hour * 3600.0, goal = s->rule->arg[0];
	double answered = s->hours[hour].answered;
	double per_s = into > 300 ? answered / into
				  : s->seats * SHARE_OF_HOUR / SIM_TALK_S;
	double ahead = fmax(1, per_s * (3600 - into));
	double left = (goal * (answered + ahead) - s->hours[hour].abandoned) /
		      ahead;

	/* what is left at the end of an hour is not thrown after it */
	return CHANCE * exp(GAIN * fmin(left / goal - 1, 1));
}

static void
decide(struct sim *s)
{
	double most = allowed(s), p = sim_answer_rate(s->trace, s->now);
	struct demand d[POINTS];

	if (!tables)
		make_tables();
	for (int k = 0; k < POINTS; k++)
		foresee(s, k, &d[k]);
	for (;;) {
		double chance = 0;

		for (int k = 0; k < POINTS; k++)
			chance += all_taken(&d[k]) / POINTS;
		if (chance > most || sim_live(s) > 40 * s->seats)
			return;
		sim_place(s, 1);
		for (int k = 0; k < POINTS; k++)
			add(&d[k], p * tables->joins[k][0]);
	}
}

const struct rule *
oracle_rule(int seats)
{
	static const struct rule few = { "oracle", true, 1,
					 decide,   NULL, { 0.0235 } };
	static const struct rule some = { "oracle", true, 1,
					  decide,   NULL, { 0.027 } };
	/* where an event comes every few milliseconds */
	static const struct rule many = { "oracle", false, 0.25,
					  decide,   NULL,  { 0.0285 } };

	if (seats <= EXACT)
		return &few;
	return seats < 200 ? &some : &many;
}
