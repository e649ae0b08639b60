/*
 * campaign_period.h - the calls of a campaign over all its runs, by quarter of
 * an hour and by day in UTC, for 31 days.  Recorder and reports of bots add to
 * two rows per node, so reading costs the same however many attempts there are.
 */
#ifndef CAMPAIGN_CAMPAIGN_PERIOD_H
#define CAMPAIGN_CAMPAIGN_PERIOD_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct arg;
struct db;
struct fault;

#define QUARTER_MIN 15
/* The slot of what no node counted, as in workspace_count. */
#define SLOT_NONE 65535

struct campaign_period {
	int64_t campaign_id;
	int64_t at;   /* minutes since 1970, when the calls were recorded */
	int64_t slot; /* of the node; not read */
	int64_t ended, answered; /* as in run_count */
	int64_t picked_up;	 /* by anybody, also a machine */
	int64_t abandoned;	 /* of these */
};

/* Appends the arguments of PERIOD_ADD: a row for the quarter and one for the
 * day of 'at', which may be any minute. */
enum { PERIOD_COLUMNS = 8, PERIOD_ROWS = 2 };
struct arg *campaign_period_args(const struct campaign_period *q,
				 struct arg *at);

struct periods_query {
	int64_t workspace_id, campaign_id;
	int64_t from, to; /* minutes, from <= at <= to */
};
/* Quarters, in order; those without calls are left out. */
int campaign_periods(struct db *db, const struct periods_query *q,
		     struct campaign_period **out, size_t *count,
		     struct arena *a, struct fault *f);

/* Calls that were picked up, and of these abandoned, in the 24 hours before
 * 'now', to the quarter, and in the last 30 days in UTC, this one included. */
struct abandoned {
	int64_t day_picked_up, day_abandoned, picked_up, abandoned;
};
int campaign_abandoned(struct db *db, int64_t workspace_id, int64_t campaign_id,
		       int64_t now, struct abandoned *out, struct fault *f);

/* Deletes what is older than 32 days, at most 1,000 rows. */
int campaign_period_sweep(struct db *db, struct fault *f);

#endif
