/*
 * figures.h - rows of campaigns with what is shown of them in numbers.
 */
#ifndef CAMPAIGN_FIGURES_H
#define CAMPAIGN_FIGURES_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct campaign;
struct db;
struct fault;

/* Rows of a page: as most pages have, and the most. */
#define PAGE_USUAL 25
#define PAGE_MAX 100

/*
 * Adds the figures of rows, and what their workspace has for all of them: the
 * hold, the holidays (of no workspace there are none, and 'a' may be NULL); of
 * a workspace (not 0) also how many campaigns it has: *all.
 */
int figures_add(struct db *db, struct campaign *rows, size_t count,
		int64_t workspace_id, int64_t *all, struct arena *a,
		struct fault *f);

/* The rows of ids, in their order; those that are gone are left out. */
int campaigns_by_id(struct db *db, int64_t workspace_id, const int64_t *ids,
		    size_t count, struct campaign *out, size_t *found,
		    struct arena *a, struct fault *f);

#endif
