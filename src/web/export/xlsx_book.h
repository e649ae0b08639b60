/*
 * xlsx_book.h - a table as a workbook of Excel (XLSX), in a file without a
 * name: whatever happens to the process, nothing is left on the disk.  Memory
 * stays the same however many rows there are; a sheet that is full is followed
 * by another ("Attempts 2"), each with the names of the columns.
 *
 * Texts, also IDs and phone numbers, are text cells, which no spreadsheet runs
 * as a formula; numbers and durations (in seconds) are numbers.  A time is two
 * cells: the exact text that the CSV file has, and beside it, under the name
 * NAME_date, a date cell in the same zone.
 */
#ifndef WEB_EXPORT_XLSX_BOOK_H
#define WEB_EXPORT_XLSX_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "web/export/cell.h"

struct fault;
struct xlsx_book;
struct zone;

#define XLSX_ROWS_MOST 1048576 /* of a sheet, with its head */

struct xlsx_table {
	const char *sheet; /* its name, at most 20 characters */
	const struct file_column *columns;
	size_t count;
	int64_t rows_most; /* of a sheet, at most XLSX_ROWS_MOST */
	const char *dir;   /* where its files lie while they are made */
	int64_t keep_free; /* bytes that stay free on that disk */
	const struct zone *zone;
};

/*
 * Opens a workbook; the table must last as long.  Each function fails with
 * FAULT_BUSY when the disk has no room: the rows lie there twice, uncompressed,
 * while the file is made.
 */
int xlsx_open(const struct xlsx_table *t, struct xlsx_book **out,
	      struct fault *f);

int xlsx_row(struct xlsx_book *b, const struct file_cell *cells,
	     struct fault *f);

/* Looks whether all rows so far are on the disk, and have room to be put
 * together; call it every few thousand rows. */
int xlsx_check(struct xlsx_book *b, struct fault *f);

/* Ends the file and gives it as a descriptor, which is the caller's. */
int xlsx_finish(struct xlsx_book *b, int *fd, struct fault *f);

/* Frees the book, and the file unless it was finished. */
void xlsx_free(struct xlsx_book *b);

#endif
