/*
 * json.h - writes JSON strings into a buf.  (JSON is read by the one file of
 * each layer that includes cJSON.)
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stddef.h>

struct buf;

/* Writes the text quoted and escaped; it must be valid UTF-8. */
void json_text(struct buf *out, const char *s, size_t len);

/* The same for a terminated string; NULL becomes null. */
void json_str(struct buf *out, const char *s);

#endif
