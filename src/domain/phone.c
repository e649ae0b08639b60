#include "domain/phone.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define DIGITS_MIN 8
#define DIGITS_MAX 15
#define CODES 1000
#define UNKNOWN UINT32_MAX

struct phone_reader {
	char country[3];
	int code;		 /* of the country */
	uint32_t national;	 /* possible lengths there */
	uint32_t lengths[CODES]; /* behind each calling code, as asked for */
};

/*
 * Calling codes behind which national prefixes may move digits about though
 * the length stays possible (Mexico, Argentina, Brazil): always read by the
 * library.
 */
static bool
is_intricate(int code)
{
	return code == 52 || code == 54 || code == 55;
}

struct phone_reader *
phone_open(const char *country)
{
	struct phone_reader *p;
	int code = phone_lib_code(country);

	if (!code || strlen(country) != 2)
		return NULL;
	p = xcalloc(1, sizeof(*p));
	memcpy(p->country, country, sizeof(p->country));
	for (int i = 0; i < CODES; i++)
		p->lengths[i] = UNKNOWN;
	p->code = code;
	p->national = phone_lib_lengths(code);
	return p;
}

void
phone_close(struct phone_reader *p)
{
	free(p);
}

/* What stands for a space: 0, or its bytes. */
static size_t
space_at(const char *s, size_t len)
{
	if (*s == ' ' || *s == '\t')
		return 1;
	return len >= 2 && !memcmp(s, "\xc2\xa0", 2) ? 2 : 0;
}

/* Drops what people put between digits; -1 when something else is there. */
static int
clean(const char *s, size_t len, char digits[static DIGITS_MAX + 1],
      size_t *count, bool *plus)
{
	size_t n = 0;

	*plus = false;
	for (size_t i = 0; i < len; i++) {
		size_t space = space_at(s + i, len - i);

		if (space) {
			i += space - 1;
		} else if (s[i] >= '0' && s[i] <= '9') {
			if (n < DIGITS_MAX)
				digits[n] = s[i];
			n++;
		} else if (s[i] == '+' && !n && !*plus) {
			*plus = true;
		} else if (!strchr("-()", s[i])) {
			return -1;
		}
	}
	digits[n < DIGITS_MAX ? n : DIGITS_MAX] = '\0';
	*count = n;
	return 0;
}

static uint32_t
lengths_of(struct phone_reader *p, int code)
{
	if (p->lengths[code] == UNKNOWN)
		p->lengths[code] = phone_lib_lengths(code);
	return p->lengths[code];
}

/* The calling code in front (no code is the beginning of another), or 0;
 * *rest is where the national part begins. */
static int
code_of(struct phone_reader *p, const char *digits, size_t *rest)
{
	int code = 0;

	if (digits[0] == '0')
		return 0;
	for (size_t i = 0; i < 3 && digits[i]; i++) {
		code = code * 10 + digits[i] - '0';
		*rest = i + 1;
		if (lengths_of(p, code))
			return code;
	}
	return 0;
}

/* International by its length alone; a "0" there may be a trunk prefix. */
static bool
is_plainly_international(struct phone_reader *p, const char *digits,
			 size_t count)
{
	size_t rest = 0;
	int code = code_of(p, digits, &rest);

	return code && digits[rest] != '0' && !is_intricate(code) &&
	       lengths_of(p, code) >> (count - rest) & 1;
}

static enum phone_verdict
parse_international(struct phone_reader *p, const char *digits,
		    char out[static PHONE_TEXT])
{
	char text[DIGITS_MAX + 2] = "+";

	memcpy(text + 1, digits, strlen(digits) + 1);
	return phone_lib_parse(text, p->country, out);
}

static bool
has_own_code(const struct phone_reader *p, const char *digits)
{
	char code[8];
	int n = p->code, at = 7;

	code[at] = '\0';
	for (; n; n /= 10)
		code[--at] = (char)('0' + n % 10);
	return !strncmp(digits, code + at, strlen(code + at));
}

/* Without "+": the better known reading; between equals the country's own,
 * and of those the one with its code in front. */
static int
read_slowly(struct phone_reader *p, const char *digits,
	    char out[static PHONE_TEXT])
{
	char abroad[PHONE_TEXT], here[PHONE_TEXT];
	enum phone_verdict a = parse_international(p, digits, abroad);
	enum phone_verdict h = phone_lib_parse(digits, p->country, here);

	if (a == PHONE_BAD && h == PHONE_BAD)
		return -1;
	if (a > h || (a == h && has_own_code(p, digits)))
		memcpy(out, abroad, PHONE_TEXT);
	else
		memcpy(out, here, PHONE_TEXT);
	return 0;
}

int
phone_read(struct phone_reader *p, const char *text, size_t len,
	   char out[PHONE_TEXT], const char **why)
{
	char digits[DIGITS_MAX + 1];
	size_t count;
	bool plus;

	*why = "may only have digits, spaces, hyphens, parentheses and a "
	       "leading +";
	if (clean(text, len, digits, &count, &plus))
		return -1;
	*why = count ? "must have 8 to 15 digits" : "is empty";
	if (count < DIGITS_MIN || count > DIGITS_MAX)
		return -1;
	*why = "is not a possible phone number";
	if ((plus || !(p->national >> count & 1)) &&
	    is_plainly_international(p, digits, count)) {
		memcpy(out, digits, count + 1);
		return 0;
	}
	if (plus)
		return parse_international(p, digits, out) == PHONE_BAD ? -1
									: 0;
	return read_slowly(p, digits, out);
}
