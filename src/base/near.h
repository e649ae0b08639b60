/*
 * near.h - suggests the known words nearest to an unknown one that was typed.
 */
#ifndef BASE_NEAR_H
#define BASE_NEAR_H

#include <stddef.h>

struct arena;
struct record;

/*
 * The nearest words, ignoring case and taking "-" and " " as "_", as text:
 * "“zone”", "“window_start” or “window_end”"; "": none is near.  'words' need
 * not end with NULL.
 */
const char *near_words(const char *const *words, size_t count,
		       const char *typed, struct arena *a);

/* The same for the field names of a record and one more name, 'other'
 * ("numbers"; NULL: none). */
const char *near_fields(const struct record *r, const char *other,
			const char *typed, struct arena *a);

#endif
