/*
 * csv_delimiter.h - what stands between the cells of a file, from its
 * beginning; and the parser that splits by it.  For csv.c.
 */
#ifndef BASE_CSV_DELIMITER_H
#define BASE_CSV_DELIMITER_H

#include <stdbool.h>
#include <stddef.h>

#include <csv.h>

#define CSV_BLOCK 4096 /* by which a cell of the parser grows */

/* RFC 4180, strictly; spaces belong to the cell.  csv_free() it. */
void csv_parser_begin(struct csv_parser *p, char delimiter);

/*
 * Excel's own first line, "sep=;": the delimiter, else '\0'.  'len' ends before
 * the line's end.
 */
char csv_delimiter_named(const char *line, size_t len);

/* The one under which most of the names are cells of this first row, quoted
 * or not; '\0': under none is any. */
char csv_delimiter_wanted(const char *row, size_t len,
			  const char *const *names);

/* The one that gives most rows as many cells as the first, of several the one
 * with more cells, then the comma.  'whole': the text ends there. */
char csv_delimiter_even(const char *text, size_t len, bool whole);

#endif
