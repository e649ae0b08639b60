/*
 * calls.h - the calls that a client of a carrier knows: their phase, and when
 * each needs attention.
 */
#ifndef CARRIER_CALLS_H
#define CARRIER_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carrier/carrier.h"
#include "carrier/idmap.h"

/* First member of what a kind keeps of a call. */
struct cr_call {
	struct cr_id id; /* first: the key of the table */
	struct cr_call *prev, *next;
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
	bool queried;  /* the carrier was asked and has not answered yet */
	bool resynced; /* part of its life was not seen */
	bool ending;   /* cancel or hang-up was asked for */
	bool joined;   /* CR_JOINED was reported */
	bool seated;   /* join() was asked for, or it has its seat */
};

/* A list in the order of placing, and a table by id. */
struct calls {
	size_t size; /* of what a kind keeps of a call */
	struct idmap map;
	struct cr_call *first, *last;
	struct cr_call *oldest_waiting;
	unsigned waiting;
};

/* Adds a call that is not there yet. */
struct cr_call *calls_add(struct calls *cs, const struct cr_id *id,
			  int64_t sent_at, bool waiting);

/* NULL for what is no id, or that of no call. */
struct cr_call *calls_find(const struct calls *cs, const char *id);

/* Removes a call and frees it. */
void calls_remove(struct calls *cs, struct cr_call *call);

/* Notes that the carrier has confirmed this call. */
void calls_taken(struct calls *cs, struct cr_call *call);

/* Moves a call to a phase; false when it is there already or further, so that
 * there is nothing to report. */
bool call_advance(struct cr_call *call, enum cr_phase phase, int64_t now);

void calls_free(struct calls *cs);

#endif
