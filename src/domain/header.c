#include "domain/header.h"

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"

/*
 * Characters that nobody sees: they make a name differ that looks the same.
 * A range has one name.
 */
/* clang-format off */
static const struct {
	uint32_t first, last;
	const char *name;
} hidden[] = {
	{ 0x0009, 0x0009, "a tab" },
	{ 0x000a, 0x000a, "a line break" },
	{ 0x000d, 0x000d, "a line break" },
	{ 0x0001, 0x001f, "a control character" },
	{ 0x007f, 0x009f, "a control character" },
	{ 0x00a0, 0x00a0, "a no-break space" },
	{ 0x00ad, 0x00ad, "a soft hyphen" },
	{ 0x034f, 0x034f, "a grapheme joiner" },
	{ 0x061c, 0x061c, "an Arabic letter mark" },
	{ 0x115f, 0x1160, "a Hangul filler" },
	{ 0x17b4, 0x17b5, "a Khmer vowel mark" },
	{ 0x180e, 0x180e, "a Mongolian vowel separator" },
	{ 0x2000, 0x200a, "a space of another width" },
	{ 0x200b, 0x200b, "a zero-width space" },
	{ 0x200c, 0x200c, "a zero-width non-joiner" },
	{ 0x200d, 0x200d, "a zero-width joiner" },
	{ 0x200e, 0x200e, "a left-to-right mark" },
	{ 0x200f, 0x200f, "a right-to-left mark" },
	{ 0x2028, 0x2029, "a line separator" },
	{ 0x202a, 0x202e, "a mark of direction" },
	{ 0x202f, 0x202f, "a narrow no-break space" },
	{ 0x205f, 0x205f, "a mathematical space" },
	{ 0x2060, 0x2060, "a word joiner" },
	{ 0x2061, 0x206f, "an invisible mark" },
	{ 0x3000, 0x3000, "an ideographic space" },
	{ 0x3164, 0x3164, "a Hangul filler" },
	{ 0xfe00, 0xfe0f, "a variation selector" },
	{ 0xfeff, 0xfeff, "a byte-order mark" },
	{ 0xfff9, 0xfffb, "an annotation mark" },
	{ 0xe0000, 0xe0fff, "an invisible tag" },
};
/* clang-format on */

/* The character at 's', which is valid UTF-8 and not at its end. */
static uint32_t
char_at(const char *s, size_t *len)
{
	const unsigned char *u = (const unsigned char *)s;
	uint32_t c = *u;

	*len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (*len > 1)
		c &= 0x7fU >> *len;
	for (size_t i = 1; i < *len; i++)
		c = c << 6 | (u[i] & 0x3f);
	return c;
}

/* What is hidden there, as "a tab (U+0009)"; NULL: nothing. */
static const char *
hidden_at(const char *s, size_t *len, struct arena *a)
{
	uint32_t c = char_at(s, len);

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		if (c >= hidden[i].first && c <= hidden[i].last)
			return arena_printf(a, "%s (U+%04X)", hidden[i].name,
					    (unsigned)c);
	}
	return NULL;
}

/* The first thing that is wrong with a name though nobody sees it. */
static const char *
find_hidden(const char *name, struct arena *a)
{
	size_t len = strlen(name);

	for (const char *s = name, *found; *s; s += len) {
		found = hidden_at(s, &len, a);
		if (found)
			return found;
	}
	if (*name == ' ')
		return "a space in front";
	len = strlen(name);
	return len && name[len - 1] == ' ' ? "a space at the end" : NULL;
}

/* A name as a message can show it. */
static const char *
visible(const char *name, struct arena *a)
{
	char *out = arena_alloc(a, strlen(name) + 1);
	size_t n = 0, len;

	for (const char *s = name; *s && n < 60; s += len) {
		if (hidden_at(s, &len, a))
			continue;
		memcpy(out + n, s, len);
		n += len;
	}
	return out;
}

/* What somebody may have meant by it: "Phone Number", "phone_number\u200b",
 * "Phone No." all become letters alone. */
static const char *
letters_of(const char *name, struct arena *a)
{
	const char *folded = text_fold(a, visible(name, a));
	char *out = arena_alloc(a, strlen(folded) + 1);
	size_t n = 0;

	for (const char *s = folded; *s; s++) {
		if (!strchr("_-.:# ", *s))
			out[n++] = *s;
	}
	return out;
}

static bool
is_near(const char *name, const char *const *near, struct arena *a)
{
	const char *letters = letters_of(name, a);

	for (; *near; near++) {
		if (!strcmp(letters, *near))
			return true;
	}
	return false;
}

static int __attribute__((format(printf, 3, 4)))
refuse(const struct csv_row *header, struct fault *f, const char *fmt, ...)
{
	struct arena *a = arena_new();
	va_list ap;

	va_start(ap, fmt);
	fault_field(f, "file", "Line %lld: %s", (long long)header->line,
		    arena_vprintf(a, fmt, ap));
	va_end(ap);
	arena_free(a);
	return -1;
}

int
header_lacks(const struct csv_row *header, const char *want,
	     const char *const *near, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		if (is_near(header->cells[i], near, a))
			return refuse(header, f,
				      "there is no column “%s”. Column %zu, "
				      "“%s”, comes near: rename it.",
				      want, i + 1,
				      visible(header->cells[i], a));
	}
	return refuse(header, f,
		      "there is no column “%s”. The first line must name the "
		      "columns, and one must have exactly that name.",
		      want);
}

static int
check_name(const struct csv_row *header, size_t i, struct arena *a,
	   struct fault *f)
{
	const char *name = header->cells[i], *found = find_hidden(name, a);

	if (!*name)
		return refuse(header, f, "column %zu has no name.", i + 1);
	if (found)
		return refuse(header, f,
			      "there is %s in the name of column %zu, “%s”. "
			      "Remove it.",
			      found, i + 1, visible(name, a));
	for (size_t k = 0; k < i; k++) {
		if (!strcmp(name, header->cells[k]))
			return refuse(header, f,
				      "columns %zu and %zu are both named "
				      "“%s”.",
				      k + 1, i + 1, visible(name, a));
	}
	return 0;
}

int
header_check(const struct csv_row *header, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		if (check_name(header, i, a, f))
			return -1;
	}
	return 0;
}
