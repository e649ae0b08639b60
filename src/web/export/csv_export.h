/* csv_export.h - the CSV files of exports, by a table of columns. */
#ifndef WEB_EXPORT_CSV_EXPORT_H
#define WEB_EXPORT_CSV_EXPORT_H

#include <stddef.h>
#include <stdint.h>

#include "web/export/cell.h"

struct buf;
struct zone;

/* The mark of UTF-8 and the names of the columns. */
void csv_head(struct buf *out, const struct file_column *columns, size_t count);

/* A line, with times in a zone.  What a spreadsheet would run as a formula gets
 * an apostrophe in front (base/csv_guard.h). */
void csv_row(struct buf *out, const struct file_column *columns,
	     const struct file_cell *cells, size_t count, const struct zone *z);

/* "2026-11-30T07:24:35.123456+01:00": in a zone, to the microsecond. */
void exact_time(struct buf *out, int64_t us, const struct zone *z);

#endif
