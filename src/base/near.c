#include "base/near.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/field.h"

#define WORD_MOST 63
#define LEAST_PART 3 /* letters that a matching part must have */
#define SAID_MOST 3

struct word {
	char text[WORD_MOST + 1];
	size_t len;
};

static struct word
plain(const char *s)
{
	struct word w = { .len = strnlen(s, WORD_MOST) };

	for (size_t i = 0; i < w.len; i++) {
		char c = s[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c | 0x20);
		w.text[i] = c == '-' || c == ' ' ? '_' : c;
	}
	return w;
}

/* The edit distance (Levenshtein) of two words. */
static size_t
letters_apart(const struct word *a, const struct word *b)
{
	size_t row[WORD_MOST + 1];

	for (size_t j = 0; j <= b->len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a->len; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b->len; j++) {
			size_t best =
				corner + (a->text[i - 1] != b->text[j - 1]);

			corner = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	return row[b->len];
}

/* A word that contains the other, as "timezone" does "zone", counts as one
 * letter apart. */
static size_t
distance(const char *x, const char *y)
{
	struct word a = plain(x), b = plain(y);
	size_t apart = letters_apart(&a, &b);
	bool part = a.len >= LEAST_PART && b.len >= LEAST_PART &&
		    (strstr(a.text, b.text) || strstr(b.text, a.text));

	return part && apart ? 1 : apart;
}

const char *
near_words(const char *const *words, size_t count, const char *typed,
	   struct arena *a)
{
	size_t least = SIZE_MAX, said = 0;
	const char *list = "";

	for (size_t i = 0; i < count; i++) {
		size_t d = distance(words[i], typed);

		least = d < least ? d : least;
	}
	/* too different: more than half of the letters would change */
	if (least > 1 && least * 2 > strnlen(typed, WORD_MOST))
		return "";
	for (size_t i = 0; i < count && said < SAID_MOST; i++) {
		size_t d = distance(words[i], typed);

		if (d > least + (least > 1))
			continue;
		list = arena_printf(a, "%s%s“%s”", list, said ? " or " : "",
				    words[i]);
		said++;
	}
	return list;
}

const char *
near_fields(const struct record *r, const char *other, const char *typed,
	    struct arena *a)
{
	const char **words = ARENA_ARRAY(a, r->count + 1, const char *);

	for (size_t i = 0; i < r->count; i++)
		words[i] = r->fields[i].name;
	words[r->count] = other;
	return near_words(words, r->count + (other != NULL), typed, a);
}
