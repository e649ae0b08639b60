/*
 * pacing_memory.h - what a planner learns of a run's calls from reading them
 * about once a second: how many are sent and answered, and how long it takes
 * to be answered, or to fail.  No statement writes any of it: a planner that
 * takes a run over places one call for one seat until it knows (a minute).
 * Pure.
 *
 * Seconds are those of the database.  A call's age is the difference of whole
 * seconds, so calls sent within one second are followed from reading to
 * reading.  What has left them was answered or has failed; the answers are
 * known from the conversations.
 */
#ifndef LEDGER_PACING_MEMORY_H
#define LEDGER_PACING_MEMORY_H

#include <stdint.h>

#include "ledger/pacing.h"

/* A snapshot of a run's calls. */
struct pacing_reading {
	int64_t now_s;	  /* seconds since 1970 */
	int64_t sent;	  /* calls sent so far, ended ones too */
	int64_t answered; /* of these */
	int64_t waiting, connected, talked_ms; /* as in struct pacing */
	/* not answered, by age; those with a seat of their own */
	int64_t queued, ring[PACING_RING_S];
	int64_t queued_held, ring_held[PACING_RING_S];
	/* conversations that began since the reading before, by the seconds
	 * that they had rung; some may be missing */
	int64_t delays[PACING_RING_S];
};

struct pacing_memory {
	int64_t first_s; /* 0: nothing was read yet */
	struct pacing_reading last;
	struct pacing_past past;
	float sent, answered; /* in the second of the last reading, so far */
	/* calls that were answered or failed, by the seconds they had rung,
	 * and how many of them were answered */
	double gone_at[PACING_RING_S], gone_answered;
};

/* Adds a reading, later than those before. */
void pacing_learn(struct pacing_memory *m, const struct pacing_reading *r);

/* Fills in p->connected to p->ring as they were read last, p->hour.age_s, and
 * p->past, which is *m's. */
void pacing_recall(const struct pacing_memory *m, struct pacing *p);

#endif
