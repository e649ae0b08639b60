#include "campaign/dispositions.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/words.h"

#define NAME_MOST 40 /* characters */

static bool
is_name(const char *s, size_t len)
{
	return len >= 1 && len <= NAME_MOST &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") >= len;
}

int
disposition_check(const char *name, struct fault *f)
{
	if (is_name(name, strlen(name)))
		return 0;
	return fault_field(f, "disposition",
			   "Disposition must be a word of a-z, 0-9, _ and -, "
			   "with at most %d characters.",
			   NAME_MOST);
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

static int
read_list(const struct field *fd, const char *s, void *value, struct arena *a,
	  const char **why)
{
	const char *list = "";
	int64_t most = fd->max;

	(void)why;
	while (*s) {
		const char *name = list_next(&s, a);

		if (!name || !is_name(name, strlen(name)))
			return -1;
		if (has_name(list, name))
			continue;
		if (most-- == 0)
			return -1;
		list = arena_printf(a, "%s%s%s", list, *list ? "," : "", name);
	}
	memcpy(value, &list, sizeof(list));
	return 0;
}

/* -1: it is no such list as read() makes. */
static int
names_in(const char *s)
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

static bool
is_allowed(const struct field *fd, const void *value)
{
	const char *const *list = value;
	int names = *list ? names_in(*list) : -1;

	return names >= 0 && field_is_within(fd, names);
}

static const char *
list_text(const struct field *fd, const void *value, struct arena *a)
{
	const char *const *list = value;

	(void)fd;
	(void)a;
	return *list ? *list : "";
}

static const char *
allows(const struct field *fd, struct arena *a)
{
	return arena_printf(a,
			    "must be a list of at most %d words of a-z, 0-9, _ "
			    "and -, each with at most %d characters, separated "
			    "by commas",
			    (int)fd->max, NAME_MOST);
}

const struct codec disposition_list_codec = {
	.size = sizeof(const char *),
	.form = CODEC_LIST,
	.example = "call_later, no_time",
	.read = read_list,
	.is_allowed = is_allowed,
	.text = list_text,
	.allows = allows,
};
