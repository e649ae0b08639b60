#include "base/text.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/arena.h"
#include "base/clock.h"

static const char base32[] = "0123456789abcdefghjkmnpqrstvwxyz";

int
text_int(const char *s, int64_t *out)
{
	bool minus = *s == '-';
	int64_t n = 0;

	s += minus;
	if (!*s)
		return -1;
	/* Summed as a negative number, which can hold INT64_MIN, too. */
	for (; *s; s++) {
		if (*s < '0' || *s > '9' || __builtin_mul_overflow(n, 10, &n) ||
		    __builtin_sub_overflow(n, *s - '0', &n))
			return -1;
	}
	if (!minus && n == INT64_MIN)
		return -1;
	*out = minus ? n : -n;
	return 0;
}

/* No overlong form, no surrogate, nothing above U+10FFFF. */
static bool
is_second_byte(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xe0:
		return second >= 0xa0 && second <= 0xbf;
	case 0xed:
		return second >= 0x80 && second <= 0x9f;
	case 0xf0:
		return second >= 0x90 && second <= 0xbf;
	case 0xf4:
		return second >= 0x80 && second <= 0x8f;
	default:
		return (second & 0xc0) == 0x80;
	}
}

size_t
text_char(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t n;

	if (!len || !p[0])
		return 0;
	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	n = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (len < n || !is_second_byte(p[0], p[1]))
		return 0;
	for (size_t i = 2; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	}
	return n;
}

bool
text_is_utf8(const char *s, size_t len)
{
	for (size_t at = 0; at < len;) {
		size_t n = text_char(s + at, len - at);

		if (!n)
			return false;
		at += n;
	}
	return true;
}

size_t
text_length(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

/* The length in bytes of the white space at 's', or 0. */
static size_t
space(const char *s)
{
	if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
		return 1;
	return strncmp(s, "\xc2\xa0", 2) ? 0 : 2;
}

char *
text_trim(struct arena *a, const char *s)
{
	size_t len, n;

	while ((n = space(s)))
		s += n;
	len = strlen(s);
	while (len) {
		if (space(s + len - 1))
			len--;
		else if (len > 1 && space(s + len - 2) == 2)
			len -= 2;
		else
			break;
	}
	return arena_memdup(a, s, len);
}

static char *
fold_ascii(struct arena *a, const char *s, size_t len)
{
	char *out = arena_memdup(a, s, len);

	for (size_t i = 0; i < len; i++) {
		if (out[i] >= 'A' && out[i] <= 'Z')
			out[i] = (char)(out[i] + ('a' - 'A'));
	}
	return out;
}

struct wide {
	UChar *s;
	int32_t len;
};

static struct wide
widened(struct arena *a, const char *s)
{
	size_t len = strlen(s);
	struct wide w = { .s = ARENA_ARRAY(a, len + 1, UChar) };
	UErrorCode bad = U_ZERO_ERROR;

	u_strFromUTF8WithSub(w.s, (int32_t)len + 1, &w.len, s, (int32_t)len,
			     0xfffd, NULL, &bad);
	return w;
}

static struct wide
normalized(struct arena *a, const UNormalizer2 *by, struct wide from)
{
	UErrorCode bad = U_ZERO_ERROR;
	struct wide to;

	to.len = unorm2_normalize(by, from.s, from.len, NULL, 0, &bad);
	if (bad != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(bad))
		abort(); /* ICU without its data is a broken installation */
	bad = U_ZERO_ERROR;
	to.s = ARENA_ARRAY(a, (size_t)to.len + 1, UChar);
	unorm2_normalize(by, from.s, from.len, to.s, to.len + 1, &bad);
	return to;
}

static char *
narrowed(struct arena *a, struct wide w)
{
	UErrorCode bad = U_ZERO_ERROR;
	int32_t room = w.len * 3 + 1;
	char *out = arena_alloc(a, (size_t)room);

	u_strToUTF8(out, room, NULL, w.s, w.len, &bad);
	if (U_FAILURE(bad))
		abort();
	return out;
}

static bool
is_ascii(const char *s)
{
	while (*s && !((unsigned char)*s & 0x80))
		s++;
	return !*s;
}

char *
text_fold(struct arena *a, const char *s)
{
	UErrorCode bad = U_ZERO_ERROR;

	if (is_ascii(s))
		return fold_ascii(a, s, strlen(s));
	return narrowed(a, normalized(a, unorm2_getNFKCCasefoldInstance(&bad),
				      widened(a, s)));
}

/* The plain letters typed for a letter with a stroke or a ligature; NULL: the
 * letter stays. */
static const char *
plain_letter(UChar c)
{
	static const struct {
		UChar letter;
		const char *typed;
	} letters[] = {
		{ 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" },
		{ 0x00fe, "th" }, { 0x0111, "d" }, { 0x0127, "h" },
		{ 0x0131, "i" },  { 0x0142, "l" }, { 0x0153, "oe" },
		{ 0x0167, "t" },  { 0x0180, "b" }, { 0x0268, "i" },
	};

	for (size_t i = 0; i < ARRAY_LEN(letters); i++) {
		if (letters[i].letter == c)
			return letters[i].typed;
	}
	return NULL;
}

/* Removes combining marks (U+0300-036F) and replaces letters with strokes. */
static struct wide
unmarked(struct arena *a, struct wide w)
{
	struct wide out = { ARENA_ARRAY(a, (size_t)w.len * 2 + 1, UChar), 0 };

	for (int32_t i = 0; i < w.len; i++) {
		const char *typed = plain_letter(w.s[i]);

		if (w.s[i] >= 0x0300 && w.s[i] <= 0x036f)
			continue;
		if (!typed)
			out.s[out.len++] = w.s[i];
		for (; typed && *typed; typed++)
			out.s[out.len++] = (UChar)*typed;
	}
	return out;
}

char *
text_search(struct arena *a, const char *s)
{
	UErrorCode bad = U_ZERO_ERROR;
	const char *folded = text_fold(a, s);
	struct wide bare;

	if (is_ascii(folded))
		return arena_strdup(a, folded);
	bare = unmarked(a, normalized(a, unorm2_getNFDInstance(&bad),
				      widened(a, folded)));
	return narrowed(a, normalized(a, unorm2_getNFCInstance(&bad), bare));
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *
text_url_decode(struct arena *a, const char *s, size_t len)
{
	char *out = arena_memdup(a, s, len), *to = out;

	for (size_t i = 0; i < len; i++) {
		char c = s[i] == '+' ? ' ' : s[i];

		if (c == '%') {
			int high = i + 2 < len ? hex_value(s[i + 1]) : -1;
			int low = i + 2 < len ? hex_value(s[i + 2]) : -1;

			if (high < 0 || low < 0)
				return NULL;
			c = (char)(high << 4 | low);
			i += 2;
		}
		if (!c)
			return NULL;
		*to++ = c;
	}
	*to = '\0';
	return out;
}

char *
text_url_encode(struct arena *a, const char *s)
{
	static const char digits[] = "0123456789ABCDEF";
	char *out = arena_alloc(a, 3 * strlen(s) + 1), *to = out;

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') || strchr("-._~", c)) {
			*to++ = *s;
		} else {
			*to++ = '%';
			*to++ = digits[c >> 4];
			*to++ = digits[c & 15];
		}
	}
	return out;
}

void
text_short_id(uint64_t id, char out[static 11])
{
	assert(id >> 50 == 0);
	for (int i = 9; i >= 0; i--, id >>= 5)
		out[i] = base32[id & 31];
	out[10] = '\0';
}

int
text_parse_short_id(const char *s, uint64_t *id)
{
	uint64_t n = 0;

	if (strlen(s) != 10)
		return -1;
	for (; *s; s++) {
		char c = *s >= 'A' && *s <= 'Z' ? (char)(*s | 0x20) : *s;
		const char *digit;

		if (c == 'o')
			c = '0';
		else if (c == 'i' || c == 'l')
			c = '1';
		digit = strchr(base32, c);
		if (!digit)
			return -1;
		n = n << 5 | (uint64_t)(digit - base32);
	}
	*id = n;
	return 0;
}

const char *
text_mask_phone(const char *phone, char out[static 24])
{
	size_t len = strlen(phone), head, tail;

	if (len > 23)
		len = 23;
	/* At least four digits stay hidden; the country code may show. */
	tail = len >= 8 ? 2 : 0;
	head = len >= 10 ? 4 : len >= 8 ? 2 : 0;
	memcpy(out, phone, len);
	memset(out + head, '*', len - head - tail);
	out[len] = '\0';
	return out;
}

const char *
text_plural(int64_t n)
{
	return n == 1 ? "" : "s";
}

char *
text_thousands(struct arena *a, int64_t n)
{
	char back[32], *out, *to;
	uint64_t rest = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	size_t len = 0, digits = 0;

	do {
		if (digits && digits % 3 == 0)
			back[len++] = ',';
		back[len++] = (char)('0' + rest % 10);
		digits++;
		rest /= 10;
	} while (rest);
	if (n < 0)
		back[len++] = '-';
	out = to = arena_alloc(a, len + 1);
	while (len)
		*to++ = back[--len];
	return out;
}

const char *
text_insert(struct arena *a, const char *text, const char *what)
{
	const char *gap = strstr(text, "%s");

	if (!gap)
		return text;
	return arena_printf(a, "%.*s%s%s", (int)(gap - text), text, what,
			    gap + 2);
}

const char *
text_duration(struct arena *a, int64_t us)
{
	int64_t s = (us + US_PER_S / 2) / US_PER_S;

	if (s < 60)
		return arena_printf(a, "%" PRId64 " s", s);
	if (s < 3600)
		return arena_printf(a, "%" PRId64 " min %" PRId64 " s", s / 60,
				    s % 60);
	return arena_printf(a, "%" PRId64 " h %" PRId64 " min", s / 3600,
			    s / 60 % 60);
}
