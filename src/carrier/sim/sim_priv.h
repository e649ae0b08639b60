/*
 * sim_priv.h - the client of outdial-sim: sim.c has the operations that its
 * owner calls, events.c handles what comes back and what is due.
 */
#ifndef CARRIER_SIM_SIM_PRIV_H
#define CARRIER_SIM_SIM_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "carrier/carrier.h"
#include "carrier/link.h"
#include "carrier/sim/wire.h"
#include "carrier/tracker.h"

/* How many calls may be written and not confirmed yet: a carrier that stops
 * reading can still act on these when it wakes up. */
#define SIM_WINDOW 512

struct sim {
	struct carrier base; /* first */
	struct tracker tracker;
	struct link link;
	char node[SIM_NAME_MAX + 1], site[SIM_NAME_MAX + 1];
	char boot[SIM_NAME_MAX + 1]; /* of the carrier last met */
	bool broken; /* the connection failed outside dispatch() */
};

static inline struct sim *
sim_of(struct carrier *c)
{
	return (struct sim *)c;
}

/* What the tracker needs. */
void sim_ask(struct tracker *t, struct cr_call *call);
void sim_ask_hangup(struct tracker *t, struct cr_call *call);

void sim_dispatch(struct carrier *c, int64_t now_boot_us);

#endif
