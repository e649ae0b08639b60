/* Finds invisible characters in a text. */
#include "base/text.h"

#include "base/arena.h"

/*
 * Invisible characters: with them two names look the same but differ.  All
 * characters of a range share one name.
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
	{ 0x180b, 0x180d, "a variation selector" },
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
	{ 0x2800, 0x2800, "a blank Braille pattern" },
	{ 0x3000, 0x3000, "an ideographic space" },
	{ 0x3164, 0x3164, "a Hangul filler" },
	{ 0xfe00, 0xfe0f, "a variation selector" },
	{ 0xfeff, 0xfeff, "a byte-order mark" },
	{ 0xffa0, 0xffa0, "a Hangul filler" },
	{ 0xfff9, 0xfffb, "an annotation mark" },
	{ 0xe0000, 0xe0fff, "an invisible tag" },
};
/* clang-format on */

uint32_t
text_code(const char *s, size_t *len)
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

const char *
text_hidden(const char *s, size_t *len, struct arena *a)
{
	uint32_t c = text_code(s, len);

	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		if (c >= hidden[i].first && c <= hidden[i].last)
			return arena_printf(a, "%s (U+%04X)", hidden[i].name,
					    (unsigned)c);
	}
	return NULL;
}
