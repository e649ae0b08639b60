/*
 * conf.h - reads a "key = value" file through a field table (libinih).
 */
#ifndef BASE_CONF_H
#define BASE_CONF_H

struct arena;
struct fault;
struct record;

/*
 * Fills *base from the file after record_defaults(), or leaves it alone.  An
 * unknown key, a value out of range, a key without default that is missing, or
 * a file that cannot be read is FAULT_INVALID and names file, line, key and
 * what is allowed.  A line that begins with # or ; is a comment, and so is what
 * follows " ;".
 */
int conf_read(const char *path, const struct record *r, void *base,
	      struct arena *a, struct fault *f);

#endif
