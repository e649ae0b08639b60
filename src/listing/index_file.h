/*
 * index_file.h - the file of an index (index.h): the campaigns of one workspace
 * as they were at one time, newest first, for all processes of a machine to
 * map; inside listing only.
 *
 * A head, then columns, each padded to eight bytes:
 *
 *   hay      the searched text of each, with its NUL
 *   at, id   when it was created, and its id
 *   off      where its hay begins, and where the last one ends
 *   status
 *   names    the different name_keys in order, in blocks of NAMES_A_BLOCK: for
 *            each how many bytes it shares with the one before, how many
 *            follow, and these
 *   rank     which of the names it has
 *   blocks   where each block begins, and where the last one ends
 *
 * It is written under another name, renamed when complete, and never changed.
 * snapshot_open() checks everything: it refuses a file with another owner,
 * kind, length or sum, or with an offset outside the file.
 */
#ifndef LISTING_INDEX_FILE_H
#define LISTING_INDEX_FILE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "listing/page_key.h"

struct arena;

#define NAMES_A_BLOCK 16

struct snapshot_head {
	char magic[8];
	uint64_t sum; /* of all that follows the head */
	int64_t workspace_id;
	int64_t made_at;   /* the workspace was made: its id may come again */
	int64_t looked_at; /* the file has all that was committed by then */
	uint64_t count, hay_len, names, names_len;
};

/* Where each column begins, and the length of the whole. */
struct snapshot_sizes {
	size_t hay, at, id, off, status, names, rank, blocks, all;
};
/* Changes with the format of the file, and with the folding of hay
 * (SEARCH_VERSION). */
#define SNAP_MAGIC "outdfnd2"
#define SNAP_PADDED(len) (((len) + 7) & ~(size_t)7)

/* False when the file would be larger than allowed. */
bool snapshot_lay_out(const struct snapshot_head *h, struct snapshot_sizes *s);

/* A sum of whole words.  It detects disk errors; forgers cannot write here. */
uint64_t snapshot_sum(const void *from, size_t len);

/* How many entries of a list, newest first, come before the given one; *exact:
 * it is in the list. */
size_t snapshot_place(const int64_t *at, const int64_t *id, size_t count,
		      int64_t its_at, int64_t its_id, bool *exact);

struct snapshot {
	atomic_uint refs;
	const struct snapshot_head *head;
	const char *hay;
	const int64_t *at, *id;
	const uint32_t *off;
	const uint8_t *status;
	const uint8_t *names;
	const uint32_t *rank, *blocks;
	int64_t by_status[CAMPAIGN_STATUS_MAX];
	size_t size;
	uint64_t dev, ino; /* identify the file */
};

/* The file of a workspace. */
const char *search_index_path(struct arena *a, const char *dir,
			      int64_t workspace_id);

/* NULL when there is no file, or it is not a valid one of ours. */
struct snapshot *snapshot_open(const char *path, int64_t workspace_id);
/* Reads only the head and does not check the rest; false when there is none. */
bool snapshot_peek(const char *path, struct snapshot_head *out);
struct snapshot *snapshot_hold(struct snapshot *s);
void snapshot_drop(struct snapshot *s); /* the last one unmaps; NULL is fine */

/* How many rows come before this time and id; *exact: a row has them. */
size_t snapshot_by_time(const struct snapshot *s, int64_t at, int64_t id,
			bool *exact);

/* How many names come before this one; *exact: the next one is it. */
size_t snapshot_by_name(const struct snapshot *s, const uint8_t *key,
			size_t len, bool *exact);

/* The name of that rank; returns its length. */
size_t snapshot_name(const struct snapshot *s, size_t rank,
		     uint8_t out[static NAME_KEY_MAX]);

/*
 * Writing: first all rows, newest first, then all of them in the order of their
 * names, then snapshot_finish(), which renames the file into place and ends the
 * writing whether or not it succeeds.  Each returns -1 when the disk is full;
 * then, or to give up, call snapshot_abandon().  A row that comes in only one
 * of the two passes has no rank, or no place: it changed meanwhile, and every
 * reader of the file learns of that change from the database.
 */
struct snapshot_writer;
struct snapshot_writer *snapshot_begin(const char *path);
int snapshot_row(struct snapshot_writer *w, int64_t at, int64_t id, int status,
		 const char *hay, size_t len);
int snapshot_named(struct snapshot_writer *w, int64_t at, int64_t id,
		   const uint8_t *key, size_t len);
int snapshot_finish(struct snapshot_writer *w,
		    const struct snapshot_head *about, const char *path);
void snapshot_abandon(struct snapshot_writer *w);

#endif
