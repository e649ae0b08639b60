/*
 * csv_write.h - CSV for people (RFC 4180): they open it in a spreadsheet,
 * correct it and upload it again.  csv.h reads every cell back exactly as it
 * was written.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front
 * (csv_guard.h).
 */
#ifndef BASE_CSV_WRITE_H
#define BASE_CSV_WRITE_H

#include <stddef.h>

struct buf;
struct csv_row;

/* The byte-order mark that a file begins with: without it Excel reads UTF-8 as
 * another encoding, and saves the garbled text. */
#define CSV_MARK "\xef\xbb\xbf"

/* A cell, quoted where it must be; the caller adds the delimiters. */
void csv_write_cell(struct buf *out, const char *s, size_t len);

/* A row with all its cells, padded to 'columns', then the 'count' texts of
 * 'more', separated by the row's own delimiter; then CRLF. */
void csv_write_row(struct buf *out, const struct csv_row *row, size_t columns,
		   const char *const *more, size_t count);

#endif
