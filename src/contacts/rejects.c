#include "contacts/rejects.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv_write.h"

#define LINE "line"
#define REASON "reason"

void
rejects_header(struct buf *out, const struct csv_row *header)
{
	static const char *const ours[] = { LINE, REASON };

	buf_str(out, CSV_MARK);
	csv_write_row(out, header, 0, ours, ARRAY_LEN(ours));
}

void
rejects_row(struct buf *out, const struct csv_row *row, size_t columns,
	    const char *why)
{
	char line[24] = "";
	const char *const ours[] = { line, why };

	if (row->line)
		snprintf(line, sizeof(line), "%" PRId64, row->line);
	csv_write_row(out, row, columns, ours, ARRAY_LEN(ours));
}

static bool
is_pair(const char *a, const char *b)
{
	return (!strcmp(a, LINE) && !strcmp(b, REASON)) ||
	       (!strcmp(a, REASON) && !strcmp(b, LINE));
}

struct rejects_columns
rejects_find(const struct csv_row *header)
{
	struct rejects_columns c = { .all = header->count };
	const char **names = header->cells;

	for (size_t i = 0; i + 1 < c.all; i++) {
		if (is_pair(names[i], names[i + 1])) {
			c.at = i;
			c.count = 2;
		}
	}
	if (!c.count && c.all && !strcmp(names[c.all - 1], REASON)) {
		c.at = c.all - 1;
		c.count = 1;
	}
	return c;
}

const struct csv_row *
rejects_strip(const struct rejects_columns *c, const struct csv_row *row,
	      struct rejects_own *own)
{
	size_t at = c->at, n = 0;

	if (!c->count || row->count < c->all)
		return row;
	/* a row longer than the header has our columns at its end */
	if (at + c->count == c->all)
		at = row->count - c->count;
	for (size_t i = 0; i < row->count; i++) {
		if (i >= at && i < at + c->count)
			continue;
		own->cells[n] = row->cells[i];
		own->lens[n++] = row->lens[i];
	}
	own->row = *row;
	own->row.count = n;
	own->row.cells = own->cells;
	own->row.lens = own->lens;
	return &own->row;
}
