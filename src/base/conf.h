/*
 * conf.h - reads a "key = value" file through a field table (libinih).
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

struct arena;
struct fault;
struct record;

/*
 * Fills *base with the defaults and then from the file, or leaves it unchanged.
 * An unknown key, a value out of range, a missing key that has no default, or
 * a file that cannot be read is FAULT_INVALID; the message names file, line,
 * key and the allowed values.  A line that begins with # or ; is a comment,
 * and so is text after " ;".
 */
int conf_read(const char *path, const struct record *r, void *base,
	      struct arena *a, struct fault *f);

#endif
