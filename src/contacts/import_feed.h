/*
 * import_feed.h - reads a CSV file with a column phone_number, row by row: the
 * limits of a file, its header, and what is said of a file without numbers.
 * For import.c and dnc_import.c.
 */
#ifndef CONTACTS_IMPORT_FEED_H
#define CONTACTS_IMPORT_FEED_H

#include <stdbool.h>

#include "contacts/import.h"
#include "contacts/import_rows.h"
#include "contacts/rejects.h"

struct arena;
struct csv_row;
struct fault;

struct import_feed {
	const struct import_hooks *h; /* read, and row or NULL */
	/* Gets each row after the header; it counts good, rejected, duplicate
	 * and unknown.  -1 with *f set to stop. */
	int (*take)(void *arg, const struct csv_row *row, struct fault *f);
	/* Gets the header, once 'columns' is filled, and may change that; may
	 * be NULL. */
	void (*head)(void *arg, const struct csv_row *header);
	/* Called after each block of the file; may be NULL. */
	int (*tick)(void *arg, struct fault *f);
	void *arg;
	struct arena *arena; /* of the whole import */

	struct import_counts counts;
	struct import_columns columns;
	bool has_header;
	struct rejects_own own;
};

/* Reads the file to its end.  FAULT_INVALID: what is wrong with it, on which
 * line; else the fault of a hook. */
int import_feed(struct import_feed *m, struct fault *f);

/* After import_feed(): FAULT_INVALID when no row was good. */
int import_feed_check(const struct import_feed *m, struct fault *f);

/* Tells the hook 'row' what became of a row. */
void import_feed_tell(struct import_feed *m, const struct csv_row *row,
		      enum import_fate fate, const char *why);

#endif
