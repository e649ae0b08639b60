/*
 * estimate.h - how long a campaign will take, before anything is known of it.
 * Pure.  It assumes that half of the calls are answered and that a
 * conversation lasts a minute, and keeps to the calls a second of its
 * carriers, to its seats, hours, retries and their delay.
 */
#ifndef CAMPAIGN_ESTIMATE_H
#define CAMPAIGN_ESTIMATE_H

#include <stdint.h>

struct campaign_settings;
struct window;
struct zone;

struct estimate {
	int64_t end;	   /* when all are through; INT64_MAX: not in a year */
	int64_t called_us; /* of open hours until then */
	int64_t days;	   /* on which it calls */
	int once; /* percent that are called at least once until 'closing' */
};

/* From 'now' on; 'closing' ends the run, INT64_MAX: never. */
struct estimate estimate_run(const struct campaign_settings *set,
			     const struct window *w, struct zone *z,
			     int64_t contacts, int64_t cps, int64_t now,
			     int64_t closing);

#endif
