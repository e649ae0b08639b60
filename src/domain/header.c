#include "domain/header.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"

/* Characters that nobody sees: they make a name differ that looks the same. */
/* clang-format off */
static const struct {
	const char *bytes, *name;
} hidden[] = {
	{ "\xc2\xa0",     "a no-break space (U+00A0)" },
	{ "\xc2\xad",     "a soft hyphen (U+00AD)" },
	{ "\xe2\x80\x8b", "a zero-width space (U+200B)" },
	{ "\xe2\x80\x8c", "a zero-width non-joiner (U+200C)" },
	{ "\xe2\x80\x8d", "a zero-width joiner (U+200D)" },
	{ "\xe2\x80\x8e", "a left-to-right mark (U+200E)" },
	{ "\xe2\x80\x8f", "a right-to-left mark (U+200F)" },
	{ "\xe2\x80\xaf", "a narrow no-break space (U+202F)" },
	{ "\xe2\x81\xa0", "a word joiner (U+2060)" },
	{ "\xef\xbb\xbf", "a byte-order mark (U+FEFF)" },
	{ "\t",           "a tab" },
	{ " ",            "a space" },
};
/* clang-format on */

static const char *
hidden_at(const char *s, size_t *len)
{
	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		*len = strlen(hidden[i].bytes);
		if (!strncmp(s, hidden[i].bytes, *len))
			return hidden[i].name;
	}
	return NULL;
}

/* In small letters, without what nobody sees and these; what that was. */
static const char *
letters_of(const char *name, const char *without, const char **first_hidden,
	   struct arena *a)
{
	const char *folded = text_fold(a, name), *found;
	char *out = arena_alloc(a, strlen(folded) + 1);
	size_t n = 0, len;

	*first_hidden = NULL;
	for (const char *s = name; *s; s += found ? len : 1) {
		found = hidden_at(s, &len);
		if (found && !*first_hidden)
			*first_hidden = found;
	}
	for (const char *s = folded; *s; s += found ? len : 1) {
		found = hidden_at(s, &len);
		if (!found && !strchr(without, *s))
			out[n++] = *s;
	}
	return out;
}

/* "Phone Number", "phone_number\u200b" and "Phone No." may all be meant. */
static bool
is_near(const char *name, const char *const *near, struct arena *a)
{
	const char *found;
	const char *letters = letters_of(name, "_-.:#", &found, a);

	for (; *near; near++) {
		if (!strcmp(letters, *near))
			return true;
	}
	return false;
}

int
header_lacks(const struct csv_row *header, const char *want,
	     const char *const *near, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		const char *name = header->cells[i], *found;
		const char *seen = letters_of(name, "", &found, a);

		if (found && !strcmp(seen, want))
			return fault_field(
				f, "file",
				"Line 1: column %zu looks like “%s”, but there "
				"is %s in its name. Remove it.",
				i + 1, want, found);
		if (is_near(name, near, a))
			return fault_field(
				f, "file",
				"Line 1: there is no column “%s”. The column "
				"“%.60s” comes near: rename it.",
				want, name);
	}
	return fault_field(f, "file",
			   "Line 1: there is no column “%s”. The first line "
			   "must name the columns, and one must have exactly "
			   "that name.",
			   want);
}

int
header_check(const struct csv_row *header, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		for (size_t k = 0; *header->cells[i] && k < i; k++) {
			if (!strcmp(header->cells[i], header->cells[k]))
				return fault_field(
					f, "file",
					"Line 1: columns %zu and %zu are both "
					"named “%.60s”.",
					k + 1, i + 1, header->cells[i]);
		}
	}
	return 0;
}
