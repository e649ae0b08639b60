/*
 * number_calls.h - the calls to a number, by all campaigns and in all runs of a
 * workspace (doc/product.md 5.15).  Attempts have no key by number: contacts
 * have one in each list, and lists know their runs.
 */
#ifndef REPORT_NUMBER_CALLS_H
#define REPORT_NUMBER_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

#define NUMBER_CALLS_MOST 100	  /* on a page */
#define NUMBER_EXCLUSIONS_MOST 20 /* that are named */

struct number_call {
	int64_t campaign_id, run; /* the run's number */
	const char *campaign;	  /* its name */
	int64_t seg, ordinal;	  /* the contact */
	int64_t sent_at;
	int64_t ring_ms, talk_ms; /* -1: not reported */
	int64_t outcome;	  /* enum outcome; 0: it is up */
	int64_t live;		  /* enum live_state and 1; 0: it has ended */
	const char *caller;	  /* NULL: no longer known */
	const char *disposition;  /* NULL: none was reported */
};

/* A campaign from which the number is excluded. */
struct number_exclusion {
	int64_t campaign_id;
	const char *campaign;
};

struct number_query {
	int64_t workspace_id;
	const char *phone; /* digits */
	int64_t before; /* only calls sent before; 0: all, and one that is up */
};

struct number_calls {
	struct number_call *rows; /* the newest first */
	size_t count;
	bool more; /* there are older ones */
	struct number_exclusion *exclusions;
	size_t exclusion_count; /* at most NUMBER_EXCLUSIONS_MOST and 1 */
};

/* A key look-up a list of the workspace: some 20 ms for 5,000 lists. */
int number_calls(struct db *db, const struct number_query *q,
		 struct number_calls *out, struct arena *a, struct fault *f);

#endif
