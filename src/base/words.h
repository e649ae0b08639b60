/*
 * words.h - lists of words that end with NULL: the names of the values of an
 * enum, in its order, "" where a value has none; and texts that are lists.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

struct arena;

/* Index of 'word' in the list, or -1. */
int word_find(const char *const *words, const char *word);

int word_count(const char *const *words);

/* "no_answer" becomes "No answer". */
const char *word_words(const char *word, struct arena *a);

/* "mon, tue or wed", without the empty ones; NULL: all are empty. */
const char *words_or(const char *const *words, struct arena *a);

/* The next item of a comma-separated text, trimmed, and *s behind it; NULL: it
 * is empty, or a comma is the last character. */
char *list_next(const char **s, struct arena *a);

#endif
