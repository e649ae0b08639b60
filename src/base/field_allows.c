/* What a field accepts, in words. */
#include "base/field_priv.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/civil.h"
#include "base/words.h"

bool
field_has_min(const struct field *fd)
{
	return fd->min || fd->max;
}

bool
field_has_max(const struct field *fd)
{
	return field_has_min(fd) && fd->max >= fd->min;
}

bool
field_is_dated(const struct field *fd)
{
	return fd->shape == SHAPE_DATE || fd->shape == SHAPE_DATE_TIME;
}

static const char *
dated_text(const struct field *fd, int64_t n, struct arena *a)
{
	char text[17] = "";

	if (n && fd->shape == SHAPE_DATE)
		date_text(n, text);
	else if (n)
		date_time_text(n, text);
	return arena_strdup(a, text);
}

const char *
field_int_text(const struct field *fd, int64_t n, struct arena *a)
{
	char iso[28];

	if (field_is_dated(fd))
		return dated_text(fd, n, a);
	switch (fd->shape) {
	case SHAPE_CLOCK:
		return arena_printf(a, "%02d:%02d", (int)(n / 60),
				    (int)(n % 60));
	case SHAPE_TIME:
		if (n)
			time_iso(n, iso);
		return n ? arena_strdup(a, iso) : "";
	default:
		return arena_printf(a, "%lld", (long long)n);
	}
}

const char *
field_range(const struct field *fd, struct arena *a)
{
	const char *low, *high, *unit = "";

	if (!field_has_min(fd))
		return "";
	if (fd->unit)
		unit = arena_printf(a, " %s", fd->unit);
	if (fd->shape == SHAPE_PLAIN) {
		low = text_thousands(a, fd->min);
		high = text_thousands(a, fd->max);
	} else {
		low = field_int_text(fd, fd->min, a);
		high = field_int_text(fd, fd->max, a);
	}
	if (!field_has_max(fd))
		return arena_printf(a, " of at least %s%s", low, unit);
	return arena_printf(a, " from %s to %s%s", low, high, unit);
}

static const char *
int_allows(const struct field *fd, struct arena *a)
{
	if (fd->shape == SHAPE_CLOCK)
		return arena_printf(a, "must be a time of day%s, such as 09:30",
				    field_has_min(fd) ? field_range(fd, a)
						      : " from 00:00 to 24:00");
	if (fd->shape == SHAPE_TIME)
		return arena_printf(
			a, "must be a time%s, such as 2026-11-23T14:20:02Z",
			field_range(fd, a));
	if (fd->shape == SHAPE_DATE)
		return "must be a date, such as 2026-12-24, or empty";
	if (fd->shape == SHAPE_DATE_TIME)
		return "must be a date and time, such as 2026-12-01T10:00, or "
		       "empty";
	return arena_printf(a, "must be a whole number%s", field_range(fd, a));
}

static const char *
str_allows(const struct field *fd, struct arena *a)
{
	if (fd->shape == SHAPE_ZONE)
		return "must be a time zone, such as Europe/Berlin";
	if (!field_has_min(fd))
		return "must be text without control characters";
	if (!field_has_max(fd))
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
	const char *list = words_or(fd->words, a);

	if (!field_has_min(fd))
		return arena_printf(a, "must be a list of %s", list);
	if (!field_has_max(fd) || fd->max >= word_count(fd->words))
		return arena_printf(a, "must be a list of at least %d of %s",
				    (int)fd->min, list);
	return arena_printf(a, "must be a list of %d to %d of %s", (int)fd->min,
			    (int)fd->max, list);
}

const char *
field_allows(const struct field *fd, struct arena *a)
{
	if (fd->codec)
		return fd->codec->allows(fd, a);
	switch (fd->type) {
	case FIELD_INT:
		return int_allows(fd, a);
	case FIELD_STR:
		return str_allows(fd, a);
	case FIELD_BOOL:
		return "must be yes or no";
	case FIELD_WORD:
		return arena_printf(a, "must be %s", words_or(fd->words, a));
	case FIELD_SET:
		return set_allows(fd, a);
	case FIELD_CODED:
		break;
	}
	abort();
}
