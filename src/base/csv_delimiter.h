/*
 * csv_delimiter.h - finds the delimiter of a file from its beginning, and makes
 * the parser that splits by it.  For csv.c.
 */
#ifndef BASE_CSV_DELIMITER_H
#define BASE_CSV_DELIMITER_H

#include <stdbool.h>
#include <stddef.h>

#include <csv.h>

#define CSV_BLOCK 4096 /* the parser's cell grows by this much */

/* Parses strictly by RFC 4180; spaces belong to the cell.  The caller frees the
 * parser with csv_free(). */
void csv_parser_begin(struct csv_parser *p, char delimiter);

/*
 * The delimiter that Excel's first line "sep=;" names, or '\0'.  'len' excludes
 * the line end.
 */
char csv_delimiter_named(const char *line, size_t len);

/* The delimiter under which most of the names are cells of this first row,
 * quoted or not; '\0' when no delimiter gives any. */
char csv_delimiter_wanted(const char *row, size_t len,
			  const char *const *names);

/* The delimiter that gives most rows as many cells as the first; of several the
 * one with more cells, then the comma.  'whole': the text is complete. */
char csv_delimiter_even(const char *text, size_t len, bool whole);

#endif
