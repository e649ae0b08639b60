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

/*
 * Adds their figures to the rows, and what their workspace has for all of them:
 * the hold and the holidays.  Without a workspace (0) there are no holidays,
 * and 'a' may be NULL.  If workspace_id is not 0, *all becomes the number of
 * its campaigns.
 */
int figures_add(struct db *db, struct campaign *rows, size_t count,
		int64_t workspace_id, int64_t *all, struct arena *a,
		struct fault *f);

/* Loads campaigns by id, in the order of ids; deleted ones are left out. */
int campaigns_by_id(struct db *db, int64_t workspace_id, const int64_t *ids,
		    size_t count, struct campaign *out, size_t *found,
		    struct arena *a, struct fault *f);

#endif
