/*
 * import.h - turns the rows of a CSV file into the contacts of a list
 * (doc/product.md 4).  It streams: only the set of numbers seen grows with the
 * file.
 *
 * The list belongs to the caller: it is empty, nothing refers to it, and only
 * this import fills it.  After a failure it is partly filled, and the caller
 * erases it.
 */
#ifndef CONTACTS_IMPORT_H
#define CONTACTS_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv_row;
struct db;
struct fault;

/* Counted so far.  rows = good + rejected + duplicate. */
struct import_counts {
	int64_t bytes, rows, good, rejected, duplicate;
	int64_t unknown; /* how many good ones have a warning */
};

/* The result for a row. */
enum import_fate {
	IMPORT_HEADER,
	IMPORT_GOOD,
	IMPORT_REJECTED,
	IMPORT_DUPLICATE,
	/* Accepted: of a possible length, but in no known numbering plan. */
	IMPORT_UNKNOWN
};

struct import_hooks {
	/* Reads up to 'size' bytes; 0 at the end, -1 with *f set. */
	int64_t (*read)(void *arg, char *out, size_t size, struct fault *f);
	/* Gets every row, the header first, without the columns of rejects.h;
	 * 'why': a sentence on a rejected or unknown one.  May be NULL. */
	void (*row)(void *arg, const struct csv_row *row, enum import_fate fate,
		    const char *why);
	/* Called when the previous transaction is done: the rows since the last
	 * call belong to the next one.  Also called at the end, unless the last
	 * transaction failed. */
	void (*take)(void *arg, const struct import_counts *c);
	/* Runs first in each transaction that stores rows, and in one of its
	 * own when no rows were stored for a while and at the end.  It records
	 * the progress at the last 'take', or refuses to go on.  It may run
	 * again, and runs in another thread at the same time as the other
	 * hooks. */
	int (*note)(void *arg, struct db *db, struct fault *f);
	/* True when the note must not wait for more rows to store. */
	bool (*due)(void *arg);
	void *arg;
};

/*
 * 'country' completes national numbers ("GB").  Rows are stored in chunks of at
 * most 5,000 (doc/cluster-rules.md 15), each while the next one is read: until
 * import_fill() returns, no other code may use 'db', nor a hook other than
 * 'note'.  FAULT_INVALID: what is wrong with the file, on which line;
 * FAULT_CONFLICT: no such country; else the fault of a hook or the database.
 */
int import_fill(struct db *db, int64_t list_id, const char *country,
		const struct import_hooks *h, struct fault *f);

#endif
