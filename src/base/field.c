#include "base/field.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "base/zone.h"

#define DAY_MINUTES 1440

/* A value of any type; which member counts is the field's business. */
union value {
	int64_t i;
	const char *s;
	bool b;
	unsigned w;
	struct wordset set;
};

static const size_t sizes[] = {
	[FIELD_INT] = sizeof(int64_t),
	[FIELD_STR] = sizeof(const char *),
	[FIELD_BOOL] = sizeof(bool),
	[FIELD_WORD] = sizeof(unsigned),
	[FIELD_SET] = sizeof(struct wordset),
};

static union value
load(const struct field *fd, const void *base)
{
	union value v = { 0 };

	memcpy(&v, (const char *)base + fd->offset, sizes[fd->type]);
	return v;
}

static void
store(const struct field *fd, void *base, union value v)
{
	memcpy((char *)base + fd->offset, &v, sizes[fd->type]);
}

const struct field *
record_find(const struct record *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++) {
		if (!strcmp(r->fields[i].name, name))
			return &r->fields[i];
	}
	return NULL;
}

int
word_find(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++) {
		if (!strcmp(words[i], word))
			return i;
	}
	return -1;
}

static int
word_count(const char *const *words)
{
	int n = 0;

	while (words[n])
		n++;
	return n;
}

/* A bit for every word of a set's list that is not empty. */
static uint32_t
all_words(const char *const *words)
{
	uint32_t bits = 0;

	for (int i = 0; words[i]; i++) {
		if (*words[i])
			bits |= UINT32_C(1) << i;
	}
	return bits;
}

static const char *
word_list(const char *const *words, struct arena *a)
{
	const char *list = "", *last = NULL;

	for (int i = 0; words[i]; i++) {
		if (!*words[i])
			continue;
		if (last)
			list = arena_printf(a, "%s%s%s", list,
					    *list ? ", " : "", last);
		last = words[i];
	}
	return *list ? arena_printf(a, "%s or %s", list, last) : last;
}

static bool
has_min(const struct field *fd)
{
	return fd->min || fd->max;
}

static bool
has_max(const struct field *fd)
{
	return has_min(fd) && fd->max >= fd->min;
}

static bool
is_within(const struct field *fd, int64_t n)
{
	return (!has_min(fd) || n >= fd->min) && (!has_max(fd) || n <= fd->max);
}

/* A number in the form that the field's reader knows. */
static const char *
int_text(const struct field *fd, int64_t n, struct arena *a)
{
	char iso[28];

	switch (fd->shape) {
	case SHAPE_CLOCK:
		return arena_printf(a, "%02d:%02d", (int)(n / 60),
				    (int)(n % 60));
	case SHAPE_TIME:
		time_iso(n, iso);
		return arena_strdup(a, iso);
	default:
		return arena_printf(a, "%lld", (long long)n);
	}
}

/* " from 10 to 120 s" */
static const char *
range_text(const struct field *fd, struct arena *a)
{
	const char *low, *high, *unit = "";

	if (!has_min(fd))
		return "";
	if (fd->unit)
		unit = arena_printf(a, " %s", fd->unit);
	if (fd->shape == SHAPE_PLAIN) {
		low = text_thousands(a, fd->min);
		high = text_thousands(a, fd->max);
	} else {
		low = int_text(fd, fd->min, a);
		high = int_text(fd, fd->max, a);
	}
	if (!has_max(fd))
		return arena_printf(a, " of at least %s%s", low, unit);
	return arena_printf(a, " from %s to %s%s", low, high, unit);
}

static const char *
int_allows(const struct field *fd, struct arena *a)
{
	if (fd->shape == SHAPE_CLOCK)
		return arena_printf(a, "must be a time of day%s, such as 09:30",
				    has_min(fd) ? range_text(fd, a)
						: " from 00:00 to 24:00");
	if (fd->shape == SHAPE_TIME)
		return arena_printf(
			a, "must be a time%s, such as 2026-11-23T14:20:02Z",
			range_text(fd, a));
	return arena_printf(a, "must be a whole number%s", range_text(fd, a));
}

static const char *
str_allows(const struct field *fd, struct arena *a)
{
	if (fd->shape == SHAPE_ZONE)
		return "must be a time zone, such as Europe/Berlin";
	if (!has_min(fd))
		return "must be text without control characters";
	if (!has_max(fd))
		return fd->min == 1
			       ? "must not be empty"
			       : arena_printf(
					 a, "must have at least %s characters",
					 text_thousands(a, fd->min));
	if (fd->min == fd->max)
		return arena_printf(a, "must have %s characters",
				    text_thousands(a, fd->min));
	if (fd->min == 0)
		return arena_printf(a, "must have at most %s characters",
				    text_thousands(a, fd->max));
	return arena_printf(a, "must have %s to %s characters",
			    text_thousands(a, fd->min),
			    text_thousands(a, fd->max));
}

static const char *
set_allows(const struct field *fd, struct arena *a)
{
	const char *list = word_list(fd->words, a);

	if (!has_min(fd))
		return arena_printf(a, "must be a list of %s", list);
	if (!has_max(fd) || fd->max >= word_count(fd->words))
		return arena_printf(a, "must be a list of at least %d of %s",
				    (int)fd->min, list);
	return arena_printf(a, "must be a list of %d to %d of %s", (int)fd->min,
			    (int)fd->max, list);
}

const char *
field_allows(const struct field *fd, struct arena *a)
{
	switch (fd->type) {
	case FIELD_INT:
		return int_allows(fd, a);
	case FIELD_STR:
		return str_allows(fd, a);
	case FIELD_BOOL:
		return "must be yes or no";
	case FIELD_WORD:
		return arena_printf(a, "must be %s", word_list(fd->words, a));
	case FIELD_SET:
		return set_allows(fd, a);
	}
	abort();
}

/* The one sentence for every wrong value; it never quotes the value. */
static int
refuse(const struct field *fd, struct fault *f)
{
	struct arena *a = arena_new();

	fault_field(f, fd->name, "%s %s.", fd->label ? fd->label : fd->name,
		    field_allows(fd, a));
	arena_free(a);
	return -1;
}

static bool
is_allowed(const struct field *fd, union value v)
{
	switch (fd->type) {
	case FIELD_INT:
		if (fd->shape == SHAPE_CLOCK && (v.i < 0 || v.i > DAY_MINUTES))
			return false;
		return is_within(fd, v.i);
	case FIELD_STR:
		if (!v.s)
			return false;
		if (fd->shape == SHAPE_ZONE && !zone_exists(v.s))
			return false;
		return is_within(fd, (int64_t)text_length(v.s));
	case FIELD_BOOL:
		return true;
	case FIELD_WORD:
		return v.w < (unsigned)word_count(fd->words);
	case FIELD_SET:
		return (v.set.bits & ~all_words(fd->words)) == 0 &&
		       is_within(fd, __builtin_popcount(v.set.bits));
	}
	return false;
}

int
field_check(const struct field *fd, const void *base, struct fault *f)
{
	return is_allowed(fd, load(fd, base)) ? 0 : refuse(fd, f);
}

static int
read_clock(const char *s, int64_t *out)
{
	for (int i = 0; i < 5; i++) {
		if (i == 2 ? s[i] != ':' : s[i] < '0' || s[i] > '9')
			return -1;
	}
	if (s[5] || s[3] > '5')
		return -1;
	*out = ((s[0] - '0') * 10 + s[1] - '0') * 60 + (s[3] - '0') * 10 +
	       s[4] - '0';
	return 0;
}

static int
read_int(const struct field *fd, const char *s, int64_t *out)
{
	switch (fd->shape) {
	case SHAPE_CLOCK:
		return read_clock(s, out);
	case SHAPE_TIME:
		return time_parse_iso(s, out);
	default:
		return text_int(s, out);
	}
}

static int
read_bool(const char *s, bool *out)
{
	static const char *const words[] = { "no",   "yes", "false",
					     "true", "off", "on",
					     "0",    "1",   NULL };
	int i = word_find(words, s);

	if (i < 0)
		return -1;
	*out = i % 2;
	return 0;
}

static int
read_set(const char *const *words, const char *s, struct arena *a,
	 struct wordset *out)
{
	struct wordset set = { 0 };

	while (*s) {
		size_t len = strcspn(s, ",");
		char *word = text_trim(a, arena_memdup(a, s, len));
		int i = word_find(words, word);

		if (i < 0 || !*word || (s[len] && !s[len + 1]))
			return -1;
		set.bits |= UINT32_C(1) << i;
		s += len + (s[len] == ',');
	}
	*out = set;
	return 0;
}

/* Neither broken UTF-8 nor a control character (U+0000-1F, U+007F-9F). */
static bool
is_clean(const char *s)
{
	if (!text_is_utf8(s, strlen(s)))
		return false;
	for (const unsigned char *p = (const unsigned char *)s; *p; p++) {
		if (*p < 0x20 || *p == 0x7f || (*p == 0xc2 && p[1] < 0xa0))
			return false;
	}
	return true;
}

static int
read_value(const struct field *fd, const char *s, struct arena *a,
	   union value *v)
{
	int i;

	switch (fd->type) {
	case FIELD_INT:
		return read_int(fd, s, &v->i);
	case FIELD_STR:
		v->s = s;
		return 0;
	case FIELD_BOOL:
		return read_bool(s, &v->b);
	case FIELD_WORD:
		i = word_find(fd->words, s);
		v->w = (unsigned)i;
		return i < 0 ? -1 : 0;
	case FIELD_SET:
		return read_set(fd->words, s, a, &v->set);
	}
	return -1;
}

int
field_set(const struct field *fd, void *base, const char *text, struct arena *a,
	  struct fault *f)
{
	union value v = { 0 };
	const char *s = text_trim(a, text);

	if (!is_clean(s))
		return fault_field(f, fd->name,
				   "%s must be text in UTF-8 without control "
				   "characters.",
				   fd->label ? fd->label : fd->name);
	if (read_value(fd, s, a, &v) || !is_allowed(fd, v))
		return refuse(fd, f);
	store(fd, base, v);
	return 0;
}

void
record_defaults(const struct record *r, void *base, struct arena *a)
{
	struct fault f;

	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];

		/* A default that its own field refuses is a slip in a table. */
		if (fd->def && field_set(fd, base, fd->def, a, &f))
			abort();
	}
}

const char *
field_text(const struct field *fd, const void *base, struct arena *a)
{
	union value v = load(fd, base);
	const char *list = "";

	switch (fd->type) {
	case FIELD_INT:
		return int_text(fd, v.i, a);
	case FIELD_STR:
		return v.s ? v.s : "";
	case FIELD_BOOL:
		return v.b ? "yes" : "no";
	case FIELD_WORD:
		assert(v.w < (unsigned)word_count(fd->words));
		return fd->words[v.w];
	case FIELD_SET:
		for (int i = 0; fd->words[i]; i++) {
			if (v.set.bits & UINT32_C(1) << i)
				list = arena_printf(a, "%s%s%s", list,
						    *list ? "," : "",
						    fd->words[i]);
		}
		return list;
	}
	abort();
}
