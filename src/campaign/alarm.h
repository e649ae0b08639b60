/*
 * alarm.h - what people should hear of without looking for it: the line above
 * the list of campaigns (doc/product.md 2.12).  An alarm is shown for a day, or
 * until somebody dismisses it.
 */
#ifndef CAMPAIGN_ALARM_H
#define CAMPAIGN_ALARM_H

#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;

#define ALARMS_MOST 100 /* that are read */

enum alarm_kind {
	ALARM_FAILED,  /* a run failed; text is why */
	ALARM_CARRIER, /* no node reaches a carrier of a run's pool */
	ALARM_LEFT     /* calling hours ended for good with contacts left */
};

struct alarm {
	int64_t kind; /* enum alarm_kind */
	int64_t campaign_id;
	const char *name; /* of the campaign; NULL: it does not exist */
	int64_t at;
	int64_t count; /* contacts that are left */
	const char *text;
};

/* Raises an alarm of a run, or raises it anew.  May be a part of the caller's
 * transaction; without one, repeating it does no harm. */
int alarm_raise(struct db *db, enum alarm_kind kind, int64_t run_id,
		int64_t count, const char *text, struct fault *f);

/* The alarms of a workspace that are shown, newest first. */
int alarm_list(struct db *db, int64_t workspace_id, struct alarm **out,
	       size_t *count, struct arena *a, struct fault *f);

/* Dismisses all up to a time: that of the newest that was seen.  FAULT_DENIED
 * below supervisor. */
int alarm_dismiss(struct db *db, const struct actor *who, int64_t upto,
		  struct fault *f);

/* Deletes alarms of a month ago, at most 1,000. */
int alarm_sweep(struct db *db, struct fault *f);

#endif
