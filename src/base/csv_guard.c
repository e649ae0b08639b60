#include "base/csv_guard.h"

#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* True for a number, and for a phone number that no spreadsheet can calculate:
 * -1.5 is a number; +44 (20) 7946-0000 has two numbers side by side and is no
 * formula; +1-202-555-0123 is a formula. */
static bool
is_number(const char *s, size_t len)
{
	size_t digits = 0, dots = 0, others = 0;
	bool apart = false; /* digits with only spaces or () between */
	char before = '\0'; /* the last that is no space or parenthesis */

	for (size_t i = 1; i < len; i++) {
		if (!memchr("0123456789 ()-.", s[i], 15))
			return false;
		if (is_digit(s[i])) {
			digits++;
			apart = apart ||
				(is_digit(before) && !is_digit(s[i - 1]));
		}
		dots += s[i] == '.';
		others += memchr(" ()-", s[i], 4) != NULL;
		if (!memchr(" ()", s[i], 3))
			before = s[i];
	}
	return digits && (apart || (!others && dots < 2));
}

/* Full-width = @ + - are U+FF1D, U+FF20, U+FF0B, U+FF0D. */
static bool
begins_formula(const char *s, size_t len)
{
	if (!len)
		return false;
	if (memchr("=@+-\t\r\n", *s, 7))
		return true;
	return len >= 3 && !memcmp(s, "\xef\xbc", 2) &&
	       memchr("\x9d\xa0\x8b\x8d", s[2], 4);
}

static size_t
apostrophes(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == '\'')
		n++;
	return n;
}

bool
csv_wants_guard(const char *s, size_t len)
{
	size_t n = apostrophes(s, len);

	if (!begins_formula(s + n, len - n))
		return false;
	return !memchr("+-", *s, 2) || !is_number(s, len);
}

bool
csv_has_guard(const char *s, size_t len)
{
	size_t n = apostrophes(s, len);

	return n && begins_formula(s + n, len - n);
}
