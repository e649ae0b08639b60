/*
 * json.h - writes JSON into a buf; json_read.h reads it.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>

struct arena;
struct buf;
struct field;
struct record;

/* Writes the text quoted and escaped; it must be valid UTF-8. */
void json_text(struct buf *out, const char *s, size_t len);

/* The same for a terminated string; NULL becomes null. */
void json_str(struct buf *out, const char *s);

/*
 * Writes a member of a struct as a value of its type: plain integers as
 * numbers, sets as lists of strings, maps as objects, times of 0 and empty words
 * as null, and everything else as the text that its field reads.  Secrets are null.
 */
void json_field(struct buf *out, const struct field *fd, const void *base,
		struct arena *a);

/* Writes the members of a struct but secrets, without braces:
 * "name":"N","limit":5 */
void json_members(struct buf *out, const struct record *rec, const void *base,
		  struct arena *a);

#endif
