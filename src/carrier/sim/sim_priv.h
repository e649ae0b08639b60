/*
 * sim_priv.h - the client of outdial-sim: sim.c has the operations that its
 * owner calls, events.c handles what comes back and what is due.
 */
#ifndef CARRIER_SIM_SIM_PRIV_H
#define CARRIER_SIM_SIM_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "carrier/carrier.h"
#include "carrier/sim/calls.h"
#include "carrier/sim/link.h"

/* How many calls may be written and not confirmed yet: a carrier that stops
 * reading can still act on these when it wakes up. */
#define SIM_WINDOW 512

struct sim {
	struct carrier base; /* first */
	cr_event_fn *event;
	void *arg;
	int64_t (*clock)(void);
	int64_t stall_us, grace_us, margin_us, overrun_us, sweep_us;
	struct link link;
	struct calls calls;
	char boot[SIM_NAME_MAX + 1]; /* of the carrier last met */
	int64_t sweep_at;
	int64_t now; /* of the dispatch() under way */
	int64_t wall;
	bool broken; /* the connection failed outside dispatch() */
	uint64_t placed, ended, garbage;
};

static inline struct sim *
sim_of(struct carrier *c)
{
	return (struct sim *)c;
}

/* Adds a QUERY about a call to what goes out. */
void sim_ask(struct sim *sim, struct link_call *call);

void sim_dispatch(struct carrier *c, int64_t now_boot_us);

#endif
