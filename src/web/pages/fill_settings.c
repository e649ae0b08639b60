/* fill_settings.c - a campaign's settings as readable text. */

#include "web/pages/fill_settings.h"

#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/words.h"

bool
is_optional(const struct field *fd)
{
	return fd->def && !*fd->def;
}

bool
has_word(const char *list, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = list; *at; at += strcspn(at, ",")) {
		at += strspn(at, ", ");
		if (!strncmp(at, word, len) && strchr(", ", at[len]))
			return true;
	}
	return false;
}

const char *
map_entry(const char *text, const char *word, struct arena *a)
{
	size_t len = strlen(word);

	for (const char *at = text; *at; at += strcspn(at, ",")) {
		at += strspn(at, ", ");
		if (!strncmp(at, word, len) && at[len] == '=')
			return arena_memdup(a, at + len + 1,
					    strcspn(at + len + 1, ","));
	}
	return "";
}

/* "mon,tue" becomes "Mon, Tue"; "busy=5" becomes "Busy 5 min". */
static const char *
list_words(const struct field *fd, const char *text, struct arena *a)
{
	const char *out = "";

	for (size_t i = 0; fd->words[i]; i++) {
		const char *word = fd->words[i], *more = "";

		if (!*word)
			continue;
		if (field_is_map(fd)) {
			more = map_entry(text, word, a);
			if (!*more)
				continue;
			more = arena_printf(a, " %s %s", more, fd->unit);
		} else if (!has_word(text, word)) {
			continue;
		}
		out = arena_printf(a, "%s%s%s%s", out, *out ? ", " : "",
				   word_words(word, a), more);
	}
	return out;
}

const char *
setting_words(const struct field *fd, const char *text, struct arena *a)
{
	if (fd->words)
		text = list_words(fd, text, a);
	else if (fd->type == FIELD_BOOL)
		text = word_words(text, a);
	else if (fd->shape == SHAPE_DATE_TIME)
		text = arena_printf(a, "%.10s%s%s", text, *text ? " " : "",
				    *text ? text + 11 : "");
	if (!*text)
		return is_optional(fd) ? "None" : "Missing";
	return fd->unit && fd->type == FIELD_INT
		       ? arena_printf(a, "%s %s", text, fd->unit)
		       : text;
}
