/*
 * What we write for a spreadsheet comes back as it was: 100,000 generated rows
 * for each delimiter are written as rejected rows, opened and saved as a
 * spreadsheet does, mended, and read: every cell is equal.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/csv_write.h"
#include "base/fault.h"
#include "contacts/import_rows.h"
#include "contacts/rejects.h"
#include "tests/tap.h"

#define ROWS 100000
#define FILE_ROWS 50
#define COLUMNS_MOST 8
#define MENDED "+12025550174"

/* Read back, by csv.h. */
static struct {
	size_t rows; /* with the header */
	struct csv_row row[FILE_ROWS + 1];
	struct rejects_columns ours;
	struct arena *a;
} got;

static uint64_t
below(uint64_t n)
{
	static uint64_t x = 0x9e3779b97f4a7c15;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (x >> 11) % n;
}

/* What a spreadsheet, a reader or a guard may stumble over. */
static const char *const pieces[] = {
	"",	"'",	  "''",	    "=",    "+",      "-",    "@",
	"\t",	"\r",	  "\n",	    "\r\n", "\"",     "\"\"", ",",
	";",	"|",	  " ",	    ".",    "0",      "17",   "a",
	"José", "名",	  "😀",	    "＝",   "＋",     "－",   "＠",
	"sep=", "\ufeff", "reason", "line", "\u200b", "=1+1", "-1.5",
	"+44 ", "(0)20-", "x",	    "\\",   "/",      "&lt;", "%s",
};

static const char *
random_cell(struct arena *a)
{
	const char *text = "";

	for (uint64_t n = below(4); n; n--)
		text = arena_printf(a, "%s%s", text,
				    pieces[below(ARRAY_LEN(pieces))]);
	return text;
}

static struct csv_row
random_row(struct arena *a, size_t count, char delimiter)
{
	const char **cells = ARENA_ARRAY(a, count, const char *);
	size_t *lens = ARENA_ARRAY(a, count, size_t);

	for (size_t i = 0; i < count; i++) {
		cells[i] = random_cell(a);
		lens[i] = strlen(cells[i]);
	}
	return (struct csv_row){ .line = 1 + (int64_t)below(5000000),
				 .count = count,
				 .cells = cells,
				 .lens = lens,
				 .delimiter = delimiter };
}

static void
put_cell(const struct csv_row *row, size_t i, const char *text)
{
	row->cells[i] = text;
	((size_t *)row->lens)[i] = strlen(text);
}

/* The cell at 'p' as a spreadsheet shows it, guard and all; where it ends. */
static const char *
show_cell(const char *p, char delimiter, struct buf *out)
{
	bool quoted = *p == '"';

	for (p += quoted; *p; p++) {
		if (quoted && *p == '"' && *++p != '"')
			break;
		if (!quoted && (*p == delimiter || *p == '\r'))
			break;
		buf_char(out, *p);
	}
	return p;
}

static void
save_cell(const char *text, struct buf *out)
{
	buf_char(out, '"');
	for (; *text; text++) {
		if (*text == '"')
			buf_char(out, '"');
		buf_char(out, *text);
	}
	buf_char(out, '"');
}

/*
 * A spreadsheet opens 'in' and saves it, with quotes around all cells.  In the
 * rows behind the header the person puts a number that is right into one
 * column.
 */
static void
mend(const struct buf *in, char delimiter, size_t column, struct buf *out)
{
	const char *p = in->data + strlen(CSV_MARK);
	struct buf cell = BUF_INIT;
	bool header = true;

	if (below(2))
		buf_str(out, CSV_MARK);
	for (size_t at = 0; *p; at++) {
		buf_clear(&cell);
		p = show_cell(p, delimiter, &cell);
		save_cell(!header && at == column ? MENDED : cell.data, out);
		if (*p == delimiter) {
			buf_char(out, *p++);
			continue;
		}
		buf_str(out, "\n");
		p += strlen("\r\n");
		header = false;
		at = SIZE_MAX;
	}
	buf_free(&cell);
}

static int
take(const struct csv_row *row, void *arg, struct fault *f)
{
	static struct rejects_own own;
	const struct csv_row *stripped;
	struct csv_row *to = &got.row[got.rows];

	(void)arg;
	(void)f;
	if (got.rows == FILE_ROWS + 1)
		return -1;
	if (!got.rows++)
		got.ours = rejects_find(row);
	stripped = rejects_strip(&got.ours, row, &own);
	*to = *stripped;
	to->cells = ARENA_ARRAY(got.a, stripped->count, const char *);
	for (size_t i = 0; i < stripped->count; i++)
		to->cells[i] = arena_strdup(got.a, stripped->cells[i]);
	return 0;
}

/* Rows that were short are as long as the header now, with empty cells. */
static bool
is_same(const struct csv_row *is, const struct csv_row *was, size_t columns)
{
	size_t count = was->count > columns ? was->count : columns;

	if (is->count != count || is->delimiter != was->delimiter)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (strcmp(is->cells[i], i < was->count ? was->cells[i] : ""))
			return false;
	}
	return true;
}

/* True for a cell that a spreadsheet would run. */
static bool
is_formula(const char *s)
{
	static const char *const wide[] = { "＝", "＋", "－", "＠" };

	for (size_t i = 0; i < ARRAY_LEN(wide); i++) {
		if (!strncmp(s, wide[i], 3))
			return true;
	}
	return *s && strchr("=@\t\r\n", *s);
}

static size_t
count_formulas(const char *p, char delimiter)
{
	size_t n = 0;
	bool quoted = false, first = true;

	for (; *p; p++) {
		n += first && *p != delimiter && is_formula(p + (*p == '"'));
		if (*p == '"')
			quoted = !quoted;
		first = !quoted && (*p == delimiter || *p == '\n');
	}
	return n;
}

/* One file of rejected rows; the number of rows that came back otherwise. */
static size_t
try_file(char delimiter, size_t *formulas)
{
	struct arena *a = arena_new();
	size_t columns = 1 + below(COLUMNS_MOST), phone = below(columns);
	struct buf file = BUF_INIT, mended = BUF_INIT;
	struct csv_row rows[FILE_ROWS + 1];
	struct csv_reader *csv;
	struct fault f = { 0 };
	size_t bad = 0;

	rows[0] = random_row(a, columns, delimiter);
	put_cell(&rows[0], phone, "phone_number");
	rejects_header(&file, &rows[0]);
	for (size_t i = 1; i <= FILE_ROWS; i++) {
		size_t count = below(9) ? columns : phone + 1 + below(columns);

		rows[i] = random_row(a, count, delimiter);
		rejects_row(&file, &rows[i], columns, "The row is wrong.");
		put_cell(&rows[i], phone, MENDED);
	}
	*formulas += count_formulas(file.data + strlen(CSV_MARK), delimiter);
	mend(&file, delimiter, phone, &mended);
	got.rows = 0;
	got.a = a;
	csv = csv_open(import_wanted, take, NULL);
	if (csv_feed(csv, mended.data, mended.len, &f) || csv_end(csv, &f))
		printf("# %s\n", f.text);
	csv_close(csv);
	for (size_t i = 0; i <= FILE_ROWS; i++)
		bad += i >= got.rows ||
		       !is_same(&got.row[i], &rows[i], i ? columns : 0);
	if (bad)
		printf("# %s\n# came back as\n# %s\n", file.data, mended.data);
	buf_free(&file);
	buf_free(&mended);
	arena_free(a);
	return bad;
}

int
main(void)
{
	static const struct {
		char delimiter;
		const char *what;
	} cases[] = { { ',', "rows separated by commas come back equal" },
		      { ';', "rows separated by semicolons come back equal" },
		      { '\t', "rows separated by tabs come back equal" },
		      { '|', "rows separated by bars come back equal" } };

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		size_t bad = 0, formulas = 0;

		for (size_t n = 0; n < ROWS && !bad; n += FILE_ROWS)
			bad = try_file(cases[i].delimiter, &formulas);
		is_int((int64_t)bad, 0, cases[i].what);
		is_int((int64_t)formulas, 0, "no cell is a formula");
	}
	return tap_done();
}
