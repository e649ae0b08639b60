/*
 * encoding.h - checks whether bytes that come in pieces are UTF-8 text, and if
 * not, finds the bad word and the likely encoding for the message to the user.
 */
#ifndef BASE_ENCODING_H
#define BASE_ENCODING_H

#include <stddef.h>

#define ENCODING_HEAD 4	 /* bytes that encoding_of() wants to see */
#define ENCODING_WORD 48 /* bytes of a word that are kept */

/* What to do about a file in another encoding. */
extern const char encoding_advice[];

/* The caller begins with {0}. */
struct encoding {
	/* rest: continuation bytes still to come; taken: bytes of the character
	 * so far; low, high: bounds of the next byte. */
	unsigned rest, taken;
	unsigned char low, high;

	/* The word that the last byte is part of. */
	char word[ENCODING_WORD];
	size_t len, plain; /* plain: how many of them are UTF-8 */
};

/*
 * The number of valid bytes at the beginning of 'p'.  If that is less than
 * 'len', the next byte is a NUL or not UTF-8.
 */
size_t encoding_check(struct encoding *e, const char *p, size_t len);

/* After such a byte: adds the rest of its word from 'p', which begins with that
 * byte or continues the word; 1 when the word is complete, else 0. */
int encoding_doubt(struct encoding *e, const char *p, size_t len);

/* The word read as Windows-1252; "" when it is not valid there. */
const char *encoding_word(const struct encoding *e,
			  char out[static 3 * ENCODING_WORD + 1]);

/* The type of a file that begins with 'head' and is not CSV text, such as "a
 * PDF document"; NULL: not known. */
const char *encoding_of(const char *head, size_t len, const char **advice);

#endif
