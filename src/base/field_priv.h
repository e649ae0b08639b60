/*
 * field_priv.h - between field.c, field_allows.c (what a field takes, in
 * words) and field_list.c (members that are lists).
 */
#ifndef BASE_FIELD_PRIV_H
#define BASE_FIELD_PRIV_H

#include "base/field.h"

int field_word_count(const char *const *words);

bool field_has_min(const struct field *fd);
bool field_has_max(const struct field *fd);

/* Its text is a date, which may be none. */
bool field_is_dated(const struct field *fd);

/* A number in the form that the field's reader knows. */
const char *field_int_text(const struct field *fd, int64_t n, struct arena *a);

/* " from 10 to 120 s", or "". */
const char *field_range(const struct field *fd, struct arena *a);

/* Text to value: 0, or -1 and nothing is written.  Whether the numbers are
 * within limits is another question. */
int clock_read(const char *s, int64_t *minute);
int set_read(const char *const *words, const char *s, struct arena *a,
	     struct wordset *out);
int map_read(const char *const *words, const char *s, struct arena *a,
	     struct wordmap *out);
/* *why: what is wrong with which span, "": there are too many. */
int spans_read(const char *s, struct arena *a, struct spans *out,
	       const char **why);
/* At most 'most' names, each once. */
int names_read(const char *s, int64_t most, struct arena *a, const char **out);

/* And back. */
const char *set_text(const char *const *words, struct wordset set,
		     struct arena *a);
const char *map_text(const char *const *words, const struct wordmap *m,
		     struct arena *a);
const char *spans_text(const struct spans *s, struct arena *a);

/* Names in a list, which is one of names_read(); -1: it is none. */
int names_count(const char *s);

#endif
