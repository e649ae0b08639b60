/*
 * words.h - lists of words that end with NULL: the names of the values of an
 * enum, in its order.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

/* Index of 'word' in the list, or -1. */
int word_find(const char *const *words, const char *word);

#endif
