#include "base/csv_header.h"

#include <stdarg.h>
#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"

/* The first invisible character of a name, or a space at its beginning or
 * end; NULL: there is none. */
static const char *
find_hidden(const char *name, struct arena *a)
{
	size_t len = strlen(name);

	for (const char *s = name, *found; *s; s += len) {
		found = text_hidden(s, &len, a);
		if (found)
			return found;
	}
	if (*name == ' ')
		return "a space in front";
	len = strlen(name);
	return len && name[len - 1] == ' ' ? "a space at the end" : NULL;
}

/* The visible characters of a name, shortened for a message. */
static const char *
visible(const char *name, struct arena *a)
{
	char *out = arena_alloc(a, strlen(name) + 1);
	size_t n = 0, len;

	for (const char *s = name; *s && n < 60; s += len) {
		if (text_hidden(s, &len, a))
			continue;
		memcpy(out + n, s, len);
		n += len;
	}
	return out;
}

/* Reduces a name to folded letters, to compare it with other spellings: "Phone
 * Number" and "phone_number\u200b" become the same. */
static const char *
letters_of(const char *name, struct arena *a)
{
	const char *folded = text_fold(a, visible(name, a));
	char *out = arena_alloc(a, strlen(folded) + 1);
	size_t n = 0;

	for (const char *s = folded; *s; s++) {
		if (!strchr("_-.:# ", *s))
			out[n++] = *s;
	}
	return out;
}

/* The index of the column that is like one of these names; header->count when
 * there is none. */
static size_t
find_near(const struct csv_row *header, const char *const *near,
	  struct arena *a)
{
	const char **names = ARENA_ARRAY(a, header->count, const char *);

	for (size_t i = 0; i < header->count; i++)
		names[i] = letters_of(header->cells[i], a);
	for (; *near; near++) {
		for (size_t i = 0; i < header->count; i++) {
			if (**near == '*' ? strstr(names[i], *near + 1) != NULL
					  : !strcmp(names[i], *near))
				return i;
		}
	}
	return header->count;
}

static int __attribute__((format(printf, 3, 4)))
refuse(const struct csv_row *header, struct fault *f, const char *fmt, ...)
{
	struct arena *a = arena_new();
	va_list ap;

	va_start(ap, fmt);
	fault_field(f, "file", "Line %lld: %s", (long long)header->line,
		    arena_vprintf(a, fmt, ap));
	va_end(ap);
	arena_free(a);
	return -1;
}

int
csv_header_lacks(const struct csv_row *header, const char *want,
		 const char *const *near, struct arena *a, struct fault *f)
{
	size_t i = find_near(header, near, a);

	if (i < header->count)
		return refuse(header, f,
			      "there is no column “%s”. Column %zu, “%s”, "
			      "looks similar: rename it.",
			      want, i + 1, visible(header->cells[i], a));
	return refuse(header, f,
		      "there is no column “%s”. The first line must name the "
		      "columns, and one must have exactly that name.",
		      want);
}

static int
check_name(const struct csv_row *header, size_t i, struct arena *a,
	   struct fault *f)
{
	const char *name = header->cells[i], *found = find_hidden(name, a);

	if (!*name)
		return refuse(header, f, "column %zu has no name.", i + 1);
	if (found)
		return refuse(header, f,
			      "there is %s in the name of column %zu, “%s”. "
			      "Remove it.",
			      found, i + 1, visible(name, a));
	for (size_t k = 0; k < i; k++) {
		if (!strcmp(name, header->cells[k]))
			return refuse(header, f,
				      "columns %zu and %zu are both named "
				      "“%s”.",
				      k + 1, i + 1, visible(name, a));
	}
	return 0;
}

int
csv_header_check(const struct csv_row *header, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		if (check_name(header, i, a, f))
			return -1;
	}
	return 0;
}
