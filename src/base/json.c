#include "base/json.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

static void
add_escaped(struct buf *out, unsigned char c)
{
	static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *at = c ? strchr(plain, c) : NULL;

	if (at)
		buf_printf(out, "\\%c", letters[at - plain]);
	else
		buf_printf(out, "\\u%04x", c);
}

static bool
is_special(unsigned char c)
{
	return c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

void
json_text(struct buf *out, const char *s, size_t len)
{
	size_t from = 0;

	buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (!is_special((unsigned char)s[i]))
			continue;
		buf_add(out, s + from, i - from);
		add_escaped(out, (unsigned char)s[i]);
		from = i + 1;
	}
	buf_add(out, s + from, len - from);
	buf_char(out, '"');
}

void
json_str(struct buf *out, const char *s)
{
	if (s)
		json_text(out, s, strlen(s));
	else
		buf_str(out, "null");
}
