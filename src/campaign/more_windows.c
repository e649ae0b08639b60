#include "campaign/more_windows.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/text.h"

#define EXAMPLE "13:00-17:00, 19:00-20:30"

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
read_one(char *item, struct arena *a, struct span *out)
{
	size_t len;
	char *at = find_dash(item, &len);
	int64_t from, to;

	if (!at)
		return *item ? "has no end" : "is empty";
	*at = '\0';
	item = text_trim(a, item);
	at = text_trim(a, at + len);
	if (clock_parse(item, &from) || from > MINUTES_PER_DAY)
		return arena_printf(
			a, "starts at “%s”, which is not a time of day", item);
	if (from == MINUTES_PER_DAY)
		return "starts at the end of the day: write 00:00";
	if (clock_parse(at, &to) || to > MINUTES_PER_DAY)
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

static int
read_windows(const struct field *fd, const char *s, void *value,
	     struct arena *a, const char **why)
{
	struct spans spans = { .count = 0 };
	const char *wrong = "";

	(void)fd;
	for (bool more = *s; more; spans.count++) {
		size_t len = strcspn(s, ",");
		const char *item, *says;
		struct span one = { 0 };

		if (spans.count == SPANS_MOST)
			return -1;
		item = text_trim(a, arena_memdup(a, s, len));
		says = read_one(arena_strdup(a, item), a, &one);
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
	memcpy(value, &spans, sizeof(spans));
	return 0;
}

static bool
is_allowed(const struct field *fd, const void *value)
{
	const struct spans *s = value;

	if (s->count > SPANS_MOST || !field_is_within(fd, (int64_t)s->count))
		return false;
	for (size_t i = 0; i < s->count; i++) {
		const struct span *p = &s->at[i];

		if (p->from < 0 || p->from >= MINUTES_PER_DAY || p->to < 0 ||
		    p->to > MINUTES_PER_DAY || (i && p[-1].from > p->from))
			return false;
	}
	return true;
}

static const char *
windows_text(const struct field *fd, const void *value, struct arena *a)
{
	const struct spans *s = value;
	const char *list = "";

	(void)fd;
	for (size_t i = 0; i < s->count; i++) {
		const struct span *p = &s->at[i];

		list = arena_printf(a, "%s%s%02d:%02d-%02d:%02d", list,
				    *list ? ", " : "", p->from / 60,
				    p->from % 60, p->to / 60, p->to % 60);
	}
	return list;
}

static const char *
allows(const struct field *fd, struct arena *a)
{
	return arena_printf(a, "must be at most %d time ranges, such as %s",
			    (int)fd->max, EXAMPLE);
}

const struct codec more_windows_codec = {
	.size = sizeof(struct spans),
	.form = CODEC_LIST,
	.example = EXAMPLE,
	.read = read_windows,
	.is_allowed = is_allowed,
	.text = windows_text,
	.allows = allows,
};
