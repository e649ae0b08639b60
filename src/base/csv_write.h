/*
 * csv_write.h - CSV for people (RFC 4180): they open it in a spreadsheet, mend
 * it and send it back.  What csv.h reads of it is what was written, whatever
 * the cells are.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe in front
 * (csv_guard.h).
 */
#ifndef BASE_CSV_WRITE_H
#define BASE_CSV_WRITE_H

#include <stddef.h>

struct buf;
struct csv_row;

/* What a file begins with: without it Excel takes UTF-8 for another encoding,
 * and saves what it has taken it for. */
#define CSV_MARK "\xef\xbb\xbf"

/* A cell, quoted where it must be, without what stands between cells. */
void csv_write_cell(struct buf *out, const char *s, size_t len);

/* A row with as many cells as it has, at least 'columns', between its own
 * delimiter, and the 'count' texts of 'more' behind them; then CRLF. */
void csv_write_row(struct buf *out, const struct csv_row *row, size_t columns,
		   const char *const *more, size_t count);

#endif
