/*
 * import.h - the rows of a CSV file become the contacts of a list
 * (doc/product.md 4).  Streamed: nothing but the set of numbers seen grows with
 * the file.
 *
 * The list belongs to the caller: it is empty, nobody refers to it and nobody
 * else fills it.  After a failure it is half full, and the caller's to erase.
 */
#ifndef CONTACTS_IMPORT_H
#define CONTACTS_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv_row;
struct db;
struct fault;

/* As far as the file has been read.  rows = good + rejected + duplicate. */
struct import_counts {
	int64_t bytes, rows, good, rejected, duplicate;
	int64_t unknown; /* of the good ones: taken, but with a warning */
};

/* What becomes of a row. */
enum import_fate {
	IMPORT_HEADER,
	IMPORT_GOOD,
	IMPORT_REJECTED,
	IMPORT_DUPLICATE,
	/* Taken: of a possible length, but in no plan that we have. */
	IMPORT_UNKNOWN
};

struct import_hooks {
	/* Reads up to 'size' bytes; 0 at the end, -1 with *f set. */
	int64_t (*read)(void *arg, char *out, size_t size, struct fault *f);
	/* Every row, the header first, without the columns of rejects.h;
	 * 'why': a sentence about a rejected or an unknown one.  NULL: nobody
	 * asks. */
	void (*row)(void *arg, const struct csv_row *row, enum import_fate fate,
		    const char *why);
	/* What came since the last time belongs to the next transaction; the
	 * one before it is done.  Also at the end, unless that one failed. */
	void (*take)(void *arg, const struct import_counts *c);
	/* The first statements of each transaction that stores rows, and a
	 * transaction of its own when none were stored for a while and at the
	 * end: notes how far it was at 'take', or refuses to go on.  It may
	 * run again, and in another thread than the rest, beside it. */
	int (*note)(void *arg, struct db *db, struct fault *f);
	/* True when that must not wait for more rows to store. */
	bool (*due)(void *arg);
	void *arg;
};

/*
 * 'country' completes national numbers ("GB").  Rows are stored in chunks of at
 * most 5,000 (doc/cluster-rules.md 15), each beside the reading of the next:
 * nobody else uses 'db' meanwhile, in a hook neither.  FAULT_INVALID: what is
 * wrong with the file, on which line; FAULT_CONFLICT: no such country; else
 * what a hook or the database gave.
 */
int import_fill(struct db *db, int64_t list_id, const char *country,
		const struct import_hooks *h, struct fault *f);

#endif
