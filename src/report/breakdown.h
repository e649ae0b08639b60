/*
 * breakdown.h - the ended calls of a run by pass, number, carrier or node, and
 * by disposition: sums that are written with the ledger, so reading them costs
 * the same however many attempts there are.
 */
#ifndef REPORT_BREAKDOWN_H
#define REPORT_BREAKDOWN_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

enum breakdown_by {
	BY_PASS, /* the attempt at its contact: 1 is the first */
	BY_NUMBER,
	BY_CARRIER,
	BY_NODE,
	BREAKDOWN_MAX
};

struct breakdown_row {
	int64_t key;	   /* the pass, or an id; of a node its slot */
	const char *label; /* number, or name; NULL: it is gone */
	int64_t ended;	   /* counted attempts */
	int64_t answered;  /* picked up, also by a machine */
	int64_t connected; /* completed */
	int64_t brief;	   /* of these, at most 6 s long */
	int64_t blocked, congested;
	int64_t talk_ms;
	int64_t first_at, last_at; /* when such calls were recorded */
};
struct breakdown_query {
	int64_t workspace_id, run_id;
	enum breakdown_by by;
};
/* In the order of the key. */
int run_breakdown(struct db *db, const struct breakdown_query *q,
		  struct breakdown_row **out, size_t *count, struct arena *a,
		  struct fault *f);

/* What bots reported, the latest report of each call; most frequent first. */
#define DISPOSITIONS_SHOWN 50
struct disposition_count {
	const char *disposition;
	int64_t n;
};
struct dispositions {
	struct disposition_count *list; /* at most DISPOSITIONS_SHOWN */
	size_t count;
	int64_t all, goals; /* reports with one, and with one of 'goals' */
};
struct dispositions_query {
	int64_t workspace_id, run_id;
	const char *goals; /* "sold,kept" */
};
int run_dispositions(struct db *db, const struct dispositions_query *q,
		     struct dispositions *out, struct arena *a,
		     struct fault *f);

#endif
