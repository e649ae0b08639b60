/*
 * csv_header.h - the first line of a CSV file: names of columns, and the one
 * that was meant where none has the name.
 */
#ifndef BASE_CSV_HEADER_H
#define BASE_CSV_HEADER_H

struct arena;
struct csv_row;
struct fault;

/*
 * FAULT_INVALID: a column without a name, two with the same, or something in a
 * name that nobody sees; says which, and what.
 */
int csv_header_check(const struct csv_row *header, struct arena *a,
		     struct fault *f);

/*
 * No column is named 'want': FAULT_INVALID, which says what comes near.  'near'
 * are other names for it, the surest first, NULL-terminated, in small letters
 * without what is between them; "*mobil" is any that has these letters in it.
 */
int csv_header_lacks(const struct csv_row *header, const char *want,
		     const char *const *near, struct arena *a, struct fault *f);

#endif
