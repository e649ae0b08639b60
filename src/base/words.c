#include "base/words.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"

int
word_find(const char *const *words, const char *word)
{
	for (int i = 0; words[i]; i++) {
		if (!strcmp(words[i], word))
			return i;
	}
	return -1;
}

int
word_count(const char *const *words)
{
	int n = 0;

	while (words[n])
		n++;
	return n;
}

const char *
word_words(const char *word, struct arena *a)
{
	char *text = arena_strdup(a, word);

	for (char *s = text; *s; s++) {
		if (*s == '_')
			*s = ' ';
	}
	if (*text >= 'a' && *text <= 'z')
		*text -= 'a' - 'A';
	return text;
}

const char *
words_or(const char *const *words, struct arena *a)
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

char *
list_next(const char **s, struct arena *a)
{
	size_t len = strcspn(*s, ",");
	char *item = text_trim(a, arena_memdup(a, *s, len));
	bool more = (*s)[len];

	*s += len + more;
	return !*item || (more && !**s) ? NULL : item;
}
