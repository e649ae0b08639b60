/*
 * index.h - the index of large workspaces: counts, searches and sorts a
 * million campaigns in some milliseconds, and is exact.
 *
 * A file of a workspace's campaigns (index_file.h), which all processes of a
 * machine map, and in each process what has changed since the file was made.
 * Every use first reads, in one statement, what was touched since the last one
 * (campaign.touched_at) and what was deleted (the audit log has a line for
 * every deletion, written by its transaction, so nothing more need be kept).
 * It reads again what is up to INDEX_MARGIN_S old: a transaction touches rows
 * some time before they are seen.  Waits for locks (5 s), a cluster's view
 * change (6 s) and clocks of several servers that differ fit into that; what
 * takes longer is seen when the file is made anew.
 *
 * The file is made by a thread of whichever process finds it missing, full of
 * changes or old first; until it is there, and when it cannot be made, SQL
 * answers: slower, and as right.  A lock on a file of its own keeps others from
 * making it too, and dies with its process.
 *
 * A struct search_index is shared by all threads of a process; each brings its
 * own struct db.
 */
#ifndef LISTING_INDEX_H
#define LISTING_INDEX_H

#include <stdint.h>

struct db;
struct db_conf;
struct fault;
struct index_view;

/*
 * Campaigns of a workspace from which on it is used.  At 5,000 a search takes
 * SQL 1.7-2.3 ms and the index 0.2-0.5, a page without one 0.75 and 0.42; at
 * 1,000 both pages take 0.4, and nobody needs a file for that.
 */
#define INDEX_LEAST 5000
#define INDEX_MARGIN_S 15
#define INDEX_OLD_S 1800 /* then the file is made again */
#define INDEX_YOUNG_S 20 /* no file is made again before */
#define INDEX_MOST 10000 /* changes that are read, or kept, at most */

struct search_index;

/*
 * Files lie in 'dir', which is made, for our user only.  The strings of 'conf'
 * must live as long as the index.  search_index_free() waits for a file that is
 * being made; NULL is fine.
 */
struct search_index *search_index_new(const char *dir,
				      const struct db_conf *conf);
void search_index_free(struct search_index *fd);

/*
 * The campaigns of a workspace as they are now, to be given back with
 * index_view_drop().  *out is NULL when there is no file, or too much has
 * changed; then one is made, if the workspace is known to be large enough.
 */
int search_index_look(struct search_index *fd, struct db *db,
		      int64_t workspace_id, struct index_view **out,
		      struct fault *f);

/* The workspace has that many campaigns, as somebody has counted. */
void search_index_told(struct search_index *fd, int64_t workspace_id,
		       int64_t count);

/*
 * Makes the file now.  FAULT_BUSY: somebody else is at it.  For the thread, and
 * for tests.
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
