/* Prints rows as columns for people, or as JSON. */
#include "ctl/table.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/text.h"

/* Replaces control characters, which a terminal would obey; texts stored by an
 * older version may have some. */
static const char *
printable(const char *s, struct arena *a)
{
	char *out = arena_strdup(a, s ? s : "");

	for (char *c = out; *c; c++) {
		if ((*c >= 0 && *c < ' ') || *c == 0x7f)
			*c = '?';
	}
	return out;
}

static size_t
width_of(const struct ctl_table *t, size_t column, struct arena *a)
{
	size_t widest = strlen(t->columns[column].key);

	for (size_t i = 0; i < t->rows; i++) {
		const char *cell = t->cells[i * t->count + column];
		size_t n = text_length(printable(cell, a));

		widest = n > widest ? n : widest;
	}
	return widest;
}

static void
print_row(const struct ctl_table *t, const char *const *cells,
	  const size_t *widths, struct arena *a)
{
	for (size_t i = 0; i < t->count; i++) {
		const char *cell = printable(cells[i], a);
		size_t room = widths[i] - text_length(cell);
		bool last = i + 1 == t->count;

		printf("%*s%s%*s", t->columns[i].number ? (int)room : 0, "",
		       cell, t->columns[i].number || last ? 0 : (int)room, "");
		fputs(last ? "\n" : "  ", stdout);
	}
}

static const char *
capitals(const char *s, struct arena *a)
{
	char *out = arena_strdup(a, s);

	for (char *c = out; *c; c++) {
		if (*c >= 'a' && *c <= 'z')
			*c = (char)(*c - 'a' + 'A');
	}
	return out;
}

static void
print_text(const struct ctl_table *t, struct arena *a)
{
	size_t *widths = ARENA_ARRAY(a, t->count, size_t);
	const char **heads = ARENA_ARRAY(a, t->count, const char *);

	for (size_t i = 0; i < t->count; i++) {
		widths[i] = width_of(t, i, a);
		heads[i] = capitals(t->columns[i].key, a);
	}
	print_row(t, heads, widths, a);
	for (size_t i = 0; i < t->rows; i++)
		print_row(t, t->cells + i * t->count, widths, a);
}

static void
print_json(const struct ctl_table *t)
{
	struct buf b = BUF_INIT;

	buf_char(&b, '[');
	for (size_t i = 0; i < t->rows * t->count; i++) {
		const struct ctl_column *column = &t->columns[i % t->count];

		if (i % t->count == 0)
			buf_str(&b, i ? "},\n{" : "{");
		else
			buf_char(&b, ',');
		json_str(&b, column->key);
		buf_char(&b, ':');
		if (column->number)
			buf_str(&b, t->cells[i]);
		else
			json_str(&b, t->cells[i]);
	}
	buf_str(&b, t->rows ? "}]" : "]");
	puts(b.data);
	buf_free(&b);
}

int
ctl_table_print(const struct ctl *c, const struct ctl_table *t)
{
	if (ctl_option(c, "json"))
		print_json(t);
	else
		print_text(t, c->a);
	return CTL_DONE;
}
