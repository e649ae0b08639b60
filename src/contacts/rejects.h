/*
 * rejects.h - writes rejected rows as a CSV file that people correct and upload
 * again (doc/product.md 4.6): a byte-order mark, the file's own columns and
 * delimiter, and at the end the columns "line" and "reason".
 */
#ifndef CONTACTS_REJECTS_H
#define CONTACTS_REJECTS_H

#include <stddef.h>

#include "base/csv.h"

struct buf;

void rejects_header(struct buf *out, const struct csv_row *header);

/* Writes a rejected row of a file that has 'columns' columns of its own; line 0
 * leaves "line" empty. */
void rejects_row(struct buf *out, const struct csv_row *row, size_t columns,
		 const char *why);

/*
 * The place of these columns in a header: "line" and "reason" side by side, or
 * "reason" alone at the end.  Anywhere else, a column of that name is the
 * file's own.
 */
struct rejects_columns {
	size_t at, count; /* count 0: there are none */
	size_t all;	  /* columns of the header */
};
struct rejects_columns rejects_find(const struct csv_row *header);

/* A row without these columns; valid as long as the row is. */
struct rejects_own {
	struct csv_row row;
	const char *cells[CSV_CELLS_MAX];
	size_t lens[CSV_CELLS_MAX];
};
const struct csv_row *rejects_strip(const struct rejects_columns *c,
				    const struct csv_row *row,
				    struct rejects_own *own);

#endif
