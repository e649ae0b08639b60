#include "base/field_priv.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

int
clock_read(const char *s, int64_t *minute)
{
	for (int i = 0; i < 5; i++) {
		if (i == 2 ? s[i] != ':' : s[i] < '0' || s[i] > '9')
			return -1;
	}
	if (s[5] || s[3] > '5')
		return -1;
	*minute = ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 +
		  s[4] - '0';
	return 0;
}

/* The next item of a list with commas, trimmed; NULL: it is empty. */
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

static int
span_read(char *item, struct arena *a, struct span *out)
{
	static const char dash[] = "\xe2\x80\x93"; /* as people print it */
	char *at = strchr(item, '-'), *end = at;
	int64_t from, to;

	if (!at)
		at = strstr(item, dash);
	if (!at)
		return -1;
	end = at + (*at == '-' ? 1 : sizeof(dash) - 1);
	*at = '\0';
	if (clock_read(text_trim(a, item), &from) ||
	    clock_read(text_trim(a, end), &to))
		return -1;
	*out = (struct span){ .from = (int)from, .to = (int)to };
	return 0;
}

static int
by_beginning(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->from != y->from ? x->from - y->from : x->to - y->to;
}

int
spans_read(const char *s, struct arena *a, struct spans *out)
{
	struct spans spans = { .count = 0 };

	while (*s) {
		char *item = next_item(&s, a);

		if (!item || spans.count == SPANS_MOST ||
		    span_read(item, a, &spans.at[spans.count]))
			return -1;
		spans.count++;
	}
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

/* True when it is an item of the list already. */
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
names_read(const char *s, struct arena *a, const char **out)
{
	const char *list = "";

	while (*s) {
		const char *name = next_item(&s, a);

		if (!name || !is_name(name, strlen(name)))
			return -1;
		if (!has_name(list, name))
			list = arena_printf(a, "%s%s%s", list, *list ? "," : "",
					    name);
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
