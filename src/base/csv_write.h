/*
 * csv_write.h - CSV for people (RFC 4180): they open it in a spreadsheet, mend
 * it and send it back.
 *
 * A cell that a spreadsheet would run as a formula gets an apostrophe before
 * it: one that begins with = @ tab or CR, and one that begins with + or - and
 * is no number or phone number.
 */
#ifndef BASE_CSV_WRITE_H
#define BASE_CSV_WRITE_H

#include <stddef.h>

struct buf;
struct csv_row;

/* A cell, quoted where it must be, without what stands between cells. */
void csv_write_cell(struct buf *out, const char *s, size_t len);

/* A row with as many cells as it has, at least 'columns', and 'last' behind
 * them; then CRLF. */
void csv_write_row(struct buf *out, const struct csv_row *row, size_t columns,
		   const char *last);

#endif
