/*
 * contact_list.h - lists of contacts: made, referred to by the segments of
 * campaigns, and erased when nothing refers to them.
 */
#ifndef CONTACTS_CONTACT_LIST_H
#define CONTACTS_CONTACT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

/*
 * Inside the caller's transaction: an empty list of the campaign's own, open,
 * and with one part.
 */
int campaign_own_list(struct db *db, int64_t workspace_id, int64_t *list_id,
		      struct fault *f);

/*
 * Inside the caller's transaction: the lists of a campaign's segments, except
 * 'but' (0: none), with how many segments use each; in order.
 */
struct list_use {
	int64_t list_id, segments;
};
int segment_lists(struct db *db, int64_t campaign_id, int64_t but,
		  struct list_use **out, size_t *count, struct arena *a,
		  struct fault *f);

/* One segment more or less refers to each; FAULT_CONFLICT when one is gone. */
int lists_ref(struct db *db, const struct list_use *lists, size_t count,
	      struct fault *f);
int lists_unref(struct db *db, const struct list_use *lists, size_t count,
		struct fault *f);

/*
 * Erases contacts of a list that no segment refers to, that nobody is filling
 * and no campaign can take, at most 'chunk' rows; *left: call again, there is
 * more.
 */
int list_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f);

#endif
