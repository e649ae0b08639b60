/*
 * dice.h - the fate of a simulated call: decided once, when it is placed,
 * by (seed, number, how often this number was called), never by the clock.
 *
 * With 'scripted' the last three digits of the number decide instead:
 *   200  rings, answers, hangs up       180  rings until our timer
 *   201  answers and stays              100  nothing but silence, our timer
 *   202  a machine answers              999  silence for ever: no end reported
 *   203  answers, no bot is free
 *   and any SIP status from 400 to 608 of outcome.c: refused with it after
 *   ringing.  Other numbers stay with the dice.
 */
#ifndef CARRIER_SIM_DICE_H
#define CARRIER_SIM_DICE_H

#include <stdbool.h>
#include <stdint.h>

#include "carrier/outcome.h"

/* What may become of a call; the chances of all add up to 100. */
enum sim_kind {
	SIM_ANSWER,
	SIM_VOICEMAIL,
	SIM_NO_BOT,
	SIM_BUSY,
	SIM_NO_ANSWER,
	SIM_REJECTED,
	SIM_UNREACHABLE,
	SIM_INVALID,
	SIM_CONGESTION,
	SIM_KIND_MAX
};

struct sim_dice {
	uint64_t seed;
	int64_t speed;		      /* times are divided by it */
	int64_t chance[SIM_KIND_MAX]; /* per cent */
	int64_t hours[24]; /* UTC: per cent of the answers of other hours */
	int64_t ring_min_ms, ring_max_ms;
	int64_t talk_min_ms, talk_mean_ms, talk_max_ms;
	bool scripted;
};

#define SIM_NEVER (-1)

/* Each time counts from the step before; SIM_NEVER: that step is left out
 * (end_us: it never ends by itself). */
struct sim_fate {
	int64_t ring_us, answer_us, end_us;
	int64_t join_us; /* how long its bot takes to be joined */
	struct cr_facts facts;
	const char *detail; /* static */
};

/* 'nth' is 1 for the first call to this number; 'hour' 0-23. */
void sim_roll(const struct sim_dice *d, const char *number, unsigned nth,
	      int hour, int64_t ring_ms, int64_t max_ms, struct sim_fate *out);

/* How long an answered call waits for a seat.  However fast time goes, a dialler
 * needs its own to find one. */
int64_t sim_seat_wait_us(const struct sim_dice *d);

/* Refuses a call at once, as our side or the network does. */
void sim_refuse(const char *why, struct sim_fate *out);

#endif
