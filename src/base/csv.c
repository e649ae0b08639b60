#include "base/csv.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv_delimiter.h"
#include "base/csv_guard.h"
#include "base/encoding.h"
#include "base/fault.h"

#define ROW_MAX ((size_t)4 * 1024 * 1024)
/* The sample that decides the delimiter when no wanted column does. */
#define SAMPLE_ROWS 50
#define SAMPLE_BYTES ((size_t)64 * 1024)
#define STRAYS_MAX 10
/* Bytes parsed at a time: a fault stops the reading after this much at most. */
#define SLICE ((size_t)64 * 1024)

struct csv_reader {
	const char *const *want;
	csv_row_fn *fn;
	void *arg;
	struct csv_parser parser;
	char delimiter;
	bool has_failed;
	struct fault fault;

	/* The beginning, kept until the delimiter is known. */
	struct buf head;
	bool is_streaming, is_head_known;
	size_t head_seen, head_rows;
	bool head_quoted, head_has_text;

	/* Lines with a quote in the middle of a cell. */
	int64_t strays[STRAYS_MAX];
	size_t stray_count;
	bool is_skipping; /* the rest of such a line */

	struct encoding encoding;
	int64_t doubt_line; /* of the first byte that is not UTF-8; 0: none */

	int64_t raw_line; /* of the next raw byte */
	bool raw_cr;	  /* the last raw byte was a CR */

	int64_t line, row_line; /* as the parser sees them */
	bool last_cr;
	struct buf row;
	size_t count;
	size_t starts[CSV_CELLS_MAX], lens[CSV_CELLS_MAX];
	const char *cells[CSV_CELLS_MAX];
};

struct csv_reader *
csv_open(const char *const *want, csv_row_fn *fn, void *arg)
{
	struct csv_reader *c = xcalloc(1, sizeof(*c));

	c->want = want;
	c->fn = fn;
	c->arg = arg;
	c->head = c->row = (struct buf)BUF_INIT;
	c->raw_line = c->line = 1;
	csv_parser_begin(&c->parser, *CSV_DELIMITERS);
	return c;
}

void
csv_close(struct csv_reader *c)
{
	if (!c)
		return;
	csv_free(&c->parser);
	buf_free(&c->head);
	buf_free(&c->row);
	free(c);
}

/* "Lines 2, 5 and 9 have a quote in the middle of a cell. ..." */
static const char *
strays_text(const struct csv_reader *c, struct arena *a)
{
	size_t n = c->stray_count;
	const char *text = arena_printf(a, "Line%s ", n > 1 ? "s" : "");

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%lld", text,
				    !i		? ""
				    : i < n - 1 ? ", "
						: " and ",
				    (long long)c->strays[i]);
	return arena_printf(
		a,
		"%s%s %s a quote in the middle of a cell. Quote the whole cell "
		"and double the quotes inside it.",
		text, n == STRAYS_MAX ? ", and perhaps more," : "",
		n > 1 ? "have" : "has");
}

/* Records the first fault only; later ones follow from it.  The message lists
 * the stray quotes found so far, then 'text' if there is room for it. */
static int
fail(struct csv_reader *c, const char *text)
{
	struct arena *a;
	const char *strays;
	size_t room;

	if (c->has_failed)
		return -1;
	c->has_failed = true;
	if (!c->stray_count)
		return fault_set(&c->fault, FAULT_INVALID, "%s", text);
	a = arena_new();
	strays = strays_text(c, a);
	room = sizeof(c->fault.text) - strlen(strays) - 1;
	fault_set(&c->fault, FAULT_INVALID, "%s%s%s", strays,
		  *text && strlen(text) < room ? " " : "",
		  strlen(text) < room ? text : "");
	arena_free(a);
	return -1;
}

static int __attribute__((format(printf, 3, 4)))
refuse(struct csv_reader *c, int64_t line, const char *fmt, ...)
{
	struct arena *a = arena_new();
	va_list ap;

	va_start(ap, fmt);
	fail(c, arena_printf(a, "Line %lld %s", (long long)line,
			     arena_vprintf(a, fmt, ap)));
	va_end(ap);
	arena_free(a);
	return -1;
}

/* Lines end with LF, CRLF or CR. */
static void
count_lines(struct csv_reader *c, const char *p, size_t len)
{
	int64_t n = 0;
	char last = c->raw_cr ? '\r' : '\0';

	if (!len)
		return;
	n += p[0] == '\r' || (p[0] == '\n' && last != '\r');
	for (size_t i = 1; i < len; i++)
		n += (p[i] == '\r') | ((p[i] == '\n') & (p[i - 1] != '\r'));
	c->raw_line += n;
	c->raw_cr = p[len - 1] == '\r';
}

/* The line of p[at], where p is the next raw byte. */
static int64_t
line_at(const struct csv_reader *c, const char *p, size_t at)
{
	bool was_cr = c->raw_cr;
	int64_t n = c->raw_line;

	for (size_t i = 0; i < at; i++) {
		n += p[i] == '\r' || (p[i] == '\n' && !was_cr);
		was_cr = p[i] == '\r';
	}
	return n;
}

/* Refuses a word that is not UTF-8, once it is complete or the file ends. */
static int
refuse_word(struct csv_reader *c, int64_t line, const char *why)
{
	char text[3 * ENCODING_WORD + 1];
	const char *word = encoding_word(&c->encoding, text);

	return refuse(c, line, "%s%s%s%s. %s", why,
		      *word ? "; if it is Windows-1252, it says “" : "", word,
		      *word ? "”" : "", encoding_advice);
}

static int
refuse_doubt(struct csv_reader *c)
{
	return refuse_word(c, c->doubt_line, "is not valid UTF-8");
}

static int
check_encoding(struct csv_reader *c, const char *p, size_t len)
{
	size_t good = encoding_check(&c->encoding, p, len);

	if (good == len) {
		count_lines(c, p, len);
		return 0;
	}
	if (!p[good])
		return refuse(c, line_at(c, p, good),
			      "contains a NUL byte: it is not text in UTF-8, "
			      "perhaps it is UTF-16. %s",
			      encoding_advice);
	c->doubt_line = line_at(c, p, good);
	if (encoding_doubt(&c->encoding, p + good, len - good))
		refuse_doubt(c);
	return -1;
}

/* Refuses a file that is in fact of another known type or encoding. */
static int
check_signature(struct csv_reader *c)
{
	const char *advice;
	const char *what = encoding_of(c->head.data, c->head.len, &advice);

	return what ? refuse(c, 1, "looks like %s, not CSV text in UTF-8. %s",
			     what, advice)
		    : 0;
}

static int64_t
newlines(const char *p, size_t len)
{
	int64_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += (p[i] == '\n' && !(i && p[i - 1] == '\r')) || p[i] == '\r';
	return n;
}

static void
on_cell(void *data, size_t len, void *arg)
{
	struct csv_reader *c = arg;
	const char *cell = data;
	size_t guard = *cell == '\'' && csv_has_guard(cell, len);

	if (c->has_failed)
		return;
	if (!c->count)
		c->row_line = c->line;
	c->last_cr = false;
	if (len > CSV_CELL_MAX)
		refuse(c, c->line, "has a cell longer than 1 MB.");
	else if (c->count == CSV_CELLS_MAX)
		refuse(c, c->row_line, "has more than 1,000 cells.");
	else if (c->row.len + len + 1 > ROW_MAX)
		refuse(c, c->row_line, "starts a row longer than 4 MB.");
	if (c->has_failed)
		return;
	c->starts[c->count] = c->row.len;
	c->lens[c->count++] = len - guard;
	/* +1: the NUL of the parser */
	buf_add(&c->row, cell + guard, len - guard + 1);
	c->line += newlines(cell, len);
}

static void
on_row_end(int end, void *arg)
{
	struct csv_reader *c = arg;
	struct csv_row row = { .line = c->row_line,
			       .count = c->count,
			       .cells = c->cells,
			       .lens = c->lens,
			       .delimiter = c->delimiter };

	if (c->has_failed)
		return;
	c->line += end == '\r' || (end == '\n' && !c->last_cr);
	c->last_cr = end == '\r';
	if (!c->count)
		return;
	for (size_t i = 0; i < c->count; i++)
		c->cells[i] = c->row.data + c->starts[i];
	if (!c->stray_count)
		c->has_failed = c->fn(&row, c->arg, &c->fault) != 0;
	c->count = 0;
	buf_clear(&c->row);
}

/* A stray quote leaves the end of its row unknown, so the rest of its line is
 * skipped. */
static void
on_stray(struct csv_reader *c)
{
	c->line += newlines((char *)c->parser.entry_buf, c->parser.entry_pos);
	c->strays[c->stray_count++] = c->line;
	c->is_skipping = true;
	csv_free(&c->parser);
	csv_parser_begin(&c->parser, c->delimiter);
	c->count = 0;
	buf_clear(&c->row);
	if (c->stray_count == STRAYS_MAX)
		fail(c, "");
}

/* How many bytes of 'p' belong to the line that is being skipped. */
static size_t
skip_line(struct csv_reader *c, const char *p, size_t len)
{
	size_t n = 0;

	while (n < len && p[n] != '\r' && p[n] != '\n')
		n++;
	if (n == len)
		return n;
	c->is_skipping = false;
	c->line++;
	c->last_cr = p[n] == '\r';
	return n + 1;
}

static int
parse(struct csv_reader *c, const char *p, size_t len)
{
	for (size_t at = 0; at < len && !c->has_failed;) {
		if (c->is_skipping) {
			at += skip_line(c, p + at, len - at);
			continue;
		}
		at += csv_parse(&c->parser, p + at, len - at, on_cell,
				on_row_end, c);
		if (at == len || c->has_failed)
			break;
		if (csv_error(&c->parser) == CSV_ENOMEM)
			refuse(c, c->line,
			       "starts a cell longer than 1 MB; perhaps a "
			       "quote is not closed.");
		else
			on_stray(c);
	}
	return c->has_failed ? -1 : 0;
}

/* Takes the delimiter from Excel's "sep=" line, and removes the line. */
static bool
is_named(struct csv_reader *c)
{
	struct buf *h = &c->head;
	size_t n = strcspn(h->data, "\r\n");
	char delimiter = csv_delimiter_named(h->data, n);

	if (!delimiter)
		return false;
	c->delimiter = delimiter;
	c->line += n < h->len;
	c->last_cr = h->data[n] == '\r';
	n += n < h->len;
	h->len -= n;
	memmove(h->data, h->data + n, h->len + 1);
	return true;
}

/* True once the delimiter is known; 'whole': no more bytes will come. */
static bool
know_delimiter(struct csv_reader *c, bool whole)
{
	struct buf *h = &c->head;

	if (c->head_rows < 2 && c->want && !c->delimiter)
		c->delimiter =
			csv_delimiter_wanted(h->data, c->head_seen, c->want);
	if (c->delimiter || is_named(c))
		return true;
	if (!whole && c->head_rows < SAMPLE_ROWS && h->len < SAMPLE_BYTES)
		return false;
	c->delimiter = csv_delimiter_even(h->data, h->len, whole);
	return true;
}

/* Starts the parser with the bytes kept so far. */
static int
begin(struct csv_reader *c)
{
	struct buf head = c->head;
	int rc;

	c->head = (struct buf)BUF_INIT;
	c->is_streaming = true;
	csv_set_delim(&c->parser, (unsigned char)c->delimiter);
	rc = parse(c, head.data, head.len);
	buf_free(&head);
	return rc;
}

/* Finds the next end of a line that is not blank; also true when the line is
 * too long for a row. */
static bool
is_line_whole(struct csv_reader *c)
{
	struct buf *h = &c->head;

	for (; c->head_seen < h->len; c->head_seen++) {
		char b = h->data[c->head_seen];

		if (b == '"')
			c->head_quoted = !c->head_quoted;
		if (b != '\r' && b != '\n') {
			c->head_has_text = true;
		} else if (c->head_has_text && !c->head_quoted) {
			c->head_has_text = false;
			c->head_rows++;
			return true;
		}
	}
	return h->len > ROW_MAX;
}

/* Checks the head of the file for its type, once there are enough bytes or the
 * file ends. */
static int
know_head(struct csv_reader *c)
{
	struct buf *h = &c->head;

	c->is_head_known = true;
	if (check_signature(c))
		return -1;
	if (h->len >= 3 && !memcmp(h->data, "\xef\xbb\xbf", 3)) {
		h->len -= 3;
		memmove(h->data, h->data + 3, h->len + 1);
	}
	return check_encoding(c, h->data, h->len);
}

static int
feed_head(struct csv_reader *c, const char *p, size_t len)
{
	buf_add(&c->head, p, len);
	if (c->is_head_known) {
		if (check_encoding(c, p, len))
			return -1;
	} else {
		if (c->head.len < ENCODING_HEAD)
			return 0;
		if (know_head(c))
			return -1;
	}
	while (is_line_whole(c)) {
		if (know_delimiter(c, false))
			return begin(c);
	}
	return 0;
}

static int
feed_slice(struct csv_reader *c, const char *p, size_t len)
{
	if (c->doubt_line)
		return encoding_doubt(&c->encoding, p, len) ? refuse_doubt(c)
							    : 0;
	if (!c->is_streaming)
		return feed_head(c, p, len);
	return check_encoding(c, p, len) || parse(c, p, len) ? -1 : 0;
}

int
csv_feed(struct csv_reader *c, const char *p, size_t len, struct fault *f)
{
	for (size_t at = 0; at < len && !c->has_failed; at += SLICE)
		feed_slice(c, p + at, len - at < SLICE ? len - at : SLICE);
	if (c->has_failed)
		*f = c->fault;
	return c->has_failed ? -1 : 0;
}

static int
finish(struct csv_reader *c)
{
	if (!c->doubt_line && !c->is_head_known)
		know_head(c);
	if (c->doubt_line)
		return refuse_doubt(c);
	if (c->has_failed)
		return -1;
	if (!c->is_streaming) {
		know_delimiter(c, true);
		if (begin(c))
			return -1;
	}
	if (c->encoding.rest)
		return refuse_word(c, c->raw_line,
				   "ends in the middle of a character: the "
				   "file is incomplete, or not UTF-8");
	if (!c->is_skipping && csv_fini(&c->parser, on_cell, on_row_end, c))
		return refuse(c, c->line, "opens a quote that is not closed.");
	return c->stray_count ? fail(c, "") : 0;
}

int
csv_end(struct csv_reader *c, struct fault *f)
{
	if (!c->has_failed)
		finish(c);
	if (c->has_failed)
		*f = c->fault;
	return c->has_failed ? -1 : 0;
}
