/*
 * calls.h - what the client of the simulated carrier knows of its calls: their
 * phase, and when each needs attention.
 */
#ifndef CARRIER_SIM_CALLS_H
#define CARRIER_SIM_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carrier/idmap.h"
#include "carrier/carrier.h"

struct link_call {
	struct cr_id id; /* first: the key of the table */
	struct link_call *prev, *next;
	int64_t sent_at, answered_at;
	int64_t ring_us, max_us;
	int64_t unknown_at; /* since when the carrier does not know it */
	int64_t doomed_at;  /* when the watchdog reports its end */
	enum cr_phase phase;
	unsigned saw;
	int q850;      /* for the hang-up that was asked for */
	bool waiting;  /* placed, and not confirmed yet */
	bool met;      /* the carrier's last boot was told of it */
	bool asked;    /* resync: the caller waits for CR_ALIVE */
	bool queried;  /* QUERY was sent and is not answered yet */
	bool resynced; /* part of its life was not seen */
	bool ending;   /* cancel or hang-up was asked for */
};

/* A list in the order of placing, and a table by id. */
struct calls {
	struct idmap map;
	struct link_call *first, *last;
	struct link_call *oldest_waiting;
	unsigned waiting;
};

/* Adds a call that is not there yet. */
struct link_call *calls_add(struct calls *cs, const struct cr_id *id,
			    int64_t sent_at, bool waiting);

/* Removes a call and frees it. */
void calls_remove(struct calls *cs, struct link_call *call);

/* Notes that the carrier has confirmed this call. */
void calls_taken(struct calls *cs, struct link_call *call);

/* Moves a call to a phase; false when it is there already or further, so that
 * there is nothing to report. */
bool call_advance(struct link_call *call, enum cr_phase phase, int64_t now);

void calls_free(struct calls *cs);

#endif
