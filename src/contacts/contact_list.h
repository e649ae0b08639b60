/*
 * contact_list.h - creates contact lists, counts the segments of campaigns that
 * refer to them, and erases lists to which nothing refers.
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
 * Creates an empty list for one campaign, open and with one part, inside the
 * caller's transaction.
 */
int campaign_own_list(struct db *db, int64_t workspace_id, int64_t *list_id,
		      struct fault *f);

/* The priority of a contact, and segment.prio, by which segments are called:
 * the least first. */
#define PRIORITY_MOST 9 /* called before all others that were never called */
#define PRIORITY_USUAL 5
#define PRIO_OF(priority) (PRIORITY_MOST - (priority))

/* segment.seg: the campaign's own list, which is created with it, and the list
 * of a file.  The own list's first part has contacts of the usual priority; its
 * part n, of another one, is the segment SEGMENT_OWN_PARTS + n. */
enum segment { SEGMENT_OWN, SEGMENT_FILE, SEGMENT_OWN_PARTS = 0x8000 };

/* Makes a list a segment of a campaign, with as many contacts; WHOLE_LIST: all,
 * also those that are added later. */
#define WHOLE_LIST (-1)
int segment_add(struct db *db, int64_t campaign_id, enum segment seg,
		int64_t list_id, int64_t contacts, struct fault *f);

/*
 * Reads the lists of a campaign's segments, except 'but' (0: none), with the
 * number of segments that use each; in order, inside the caller's transaction.
 */
struct list_use {
	int64_t list_id, segments;
};
int segment_lists(struct db *db, int64_t campaign_id, int64_t but,
		  struct list_use **out, size_t *count, struct arena *a,
		  struct fault *f);

/* Add or remove the references that 'segments' counts; lists_ref() gives
 * FAULT_CONFLICT when a list no longer exists. */
int lists_ref(struct db *db, const struct list_use *lists, size_t count,
	      struct fault *f);
int lists_unref(struct db *db, const struct list_use *lists, size_t count,
		struct fault *f);

/*
 * Erases at most 'chunk' contacts, or rows about them, of a list to which no
 * segment refers, that no reader is filling and no campaign can take.  *left:
 * there is more to erase, so call again.
 */
int list_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f);

#endif
