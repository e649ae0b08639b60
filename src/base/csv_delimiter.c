#include "base/csv_delimiter.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/csv.h"

static const char delimiters[] = CSV_DELIMITERS;

/* Allocates libcsv's cell, up to a limit: no cell may fill the memory. */
static void *
grow(void *p, size_t size)
{
	return size > CSV_CELL_MAX + 2 * CSV_BLOCK ? NULL : xrealloc(p, size);
}

static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

void
csv_parser_begin(struct csv_parser *p, char delimiter)
{
	csv_init(p, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL |
			    CSV_REPALL_NL);
	csv_set_realloc_func(p, grow);
	csv_set_blk_size(p, CSV_BLOCK);
	csv_set_space_func(p, no_space);
	csv_set_delim(p, (unsigned char)delimiter);
}

char
csv_delimiter_named(const char *line, size_t len)
{
	if (len >= 2 && line[0] == '"' && line[len - 1] == '"') {
		line++;
		len -= 2;
	}
	if (len != 5 || strncasecmp(line, "sep=", 4) != 0 ||
	    !memchr(delimiters, line[4], strlen(delimiters)))
		return '\0';
	return line[4];
}

/* How well a text fits one delimiter. */
struct delimiter_fit {
	const char *const *names;
	size_t found;	     /* names in the first row */
	size_t cells, first; /* of this row, of the first */
	size_t rows, even;   /* after the first; as long as the first */
};

static void
on_cell(void *cell, size_t len, void *arg)
{
	struct delimiter_fit *l = arg;

	l->cells++;
	if (l->first || !l->names)
		return;
	for (const char *const *name = l->names; *name; name++)
		l->found += strlen(*name) == len && !memcmp(*name, cell, len);
}

static void
on_row(int end, void *arg)
{
	struct delimiter_fit *l = arg;

	(void)end;
	if (!l->cells)
		return;
	if (l->first) {
		l->rows++;
		l->even += l->cells == l->first;
	} else {
		l->first = l->cells;
	}
	l->cells = 0;
}

static struct delimiter_fit
look_at(const char *text, size_t len, bool whole, char delimiter,
	const char *const *names)
{
	struct delimiter_fit l = { .names = names };
	struct csv_parser p;

	csv_parser_begin(&p, delimiter);
	if (csv_parse(&p, text, len, on_cell, on_row, &l) == len && whole)
		csv_fini(&p, on_cell, on_row, &l);
	csv_free(&p);
	return l;
}

char
csv_delimiter_wanted(const char *row, size_t len, const char *const *names)
{
	size_t most = 0;
	char best = '\0';

	for (const char *d = delimiters; *d; d++) {
		struct delimiter_fit l = look_at(row, len, true, *d, names);

		if (l.found > most) {
			most = l.found;
			best = *d;
		}
	}
	return best;
}

/* Rows of one cell are always even, so they say nothing about a delimiter. */
static bool
is_better(const struct delimiter_fit *a, const struct delimiter_fit *b)
{
	size_t x = a->even * b->rows, y = b->even * a->rows;

	if (a->first < 2 || b->first < 2)
		return a->first > b->first;
	return x != y ? x > y : a->first > b->first;
}

char
csv_delimiter_even(const char *text, size_t len, bool whole)
{
	struct delimiter_fit best = { .first = 0 };
	char is = *delimiters;

	for (const char *d = delimiters; *d; d++) {
		struct delimiter_fit l = look_at(text, len, whole, *d, NULL);

		if (is_better(&l, &best)) {
			best = l;
			is = *d;
		}
	}
	return is;
}
