/*
 * field_priv.h - shared by field.c, field_allows.c (what a field accepts, in
 * words) and field_list.c (members that are lists).
 */
#ifndef BASE_FIELD_PRIV_H
#define BASE_FIELD_PRIV_H

#include "base/field.h"

int field_word_count(const char *const *words);

bool field_has_min(const struct field *fd);
bool field_has_max(const struct field *fd);

/* True when the field's text is a date or a date and time, or empty. */
bool field_is_dated(const struct field *fd);

/* A number as the text that the field reads. */
const char *field_int_text(const struct field *fd, int64_t n, struct arena *a);

/* " from 10 to 120 s", or "". */
const char *field_range(const struct field *fd, struct arena *a);

/* Text to value: 0, or -1 and nothing is written.  These do not check the
 * field's limits. */
int clock_read(const char *s, int64_t *minute);
int set_read(const char *const *words, const char *s, struct arena *a,
	     struct wordset *out);
int map_read(const char *const *words, const char *s, struct arena *a,
	     struct wordmap *out);
/* *why: which span is wrong and how; "": there are too many spans. */
int spans_read(const char *s, struct arena *a, struct spans *out,
	       const char **why);
/* At most 'most' names, each once. */
int names_read(const char *s, int64_t most, struct arena *a, const char **out);

/* Value to text. */
const char *set_text(const char *const *words, struct wordset set,
		     struct arena *a);
const char *map_text(const char *const *words, const struct wordmap *m,
		     struct arena *a);
const char *spans_text(const struct spans *s, struct arena *a);

/* The number of names in a list as names_read() writes it; -1: it is no such
 * list. */
int names_count(const char *s);

#endif
