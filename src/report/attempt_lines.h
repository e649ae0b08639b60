/*
 * attempt_lines.h - all attempts of a run in the order of its contacts, some
 * thousand at a time: however many there are, the memory stays the same.
 */
#ifndef REPORT_ATTEMPT_LINES_H
#define REPORT_ATTEMPT_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"

struct arena;
struct db;
struct fault;

/* An attempt with what its bot reported. */
struct attempt_line {
	char id[UUID_TEXT];
	int64_t seg, ordinal, seq, nonce;
	const char *phone;	 /* "": erased */
	const char *external_id; /* NULL: none */
	int64_t sent_at;
	int64_t ring_ms, talk_ms; /* -1: not reported */
	unsigned outcome;	  /* enum outcome */
	int64_t q850, sip;	  /* -1: not reported */
	unsigned hung_by;	  /* of hung_by_words */
	int64_t counted;
	const char *caller, *carrier; /* NULL: no longer known */
	const char *disposition;      /* NULL: there is no report */
	unsigned answered_by;	      /* of answered_by_words */
};

/* Which attempts of a run; all 0: all of them. */
struct line_filter {
	unsigned outcome;	 /* enum outcome; 0: any */
	const char *disposition; /* as its bot reported it; NULL: any */
	int64_t from, before;	 /* when it was sent; 0: any */
};

/* Where a reader of a run is; 'segments' and 'n' are its own. */
struct attempt_lines {
	int64_t workspace_id, campaign_id, run_id;
	struct line_filter filter;
	struct report_segment *segments;
	size_t count, n;
	int64_t after; /* the last contact that was read of segment n */
};

/* Reads what the run has to be read; 'a' must last as long as the reader.
 * FAULT_ABSENT: no such run of the campaign in the workspace. */
int attempt_lines_open(struct db *db, struct attempt_lines *l, struct arena *a,
		       struct fault *f);

/* The next ones; *out NULL: there are no more.  A call may give none of them
 * though there are more. */
int attempt_lines_next(struct db *db, struct attempt_lines *l,
		       struct attempt_line **out, size_t *count,
		       struct arena *a, struct fault *f);

#endif
