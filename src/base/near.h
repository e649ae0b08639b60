/*
 * near.h - what somebody may have meant who typed a word that there is not.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

struct arena;
struct record;

/*
 * The words that come nearest, whatever the case and with "-" or " " for "_":
 * "“zone”", "“window_start” or “window_end”"; "": none comes near.  'words' may
 * lack their NULL.
 */
const char *near_words(const char *const *words, size_t count,
		       const char *typed, struct arena *a);

/* The same of the names of a record, and of one that is none of its ("numbers";
 * NULL). */
const char *near_fields(const struct record *r, const char *other,
			const char *typed, struct arena *a);

#endif
