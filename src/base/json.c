#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"

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

/* "mon, tue" as ["mon","tue"]; "busy=5" as {"busy":5}. */
static void
json_entries(struct buf *out, const struct field *fd, const char *text)
{
	bool map = field_is_map(fd), first = true;

	buf_char(out, map ? '{' : '[');
	for (text += strspn(text, ", "); *text; text += strspn(text, ", ")) {
		size_t len = strcspn(text, ","), key;

		while (len && text[len - 1] == ' ')
			len--;
		key = map ? strcspn(text, "=") : len;
		if (!first)
			buf_char(out, ',');
		first = false;
		json_text(out, text, key);
		if (map) {
			buf_char(out, ':');
			buf_add(out, text + key + 1, len - key - 1);
		}
		text += strcspn(text, ",");
	}
	buf_char(out, map ? '}' : ']');
}

/* A text that is not set. */
static bool
is_null(const struct field *fd, const void *base)
{
	const char *text;

	if (fd->type != FIELD_STR || fd->codec)
		return false;
	memcpy(&text, (const char *)base + fd->offset, sizeof(text));
	return !text;
}

static bool
is_number(const struct field *fd)
{
	if (fd->codec)
		return fd->codec->form == CODEC_NUMBER;
	return fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN;
}

static bool
is_moment(const struct field *fd)
{
	return fd->shape == SHAPE_TIME || fd->shape == SHAPE_DATE ||
	       fd->shape == SHAPE_DATE_TIME;
}

void
json_field(struct buf *out, const struct field *fd, const void *base,
	   struct arena *a)
{
	bool none_is_null = is_number(fd) || is_moment(fd) ||
			    fd->type == FIELD_WORD;
	const char *text = is_null(fd, base) ? NULL : field_text(fd, base, a);

	if (field_is_list(fd) || field_is_map(fd))
		json_entries(out, fd, text);
	else if (fd->type == FIELD_BOOL)
		buf_str(out, strcmp(text, "yes") ? "false" : "true");
	else if (fd->shape == SHAPE_SECRET || !text || (none_is_null && !*text))
		buf_str(out, "null");
	else if (is_number(fd))
		buf_str(out, text);
	else
		json_str(out, text);
}

void
json_members(struct buf *out, const struct record *rec, const void *base,
	     struct arena *a)
{
	const char *comma = "";

	for (size_t i = 0; i < rec->count; i++) {
		if (rec->fields[i].shape == SHAPE_SECRET)
			continue;
		buf_str(out, comma);
		comma = ",";
		json_str(out, rec->fields[i].name);
		buf_char(out, ':');
		json_field(out, &rec->fields[i], base, a);
	}
}
