/*
 * minutes.h - what a run's calls came to, minute by minute: sums that the
 * recorder writes with the ledger, so reading them costs the same whatever lies
 * behind.
 */
#ifndef REPORT_MINUTES_H
#define REPORT_MINUTES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

struct run_minute {
	int64_t minute;	  /* since 1970; that in which the calls ended */
	int64_t ended;	  /* counted attempts */
	int64_t answered; /* calls that were picked up */
	int64_t handled;  /* of those, not abandoned */
	int64_t connected; /* completed */
	int64_t ring_ms, talk_ms; /* of all counted, and of all handled calls */
};

struct minutes_query {
	int64_t workspace_id, run_id;
	int64_t from, to; /* minutes, from <= minute <= to */
};

/* Minutes in which no call ended are left out. */
int run_minutes(struct db *db, const struct minutes_query *q,
		struct run_minute **out, size_t *count, struct arena *a,
		struct fault *f);

#endif
