#include "phone/phone.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

#define DIGITS_MIN 8
#define DIGITS_MAX 15

struct phone_reader {
	char country[3];
	char why[200];
	struct phone_plan *plan;
};

struct phone_reader *
phone_open(const char *country)
{
	struct phone_plan *plan = phone_plan_open(country);
	struct phone_reader *p;

	if (!plan)
		return NULL;
	p = xcalloc(1, sizeof(*p));
	memcpy(p->country, country, sizeof(p->country));
	p->plan = plan;
	return p;
}

void
phone_close(struct phone_reader *p)
{
	if (!p)
		return;
	phone_plan_close(p->plan);
	free(p);
}

static int __attribute__((format(printf, 2, 3)))
refuse(struct phone_reader *p, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(p->why, sizeof(p->why), fmt, ap);
	va_end(ap);
	return -1;
}

/* A number without the characters that people write between digits. */
struct cleaned {
	char text[1 + DIGITS_MAX + 1]; /* "+" and the digits */
	size_t count;		       /* of digits, perhaps more than fit */
	bool plus, dots;
};

/* Takes an ASCII character; -1: it is not allowed there. */
static int
put(struct cleaned *c, int sign)
{
	if (sign >= '0' && sign <= '9') {
		if (c->count < DIGITS_MAX)
			c->text[1 + c->count] = (char)sign;
		c->count++;
		return 0;
	}
	if (sign == '+' && !c->count && !c->plus) {
		c->plus = true;
		return 0;
	}
	c->dots = c->dots || sign == '.';
	return sign && strchr(" -()./\t", sign) ? 0 : -1;
}

/* Refuses the number and names the character that is not allowed. */
static int
refuse_char(struct phone_reader *p, const char *s, size_t len, uint32_t code,
	    int sign)
{
	char name[40];

	if (sign == '+')
		return refuse(p, "may have a + only at the start");
	if (code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029)
		snprintf(name, sizeof(name), "a line break");
	else if (code < ' ' || (code >= 0x7f && code < 0xa0))
		snprintf(name, sizeof(name), "a control character (U+%04X)",
			 (unsigned)code);
	else if (len == 1)
		snprintf(name, sizeof(name), "“%c”", *s);
	else
		snprintf(name, sizeof(name), "“%.*s” (U+%04X)", (int)len, s,
			 (unsigned)code);
	return refuse(p,
		      "contains %s: only digits, spaces, hyphens, dots, "
		      "slashes, parentheses and a leading + are allowed",
		      name);
}

/* The slow path of clean(): any characters, in valid UTF-8. */
static int
clean_any(struct phone_reader *p, const char *s, const char *end,
	  struct cleaned *c)
{
	for (size_t len; s < end; s += len) {
		uint32_t code = text_code(s, &len);
		int sign = code == '\t' ? ' ' : text_sign(code);

		if (sign != TEXT_UNSEEN && put(c, sign))
			return refuse_char(p, s, len, code, sign);
	}
	return 0;
}

/* Takes ASCII digits and the usual separators; clean_any() takes the rest. */
static int
clean(struct phone_reader *p, const char *s, size_t len, struct cleaned *c)
{
	const char *end = s + len;

	*c = (struct cleaned){ .text = "+" };
	if (len && *s == '\'') /* marks text in a spreadsheet */
		s++;
	while (s < end && !(*s & 0x80) && !put(c, *s))
		s++;
	return s < end ? clean_any(p, s, end, c) : 0;
}

/* Refuses numbers that a spreadsheet has rewritten (4.4E+11, 442079460000.0),
 * even if they have as many digits as a phone number. */
static int
check_spoilt(struct phone_reader *p, const char *s, size_t len)
{
	size_t plus = *s == '+';
	size_t digits = plus + strspn(s + plus, "0123456789"), i = digits;
	size_t zeros;

	if (digits == plus || i == len || !strchr(".,eE", s[i]))
		return 0;
	if (s[i] == '.' || s[i] == ',')
		i += 1 + strspn(s + i + 1, "0123456789");
	if ((s[i] == 'e' || s[i] == 'E') &&
	    s[i + 1 + (s[i + 1] == '+')] >= '0' &&
	    s[i + 1 + (s[i + 1] == '+')] <= '9')
		return refuse(
			p,
			"was shortened to %.*s by Excel, and the other digits "
			"are lost: format the column as text (Format Cells, "
			"Text), then enter the numbers again",
			len > 24 ? 24 : (int)len, s);
	zeros = strspn(s + digits + 1, "0");
	if (digits >= DIGITS_MIN && s[digits] == '.' && zeros &&
	    digits + 1 + zeros == len)
		return refuse(p,
			      "ends in “%s” like a decimal number: format the "
			      "column as text",
			      s + digits);
	return 0;
}

static enum phone_verdict
parse(struct phone_reader *p, const char *text, struct phone *out)
{
	enum phone_verdict v = phone_plan_parse(p->plan, text, out);

	return v == PHONE_ASK ? phone_lib_parse(text, p->country, out) : v;
}

/* Reads digits without "+" both as dialled in the country and as beginning with
 * a country code, and takes the better verdict; if they are equal, the second
 * one only when the code is the country's own. */
static enum phone_verdict
read_bare(struct phone_reader *p, const char *text, struct phone *out)
{
	struct phone abroad;
	bool is_own = phone_plan_is_own(p->plan, text + 1);
	enum phone_verdict a, h = parse(p, text + 1, out);

	if (h == PHONE_VALID && !is_own)
		return h;
	a = parse(p, text, &abroad);
	if (a < h || (a == h && !is_own))
		return h;
	*out = abroad;
	return a;
}

int
phone_read(struct phone_reader *p, const char *text, size_t len,
	   struct phone *out, const char **why)
{
	enum phone_verdict v;
	struct cleaned c;

	*why = p->why;
	if (clean(p, text, len, &c)) {
		check_spoilt(p, text, len); /* perhaps a better reason */
		return -1;
	}
	if (c.dots && check_spoilt(p, text, len))
		return -1;
	if (!c.count)
		return refuse(p, "is empty");
	if (c.count < DIGITS_MIN || c.count > DIGITS_MAX)
		return refuse(p, "must have 8 to 15 digits");
	v = c.plus ? parse(p, c.text, out) : read_bare(p, c.text, out);
	out->is_unknown = v == PHONE_POSSIBLE;
	if (v == PHONE_BAD)
		return refuse(p, "is not a possible phone number");
	return 0;
}
