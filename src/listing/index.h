/*
 * index.h - the index of large workspaces: counts, searches and sorts a million
 * campaigns in some milliseconds, and is exact.
 *
 * It is a file of a workspace's campaigns (index_file.h), which all processes
 * of a machine map, and in each process what has changed since the file was
 * made.  Every use first reads, in one statement, what was touched since the
 * last one (campaign.touched_at) and what was deleted (from the audit log: the
 * transaction of each deletion writes a line there).  It reads the last
 * INDEX_MARGIN_S again, because a transaction touches rows some time before
 * others see them.  Waits for locks (5 s), a cluster's view change (6 s) and
 * clocks of several servers that differ fit into that; what takes longer is
 * seen when the file is made again.
 *
 * The first process that finds the file missing, old or with too many changes
 * makes it in a thread; until it is there, and when it cannot be made, SQL
 * answers: slower, but as exact.  A lock on a separate file keeps others from
 * making it too, and is released when its process ends.
 *
 * All threads of a process share a struct search_index; each brings its own
 * struct db.
 */
#ifndef LISTING_INDEX_H
#define LISTING_INDEX_H

#include <stdint.h>

struct db;
struct db_conf;
struct fault;
struct index_view;

/*
 * The least number of campaigns for which a workspace gets an index.  At 5,000
 * a search takes 1.7-2.3 ms by SQL and 0.2-0.5 ms by the index, a page without
 * a search 0.75 and 0.42 ms; at 1,000 both pages take 0.4 ms and need no file.
 */
#define INDEX_LEAST 5000
#define INDEX_MARGIN_S 15
#define INDEX_OLD_S 1800 /* after which the file is made again */
#define INDEX_YOUNG_S 20 /* the file is not made again sooner */
#define INDEX_MOST 10000 /* most changes that are read, or kept */

struct search_index;

/*
 * The files lie in 'dir', which is made for our user only.  The strings of
 * 'conf' must live as long as the index.  search_index_free() waits for a file
 * that is being made; NULL is allowed.
 */
struct search_index *search_index_new(const char *dir,
				      const struct db_conf *conf);
void search_index_free(struct search_index *fd);

/*
 * Gives the campaigns of a workspace as they are now; the caller calls
 * index_view_drop().  *out is NULL when there is no file, or too much has
 * changed; then one is made, if the workspace is known to be large enough.
 */
int search_index_look(struct search_index *fd, struct db *db,
		      int64_t workspace_id, struct index_view **out,
		      struct fault *f);

/* Tells the index that a count found so many campaigns in the workspace. */
void search_index_told(struct search_index *fd, int64_t workspace_id,
		       int64_t count);

/*
 * Makes the file now.  FAULT_BUSY: another process or thread is making it.  For
 * tests.
 */
int search_index_build(struct search_index *fd, struct db *db,
		       int64_t workspace_id, struct fault *f);

/* Of this process, since search_index_new(). */
struct search_index_stats {
	int64_t looks;	/* that gave a view */
	int64_t misses; /* that gave none */
	int64_t builds;
	int64_t fresh; /* changed rows in the last view */
};
struct search_index_stats search_index_stats(struct search_index *fd);

#endif
