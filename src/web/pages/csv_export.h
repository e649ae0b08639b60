/* csv_export.h - what the CSV files of pages have in common: cells, each with
 * what follows it. */
#ifndef WEB_PAGES_CSV_EXPORT_H
#define WEB_PAGES_CSV_EXPORT_H

#include <stddef.h>
#include <stdint.h>

struct buf;
struct zone;

/* The mark of UTF-8 and the names of the columns. */
void csv_head(struct buf *out, const char *const *names, size_t count);

/* Any text, and a comma; NULL is "". */
void csv_cell(struct buf *out, const char *text);

/* The same for a text of letters, digits, “.”, “+”, “-”, “/”, “_” and spaces
 * which is no formula: a word, an ID, a phone number. */
void csv_plain(struct buf *out, const char *text);

void csv_int(struct buf *out, int64_t n);

/* "2026-11-30T07:24:35.123456+01:00": in a zone, to the microsecond. */
void csv_time(struct buf *out, int64_t us, const struct zone *z);

/* Ends the line in place of the last comma. */
void csv_line_end(struct buf *out);

#endif
