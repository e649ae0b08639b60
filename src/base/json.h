/*
 * json.h - writing JSON into a buf: text that stays text.  (Reading it is the
 * business of the one file of each layer that includes cJSON.)
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>

struct buf;

/* "..." with what must be escaped; the text is valid UTF-8. */
void json_text(struct buf *out, const char *s, size_t len);

/* The same for a terminated string; NULL is null. */
void json_str(struct buf *out, const char *s);

#endif
