/*
 * contact_lines.h - all contacts of a run with their variables, in their order,
 * some thousand at a time: however many there are, the memory stays the same.
 */
#ifndef REPORT_CONTACT_LINES_H
#define REPORT_CONTACT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

/* A contact with what came of it; one who was erased is none. */
struct contact_line {
	int64_t ordinal;
	const char *phone;
	const char *external_id, *vars; /* JSON; NULL: none */
	bool gone;
	int64_t state;		 /* enum contact_state, as people read it */
	int64_t outcome;	 /* of the last attempt; 0: none */
	int64_t tries;		 /* counted attempts */
	bool spoke;		 /* to the bot */
	int64_t last_call;	 /* 0: none */
	const char *disposition; /* in its last report; NULL: none */
	bool barred; /* its number may not be called; only asked of those not
		      * reached */
};

/* Which contacts of a run. */
struct contact_line_filter {
	int state;   /* enum contact_state; -1: any */
	int outcome; /* of the last attempt; 0: any */
	/* Nobody spoke to the bot, and the number is neither excluded, on a
	 * do-not-call list nor invalid (doc/product.md 5.14). */
	bool not_reached;
};

/* Where a reader is; what follows the filter is its own. */
struct contact_lines {
	int64_t workspace_id, campaign_id;
	int64_t run_id; /* 0: the campaign has no run */
	struct contact_line_filter filter;
	struct report_segment *segments;
	size_t count, n;
	int64_t after;
};

/* Reads what there is to read; 'a' must last as long as the reader.
 * FAULT_ABSENT: no such campaign or run in the workspace. */
int contact_lines_open(struct db *db, struct contact_lines *l, struct arena *a,
		       struct fault *f);

/* The next ones; *out NULL: there are no more.  A call may give none of them
 * though there are more. */
int contact_lines_next(struct db *db, struct contact_lines *l,
		       struct contact_line **out, size_t *count,
		       struct arena *a, struct fault *f);

/* Begins anew, with the same contacts. */
void contact_lines_rewind(struct contact_lines *l);

#endif
