#include "base/field_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/words.h"

#define DIGITS "0123456789"

/* Reads "am", "PM" or "p.m." after an hour from 1 to 12, or nothing. */
static int
read_half(const char *s, int64_t *hour)
{
	bool late = (*s | 0x20) == 'p';

	if (!*s)
		return 0;
	if ((*s | 0x20) != 'a' && !late)
		return -1;
	s += s[1] == '.' ? 2 : 1;
	if ((*s | 0x20) != 'm' || *hour < 1 || *hour > 12)
		return -1;
	s += s[1] == '.' ? 2 : 1;
	*hour = *hour % 12 + (late ? 12 : 0);
	return *s ? -1 : 0;
}

/* Reads "9", "09:00", "9.00", "9h00", "900", "0900", each also with the seconds
 * ":00" that a form sends, and with "am" or "pm". */
int
clock_read(const char *s, int64_t *minute)
{
	size_t digits = strspn(s, DIGITS);
	int64_t hour = 0, past = 0;

	if (!digits || digits > 4 || (digits == 3 && *s == '0'))
		return -1;
	for (size_t i = 0; i < digits; i++)
		hour = hour * 10 + *s++ - '0';
	if (digits > 2) {
		past = hour % 100;
		hour /= 100;
	} else if (*s && strchr(":.hH", *s)) {
		if (strspn(s + 1, DIGITS) != 2)
			return -1;
		past = (s[1] - '0') * 10 + s[2] - '0';
		s += strncmp(s + 3, ":00", 3) ? 3 : 6;
	}
	if (past > 59 || read_half(s + strspn(s, " "), &hour))
		return -1;
	*minute = hour * 60 + past;
	return 0;
}

/* The next item of a comma-separated list, trimmed; NULL: it is empty. */
static char *
next_item(const char **s, struct arena *a)
{
	size_t len = strcspn(*s, ",");
	char *item = text_trim(a, arena_memdup(a, *s, len));
	bool more = (*s)[len];

	*s += len + more;
	return !*item || (more && !**s) ? NULL : item;
}

int
set_read(const char *const *words, const char *s, struct arena *a,
	 struct wordset *out)
{
	struct wordset set = { 0 };

	while (*s) {
		const char *word = next_item(&s, a);
		int i = word ? word_find(words, word) : -1;

		if (i < 0)
			return -1;
		set.bits |= UINT32_C(1) << i;
	}
	*out = set;
	return 0;
}

int
map_read(const char *const *words, const char *s, struct arena *a,
	 struct wordmap *out)
{
	struct wordmap map = { .of = { 0 } };

	while (*s) {
		char *item = next_item(&s, a);
		char *equals = item ? strchr(item, '=') : NULL;
		int64_t n;
		int i;

		if (!equals)
			return -1;
		*equals = '\0';
		i = word_find(words, text_trim(a, item));
		if (i < 0 || i >= WORDMAP_MOST || !*words[i] || map.of[i] ||
		    text_int(text_trim(a, equals + 1), &n) || n < 1 ||
		    n > INT32_MAX)
			return -1;
		map.of[i] = (int32_t)n;
	}
	*out = map;
	return 0;
}

/* Finds the hyphen or dash between two times, and its length in bytes; NULL:
 * there is none. */
static char *
find_dash(char *s, size_t *len)
{
	for (; *s; s++) {
		*len = *s == '-' ? 1 : 3;
		if (*s == '-' || !strncmp(s, "\xe2\x88\x92", 3) ||
		    (!strncmp(s, "\xe2\x80", 2) && (s[2] & 0xff) >= 0x90 &&
		     (s[2] & 0xff) <= 0x95))
			return s;
	}
	return NULL;
}

/* NULL, or what is wrong with the item. */
static const char *
span_read(char *item, struct arena *a, struct span *out)
{
	size_t len;
	char *at = find_dash(item, &len);
	int64_t from, to;

	if (!at)
		return *item ? "has no end" : "is empty";
	*at = '\0';
	item = text_trim(a, item);
	at = text_trim(a, at + len);
	if (clock_read(item, &from) || from > MINUTES_PER_DAY)
		return arena_printf(
			a, "starts at “%s”, which is not a time of day", item);
	if (from == MINUTES_PER_DAY)
		return "starts at the end of the day: write 00:00";
	if (clock_read(at, &to) || to > MINUTES_PER_DAY)
		return arena_printf(
			a, "ends at “%s”, which is not a time of day", at);
	*out = (struct span){ .from = (int)from, .to = (int)to };
	return NULL;
}

static int
by_beginning(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->from != y->from ? x->from - y->from : x->to - y->to;
}

int
spans_read(const char *s, struct arena *a, struct spans *out, const char **why)
{
	struct spans spans = { .count = 0 };
	const char *wrong = "";

	*why = "";
	for (bool more = *s; more; spans.count++) {
		size_t len = strcspn(s, ",");
		const char *item, *says;
		struct span one = { 0 };

		if (spans.count == SPANS_MOST)
			return -1;
		item = text_trim(a, arena_memdup(a, s, len));
		says = span_read(arena_strdup(a, item), a, &one);
		if (says)
			wrong = arena_printf(a, "%s%s“%s” %s", wrong,
					     *wrong ? "; " : "", item, says);
		spans.at[spans.count] = one;
		more = s[len];
		s += len + more;
	}
	*why = wrong;
	if (*wrong)
		return -1;
	qsort(spans.at, spans.count, sizeof(*spans.at), by_beginning);
	*out = spans;
	return 0;
}

static bool
is_name(const char *s, size_t len)
{
	return len >= 1 && len <= NAMES_CHARS &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") >= len;
}

/* True when the name is already in the list. */
static bool
has_name(const char *list, const char *name)
{
	size_t len = strlen(name);

	for (const char *s = list; *s; s += *s == ',') {
		size_t n = strcspn(s, ",");

		if (n == len && !memcmp(s, name, len))
			return true;
		s += n;
	}
	return false;
}

int
names_read(const char *s, int64_t most, struct arena *a, const char **out)
{
	const char *list = "";

	while (*s) {
		const char *name = next_item(&s, a);

		if (!name || !is_name(name, strlen(name)))
			return -1;
		if (has_name(list, name))
			continue;
		if (most-- == 0)
			return -1;
		list = arena_printf(a, "%s%s%s", list, *list ? "," : "", name);
	}
	*out = list;
	return 0;
}

int
names_count(const char *s)
{
	int n = 0;

	while (*s) {
		size_t len = strcspn(s, ",");

		if (!is_name(s, len) || (s[len] && !s[len + 1]))
			return -1;
		s += len + (s[len] == ',');
		n++;
	}
	return n;
}

const char *
set_text(const char *const *words, struct wordset set, struct arena *a)
{
	const char *list = "";

	for (int i = 0; words[i]; i++) {
		if (set.bits & UINT32_C(1) << i)
			list = arena_printf(a, "%s%s%s", list, *list ? "," : "",
					    words[i]);
	}
	return list;
}

const char *
map_text(const char *const *words, const struct wordmap *m, struct arena *a)
{
	const char *list = "";

	for (int i = 0; words[i] && i < WORDMAP_MOST; i++) {
		if (m->of[i])
			list = arena_printf(a, "%s%s%s=%d", list,
					    *list ? "," : "", words[i],
					    m->of[i]);
	}
	return list;
}

const char *
spans_text(const struct spans *s, struct arena *a)
{
	const char *list = "";

	for (size_t i = 0; i < s->count; i++) {
		const struct span *p = &s->at[i];

		list = arena_printf(a, "%s%s%02d:%02d-%02d:%02d", list,
				    *list ? ", " : "", p->from / 60,
				    p->from % 60, p->to / 60, p->to % 60);
	}
	return list;
}
