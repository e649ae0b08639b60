/*
 * csv.h - CSV of any size (RFC 4180, by libcsv), read as a stream.
 *
 * Quotes, embedded newlines, LF, CRLF or CR; it drops a byte-order mark, and
 * the apostrophe that guards a cell in a spreadsheet (csv_guard.h).  The
 * delimiter is the one that Excel's "sep=;" line names (that line is no row);
 * else the one under which the wanted columns exist; else the one that gives
 * the rows the same number of cells.  Blank lines are skipped, spaces are kept.
 * Bytes come in pieces; rows go out one at a time.
 */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct csv_reader;

#define CSV_DELIMITERS ",;\t|"
#define CSV_CELL_MAX ((size_t)1024 * 1024)
#define CSV_CELLS_MAX 1000

struct csv_row {
	int64_t line;	    /* where the row begins, from 1 */
	size_t count;	    /* cells */
	const char **cells; /* terminated, valid until the callback returns */
	const size_t *lens;
	char delimiter; /* of the file */
};

/* Returns 0 to go on, -1 with *f set to stop. */
typedef int csv_row_fn(const struct csv_row *row, void *arg, struct fault *f);

/*
 * Limits: 1 MB a cell, 1,000 cells and 4 MB a row.  csv_feed() and csv_end()
 * give FAULT_INVALID with the line on NUL bytes, text that is not UTF-8 (UTF-16
 * and archives are named as such, and the bad word is shown as Windows-1252
 * reads it), an unclosed or stray quote, or a limit exceeded; and any fault of
 * the callback.  Every later call gives the same fault.  After a stray quote no
 * more rows go out, but reading goes on, so that one message lists up to ten of
 * them.
 *
 * 'want' lists column names, NULL-terminated, of which the file should have at
 * least one; NULL: no name is known.
 */
struct csv_reader *csv_open(const char *const *want, csv_row_fn *fn, void *arg);
int csv_feed(struct csv_reader *c, const char *p, size_t len, struct fault *f);
int csv_end(struct csv_reader *c, struct fault *f);
void csv_close(struct csv_reader *c);

#endif
