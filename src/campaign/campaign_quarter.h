/*
 * campaign_quarter.h - the calls of a campaign by quarter of an hour, over all
 * its runs, for 31 days.  Recorder and reports of bots add to a row per node,
 * so reading costs the same however many attempts there are.
 */
#ifndef CAMPAIGN_CAMPAIGN_QUARTER_H
#define CAMPAIGN_CAMPAIGN_QUARTER_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct arg;
struct db;
struct fault;

#define QUARTER_MIN 15
/* The slot of what no node counted, as in workspace_count. */
#define SLOT_NONE 65535

struct campaign_quarter {
	int64_t campaign_id;
	int64_t at;   /* minutes since 1970, when the calls were recorded */
	int64_t slot; /* of the node; not read */
	int64_t ended, answered; /* as in run_count */
	int64_t picked_up;	 /* by anybody, also a machine */
	int64_t abandoned;	 /* of these */
};

/* Appends the arguments of QUARTER_ADD; 'at' may be any minute. */
enum { QUARTER_COLUMNS = 7 };
struct arg *campaign_quarter_args(const struct campaign_quarter *q,
				  struct arg *at);

struct quarters_query {
	int64_t workspace_id, campaign_id;
	int64_t from, to; /* minutes, from <= at <= to */
};
/* In order; quarters without calls are left out. */
int campaign_quarters(struct db *db, const struct quarters_query *q,
		      struct campaign_quarter **out, size_t *count,
		      struct arena *a, struct fault *f);

/* Calls that were picked up, and of these abandoned, in the 24 hours and the 30
 * days before 'now', to the quarter of an hour. */
struct abandoned {
	int64_t day_picked_up, day_abandoned, picked_up, abandoned;
};
int campaign_abandoned(struct db *db, int64_t workspace_id, int64_t campaign_id,
		       int64_t now, struct abandoned *out, struct fault *f);

/* Deletes what is older than 31 days, at most 1,000 rows. */
int campaign_quarter_sweep(struct db *db, struct fault *f);

#endif
