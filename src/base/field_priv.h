/*
 * field_priv.h - shared by field.c and field_allows.c (what a field accepts, in
 * words).
 */
#ifndef BASE_FIELD_PRIV_H
#define BASE_FIELD_PRIV_H

#include "base/field.h"

bool field_has_min(const struct field *fd);
bool field_has_max(const struct field *fd);

/* True when the field's text is a date or a date and time, or empty. */
bool field_is_dated(const struct field *fd);

/* A number as the text that the field reads. */
const char *field_int_text(const struct field *fd, int64_t n, struct arena *a);

#endif
