/*
 * index_view.h - the campaigns of a workspace as they are now: a file of them
 * (index_file.h), and over it what has changed since; inside listing only.
 *
 * A view never changes; what is learnt makes another one.  Its rows of the
 * file that are not true any more are hidden: they are among the changed rows
 * as they are now, or gone.
 */
#ifndef LISTING_INDEX_VIEW_H
#define LISTING_INDEX_VIEW_H

#include "campaign/figures.h"
#include "listing/index_file.h"
#include "listing/list.h"

#define NOT_IN_FILE UINT32_MAX

/* A campaign that is not, or not so, in the file. */
struct fresh_row {
	int64_t id, at;
	uint32_t place; /* of its row in the file, which is hidden */
	uint8_t status;
	const char *hay;
	const uint8_t *name;
	size_t hay_len, name_len;
	uint64_t by_time, by_name; /* its places in these orders */
};

/*
 * A place in an order is a number of two halves: in the order of the file, and
 * there among the changed rows.  Odd halves are things, even ones the gaps
 * between them.
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
	int64_t by_status[CAMPAIGN_STATUS_MAX], all;
};

/* What somebody has read; rows in any order. */
struct delta {
	struct fresh_row *rows; /* id, at, status, hay, name */
	size_t count;
	int64_t *gone;
	size_t gone_count;
};

/* Takes the file over. */
struct index_view *index_view_new(struct snapshot *snapshot);
struct index_view *index_view_hold(struct index_view *v);
void index_view_drop(struct index_view *v); /* NULL is fine */

/* Another view, with the delta; or the same one held again, if there are none.
 * Sorts the lists of the delta. */
struct index_view *index_view_apply(struct index_view *v, struct delta *n);

/* The place in the order of time, newest first, or of names, of what need not
 * be there. */
uint64_t index_view_time(const struct index_view *v, int64_t at, int64_t id);
uint64_t index_view_name(const struct index_view *v, const uint8_t *name,
			 size_t len);

/* What a plan finds. */
struct hits {
	int64_t total;
	int64_t ids[PAGE_MAX];
	size_t count;
	bool before, after;	     /* there are more on that side */
	struct campaign_key ends[2]; /* of the first and the last */
};

/*
 * The page of a plan that is not sorted by figures.  Keys are 'a's.
 */
void index_view_find(const struct index_view *v, const struct list_plan *plan,
		     struct hits *out, struct arena *a);

/* The ids of all that match, up to 'most', and how many there are. */
int64_t index_view_matches(const struct index_view *v,
			   const struct list_plan *plan, int64_t *ids,
			   size_t most);

#endif
