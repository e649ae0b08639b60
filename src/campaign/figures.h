/*
 * figures.h - campaign rows with the figures that are shown for them.
 */
#ifndef CAMPAIGN_FIGURES_H
#define CAMPAIGN_FIGURES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct campaign;
struct db;
struct fault;

/* Rows of a page: the usual number, and the most. */
#define PAGE_USUAL 25
#define PAGE_MAX 100

/* How many campaigns a workspace has, archived ones apart. */
struct campaign_total {
	int64_t workspace_id, campaigns, archived;
};

/*
 * Adds their figures to the rows, and what their workspace has for all of them:
 * the hold and the holidays.  For rows without a workspace (0) there are no
 * holidays, and 'a' may be NULL.  'all' (may be NULL) is counted for its
 * workspace.
 */
int figures_add(struct db *db, struct campaign *rows, size_t count,
		struct campaign_total *all, struct arena *a, struct fault *f);

/* Campaigns of a workspace by id, at most PAGE_MAX. */
struct campaign_ids {
	int64_t workspace_id;
	const int64_t *ids;
	size_t count;
};

/* Loads campaigns in the order of their ids; deleted ones are left out. */
int campaigns_by_id(struct db *db, const struct campaign_ids *which,
		    struct campaign *out, size_t *found, struct arena *a,
		    struct fault *f);

#endif
