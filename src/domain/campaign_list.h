/*
 * campaign_list.h - what the files that answer campaign_list() share; inside
 * domain only.
 *
 * A query becomes a plan.  A way of answering it gives the rows, or the ids,
 * that lie past the plan's key, one more than the page has if there is one, in
 * the order in which they are met: backwards when the page precedes its key.
 */
#ifndef DOMAIN_CAMPAIGN_LIST_H
#define DOMAIN_CAMPAIGN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain/campaign_key.h"

struct arena;
struct db;
struct fault;

#define PAGE_USUAL 25
#define PAGE_MAX 100

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

/*
 * Adds the figures of rows; of a workspace (not 0) also how many campaigns it
 * has: out->all, out->running.
 */
int figures_add(struct db *db, struct campaign *rows, size_t count,
		int64_t workspace_id, struct campaign_page *out,
		struct fault *f);

/* A match that is to be sorted by a figure. */
struct match {
	int64_t id, at, run;
	int value; /* campaign_progress() and its like */
};

/* Sets the value of each and sorts them as the plan says. */
int figures_sort(struct db *db, const struct list_plan *plan,
		 struct match *list, size_t count, struct fault *f);

/*
 * The page of a sorted list: the place of its first row and how many there
 * are; *before and *after: there are more of them on that side.
 */
struct cut {
	size_t from, count;
	bool before, after;
};
struct cut figures_cut(const struct list_plan *plan, const struct match *list,
		       size_t count);

/* The rows of ids, in their order; those that are gone are left out. */
int rows_by_id(struct db *db, int64_t workspace_id, const int64_t *ids,
	       size_t count, struct campaign *out, size_t *found,
	       struct arena *a, struct fault *f);

#endif
