/* Keeps the rows of a file that people see: the first and the rejected ones. */
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/text.h"
#include "contacts/rejects.h"
#include "contacts/upload_priv.h"

#define SHOWN_ROWS 5
#define SHOWN_CELLS 50
#define SHOWN_CHARS 60
#define SHOWN_BYTES 60000 /* upload.preview holds 65,535 */
#define REJECTS_MOST (INT64_C(64) << 20)

/* The length in bytes of a cell's first SHOWN_CHARS characters. */
static size_t
beginning(const char *s, size_t len)
{
	size_t at = 0;

	for (int n = 0; at < len && n < SHOWN_CHARS; n++)
		at += text_char(s + at, len - at);
	return at;
}

static void
add_shown(struct buf *out, const struct csv_row *row)
{
	buf_char(out, '[');
	for (size_t i = 0; i < row->count && i < SHOWN_CELLS; i++) {
		if (i)
			buf_char(out, ',');
		json_text(out, row->cells[i],
			  beginning(row->cells[i], row->lens[i]));
	}
	buf_char(out, ']');
}

static void
show(struct upload_rows *u, const struct csv_row *row, bool header)
{
	size_t before = u->preview.len;

	if (!header && u->shown++ >= SHOWN_ROWS)
		return;
	buf_str(&u->preview, header ? "{\"header\":" : u->shown > 1 ? "," : "");
	add_shown(&u->preview, row);
	if (header)
		buf_str(&u->preview, ",\"rows\":[");
	if (u->preview.len <= SHOWN_BYTES)
		return;
	u->preview.len = before;
	u->preview.data[before] = '\0';
	u->shown = SHOWN_ROWS;
}

const char *
upload_preview(const struct upload_rows *u, struct arena *a)
{
	return u->preview.len ? arena_printf(a, "%s]}", u->preview.data) : NULL;
}

bool
upload_is_shown(const struct upload_rows *u)
{
	return u->shown >= SHOWN_ROWS;
}

/* Adds a last row without cells of its own: more rows were rejected. */
static void
say_full(struct upload_rows *u, const struct csv_row *row)
{
	struct csv_row none = { .delimiter = row->delimiter };

	u->full = true;
	rejects_row(&u->rejects, &none, u->columns,
		    "More rows were rejected; only the first 64 MB of them "
		    "are kept.");
}

static void
keep(struct upload_rows *u, const struct csv_row *row, const char *why)
{
	size_t before = u->rejects.len;

	if (u->full)
		return;
	buf_add(&u->rejects, u->header.data, u->header.len);
	rejects_row(&u->rejects, row, u->columns, why);
	u->bytes += (int64_t)(u->rejects.len - before);
	if (u->bytes > REJECTS_MOST) {
		u->rejects.len = before;
		say_full(u, row);
	}
	buf_clear(&u->header);
}

void
upload_row(struct upload_rows *u, const struct csv_row *row,
	   enum import_fate fate, const char *why)
{
	if (fate == IMPORT_HEADER) {
		u->columns = row->count;
		rejects_header(&u->header, row);
	} else if (fate == IMPORT_REJECTED) {
		keep(u, row, why);
	}
	show(u, row, fate == IMPORT_HEADER);
}

void
upload_rows_free(struct upload_rows *u)
{
	buf_free(&u->preview);
	buf_free(&u->header);
	buf_free(&u->rejects);
}
