#include "base/csv_write.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"

/* +44 (20) 7946-0000 and -1.5 are no formulas. */
static bool
is_number(const char *s, size_t len)
{
	bool digit = false;

	for (size_t i = 1; i < len; i++) {
		if (!memchr("0123456789 ()-.", s[i], 15))
			return false;
		digit = digit || (s[i] >= '0' && s[i] <= '9');
	}
	return digit;
}

static bool
is_formula(const char *s, size_t len)
{
	if (!len)
		return false;
	if (memchr("=@\t\r", *s, 4))
		return true;
	return (*s == '+' || *s == '-') && !is_number(s, len);
}

/* A reader that looks for semicolons or tabs finds none outside of quotes. */
static bool
needs_quotes(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (memchr("\",;\t\r\n", s[i], 6))
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
	if (is_formula(s, len))
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
	      const char *last)
{
	for (size_t i = 0; i < row->count || i < columns; i++) {
		if (i < row->count)
			csv_write_cell(out, row->cells[i], row->lens[i]);
		buf_char(out, ',');
	}
	csv_write_cell(out, last, strlen(last));
	buf_str(out, "\r\n");
}
