#include "base/csv.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <csv.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/encoding.h"
#include "base/fault.h"

#define CELL_MAX ((size_t)1024 * 1024)
#define ROW_MAX ((size_t)4 * 1024 * 1024)
#define CELLS_MAX 1000
#define BLOCK 4096
/* What is parsed at a time: a fault is noticed after this much at most. */
#define SLICE ((size_t)64 * 1024)

struct csv_reader {
	csv_row_fn *fn;
	void *arg;
	struct csv_parser parser;
	bool has_failed;
	struct fault fault;

	/* The beginning, kept until the delimiter is known. */
	struct buf head;
	bool is_streaming, is_head_known;
	size_t head_seen;
	bool head_quoted, head_has_text;

	struct encoding encoding;
	int64_t doubt_line; /* of a byte that is not UTF-8; 0: none was */

	int64_t raw_line; /* of the next raw byte */
	bool raw_cr;	  /* the last raw byte was a CR */

	int64_t line, row_line; /* as the parser sees them */
	bool last_cr;
	struct buf row;
	size_t count;
	size_t starts[CELLS_MAX], lens[CELLS_MAX];
	const char *cells[CELLS_MAX];
};

/* libcsv asks here for its cell; no cell may fill the memory. */
static void *
grow(void *p, size_t size)
{
	return size > CELL_MAX + 2 * BLOCK ? NULL : xrealloc(p, size);
}

/* RFC 4180: spaces belong to the cell. */
static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

struct csv_reader *
csv_open(csv_row_fn *fn, void *arg)
{
	struct csv_reader *c = xcalloc(1, sizeof(*c));

	c->fn = fn;
	c->arg = arg;
	c->head = c->row = (struct buf)BUF_INIT;
	c->raw_line = c->line = 1;
	csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL |
				     CSV_REPALL_NL);
	csv_set_realloc_func(&c->parser, grow);
	csv_set_blk_size(&c->parser, BLOCK);
	csv_set_space_func(&c->parser, no_space);
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

/* Notes the first fault; what comes later is only a consequence. */
static int __attribute__((format(printf, 3, 4)))
refuse(struct csv_reader *c, int64_t line, const char *fmt, ...)
{
	struct arena *a;
	va_list ap;

	if (c->has_failed)
		return -1;
	a = arena_new();
	va_start(ap, fmt);
	fault_set(&c->fault, FAULT_INVALID, "Line %lld %s", (long long)line,
		  arena_vprintf(a, fmt, ap));
	va_end(ap);
	arena_free(a);
	c->has_failed = true;
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

/* The line that p[at] stands in, when p is what comes next. */
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

/* A word in which something is not UTF-8 is whole, or the file ends. */
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

/* Names what is often sent with the wrong name or encoding. */
static int
check_signature(struct csv_reader *c)
{
	const char *advice;
	const char *what = encoding_of(c->head.data, c->head.len, &advice);

	return what ? refuse(c, 1, "begins %s, not CSV text in UTF-8. %s", what,
			     advice)
		    : 0;
}

/* How often each delimiter stands outside quotes in the first line. */
static char
find_delimiter(const char *p, size_t len)
{
	static const char delimiters[] = ",;\t";
	size_t counts[3] = { 0 }, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < len; i++) {
		const char *d = p[i] ? strchr(delimiters, p[i]) : NULL;

		if (p[i] == '"')
			quoted = !quoted;
		else if (d && !quoted)
			counts[d - delimiters]++;
	}
	for (size_t i = 1; i < 3; i++) {
		if (counts[i] > counts[best])
			best = i;
	}
	return delimiters[best];
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

	if (c->has_failed)
		return;
	if (!c->count)
		c->row_line = c->line;
	c->last_cr = false;
	if (len > CELL_MAX)
		refuse(c, c->line, "has a cell longer than 1 MB.");
	else if (c->count == CELLS_MAX)
		refuse(c, c->row_line, "has more than 1,000 cells.");
	else if (c->row.len + len + 1 > ROW_MAX)
		refuse(c, c->row_line, "begins a row longer than 4 MB.");
	if (c->has_failed)
		return;
	c->starts[c->count] = c->row.len;
	c->lens[c->count++] = len;
	buf_add(&c->row, data, len + 1); /* with the NUL of the parser */
	c->line += newlines(data, len);
}

static void
on_row_end(int end, void *arg)
{
	struct csv_reader *c = arg;
	struct csv_row row = { .line = c->row_line,
			       .count = c->count,
			       .cells = c->cells,
			       .lens = c->lens };

	if (c->has_failed)
		return;
	c->line += end == '\r' || (end == '\n' && !c->last_cr);
	c->last_cr = end == '\r';
	if (!c->count)
		return;
	for (size_t i = 0; i < c->count; i++)
		c->cells[i] = c->row.data + c->starts[i];
	c->has_failed = c->fn(&row, c->arg, &c->fault) != 0;
	c->count = 0;
	buf_clear(&c->row);
}

static int
parse(struct csv_reader *c, const char *p, size_t len)
{
	size_t done = csv_parse(&c->parser, p, len, on_cell, on_row_end, c);

	if (done < len && csv_error(&c->parser) == CSV_ENOMEM)
		refuse(c, c->line,
		       "begins a cell longer than 1 MB; perhaps a "
		       "quote is not closed.");
	else if (done < len)
		refuse(c,
		       c->line + newlines((char *)c->parser.entry_buf,
					  c->parser.entry_pos),
		       "has a quote in the middle of a cell. Quote the whole "
		       "cell and double the quotes inside it.");
	return c->has_failed ? -1 : 0;
}

/* The first line is known: choose the delimiter and let the parser begin. */
static int
begin(struct csv_reader *c)
{
	const char *p = c->head.data;
	size_t len = c->head.len;

	c->is_streaming = true;
	csv_set_delim(&c->parser,
		      (unsigned char)find_delimiter(p, c->head_seen));
	if (parse(c, p, len))
		return -1;
	buf_free(&c->head);
	return 0;
}

/* Looks for the end of the first line that is not blank. */
static bool
is_first_line_whole(struct csv_reader *c)
{
	const struct buf *h = &c->head;

	for (; c->head_seen < h->len; c->head_seen++) {
		char b = h->data[c->head_seen];

		if (b == '"')
			c->head_quoted = !c->head_quoted;
		if (b != '\r' && b != '\n')
			c->head_has_text = true;
		else if (c->head_has_text && !c->head_quoted)
			return true;
	}
	return h->len > ROW_MAX;
}

/* Enough has come to know what it is, or nothing more will. */
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
	return is_first_line_whole(c) ? begin(c) : 0;
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
	if (!c->is_streaming && begin(c))
		return -1;
	if (c->encoding.rest)
		return refuse_word(c, c->raw_line,
				   "ends in the middle of a character: the "
				   "file is not whole, or not UTF-8");
	if (csv_fini(&c->parser, on_cell, on_row_end, c))
		return refuse(c, c->line, "opens a quote that is not closed.");
	return 0;
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
