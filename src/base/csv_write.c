#include "base/csv_write.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/csv_guard.h"

/* Quotes every delimiter that a reader might try, not only the comma. */
static bool
needs_quotes(const char *s, size_t len)
{
	static const char special[] = "\"\r\n" CSV_DELIMITERS;

	for (size_t i = 0; i < len; i++) {
		/* Most characters are letters and digits. */
		if (!isalnum((unsigned char)s[i]) &&
		    memchr(special, s[i], sizeof(special) - 1))
			return true;
	}
	return false;
}

void
csv_write_cell(struct buf *out, const char *s, size_t len)
{
	bool quotes = needs_quotes(s, len);

	if (quotes)
		buf_char(out, '"');
	if (csv_wants_guard(s, len))
		buf_char(out, '\'');
	while (quotes && len) {
		const char *quote = memchr(s, '"', len);
		size_t n = quote ? (size_t)(quote - s) + 1 : len;

		buf_add(out, s, n);
		if (quote)
			buf_char(out, '"');
		s += n;
		len -= n;
	}
	buf_add(out, s, len);
	if (quotes)
		buf_char(out, '"');
}

void
csv_write_row(struct buf *out, const struct csv_row *row, size_t columns,
	      const char *const *more, size_t count)
{
	for (size_t i = 0; i < row->count || i < columns; i++) {
		if (i)
			buf_char(out, row->delimiter);
		if (i < row->count)
			csv_write_cell(out, row->cells[i], row->lens[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (i || row->count || columns)
			buf_char(out, row->delimiter);
		csv_write_cell(out, more[i], strlen(more[i]));
	}
	buf_str(out, "\r\n");
}
