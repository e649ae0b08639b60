/*
 * segments.h - the parts of the lists of a campaign, and how far a run has come
 * in each; for report only.
 */
#ifndef REPORT_SEGMENTS_H
#define REPORT_SEGMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct contact_query;
struct db;
struct fault;

/* A segment of the run, or of a campaign that has none. */
struct report_segment {
	int64_t seg, list_id, part, upto, next; /* next: of its cursor */
	int64_t rest;				/* enum run_rest, of the run */
	const char *zone;			/* "": the campaign's */
	int64_t prio; /* lower ones are called first */
	bool grows;   /* by contacts that come by calls */
};

/* In the order of their numbers.  FAULT_ABSENT: no such campaign or run in the
 * workspace. */
int report_segments(struct db *db, const struct contact_query *q,
		    struct report_segment **out, size_t *count, struct arena *a,
		    struct fault *f);

#endif
