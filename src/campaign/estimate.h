/*
 * estimate.h - how long a campaign will take, estimated before it calls anyone.
 * Pure.  It assumes that half of the calls are answered and that a conversation
 * lasts a minute.  It takes account of its carriers' calls a second, its seats,
 * hours, retries and their delay.
 */
#ifndef CAMPAIGN_ESTIMATE_H
#define CAMPAIGN_ESTIMATE_H

#include <stdint.h>

struct campaign_settings;
struct window;
struct zone;

struct estimate {
	int64_t end;	   /* when all are finished; INT64_MAX: not in a year */
	int64_t called_us; /* time spent calling until then */
	int64_t days;	   /* with calls */
	int once; /* percent that are called at least once before 'closing' */
};

/* Estimates a run from 'now' on; 'closing' ends it, INT64_MAX: never. */
struct estimate estimate_run(const struct campaign_settings *set,
			     const struct window *w, struct zone *z,
			     int64_t contacts, int64_t cps, int64_t now,
			     int64_t closing);

#endif
