/*
 * workspace_stats.h - what a workspace does now and has done today: the summary
 * of figures above the campaign list.
 *
 * The recorder adds to two rows per workspace and node (table workspace_count),
 * so reading costs the same however many contacts, attempts and inactive
 * campaigns there are.  The windows of running campaigns are counted in an
 * index, which takes 0.2 us for each campaign.
 */
#ifndef CAMPAIGN_WORKSPACE_STATS_H
#define CAMPAIGN_WORKSPACE_STATS_H

#include <stddef.h>
#include <stdint.h>

struct alarm;
struct arena;
struct db;
struct fault;
struct zones;

/* workspace_count.grain, in minutes. */
enum { GRAIN_MINUTE = 1, GRAIN_QUARTER = 15 };

struct workspace_stats {
	int64_t running;    /* campaigns with status running */
	int64_t open;	    /* of these, inside their window now */
	int64_t changes_at; /* when the next of their windows closes (if any is
			       open) or opens (if none is); INT64_MAX: never */
	const char *zone;   /* of the campaign that changes then; NULL: never */
	int64_t per_minute; /* calls placed in the last 60 s: all of this
			       minute's, and of the last minute's the share
			       still inside */
	int64_t allowed;    /* calls a minute: 60 x the enabled carriers' cps */
	int64_t ended, answered; /* counted attempts, and of these picked up,
				    since midnight in the workspace's zone */
	int64_t held_at;	 /* 0: not on hold */
	const char *held_by;	 /* NULL: not on hold */
	struct alarm *alarms;	 /* newest first (alarm.h) */
	size_t alarm_count;
	int64_t webhooks_down;	 /* that the dialler switched off */
};

/* Whose figures, and when. */
struct workspace_stats_query {
	int64_t workspace_id;
	const char *zone; /* the workspace's */
	struct zones *zones;
	int64_t now;
};
/* FAULT_ABSENT: there is no such workspace. */
int workspace_stats_read(struct db *db, const struct workspace_stats_query *q,
			 struct workspace_stats *out, struct arena *a,
			 struct fault *f);

/* Deletes what is older than two days, at most 1,000 rows. */
int workspace_stats_sweep(struct db *db, struct fault *f);

#endif
