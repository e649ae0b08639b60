#include "carrier/sim/dice.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/clock.h"
#include "carrier/carrier.h"

#define JOIN_TAKES_MS 30
#define SEAT_WAIT_MS (CR_JOIN_MS - 100)
#define SEAT_WAIT_LEAST_US (250 * US_PER_MS)

struct roll {
	const struct sim_dice *d;
	uint64_t state;
	int64_t ring_ms, max_ms; /* as the caller allows */
	struct sim_fate *fate;
};

static uint64_t
next(struct roll *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15ULL;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return z ^ (z >> 31);
}

/* 0 <= x < 1 */
static double
unit(struct roll *r)
{
	return (double)(next(r) >> 11) * 0x1p-53;
}

static int64_t
between(struct roll *r, int64_t low, int64_t high)
{
	return low + (int64_t)(unit(r) * (double)(high - low + 1));
}

static uint64_t
mix(uint64_t h, uint64_t v)
{
	struct roll r = { .state = h ^ (v * 0xff51afd7ed558ccdULL) };

	return next(&r);
}

static uint64_t
number_hash(uint64_t seed, const char *number)
{
	uint64_t h = mix(seed, 0x6f7574);

	for (; *number; number++)
		h = mix(h, (unsigned char)*number);
	return h;
}

/* Many short talks, few long ones. */
static int64_t
talk_ms(struct roll *r)
{
	const struct sim_dice *d = r->d;
	double mean = (double)(d->talk_mean_ms - d->talk_min_ms);
	int64_t ms = d->talk_min_ms + (int64_t)(-mean * log(1 - unit(r)));

	return ms < d->talk_max_ms ? ms : d->talk_max_ms;
}

static int64_t
scaled_us(const struct roll *r, int64_t ms)
{
	return ms * US_PER_MS / r->d->speed;
}

static void
refused(struct roll *r, int sip, int q850, const char *detail)
{
	r->fate->facts.sip = sip;
	r->fate->facts.q850 = q850;
	r->fate->facts.by = CR_BY_NETWORK;
	r->fate->detail = detail;
}

static void
rings(struct roll *r)
{
	r->fate->ring_us = scaled_us(r, between(r, 300, 1500));
	r->fate->facts.saw |= CR_SAW_RINGING;
}

/* Rings until the ring time that the caller gave is over. */
static void
rings_out(struct roll *r)
{
	r->fate->end_us = scaled_us(r, r->ring_ms);
	r->fate->facts.saw |= CR_SAW_OUR_TIMER;
	refused(r, 487, 19, "ring timer");
	r->fate->facts.by = CR_BY_US;
}

static void
answers(struct roll *r, int64_t after_ms, int64_t talks_ms, enum cr_by by)
{
	rings(r);
	if (after_ms >= r->ring_ms) {
		rings_out(r);
		return;
	}
	refused(r, 200, 16, "normal clearing");
	r->fate->join_us = scaled_us(r, JOIN_TAKES_MS);
	r->fate->answer_us = scaled_us(r, after_ms);
	r->fate->facts.saw |= CR_SAW_ANSWERED;
	r->fate->facts.by = by;
	if (talks_ms >= r->max_ms) {
		talks_ms = r->max_ms;
		r->fate->facts.by = CR_BY_US;
		r->fate->detail = "longest call";
	}
	r->fate->end_us = scaled_us(r, talks_ms);
}

static void
answered(struct roll *r)
{
	int64_t after = between(r, r->d->ring_min_ms, r->d->ring_max_ms);
	enum cr_by by = unit(r) < 0.7 ? CR_BY_CALLEE : CR_BY_BOT;

	answers(r, after, talk_ms(r), by);
}

static void
machine(struct roll *r)
{
	answers(r, between(r, r->d->ring_max_ms * 3 / 4, r->d->ring_max_ms),
		between(r, 2500, 8000), CR_BY_BOT);
	if (r->fate->answer_us != SIM_NEVER)
		r->fate->facts.saw |= CR_SAW_MACHINE;
}

static void
no_bot(struct roll *r)
{
	answers(r, between(r, r->d->ring_min_ms, r->d->ring_max_ms),
		between(r, 500, 1500), CR_BY_NETWORK);
	if (r->fate->answer_us == SIM_NEVER)
		return;
	r->fate->facts.saw |= CR_SAW_NO_BOT;
	r->fate->facts.q850 = 41;
	r->fate->detail = "no bot";
}

static void
busy(struct roll *r)
{
	refused(r, 486, 17, "busy");
	r->fate->end_us = scaled_us(r, between(r, 300, 2000));
}

static void
no_answer(struct roll *r)
{
	rings(r);
	rings_out(r);
}

static void
rejected(struct roll *r)
{
	rings(r);
	refused(r, 603, 21, "rejected");
	r->fate->end_us = scaled_us(r, between(r, 1500, 8000));
	if (r->fate->end_us >= scaled_us(r, r->ring_ms))
		rings_out(r);
}

static void
unreachable(struct roll *r)
{
	refused(r, 480, 20, "subscriber absent");
	r->fate->end_us = scaled_us(r, between(r, 300, 900));
}

static void
invalid(struct roll *r)
{
	refused(r, 404, 1, "unallocated number");
	r->fate->end_us = scaled_us(r, between(r, 200, 700));
}

static void
congestion(struct roll *r)
{
	refused(r, 503, 34, "congestion");
	r->fate->end_us = scaled_us(r, between(r, 50, 300));
}

static void (*const kinds[SIM_KIND_MAX])(struct roll *) = {
	[SIM_ANSWER] = answered,	 [SIM_VOICEMAIL] = machine,
	[SIM_NO_BOT] = no_bot,		 [SIM_BUSY] = busy,
	[SIM_NO_ANSWER] = no_answer,	 [SIM_REJECTED] = rejected,
	[SIM_UNREACHABLE] = unreachable, [SIM_INVALID] = invalid,
	[SIM_CONGESTION] = congestion,
};

/* Whether a number exists is the same at every call; everything else is decided
 * at each call. */
static enum sim_kind
kind_of(struct roll *r, uint64_t number, unsigned nth, int hour)
{
	const int64_t *chance = r->d->chance;
	double all = 100 - (double)chance[SIM_INVALID], sum = 0, x;

	r->state = number;
	if (unit(r) * 100 < (double)chance[SIM_INVALID])
		return SIM_INVALID;
	r->state = mix(number, nth);
	x = unit(r) * all;
	for (enum sim_kind k = 0; k < SIM_KIND_MAX; k++) {
		if (k == SIM_INVALID)
			continue;
		sum += (double)chance[k];
		if (x >= sum)
			continue;
		if (k == SIM_ANSWER &&
		    unit(r) * 100 >= (double)r->d->hours[hour])
			return SIM_NO_ANSWER;
		return k;
	}
	return SIM_NO_ANSWER;
}

/* Returns false when the number is not scripted. */
static bool
scripted(struct roll *r, const char *number)
{
	size_t len = strlen(number);
	int code = 0;

	for (size_t i = len >= 3 ? len - 3 : len; i < len; i++)
		code = code * 10 + (number[i] - '0');

	switch (code) {
	case 100:
		rings_out(r);
		return true;
	case 180:
		no_answer(r);
		return true;
	case 200:
		answers(r, 500, 2000, CR_BY_CALLEE);
		return true;
	case 201:
		answers(r, 500, r->max_ms, CR_BY_US);
		return true;
	case 202:
		answers(r, 500, 2000, CR_BY_BOT);
		r->fate->facts.saw |= CR_SAW_MACHINE;
		return true;
	case 203:
		answers(r, 500, 1000, CR_BY_NETWORK);
		r->fate->facts.saw |= CR_SAW_NO_BOT;
		return true;
	case 999:
		return true;
	default:
		break;
	}
	if (code < 400 || code > 608)
		return false;
	rings(r);
	refused(r, code, -1, "scripted");
	r->fate->end_us = scaled_us(r, 500);
	return true;
}

void
sim_roll(const struct sim_dice *d, const char *number, unsigned nth, int hour,
	 int64_t ring_ms, int64_t max_ms, struct sim_fate *out)
{
	struct roll r = {
		.d = d, .ring_ms = ring_ms, .max_ms = max_ms, .fate = out
	};
	uint64_t hash = number_hash(d->seed, number);

	*out = (struct sim_fate){ .ring_us = SIM_NEVER,
				  .answer_us = SIM_NEVER,
				  .end_us = SIM_NEVER,
				  .facts = { .sip = -1, .q850 = -1 },
				  .detail = "" };
	r.state = mix(hash, nth);
	if (d->scripted && scripted(&r, number))
		return;
	kinds[kind_of(&r, hash, nth, hour)](&r);
}

int64_t
sim_seat_wait_us(const struct sim_dice *d)
{
	int64_t us = SEAT_WAIT_MS * US_PER_MS / d->speed;

	return us > SEAT_WAIT_LEAST_US ? us : SEAT_WAIT_LEAST_US;
}

void
sim_refuse(const char *why, struct sim_fate *out)
{
	*out = (struct sim_fate){
		.ring_us = SIM_NEVER,
		.answer_us = SIM_NEVER,
		.facts = { .sip = 503, .q850 = 34, .by = CR_BY_NETWORK },
		.detail = why
	};
}
