/*
 * list.h - what the files that answer campaign_list() share; inside
 * listing only.
 *
 * A query becomes a plan.  A way of answering it gives the rows, or the ids,
 * that lie past the plan's key, one more than the page has if there is one, in
 * the order in which they are met: backwards when the page precedes its key.
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
	int status;	    /* -1: all */
	enum campaign_sort sort;
	bool up;
	size_t limit;
	bool keyed; /* the query has a key */
	bool back;  /* the page precedes it */
	struct campaign_key key;
};

/* A page that is found: its rows as they are shown, and what is around it. */
struct found {
	struct campaign *rows;
	size_t count;
	bool before, after;	     /* there are more on that side */
	struct campaign_key ends[2]; /* of the first row and the last */
};

/*
 * Two ways to find the page of a plan.  They set p->total, p->all and
 * p->running, and turn a plan that cannot be done into one by time.
 * find_by_index() gives 1 when it cannot tell, and SQL has to.
 */
int find_by_sql(struct db *db, struct list_plan *plan, struct found *out,
		struct campaign_page *p, struct arena *a, struct fault *f);
int find_by_index(struct search_index *index, struct db *db,
		  struct list_plan *plan, struct found *out,
		  struct campaign_page *p, struct arena *a, struct fault *f);

/* Too many to be sorted by figures: newest first. */
void plan_by_time(struct list_plan *plan);

/* A key of the order that it did not come to is none. */
void plan_settle_key(struct list_plan *plan);

/* A match that is to be sorted by a figure. */
struct match {
	int64_t id, at, run;
	int value; /* campaign_progress() and its like */
};

/*
 * The page of a plan by figures, of all that match; workspace_id not 0: p->all
 * and p->running are counted too.
 */
int find_by_figures(struct db *db, const struct list_plan *plan,
		    struct match *list, size_t count, int64_t workspace_id,
		    struct found *out, struct campaign_page *p, struct arena *a,
		    struct fault *f);

#endif
