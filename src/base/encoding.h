/*
 * encoding.h - whether bytes that come in pieces are UTF-8 text, and what they
 * may be where they are not: a person is told which word of theirs it was.
 */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include <stddef.h>

#define ENCODING_HEAD 4	 /* bytes that encoding_of() wants to see */
#define ENCODING_WORD 48 /* bytes of a word that are kept */

/* What to do about a file in another encoding. */
extern const char encoding_advice[];

/* Begins with zeros. */
struct encoding {
	/* Continuation bytes still to come, bounds of the next, and how many
	 * bytes of the character there were. */
	unsigned rest, taken;
	unsigned char low, high;

	/* The word that the last byte is part of. */
	char word[ENCODING_WORD];
	size_t len, plain; /* plain: of these are UTF-8 */
};

/*
 * How many bytes can stand where they are; if not all, the next is a NUL or
 * cannot be UTF-8.
 */
size_t encoding_check(struct encoding *e, const char *p, size_t len);

/* After such a byte: takes the rest of its word out of 'p', which begins with
 * it or goes on; 1 when the word is whole, else 0. */
int encoding_doubt(struct encoding *e, const char *p, size_t len);

/* The word read as Windows-1252; "" when it cannot be that. */
const char *encoding_word(const struct encoding *e,
			  char out[static 3 * ENCODING_WORD + 1]);

/* What begins so and is no CSV text: "a PDF document"; NULL: not known. */
const char *encoding_of(const char *head, size_t len, const char **advice);

#endif
