#include "domain/phone.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

#define DIGITS_MIN 8
#define DIGITS_MAX 15

struct phone_reader {
	char country[3];
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

static enum phone_verdict
parse(struct phone_reader *p, const char *text, struct phone *out)
{
	enum phone_verdict v = phone_plan_parse(p->plan, text, out);

	return v == PHONE_ASK ? phone_lib_parse(text, p->country, out) : v;
}

/* Without "+": the better known reading; between equals the country's own,
 * and of those the one with its code in front. */
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
	char digits[DIGITS_MAX + 2] = "+";
	enum phone_verdict v;
	size_t count;
	bool plus;

	*why = "may only have digits, spaces, hyphens, parentheses and a "
	       "leading +";
	if (clean(text, len, digits + 1, &count, &plus))
		return -1;
	*why = count ? "must have 8 to 15 digits" : "is empty";
	if (count < DIGITS_MIN || count > DIGITS_MAX)
		return -1;
	*why = "is not a possible phone number";
	v = plus ? parse(p, digits, out) : read_bare(p, digits, out);
	out->is_unknown = v == PHONE_POSSIBLE;
	return v == PHONE_BAD ? -1 : 0;
}
