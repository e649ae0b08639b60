/* CSV for people: quoted, one line a row, and no cell is a formula. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/csv_write.h"
#include "base/fault.h"
#include "tests/tap.h"

/* clang-format off */
static const struct {
	const char *cell, *written;
} cells[] = {
	{ "", "" },
	{ "Ann", "Ann" },
	{ "Jürgen", "Jürgen" },
	{ " two  spaces ", " two  spaces " },
	{ "a,b", "\"a,b\"" },
	{ "a;b", "\"a;b\"" },
	{ "a\tb", "\"a\tb\"" },
	{ "a\nb", "\"a\nb\"" },
	{ "a\r\nb", "\"a\r\nb\"" },
	{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
	{ "\"", "\"\"\"\"" },
	{ "=1+1", "'=1+1" },
	{ "=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0" },
	{ "=HYPERLINK(\"http://x\",\"y\")",
	  "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"" },
	{ "@SUM(1)", "'@SUM(1)" },
	{ "\t=1", "\"'\t=1\"" },
	{ "\r=1", "\"'\r=1\"" },
	{ "+1+cmd", "'+1+cmd" },
	{ "-1+1", "'-1+1" },
	{ "+", "'+" },
	{ "-", "'-" },
	{ "--", "'--" },
	{ "-(1)", "-(1)" },
	{ "- ", "'- " },
	{ "+447911123456", "+447911123456" },
	{ "+44 (0)20 7946-0000", "+44 (0)20 7946-0000" },
	{ "-1.5", "-1.5" },
	{ "-1,5", "\"'-1,5\"" },
	{ "1=1", "1=1" },
	{ "'=1", "'=1" },
};
/* clang-format on */

static int
keep(const struct csv_row *row, void *arg, struct fault *f)
{
	(void)f;
	for (size_t i = 0; i < row->count; i++)
		buf_printf(arg, "[%s]", row->cells[i]);
	buf_char(arg, '\n');
	return 0;
}

/* Our own reader finds the same cells again. */
static void
check_round_trip(void)
{
	const char *text[] = { "phone_number", "a;b;c", "x\ty", "\"q\"\r\nz" };
	size_t lens[ARRAY_LEN(text)];
	struct csv_row row = { .count = ARRAY_LEN(text),
			       .cells = text,
			       .lens = lens };
	struct buf out = BUF_INIT, got = BUF_INIT;
	struct csv_reader *c = csv_open(keep, &got);
	struct fault f;

	for (size_t i = 0; i < row.count; i++)
		lens[i] = strlen(text[i]);
	csv_write_row(&out, &row, 0, "reason");
	row.count = 1;
	csv_write_row(&out, &row, 4, "short");
	ok(!csv_feed(c, out.data, out.len, &f) && !csv_end(c, &f), "is read");
	is_str(got.data,
	       "[phone_number][a;b;c][x\ty][\"q\"\r\nz][reason]\n"
	       "[phone_number][][][][short]\n",
	       "whatever separators stand in the cells");
	csv_close(c);
	buf_free(&out);
	buf_free(&got);
}

int
main(void)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(cells); i++) {
		buf_clear(&out);
		csv_write_cell(&out, cells[i].cell, strlen(cells[i].cell));
		is_str(out.data, cells[i].written, "a cell");
	}
	buf_free(&out);
	check_round_trip();
	return tap_done();
}
