/*
 * csv_header.h - checks the first line of a CSV file, the column names, and
 * suggests a similar column when the wanted one is missing.
 */
#ifndef BASE_CSV_HEADER_H
#define BASE_CSV_HEADER_H

struct arena;
struct csv_row;
struct fault;

/*
 * FAULT_INVALID when a column has no name, two columns share one, or a name has
 * an invisible character; the message says which column and what is wrong.
 */
int csv_header_check(const struct csv_row *header, struct arena *a,
		     struct fault *f);

/*
 * Sets FAULT_INVALID because no column is named 'want'; the message suggests
 * the most similar column.  'near' lists other names for it, the surest first,
 * NULL-terminated, in lower case without spaces or punctuation; "*mobil"
 * matches any name that contains "mobil".
 */
int csv_header_lacks(const struct csv_row *header, const char *want,
		     const char *const *near, struct arena *a, struct fault *f);

#endif
