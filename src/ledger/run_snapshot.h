/*
 * run_snapshot.h - what a run could do now: read without locks, then judged by
 * pure functions.  What the planner decides from it is checked again in its
 * transaction.
 */
#ifndef LEDGER_RUN_SNAPSHOT_H
#define LEDGER_RUN_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "campaign/campaign.h"
#include "campaign/window.h"

struct arena;
struct db;
struct fault;
struct ledger_node;
struct number_pool;
struct zones;

/* Contacts of one time zone and one priority that the run has not reached
 * yet. */
struct look_cursor {
	int64_t seg, list, part;
	int64_t upto, next; /* ordinals: the last one, the next one */
	const char *zone;   /* "": the campaign's */
	int64_t prio;	    /* PRIO_OF() its contacts' priority */
	int64_t due[3];	    /* the earliest of each class; INT64_MAX: none */
	struct window_state at;
};

struct run_look {
	int64_t run_id, workspace_id, campaign_id;
	unsigned rest; /* enum run_rest */
	bool mine;     /* this node plans it */
	bool current;  /* the campaign has not been restarted since */
	int64_t started_at, now;
	int64_t day_from; /* a single_day run has the day of this instant */
	unsigned status;  /* of the campaign */
	int64_t epoch;
	unsigned mode;
	bool always_on;
	int64_t seats;
	unsigned pacing; /* enum campaign_pacing */
	struct window window;
	const char *zone;
	int64_t max_attempts, ring_ms, own_list;
	const char *bot;    /* NULL: deleted */
	bool on_hold;	    /* the workspace is on hold (workspace_hold.h) */
	int64_t wait;	    /* enum run_wait, as the list shows it, ... */
	int64_t wait_until; /* ... 0: none */
	int64_t active, held, retry, callback;
	struct look_cursor *cursors;
	size_t cursor_count;
	const char *home;     /* the workspace's zone */
	const char *holidays; /* the workspace's, for holidays_read() */

	/* filled in by look_windows() */
	/* When the first contact of each class can be called; INT64_MAX: none
	 * waits */
	int64_t due[3];
	int64_t day, day_ends; /* of the workspace (number_pool.h) */
	struct window_state at;
	bool zone_known;
};

/* FAULT_ABSENT: there is no such run, or it has ended. */
int ledger_look(struct db *db, const struct ledger_node *me, int64_t run_id,
		struct arena *a, struct run_look *out, struct fault *f);

/* Finds out which windows are open at look->now, the campaign's and each
 * cursor's, and which day it is. */
void look_windows(struct run_look *l, struct zones *z);

/* Contacts ahead of the cursors. */
int64_t look_ahead(const struct run_look *l);

/* True when every contact is final. */
bool look_is_done(const struct run_look *l);

/* When the campaign's last day is over; INT64_MAX: it has no last day. */
int64_t look_over(const struct run_look *l, struct zones *z);

/* When this run closes: at look_over(), or at the end of its day if it is a
 * single_day run; INT64_MAX: never. */
int64_t look_closing(const struct run_look *l, struct zones *z);

/* What is to be done with an open run. */
enum look_verdict {
	LOOK_DONE,   /* every contact is final: it completes */
	LOOK_HALTED, /* it places no calls: paused, or ending */
	LOOK_OVER,   /* its last window has closed, paused or not */
	LOOK_RUNS
};
enum look_verdict look_judge(const struct run_look *l, struct zones *z);

/* The next instant at which time alone changes what can be planned: a window
 * opens or closes, a contact falls due; INT64_MAX: none. */
int64_t look_next(const struct run_look *l, struct zones *z);

/*
 * Why a run whose window is open has no contact to call now, and until when (0:
 * not known).  WAIT_NOT: it has one, or calls are in progress.  If the window
 * is closed when the next contact is due, the wait lasts until it opens.
 */
enum run_wait look_wait(const struct run_look *l, struct zones *z,
			int64_t *until);

/* Stores the wait that the list shows from now on. */
int ledger_wait(struct db *db, const struct ledger_node *me, int64_t run_id,
		enum run_wait wait, int64_t until, struct fault *f);

/* Reads the campaign's enabled numbers and their use on that day; the carriers'
 * room is not filled in. */
int ledger_pool(struct db *db, const struct run_look *l, struct arena *a,
		struct number_pool *out, struct fault *f);

/*
 * Minutes since 1970: when the carriers last took a call of this run (0:
 * never), and when they last refused one after that (0: never).  'tried' is for
 * how many minutes since then the run has tried.  Pause, a hold and closed
 * windows interrupt it, so it is the sum of the gaps between refusals, without
 * the gaps that are too long for a run that has contacts to call.
 */
struct refusals {
	int64_t taken, last, tried;
};
int ledger_refusals(struct db *db, int64_t run_id, struct refusals *out,
		    struct fault *f);
/* True when the carriers were still refusing at that time (microseconds). */
bool refusals_last(const struct refusals *r, int64_t at);
/* True when the carriers have refused everything for 24 hours, and still do. */
bool refusals_are_final(const struct refusals *r, int64_t now);
/* Counts a refusal in this minute, because no carrier can be reached. */
int ledger_note_refusal(struct db *db, const struct ledger_node *me,
			int64_t run_id, int64_t now, struct fault *f);

#endif
