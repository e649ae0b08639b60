#include "tests/bench/pacing/peers.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>

#include "tests/bench/pacing/sim.h"

#define GOAL 3.0 /* percent abandoned, as these rules have it */
/* Answers before a rule divides by their share, where it does not say. */
#define LEARNT 20

static int
free_seats(const struct sim *s)
{
	return s->seats - s->talks.count;
}

/* Calls that are not connected. */
static int
pending(const struct sim *s)
{
	return s->rings.count + s->waits;
}

static void *
memory_of(struct sim *s, size_t size)
{
	if (!s->memory)
		s->memory = calloc(1, size);
	if (!s->memory)
		err(1, "memory");
	return s->memory;
}

static int64_t
whole(double n)
{
	return (int64_t)floor(n);
}

/* --- one for one, and fixed ratios --------------------------------------- */

/* Also Dograh's: a slot from the dispatch to the end of the call. */
static void
reserve(struct sim *s)
{
	sim_place(s, s->seats - sim_live(s));
}

/* OmniDialer's: no more than the free seats. */
static void
progressive(struct sim *s)
{
	sim_place(s, free_seats(s) - pending(s));
}

/* VICIdial's RATIO: so many calls for a seat. */
static void
ratio(struct sim *s)
{
	sim_place(s, llround(s->rule->arg[0] * s->seats) - sim_live(s));
}

/* ... "available only": for a seat that is free. */
static void
ratio_free(struct sim *s)
{
	sim_place(s, llround(s->rule->arg[0] * free_seats(s)) - pending(s));
}

/* Stands for Korolev's "super-progressive", whose formula is not public: the
 * free seats, divided by the share that answered in half an hour. */
static void
free_by_rate(struct sim *s)
{
	struct sim_minute m = sim_last(s, 30);
	double p = m.answered >= LEARNT ? (double)m.answered / m.ended : 1;

	sim_place(s, whole((free_seats(s) - s->waits) / fmax(p, 0.02)) -
			     s->rings.count);
}

/* --- the reference ------------------------------------------------------- */

/* cxbridge.io, oriserve.com: seats / (handle time x answer rate) calls a
 * second, less when many were abandoned in five minutes. */
static double
reference_rate(const struct sim *s, const struct sim_minute *m)
{
	struct sim_minute last = sim_last(s, 5);
	double share = 100.0 * last.abandoned / fmax(1, last.answered);
	double rate = s->seats / fmax(1, m->talk / fmax(1, m->talked)) /
		      fmax(0.02, (double)m->answered / m->ended);

	if (last.answered >= 30 && share > 5)
		return rate / 2;
	return last.answered >= 30 && share > GOAL ? rate * GOAL / share : rate;
}

/* "A ringing pool sized to keep seats fed through one ring cycle", with a free
 * worker only. */
static void
reference_pool(struct sim *s)
{
	struct sim_minute m = sim_last(s, 30);

	if (m.ended < 20 || m.talked == 0)
		reserve(s);
	else if (s->talks.count < s->seats)
		sim_place(s, whole(reference_rate(s, &m) * m.setup / m.ended) -
				     pending(s));
}

struct fraction {
	double left;
};

/* As a rate; arg[0]: also without a free worker. */
static void
reference(struct sim *s)
{
	struct fraction *f = memory_of(s, sizeof(*f));
	struct sim_minute m = sim_last(s, 30);
	double n;

	if (m.ended < 20 || m.talked == 0) {
		reserve(s);
		return;
	}
	if (s->rule->arg[0] == 0 && s->talks.count >= s->seats)
		return;
	f->left += reference_rate(s, &m) * s->rule->tick;
	f->left -= n = floor(f->left);
	sim_place(s, (int64_t)n);
}

/* --- Issabel ------------------------------------------------------------- */

/* Those who will be free within a ring, surely (97 %), divided by the share
 * that answers. */
static void
issabel(struct sim *s)
{
	struct sim_minute m = sim_last(s, 30);
	double p = m.ended >= 10 ? (double)m.answered / m.ended : 1;
	double talk = m.talk / fmax(1, m.talked);
	double ring = m.setup / fmax(1, m.ended);
	int soon = 0;

	for (int i = 0; i < s->talks.count && m.talked >= 10; i++) {
		double age = s->now - s->calls[s->talks.list[i]].began;

		soon += 1 - exp(-(age + ring) / talk) >= 0.97;
	}
	sim_place(s, whole((free_seats(s) + soon - pending(s)) / fmax(p, 0.2)));
}

/* --- Webitel ------------------------------------------------------------- */

/* Attempts for a connected one, more or less by what is abandoned of the hour.
 * How it spreads calls is not public: here for the free seats. */
static void
webitel(struct sim *s)
{
	struct sim_minute m = sim_last(s, 60);
	double over = (double)m.ended / fmax(1, m.answered);
	double lost = 100.0 * m.abandoned / fmax(1, m.answered);
	const double load = 10;

	if (m.answered < LEARNT || lost >= GOAL)
		over = 1;
	else if (lost < s->rule->arg[0])
		over *= 1 + (s->rule->arg[0] - lost) * load / 100;
	else
		over *= (GOAL - lost) / GOAL * (100 + load) / 100;
	sim_place(s, whole(fmax(1, over) * free_seats(s)) - pending(s));
}

/* --- VICIdial's ADAPT ---------------------------------------------------- */

#define SAMPLES 15

struct adapt {
	double level;
	double ready[SAMPLES], waiting[SAMPLES];
	double sample_at, level_at, place_at;
	int at;
	int64_t answered, abandoned; /* a minute ago */
	double minute_at;
};

/* arg[0]: 0 HARD, 1 AVERAGE, 2 TAPERED; arg[1]: the highest level. */
static void
adapt_level(const struct sim *s, struct adapt *a)
{
	double diff = 0, now = (8 + s->now / 3600) * 100;
	double left = 2000 - now;

	for (int i = 0; i < SAMPLES; i++)
		diff += (a->ready[i] - a->waiting[i]) / SAMPLES;
	a->level *= 1 + diff / s->seats;
	a->level = fmin(fmax(a->level, 1), s->rule->arg[1]);
	if (s->answered <= 50 ||
	    100.0 * (double)s->abandoned <= GOAL * (double)s->answered)
		return;
	if (s->rule->arg[0] == 0)
		a->level = 1;
	else if (s->rule->arg[0] == 1)
		a->level /= 2;
	else
		a->level *= fmin(1, left / 1000);
	a->level = fmax(a->level, 1);
}

/* Asked each half second, of which its periods are multiples. */
static void
adapt(struct sim *s)
{
	struct adapt *a = memory_of(s, sizeof(*a));

	a->level = fmax(a->level, 1);
	if (s->now >= a->sample_at) {
		a->ready[a->at] = free_seats(s);
		a->waiting[a->at] = s->waits;
		a->at = (a->at + 1) % SAMPLES;
		a->sample_at += 1;
	}
	if (s->now >= a->minute_at) {
		int64_t lost = s->abandoned - a->abandoned;
		int64_t calls = s->answered - a->answered;

		if (calls > 20 && lost * 2 > calls)
			a->level = fmax(1, a->level / 2);
		a->abandoned = s->abandoned;
		a->answered = s->answered;
		a->minute_at += 60;
	}
	if (s->now >= a->level_at) {
		adapt_level(s, a);
		a->level_at += 15;
	}
	if (s->now >= a->place_at) {
		sim_place(s, llround(a->level * s->seats) - sim_live(s));
		a->place_at += 2.5;
	}
}

/* --- OmniDialer's predictive --------------------------------------------- */

#define HANDLED 50
#define LATCH 5

struct omni {
	double p, lost; /* moving shares; p is 0 before the first answer */
	int64_t handled;
	double talk, rang; /* sums */
	int64_t answered;
	int streak;
	bool latched;
};

static void
omni_happened(struct sim *s, enum sim_news news)
{
	struct omni *o = memory_of(s, sizeof(*o));

	switch (news) {
	case SIM_ANSWERED:
		o->p = o->p > 0 ? o->p + 0.1 * (1 - o->p) : 1;
		o->lost *= 0.9;
		break;
	case SIM_FAILED:
		o->p *= 0.9;
		o->handled++;
		break;
	case SIM_ABANDONED:
		o->lost = 0.9 * o->lost + 0.1;
		o->handled++;
		break;
	case SIM_TALKED:
		o->handled++;
		break;
	}
}

/* A talk that is longer than the mean counts as one that ends for certain. */
static double
omni_ends(const struct sim *s, double ring, double talk)
{
	double sum = 0;

	for (int i = 0; i < s->talks.count; i++) {
		double age = s->now - s->calls[s->talks.list[i]].began;

		sum += 1 - exp(-ring / fmax(1, talk - age));
	}
	return sum;
}

static double
omni_boost(const struct omni *o)
{
	if (o->lost <= 0.015)
		return 1;
	if (o->lost >= 0.03)
		return 0.2;
	return 1 - 0.8 * (o->lost - 0.015) / 0.015;
}

/* arg[0]: channels for a seat. */
static void
omni(struct sim *s)
{
	struct omni *o = memory_of(s, sizeof(*o));
	struct sim_minute m = sim_last(s, 30);
	double talk = m.talk / fmax(1, m.talked), wanted;
	int64_t channels = llround(s->rule->arg[0] * s->seats);

	o->streak = o->lost >= 0.03 ? o->streak + 1 : 0;
	o->latched = o->streak >= LATCH || (o->latched && o->lost >= 0.024);
	if (o->handled < HANDLED || o->p <= 0 || o->latched) {
		progressive(s);
		return;
	}
	wanted = free_seats(s) + omni_ends(s, SIM_ANSWER_S, talk) -
		 s->rings.count * o->p;
	wanted = floor(wanted / fmax(o->p, 0.05) * omni_boost(o));
	sim_place(s, (int64_t)fmin(wanted, (double)(channels - sim_live(s))));
}

/* --- the list ------------------------------------------------------------- */

/* clang-format off */
const struct rule peer_rules[] = {
	{ "one for one", true, 1, reserve, NULL, { 0 } },
	{ "progressive, 3 s (OmniDialer)", false, 3, progressive, NULL, { 0 } },
	{ "ratio 1.5 (VICIdial RATIO)", false, 2.5, ratio, NULL, { 1.5 } },
	{ "ratio 2", false, 2.5, ratio, NULL, { 2 } },
	{ "ratio 3", false, 2.5, ratio, NULL, { 3 } },
	{ "ratio 2 of free seats", false, 2.5, ratio_free, NULL, { 2 } },
	{ "ratio 3 of free seats", false, 2.5, ratio_free, NULL, { 3 } },
	{ "free seats / answer rate", true, 1, free_by_rate, NULL, { 0 } },
	{ "reference, ringing pool", false, 2, reference_pool, NULL, { 0 } },
	{ "reference, rate, free worker", false, 2, reference, NULL, { 0 } },
	{ "reference, rate only", false, 2, reference, NULL, { 1 } },
	{ "Issabel, overcommit", false, 3, issabel, NULL, { 0 } },
	{ "Webitel (reconstructed)", false, 1, webitel, NULL, { 2 } },
	{ "VICIdial ADAPT_HARD, max 3", false, 0.5, adapt, NULL, { 0, 3 } },
	{ "VICIdial ADAPT_AVERAGE, max 3", false, 0.5, adapt, NULL, { 1, 3 } },
	{ "VICIdial ADAPT_TAPERED, max 3", false, 0.5, adapt, NULL, { 2, 3 } },
	{ "OmniDialer predictive, 1.5 channels", false, 1, omni, omni_happened, { 1.5 } },
	{ "OmniDialer predictive, 3 channels", false, 1, omni, omni_happened, { 3 } },
};
/* clang-format on */

const size_t peer_rule_count = sizeof(peer_rules) / sizeof(*peer_rules);
