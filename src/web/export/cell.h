/*
 * cell.h - the rows of a file that is downloaded: one table of columns serves
 * every kind of file (csv_export.h, xlsx_book.h).
 */
#ifndef WEB_EXPORT_CELL_H
#define WEB_EXPORT_CELL_H

#include <stddef.h>
#include <stdint.h>

enum cell_kind {
	CELL_TEXT,    /* anything; NULL: nothing */
	CELL_PLAIN,   /* letters, digits, ".", "+", "-", "/", "_" and spaces,
			 and no formula: a word, an ID */
	CELL_PHONE,   /* digits; "" and NULL: nothing */
	CELL_INT,     /* below 0: nothing */
	CELL_SECONDS, /* milliseconds; below 0: nothing */
	CELL_TIME     /* microseconds; 0: nothing */
};

struct file_column {
	const char *name;
	enum cell_kind kind;
};

/* A value of the kind of its column. */
struct file_cell {
	const char *text;
	int64_t n;
};

#endif
