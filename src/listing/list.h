/*
 * list.h - what the files that answer campaign_list() share; inside listing
 * only.
 *
 * A query becomes a plan.  Each way of answering it gives the rows, or the ids,
 * that lie past the plan's key, and one more than the page has if there is one.
 * They come in the order of reading: backwards when the page precedes its key.
 */
#ifndef LISTING_LIST_H
#define LISTING_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "listing/page_key.h"

struct arena;
struct db;
struct fault;

struct list_plan {
	int64_t workspace_id;
	const char *needle; /* folded; "": all */
	int status;	    /* -1: all but archived ones */
	enum campaign_sort sort;
	bool up;
	size_t limit;
	bool keyed; /* the query has a key */
	bool back;  /* the page precedes it */
	struct campaign_key key;
	bool count_all; /* find_by_figures(): found.all is counted, too */
};

/* The rows of a page as they are shown, and what is around it. */
struct found {
	struct campaign *rows;
	size_t count;
	int64_t total;		     /* that match */
	int64_t all, archived;	     /* of the workspace: not archived, and so */
	bool before, after;	     /* there are more on that side */
	struct campaign_key ends[2]; /* of the first row and the last */
};

/* list_plan.c */

/* Reads a query; FAULT_INVALID: its key is none of ours. */
int list_plan_make(const struct campaign_query *q, struct list_plan *plan,
		   struct arena *a, struct fault *f);

/* Statuses that a plan takes, from the first to the last: one, or all that are
 * not archived. */
struct status_range {
	int first, last;
};
struct status_range plan_statuses(const struct list_plan *plan);

/* Too many match to sort by figures: newest first instead. */
void plan_by_time(struct list_plan *plan);

/* Drops a key that is not of the order that the plan has now. */
void plan_settle_key(struct list_plan *plan);

/* list_sql.c, list_index.c */

/*
 * Two ways to find the page of a plan.  They turn a plan that cannot be done
 * into one by time.  find_by_index() returns 1 when the index cannot answer,
 * and SQL has to.
 */
int find_by_sql(struct db *db, struct list_plan *plan, struct found *out,
		struct arena *a, struct fault *f);
int find_by_index(struct search_index *index, struct db *db,
		  struct list_plan *plan, struct found *out, struct arena *a,
		  struct fault *f);

/* list_figures.c */

/* A match to be sorted by a figure. */
struct match {
	int64_t id, at, run;
	int value; /* campaign_progress() or a rate */
};
struct matches {
	struct match *list;
	size_t count;
};

/* Finds the page of a plan by figures among all that match, which it sorts. */
int find_by_figures(struct db *db, const struct list_plan *plan,
		    const struct matches *all, struct found *out,
		    struct arena *a, struct fault *f);

#endif
