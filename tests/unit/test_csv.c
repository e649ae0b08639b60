/*
 * CSV as people send it.  Every case is fed at once, byte by byte and in
 * pieces of seven: the rows must not depend on where the pieces end.
 */
#include <stdlib.h>
#include <sys/resource.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/fault.h"
#include "tests/tap.h"

#define BYTES(s) (s), sizeof(s) - 1
#define ADVICE                                                                     \
	"Save it again as CSV UTF-8: in Excel with Save As, file type “CSV "     \
	"UTF-8 (Comma delimited)”; in LibreOffice with Save As, “Edit filter " \
	"settings”, character set “Unicode (UTF-8)”."
#define WINDOWS(word) "; if it is Windows-1252, it says “" word "”. " ADVICE
#define NOT_UTF8 " is not valid UTF-8. " ADVICE
#define CUT                                                                   \
	" ends in the middle of a character: the file is incomplete, or not " \
	"UTF-8"
#define LOOKS_LIKE(what) "Line 1 looks like " what ", not CSV text in UTF-8. "
#define STRAY                                                             \
	" has a quote in the middle of a cell. Quote the whole cell and " \
	"double the quotes inside it."

/* Rows come out as "LINE:[cell][cell]"; a fault comes as its text. */
/* clang-format off */
static const struct {
	const char *what, *bytes;
	size_t len;
	const char *rows, *fault;
} cases[] = {
	{ "an empty file has no rows", BYTES(""), "", "" },
	{ "blank lines are not rows", BYTES("\n\r\n\n"), "", "" },
	{ "one cell makes a row", BYTES("a"), "1:[a]", "" },
	{ "lines may end with LF",
	  BYTES("a,b\n1,2\n"), "1:[a][b]2:[1][2]", "" },
	{ "lines may end with CR LF",
	  BYTES("a,b\r\n1,2\r\n"), "1:[a][b]2:[1][2]", "" },
	{ "lines may end with CR",
	  BYTES("a,b\r1,2\r"), "1:[a][b]2:[1][2]", "" },
	{ "lines may end with CR, then with LF",
	  BYTES("a\rb\nc\n"), "1:[a]2:[b]3:[c]", "" },
	{ "the last line needs no newline",
	  BYTES("a,b\n1,2"), "1:[a][b]2:[1][2]", "" },
	{ "blank lines count as lines",
	  BYTES("\na\n\r\n\nb\n"), "2:[a]5:[b]", "" },
	{ "empty cells are kept", BYTES(",\n,,\n"), "1:[][]2:[][][]", "" },
	{ "a quoted cell may be empty", BYTES("\"\"\n"), "1:[]", "" },
	{ "spaces stay in their cells",
	  BYTES(" a , b \n"), "1:[ a ][ b ]", "" },
	{ "a doubled quote is one quote",
	  BYTES("\"say \"\"hi\"\"\",b\n"), "1:[say \"hi\"][b]", "" },
	{ "a newline in quotes belongs to the cell",
	  BYTES("a\n\"x\ny\r\nz\",b\nc\n"),
	  "1:[a]2:[x\ny\r\nz][b]5:[c]", "" },
	{ "the header may have a newline in quotes",
	  BYTES("\"a\nb\";c\n1;2\n"), "1:[a\nb][c]3:[1][2]", "" },
	{ "a quote may be the last character",
	  BYTES("a,\"b\""), "1:[a][b]", "" },
	{ "a byte-order mark is skipped",
	  BYTES("\xef\xbb\xbf" "a,b\n"), "1:[a][b]", "" },
	{ "a byte-order mark alone has no rows",
	  BYTES("\xef\xbb\xbf"), "", "" },
	{ "a byte-order mark may precede a quoted header",
	  BYTES("\xef\xbb\xbf\"a\",b\n"), "1:[a][b]", "" },
	{ "a semicolon is found as the delimiter",
	  BYTES("a;b;c,d\n1;2;3,4\n"), "1:[a][b][c,d]2:[1][2][3,4]", "" },
	{ "a tab is found as the delimiter",
	  BYTES("a\tb c\n1\t2\n"), "1:[a][b c]2:[1][2]", "" },
	{ "a delimiter in quotes does not count",
	  BYTES("\"a;b;c\",d\n"), "1:[a;b;c][d]", "" },
	{ "a tie goes to the comma", BYTES("a,b;c\n"), "1:[a][b;c]", "" },
	{ "blank lines may precede the header",
	  BYTES("\r\n\na;b\n"), "3:[a][b]", "" },
	{ "ragged rows pass", BYTES("a,b\n1\n1,2,3\n"), "1:[a][b]2:[1]3:[1][2][3]", "" },
	{ "Excel's first line names the delimiter",
	  BYTES("sep=;\r\nphone_number;name\r\n1;Ana\r\n"),
	  "2:[phone_number][name]3:[1][Ana]", "" },
	{ "Excel's line may follow a byte-order mark",
	  BYTES("\xef\xbb\xbfsep=;\na;b,c\n1;2\n"), "2:[a][b,c]3:[1][2]", "" },
	{ "Excel's line may be in quotes",
	  BYTES("\"sep=;\"\na;b,c\n"), "2:[a][b,c]", "" },
	{ "Excel's line may be in quotes behind a mark",
	  BYTES("\xef\xbb\xbf\"sep=\t\"\ra\tb;c\r"), "2:[a][b;c]", "" },
	{ "Excel's line may be in capitals",
	  BYTES("SEP=|\na|b;c\n1|2\n"), "2:[a][b;c]3:[1][2]", "" },
	{ "Excel's line alone has no rows", BYTES("sep=;"), "", "" },
	{ "Excel's line alone may have its line end",
	  BYTES("sep=,\r\n"), "", "" },
	{ "a blank line may follow Excel's line",
	  BYTES("sep=;\n\na;b\n"), "3:[a][b]", "" },
	{ "Excel's line is a row when it is not the first line",
	  BYTES("\nsep=;\n"), "2:[sep=][]", "" },
	{ "Excel's line is a row when it names no delimiter",
	  BYTES("sep=x\n1\n"), "1:[sep=x]2:[1]", "" },
	{ "the wanted column beats commas in other names",
	  BYTES("phone_number;Name (first, last);Price (EUR, net, VAT)\n1;Ana;1,5\n"),
	  "1:[phone_number][Name (first, last)][Price (EUR, net, VAT)]2:[1][Ana][1,5]", "" },
	{ "the wanted column beats semicolons in other names",
	  BYTES("a;b;c,phone_number\n1,2\n"), "1:[a;b;c][phone_number]2:[1][2]", "" },
	{ "the wanted column may be in quotes",
	  BYTES("a,b,c;\"phone_number\"\n"), "1:[a,b,c][phone_number]", "" },
	{ "the wanted column is found between tabs",
	  BYTES("a, b, c; d\tphone_number\n"), "1:[a, b, c; d][phone_number]", "" },
	{ "the wanted column may be the only one",
	  BYTES("phone_number\n1;2\n"), "1:[phone_number]2:[1;2]", "" },
	{ "an even delimiter is taken without the wanted column",
	  BYTES("Phone;Name (a, b);Price (a, b, c)\n1;Ana;1,5\n2;Bo;2\n"),
	  "1:[Phone][Name (a, b)][Price (a, b, c)]2:[1][Ana][1,5]3:[2][Bo][2]", "" },
	{ "tabs are taken when they are even",
	  BYTES("Phone\ta, b; c, d; e, f\n1\t2\n"), "1:[Phone][a, b; c, d; e, f]2:[1][2]", "" },
	{ "one uneven row does not change the delimiter",
	  BYTES("a;b,c,d\n1;2\n1;2;3\n1;2\n"), "1:[a][b,c,d]2:[1][2]3:[1][2][3]4:[1][2]", "" },
	{ "a cut last row does not change the delimiter",
	  BYTES("a;b,c,d\n1;2\n1;2"), "1:[a][b,c,d]2:[1][2]3:[1][2]", "" },
	{ "rows against a header of one column are not even",
	  BYTES("a,b\n1;2;3\n4;5\n"), "1:[a][b]2:[1;2;3]3:[4;5]", "" },
	{ "a guard against formulas is removed",
	  BYTES("'=a,'@b\n'-1,''+2\n'a,'\n"), "1:[=a][@b]2:[-1]['+2]3:['a][']", "" },
	{ "letters of all scripts are kept",
	  BYTES("名前,ü\n😀,é\n"), "1:[名前][ü]2:[😀][é]", "" },

	{ "a NUL byte is refused", BYTES("a,b\n1,\0002\n"), NULL,
	  "Line 2 contains a NUL byte: it is not text in UTF-8, perhaps it is UTF-16. " ADVICE },
	{ "a word in Latin-1 is shown",
	  BYTES("name\nM\xfcller,x\n"), NULL, "Line 2 is not valid UTF-8" WINDOWS("Müller") },
	{ "a word in Latin-1 after CRs has its line",
	  BYTES("name\r\na\r\rM\xfcller\n"), NULL, "Line 4 is not valid UTF-8" WINDOWS("Müller") },
	{ "a Latin-1 letter at the end of a line is shown",
	  BYTES("name\nAnn,Andr\xe9\nx\n"), NULL, "Line 2 is not valid UTF-8" WINDOWS("André") },
	{ "a Latin-1 letter in the header is shown",
	  BYTES("pr\xe9nom,phone_number\n"), NULL, "Line 1 is not valid UTF-8" WINDOWS("prénom") },
	{ "a Latin-1 letter in the first byte is shown",
	  BYTES("\xc9tat\n"), NULL, "Line 1 is not valid UTF-8" WINDOWS("État") },
	{ "a sign of Windows-1252 is shown",
	  BYTES("name\nO\x92Hara, Zo\xeb\n"), NULL, "Line 2 is not valid UTF-8" WINDOWS("O’Hara") },
	{ "a word that is UTF-8 in part is shown whole",
	  BYTES("name\n\xc3\xa9t\xe9s\n"), NULL, "Line 2 is not valid UTF-8" WINDOWS("étés") },
	{ "a very long word is shown shortened",
	  BYTES("name\n1234567890123456789012345678901234567890\xe9" "12345678901234567890\n"), NULL,
	  "Line 2 is not valid UTF-8" WINDOWS("1234567890123456789012345678901234567890é1234567") },
	{ "a shown word is not cut inside a character",
	  BYTES("name\n\xef\xbb\xbf" "1234567890123456789012345678901234567890123456\xe9s"), NULL,
	  "Line 2 is not valid UTF-8" WINDOWS("1234567890123456789012345678901234567890123456é") },
	{ "bytes that are not Windows-1252 either are refused",
	  BYTES("name\nab\x81" "cd\n"), NULL, "Line 2" NOT_UTF8 },
	{ "a surrogate is refused",
	  BYTES("abcdefgh\n\xed\xa0\x80\n"), NULL, "Line 2 is not valid UTF-8" WINDOWS("í\u00a0€") },
	{ "an overlong form is refused",
	  BYTES("abcdefgh\n\xc0\xaf\n"), NULL, "Line 2 is not valid UTF-8" WINDOWS("À¯") },
	{ "a file cut inside a character is refused",
	  BYTES("a,b\n1,\xe2\x82"), NULL, "Line 2" CUT WINDOWS("â‚") },
	{ "a short file cut inside a character is refused",
	  BYTES("\xc3"), NULL, "Line 1" CUT WINDOWS("Ã") },
	{ "a Latin-1 letter at the end of the file is shown",
	  BYTES("name\nAndr\xe9"), NULL, "Line 2" CUT WINDOWS("André") },
	{ "little-endian UTF-16 is recognised",
	  BYTES("\xff\xfe" "a\0,\0b\0"), NULL, LOOKS_LIKE("UTF-16 text") ADVICE },
	{ "big-endian UTF-16 is recognised",
	  BYTES("\xfe\xff\0a\0,"), NULL, LOOKS_LIKE("UTF-16 text") ADVICE },
	{ "UTF-16 without a mark is recognised",
	  BYTES("a\0,\0b\0\n\0"), NULL, LOOKS_LIKE("UTF-16 text") ADVICE },
	{ "big-endian UTF-16 without a mark is recognised",
	  BYTES("\0a\0,\0b\0\n"), NULL, LOOKS_LIKE("UTF-16 text") ADVICE },
	{ "a ZIP archive is recognised",
	  BYTES("PK\x03\x04\x14\0\x06\0"), NULL, LOOKS_LIKE("a ZIP archive or a spreadsheet") ADVICE },
	{ "an old Excel file is recognised",
	  BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), NULL, LOOKS_LIKE("an old Excel spreadsheet") ADVICE },
	{ "a gzip archive is recognised",
	  BYTES("\x1f\x8b\x08\0\0\0\0\0"), NULL, LOOKS_LIKE("a gzip archive") "Unpack it and use the CSV file inside." },
	{ "a PDF document is recognised",
	  BYTES("%PDF-1.7\n"), NULL, LOOKS_LIKE("a PDF document") "Save its table as CSV UTF-8." },
	{ "PK may be a column's name", BYTES("PK,b\n"), "1:[PK][b]", "" },
	{ "a quote that is not closed is refused",
	  BYTES("a,b\n1,2\n3,\"4\n5,6\n"), NULL,
	  "Line 3 opens a quote that is not closed." },
	{ "an unclosed quote after a newline has its line",
	  BYTES("\"a\nb\",\"c\n"), NULL,
	  "Line 2 opens a quote that is not closed." },
	{ "an unclosed quote in the header is refused",
	  BYTES("\"a,b\n1,2\n"), NULL,
	  "Line 1 opens a quote that is not closed." },
	{ "a quote in the middle of a cell is refused",
	  BYTES("a\nx \"y\" z\n"), NULL, "Line 2" STRAY },
	{ "all lines with stray quotes are named",
	  BYTES("a,b\nx \"y\" z,1\n2,3\n\"4\n5\"6,7\r\n8,9\"\r\n"), NULL,
	  "Lines 2, 5 and 6 have a quote in the middle of a cell. Quote the whole cell and double the quotes inside it." },
	{ "an unclosed quote is named after a stray quote",
	  BYTES("a\nx\"\nb\n\"c\nd\n"), NULL,
	  "Line 2" STRAY " Line 4 opens a quote that is not closed." },
	{ "at most ten lines are named",
	  BYTES("a\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\nx\"\n"), NULL,
	  "Lines 2, 3, 4, 5, 6, 7, 8, 9, 10 and 11, and perhaps more, have a quote in the middle of a cell. "
	  "Quote the whole cell and double the quotes inside it." },
	{ "a stray quote in the last line is named",
	  BYTES("a\nx\"y"), NULL, "Line 2" STRAY },
	{ "text after a quoted cell is refused",
	  BYTES("a\n\"x\ny\" z\n"), NULL, "Line 3" STRAY },
};
/* clang-format on */

static int
collect(const struct csv_row *row, void *arg, struct fault *f)
{
	struct buf *out = arg;

	if (row->count == 1 && !strcmp(row->cells[0], "stop"))
		return fault_set(f, FAULT_CONFLICT, "Stopped.");
	buf_printf(out, "%lld:", (long long)row->line);
	for (size_t i = 0; i < row->count; i++) {
		if (strlen(row->cells[i]) != row->lens[i])
			buf_str(out, "!");
		buf_printf(out, "[%s]", row->cells[i]);
	}
	return 0;
}

static const char *const wanted[] = { "phone_number", NULL };

/* The fault's text, or "". */
static const char *
run(const char *bytes, size_t len, size_t step, csv_row_fn *fn, void *arg)
{
	static struct fault f;
	struct csv_reader *c = csv_open(wanted, fn, arg);
	int got = 0;

	memset(&f, 0, sizeof(f));
	for (size_t at = 0; at < len && !got; at += step) {
		size_t n = len - at < step ? len - at : step;
		/* A copy, so that reading beyond its end is seen. */
		char *piece = xmalloc(n);

		memcpy(piece, bytes + at, n);
		got = csv_feed(c, piece, n, &f);
		free(piece);
	}
	if (!got)
		got = csv_end(c, &f);
	csv_close(c);
	return got ? f.text : "";
}

static void
test_cases(void)
{
	static const size_t steps[] = { 1000, 1, 7 };
	struct buf rows = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(cases) * 3; i++) {
		size_t n = i / 3;
		const char *fault;

		buf_clear(&rows);
		fault = run(cases[n].bytes, cases[n].len, steps[i % 3], collect,
			    &rows);
		is_str(fault, cases[n].fault, cases[n].what);
		if (cases[n].rows)
			is_str(rows.data, cases[n].rows, cases[n].what);
	}
	buf_free(&rows);
}

static int
count_cells(const struct csv_row *row, void *arg, struct fault *f)
{
	(void)f;
	*(size_t *)arg += row->count;
	return 0;
}

/* 'count' times 'piece' between 'head' and 'tail'; what the reader says. */
static const char *
run_long(const char *head, const char *piece, size_t count, const char *tail,
	 size_t *cells)
{
	struct buf b = BUF_INIT;
	const char *fault;

	buf_str(&b, head);
	for (size_t i = 0; i < count; i++)
		buf_str(&b, piece);
	buf_str(&b, tail);
	*cells = 0;
	fault = run(b.data, b.len, 100000, count_cells, cells);
	buf_free(&b);
	return fault;
}

static void
test_limits(void)
{
	const size_t mega = (size_t)1024 * 1024;
	size_t cells;

	is_str(run_long("a\n", "x", mega, "\n", &cells), "",
	       "a cell of 1 MB is accepted");
	is_int((int64_t)cells, 2, "a cell of 1 MB is read");
	is_str(run_long("a\n", "x", mega + 1, "\n", &cells),
	       "Line 2 has a cell longer than 1 MB.",
	       "a cell of one byte more is refused");
	is_str(run_long("a\n\"", "x\n", mega * 2, "", &cells),
	       "Line 2 starts a cell longer than 1 MB; perhaps a quote is not "
	       "closed.",
	       "a quote that swallows the file is refused");
	is_str(run_long("\"", "x\n", mega * 3, "", &cells),
	       "Line 1 starts a cell longer than 1 MB; perhaps a quote is not "
	       "closed.",
	       "a quote that swallows the header is refused");
	is_str(run_long("a\n", ",", 999, "\n", &cells), "",
	       "a row of 1,000 cells is accepted");
	is_int((int64_t)cells, 1001,
	       "all cells of the row and the header are counted");
	is_str(run_long("a\n", ",", 1000, "\n", &cells),
	       "Line 2 has more than 1,000 cells.",
	       "a row of 1,001 cells is refused");
	is_str(run_long("a,b\n", "xxxxxxx,", 600000, "\n", &cells),
	       "Line 2 has more than 1,000 cells.",
	       "a row of very many cells is refused");
	is_str(run_long("a", ",a", 9999, "\n1\n", &cells),
	       "Line 1 has more than 1,000 cells.",
	       "a header of 10,000 columns is refused");
	is_str(run_long("\n", "xxxx", mega * 2, "", &cells),
	       "Line 2 starts a cell longer than 1 MB; perhaps a quote is not "
	       "closed.",
	       "a line without an end is refused");
}

/* A gigabyte behind a quote that is never closed: 'head', then one piece again
 * and again.  Returns how much was read; the fault says why no more. */
static size_t
feed_endless(const char *head, struct fault *f)
{
	static char piece[64 * 1024];
	size_t cells = 0, fed = 0;
	struct csv_reader *c = csv_open(NULL, count_cells, &cells);

	memset(piece, 'x', sizeof(piece));
	for (size_t i = 0; i < sizeof(piece); i += 80)
		memcpy(piece + i, ",\n", 2);
	if (!csv_feed(c, head, strlen(head), f)) {
		while (fed < (size_t)1 << 30 &&
		       !csv_feed(c, piece, sizeof(piece), f))
			fed += sizeof(piece);
	}
	csv_close(c);
	return fed;
}

static void
test_endless(void)
{
	static const struct {
		const char *head, *says;
	} ends[] = {
		{ "a,b\n1,\"", "Line 2 starts a cell longer than 1 MB; perhaps "
			       "a quote is not closed." },
		{ "\"a", "Line 1 starts a cell longer than 1 MB; perhaps a "
			 "quote is not closed." },
		{ "a\n1\n\"\"\"\"\"", "Line 3 starts a cell longer than 1 MB; "
				      "perhaps a quote is not closed." },
	};
	struct rusage use;

	for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
		struct fault f = { 0 };
		size_t fed = feed_endless(ends[i].head, &f);

		is_str(f.text, ends[i].says,
		       "a quote that never ends is refused");
		ok(fed < (size_t)8 << 20,
		   "a quote that never ends is noticed within 8 MB");
	}
	getrusage(RUSAGE_SELF, &use);
	printf("# %ld KB at most\n", use.ru_maxrss);
#ifndef SANITIZED
	ok(use.ru_maxrss < 64L * 1024,
	   "a quote that never ends does not fill the memory");
#endif
}

/* Four cells fill a row with 1 MB each, the fifth does not fit. */
static void
test_row_limit(void)
{
	struct buf b = BUF_INIT;
	size_t cells = 0;

	buf_str(&b, "a\nb\n");
	for (int i = 0; i < 5; i++) {
		memset(buf_room(&b, 1000000), 'x', 1000000);
		b.len += 1000000;
		buf_char(&b, i < 4 ? ',' : '\n');
	}
	is_str(run(b.data, b.len, 65536, count_cells, &cells),
	       "Line 3 starts a row longer than 4 MB.",
	       "a row of 5 MB is refused");
	buf_free(&b);
}

static void
test_stop(void)
{
	struct buf rows = BUF_INIT;
	static const char *const a[] = { "a", NULL };
	struct csv_reader *c = csv_open(a, collect, &rows);
	struct fault f = { 0 }, again = { 0 };

	is_int(csv_feed(c, BYTES("a,b\nstop\n1,2\n"), &f), -1,
	       "a callback can stop the reading");
	is_int(f.code, FAULT_CONFLICT, "the fault of the callback is returned");
	is_str(rows.data, "1:[a][b]",
	       "the callback sees no row after it stops");
	is_int(csv_feed(c, BYTES("3,4\n"), &again), -1,
	       "a stopped reader refuses more data");
	is_str(again.text, "Stopped.", "a stopped reader repeats its fault");
	is_int(csv_end(c, &f), -1, "a stopped reader refuses the end");
	csv_close(c);
	csv_close(NULL);
	buf_free(&rows);
}

int
main(void)
{
	test_cases();
	test_limits();
	test_endless();
	test_row_limit();
	test_stop();
	return tap_done();
}
