/*
 * index_view.h - the campaigns of a workspace as they are now: a file of them
 * (index_file.h) and the changes since it was made; inside listing only.
 *
 * A view never changes; a new change makes another view.  Rows of the file that
 * are not valid any more are hidden: they were deleted, or are among the
 * changed rows with their new values.
 */
#ifndef LISTING_INDEX_VIEW_H
#define LISTING_INDEX_VIEW_H

#include "campaign/figures.h"
#include "listing/index_file.h"
#include "listing/list.h"

#define NOT_IN_FILE UINT32_MAX

/* A campaign that the file lacks, or has with other values. */
struct fresh_row {
	int64_t id, at;
	uint32_t place; /* of its row in the file, which is hidden */
	uint8_t status;
	const char *hay;
	const uint8_t *name;
	size_t hay_len, name_len;
	uint64_t by_time, by_name; /* its ranks in these orders */
};

/*
 * A rank is a number of two halves: the place in the order of the file, and
 * there the place among the changed rows.  Odd halves are rows, even ones the
 * gaps between them.
 */
#define RANK_OF(n) (2 * (uint64_t)(n) + 1)
#define RANK_BEFORE(n) (2 * (uint64_t)(n))

struct gone {
	int64_t id;
	uint32_t place;
};

struct index_view {
	atomic_uint refs;
	struct snapshot *snapshot;
	struct arena *arena;
	struct fresh_row *fresh; /* newest first */
	size_t count;
	struct fresh_row **named; /* one of each different name, in order */
	size_t names;
	struct gone *gone; /* deleted, ascending ids */
	size_t gone_count;
	uint8_t *hidden; /* a bit for each row of the file */
	int64_t by_status[CAMPAIGN_STATUS_MAX], all; /* archived ones too */
};

/* What one look has read; rows in any order. */
struct delta {
	struct fresh_row *rows; /* id, at, status, hay, name */
	size_t count;
	int64_t *gone;
	size_t gone_count;
};

/* Takes over the snapshot. */
struct index_view *index_view_new(struct snapshot *snapshot);
struct index_view *index_view_hold(struct index_view *v);
void index_view_drop(struct index_view *v); /* NULL is allowed */

/* Returns another view that has the delta, or holds the same one if nothing is
 * new.  Sorts the lists of the delta. */
struct index_view *index_view_apply(struct index_view *v, struct delta *n);

/* The campaigns that are not archived. */
int64_t index_view_listed(const struct index_view *v);

/* The rank of a time and id, newest first, or of a name; there need not be such
 * a row. */
uint64_t index_view_time(const struct index_view *v, int64_t at, int64_t id);
uint64_t index_view_name(const struct index_view *v, const uint8_t *name,
			 size_t len);

/* The page of a plan. */
struct hits {
	int64_t total;
	int64_t ids[PAGE_MAX];
	size_t count;
	bool before, after;	     /* there are more on that side */
	struct campaign_key ends[2]; /* of the first and the last */
};

/*
 * Finds the page of a plan that is not sorted by figures.  'a' owns the keys.
 */
void index_view_find(const struct index_view *v, const struct list_plan *plan,
		     struct hits *out, struct arena *a);

/* Gives the ids of all that match, at most 'most'; returns how many match. */
int64_t index_view_matches(const struct index_view *v,
			   const struct list_plan *plan, int64_t *ids,
			   size_t most);

#endif
