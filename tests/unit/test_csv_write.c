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
	{ "=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\"" },
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
	{ "-(1)", "'-(1)" },
	{ "- ", "'- " },
	{ "+447911123456", "+447911123456" },
	{ "+44 (0)20 7946-0000", "+44 (0)20 7946-0000" },
	{ "-1.5", "-1.5" },
	{ "-1,5", "\"'-1,5\"" },
	{ "+1-202-555-0123", "'+1-202-555-0123" },
	{ "+1 202-555-0123", "+1 202-555-0123" },
	{ "+1.202.555", "'+1.202.555" },
	{ "\n=1", "\"'\n=1\"" },
	{ "＝1+1", "'＝1+1" },
	{ "＋1", "'＋1" },
	{ "－1", "'－1" },
	{ "＠SUM(1)", "'＠SUM(1)" },
	{ "a|b", "\"a|b\"" },
	{ "1=1", "1=1" },
	{ "'=1", "''=1" },
	{ "''-1", "'''-1" },
	{ "'a", "'a" },
	{ "'", "'" },
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

/* Our own reader finds the same cells again, by the same delimiter. */
static void
check_round_trip(char delimiter)
{
	static const char *const more[] = { "7", "reason" };
	static const char *const wanted[] = { "phone_number", NULL };
	const char *text[] = { "phone_number", "a;b;c", "x\ty", "\"q\"\r\nz",
			       "'=1" };
	size_t lens[ARRAY_LEN(text)];
	struct csv_row row = { .count = ARRAY_LEN(text),
			       .cells = text,
			       .lens = lens,
			       .delimiter = delimiter };
	struct buf out = BUF_INIT, got = BUF_INIT;
	struct csv_reader *c = csv_open(wanted, keep, &got);
	struct fault f;

	for (size_t i = 0; i < row.count; i++)
		lens[i] = strlen(text[i]);
	buf_str(&out, CSV_MARK);
	csv_write_row(&out, &row, 0, more, ARRAY_LEN(more));
	row.count = 1;
	csv_write_row(&out, &row, 5, more, ARRAY_LEN(more));
	ok(!csv_feed(c, out.data, out.len, &f) && !csv_end(c, &f),
	   "the reader accepts what was written");
	is_str(got.data,
	       "[phone_number][a;b;c][x\ty][\"q\"\r\nz]['=1][7][reason]\n"
	       "[phone_number][][][][][7][reason]\n",
	       "cells with any separators are read back");
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
		is_str(out.data, cells[i].written,
		       "a cell is written with the quotes and the guard it "
		       "needs");
	}
	buf_free(&out);
	for (const char *d = CSV_DELIMITERS; *d; d++)
		check_round_trip(*d);
	return tap_done();
}
