/*
 * estimate.h - how long a campaign will take, before it calls anyone or in
 * mid-run.  Pure.  It takes account of its carriers' calls a second, its seats,
 * hours, retries and their delay, and of how many answer and how long they
 * talk.
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

/* How people answer; before anyone was called: half of them, for a minute. */
struct estimate_rates {
	int answered; /* tenths of a percent of all calls */
	int64_t talk_us;
};
#define ESTIMATE_USUAL        \
	{                     \
		500, 60000000 \
	}

struct estimate_query {
	const struct campaign_settings *set;
	const struct window *w;
	struct zone *z;
	int64_t contacts, cps;
	int64_t now, closing; /* 'closing' ends it, INT64_MAX: never */
	struct estimate_rates rates;
};
struct estimate estimate_run(const struct estimate_query *q);

#endif
