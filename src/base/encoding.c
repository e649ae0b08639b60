#include "base/encoding.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

const char encoding_advice[] =
	"Save it again as CSV UTF-8: in Excel with Save As, file type “CSV "
	"UTF-8 (Comma delimited)”; in LibreOffice with Save As, “Edit filter "
	"settings”, character set “Unicode (UTF-8)”.";

/* Takes the first byte of a character and notes what may follow it. */
static bool
begin_char(struct encoding *e, unsigned char b)
{
	if (b < 0xc2 || b > 0xf4)
		return false;
	e->rest = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
	e->taken = 1;
	e->low = b == 0xe0 ? 0xa0 : b == 0xf0 ? 0x90 : 0x80;
	e->high = b == 0xed ? 0x9f : b == 0xf4 ? 0x8f : 0xbf;
	return true;
}

/* Takes one byte; false when it is not valid here. */
static bool
take_byte(struct encoding *e, unsigned char b)
{
	if (!e->rest)
		return b && (b < 0x80 || begin_char(e, b));
	if (b < e->low || b > e->high)
		return false;
	e->taken++;
	if (!--e->rest)
		e->taken = 0;
	e->low = 0x80;
	e->high = 0xbf;
	return true;
}

static bool
is_plain(const char *p)
{
	const uint64_t ones = 0x0101010101010101, highs = ones << 7;
	uint64_t word;

	/* None of the eight bytes has the high bit or is zero. */
	memcpy(&word, p, sizeof(word));
	return !((word | (word - ones)) & highs);
}

static bool
is_of_word(char b)
{
	return (unsigned char)b >= 0x80 || isalnum((unsigned char)b) ||
	       b == '-' || b == '\'';
}

/* Keeps the word that these bytes end with, or the last ENCODING_WORD bytes of
 * it. */
static void
follow_word(struct encoding *e, const char *p, size_t len)
{
	size_t from = len, more, drop;

	while (from && len - from < ENCODING_WORD && is_of_word(p[from - 1]))
		from--;
	more = len - from;
	drop = e->len + more > ENCODING_WORD ? e->len + more - ENCODING_WORD
					     : 0;
	if (from)
		drop = e->len;
	memmove(e->word, e->word + drop, e->len - drop);
	memcpy(e->word + e->len - drop, p + from, more);
	e->len += more - drop;
}

size_t
encoding_check(struct encoding *e, const char *p, size_t len)
{
	size_t i = 0;

	while (i < len) {
		if (!e->rest && len - i >= 8 && is_plain(p + i))
			i += 8;
		else if (take_byte(e, (unsigned char)p[i]))
			i++;
		else
			break;
	}
	follow_word(e, p, i);
	e->plain = e->len > e->taken ? e->len - e->taken : 0;
	return i;
}

int
encoding_doubt(struct encoding *e, const char *p, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!is_of_word(p[i]) || e->len == ENCODING_WORD)
			return 1;
		e->word[e->len++] = p[i];
	}
	return 0;
}

/* Windows-1252 from 0x80 to 0x9f; 0: not assigned. */
static const uint16_t windows[32] = {
	0x20ac, 0,	0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,	0x017d, 0,
	0,	0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,	0x017e, 0x0178,
};

static char *
put_char(char *out, unsigned c)
{
	if (c < 0x80) {
		*out++ = (char)c;
		return out;
	}
	if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
	} else {
		*out++ = (char)(0xe0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
	}
	*out++ = (char)(0x80 | (c & 0x3f));
	return out;
}

const char *
encoding_word(const struct encoding *e, char out[static 3 * ENCODING_WORD + 1])
{
	size_t from = 0;
	char *end;

	/* A word cut inside a character begins with the next one. */
	while (from < e->plain && ((unsigned char)e->word[from] & 0xc0) == 0x80)
		from++;
	memcpy(out, e->word + from, e->plain - from);
	end = out + e->plain - from;
	for (size_t i = e->plain; i < e->len; i++) {
		unsigned c = (unsigned char)e->word[i];

		if (c >= 0x80 && c < 0xa0)
			c = windows[c - 0x80];
		if (!c)
			return "";
		end = put_char(end, c);
	}
	*end = '\0';
	return out;
}

/* Every second byte is zero, as in Latin letters in UTF-16. */
static bool
is_wide(const char *p, size_t len)
{
	return len >= ENCODING_HEAD && !p[0] == !p[2] && !p[1] == !p[3] &&
	       !p[0] != !p[1];
}

const char *
encoding_of(const char *head, size_t len, const char **advice)
{
	static const char unpack[] = "Unpack it and use the CSV file inside.";
	static const char export[] = "Save its table as CSV UTF-8.";
	/* clang-format off */
	static const struct {
		const char *bytes;
		size_t len;
		const char *what, *advice;
	} known[] = {
		{ "PK\x03\x04", 4, "a ZIP archive or a spreadsheet", encoding_advice },
		{ "\xd0\xcf\x11\xe0", 4, "an old Excel spreadsheet", encoding_advice },
		{ "\x1f\x8b", 2, "a gzip archive", unpack },
		{ "%PDF", 4, "a PDF document", export },
		{ "\xff\xfe", 2, "UTF-16 text", encoding_advice },
		{ "\xfe\xff", 2, "UTF-16 text", encoding_advice },
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		*advice = known[i].advice;
		if (len >= known[i].len &&
		    !memcmp(head, known[i].bytes, known[i].len))
			return known[i].what;
	}
	*advice = encoding_advice;
	return is_wide(head, len) ? "UTF-16 text" : NULL;
}
