#include "base/field.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field_priv.h"
#include "base/text.h"
#include "base/words.h"
#include "base/zone.h"

/* A value without a codec; the field's type says which member is used. */
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
	[FIELD_CODED] = 0,
};

static const void *
member(const struct field *fd, const void *base)
{
	return (const char *)base + fd->offset;
}

static union value
load(const struct field *fd, const void *base)
{
	union value v = { 0 };

	memcpy(&v, member(fd, base), sizes[fd->type]);
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

bool
field_is_list(const struct field *fd)
{
	return fd->codec ? fd->codec->form == CODEC_LIST
			 : fd->type == FIELD_SET;
}

bool
field_is_map(const struct field *fd)
{
	return fd->codec && fd->codec->form == CODEC_MAP;
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

bool
field_is_within(const struct field *fd, int64_t n)
{
	return (!field_has_min(fd) || n >= fd->min) &&
	       (!field_has_max(fd) || n <= fd->max);
}

static const char *
label_of(const struct field *fd)
{
	return fd->label ? fd->label : fd->name;
}

/* The actual length, for a text of the wrong length: a browser counts in other
 * units than we do. */
static const char *
length_words(const struct field *fd, const char *s, struct arena *a)
{
	if (fd->type != FIELD_STR || fd->shape != SHAPE_PLAIN || fd->codec ||
	    !s || !*s || field_is_within(fd, (int64_t)text_length(s)))
		return "";
	return arena_printf(a, "; it has %s",
			    text_thousands(a, (int64_t)text_length(s)));
}

/* Sets the one message for every wrong value; it never quotes the value. */
static int
refuse(const struct field *fd, const union value *v, struct fault *f)
{
	struct arena *a = arena_new();

	fault_field(f, fd->name, "%s %s%s.", label_of(fd), field_allows(fd, a),
		    length_words(fd, v->s, a));
	arena_free(a);
	return -1;
}

static const char *
find_control(const char *s, struct arena *a)
{
	static const char no_text[] =
		"must be text in UTF-8 without control characters";
	size_t len, n = 1;

	if (!text_is_utf8(s, strlen(s)))
		return no_text;
	for (; *s; s += len, n++) {
		uint32_t c = text_code(s, &len);

		if (c < 0x20 || (c >= 0x7f && c < 0xa0))
			return arena_printf(a, "%s; character %zu is %s",
					    no_text, n,
					    text_hidden(s, &len, a));
	}
	return NULL;
}

/* NULL, or the message for a text without any visible character, which names
 * its first invisible one. */
static const char *
find_nothing(const char *s, struct arena *a)
{
	const char *unseen = NULL, *hidden;
	size_t len;

	for (; *s; s += len) {
		hidden = text_hidden(s, &len, a);
		if (!hidden && *s != ' ')
			return NULL;
		unseen = unseen ? unseen : hidden;
	}
	return arena_printf(a, "must have visible characters; it has only %s",
			    unseen ? unseen : "spaces");
}

/* Refuses invalid UTF-8, control characters (U+0000-1F, U+007F-9F), and text
 * without visible characters where the field must not be empty. */
static int
check_text(const struct field *fd, const char *s, struct fault *f)
{
	struct arena *a = arena_new();
	const char *wrong = find_control(s, a);

	if (!wrong && *s && fd->type == FIELD_STR && fd->min > 0)
		wrong = find_nothing(s, a);
	if (wrong)
		fault_field(f, fd->name, "%s %s.", label_of(fd), wrong);
	arena_free(a);
	return wrong ? -1 : 0;
}

static bool
is_int_allowed(const struct field *fd, int64_t n)
{
	if (fd->shape == SHAPE_CLOCK && (n < 0 || n > MINUTES_PER_DAY))
		return false;
	if (field_is_dated(fd))
		return n == 0 || (n > 0 && field_is_within(fd, n));
	return field_is_within(fd, n);
}

static bool
is_str_allowed(const struct field *fd, const char *s)
{
	if (!s || (fd->shape == SHAPE_ZONE && !zone_exists(s)))
		return false;
	return field_is_within(fd, (int64_t)text_length(s));
}

static bool
is_allowed(const struct field *fd, union value v)
{
	switch (fd->type) {
	case FIELD_INT:
		return is_int_allowed(fd, v.i);
	case FIELD_STR:
		return is_str_allowed(fd, v.s);
	case FIELD_BOOL:
		return true;
	case FIELD_WORD:
		return v.w < (unsigned)word_count(fd->words);
	case FIELD_SET:
		return (v.set.bits & ~all_words(fd->words)) == 0 &&
		       field_is_within(fd, __builtin_popcount(v.set.bits));
	case FIELD_CODED:
		break;
	}
	return false;
}

int
field_check(const struct field *fd, const void *base, struct fault *f)
{
	union value v = load(fd, base);

	if (fd->type == FIELD_STR && v.s && check_text(fd, v.s, f))
		return -1;
	if (fd->codec ? fd->codec->is_allowed(fd, member(fd, base))
		      : is_allowed(fd, v))
		return 0;
	return refuse(fd, &v, f);
}

int
record_check(const struct record *r, const void *base, struct fault *f)
{
	for (size_t i = 0; i < r->count; i++) {
		if (field_check(&r->fields[i], base, f))
			return -1;
	}
	return 0;
}

/* 1970-01-01 (at 00:00) is refused: 0 means no date. */
static int
read_dated(const struct field *fd, const char *s, int64_t *out)
{
	*out = 0;
	if (!*s)
		return 0;
	if (fd->shape == SHAPE_DATE ? date_parse(s, out)
				    : date_time_parse(s, out))
		return -1;
	return *out ? 0 : -1;
}

static int
read_int(const struct field *fd, const char *s, int64_t *out)
{
	if (field_is_dated(fd))
		return read_dated(fd, s, out);
	switch (fd->shape) {
	case SHAPE_CLOCK:
		return clock_parse(s, out);
	case SHAPE_TIME:
		*out = 0;
		return *s ? time_parse_iso(s, out) : 0;
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
set_read(const char *const *words, const char *s, struct arena *a,
	 struct wordset *out)
{
	struct wordset set = { 0 };

	while (*s) {
		const char *word = list_next(&s, a);
		int i = word ? word_find(words, word) : -1;

		if (i < 0)
			return -1;
		set.bits |= UINT32_C(1) << i;
	}
	*out = set;
	return 0;
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
		if (fd->shape == SHAPE_ZONE)
			v->s = zone_name(s, a);
		return v->s ? 0 : -1;
	case FIELD_BOOL:
		return read_bool(s, &v->b);
	case FIELD_WORD:
		i = word_find(fd->words, s);
		v->w = (unsigned)i;
		return i < 0 ? -1 : 0;
	case FIELD_SET:
		return set_read(fd->words, s, a, &v->set);
	case FIELD_CODED:
		break;
	}
	return -1;
}

static int
set_coded(const struct field *fd, void *base, const char *s, struct arena *a,
	  struct fault *f)
{
	const struct codec *c = fd->codec;
	void *value = arena_alloc(a, c->size);
	const char *why = "";
	int wrong = c->read(fd, s, value, a, &why);

	if (*why)
		return fault_field(f, fd->name, "%s: %s.", label_of(fd), why);
	if (wrong || !c->is_allowed(fd, value))
		return refuse(fd, &(union value){ 0 }, f);
	memcpy((char *)base + fd->offset, value, c->size);
	return 0;
}

int
field_set(const struct field *fd, void *base, const char *text, struct arena *a,
	  struct fault *f)
{
	union value v = { 0 };
	const char *s = text_trim(a, text);

	if (check_text(fd, s, f))
		return -1;
	if (fd->codec)
		return set_coded(fd, base, s, a, f);
	if (read_value(fd, s, a, &v) || !is_allowed(fd, v))
		return refuse(fd, &v, f);
	store(fd, base, v);
	return 0;
}

void
record_defaults(const struct record *r, void *base, struct arena *a)
{
	struct fault f;

	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];

		/* A default that its own field refuses is a bug in a table. */
		if (fd->def && field_set(fd, base, fd->def, a, &f))
			abort();
	}
}

static const char *
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
field_text(const struct field *fd, const void *base, struct arena *a)
{
	union value v = load(fd, base);

	if (fd->codec)
		return fd->codec->text(fd, member(fd, base), a);
	switch (fd->type) {
	case FIELD_INT:
		return field_int_text(fd, v.i, a);
	case FIELD_STR:
		return v.s ? v.s : "";
	case FIELD_BOOL:
		return v.b ? "yes" : "no";
	case FIELD_WORD:
		assert(v.w < (unsigned)word_count(fd->words));
		return fd->words[v.w];
	case FIELD_SET:
		return set_text(fd->words, v.set, a);
	case FIELD_CODED:
		break;
	}
	abort();
}
