/* Rows and refusals do not depend on where the pieces of a file end. */
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/text.h"
#include "tests/fuzz/fuzz.h"

static int
collect(const struct csv_row *row, void *arg, struct fault *f)
{
	(void)f;
	MUST(row->count > 0 && row->count <= 1000 && row->line > 0);
	for (size_t i = 0; i < row->count; i++) {
		MUST(strlen(row->cells[i]) == row->lens[i]);
		MUST(text_is_utf8(row->cells[i], row->lens[i]));
		buf_printf(arg, "%lld %s\x1f", (long long)row->line,
			   row->cells[i]);
	}
	return 0;
}

static int
read_all(const char *p, size_t len, size_t step, struct buf *rows)
{
	struct csv_reader *c = csv_open(NULL, collect, rows);
	struct fault f = { 0 };
	int got = 0;

	for (size_t at = 0; at < len && !got; at += step)
		got = csv_feed(c, p + at, len - at < step ? len - at : step,
			       &f);
	if (!got)
		got = csv_end(c, &f);
	MUST(!got == !f.code && !got == !f.text[0]);
	MUST(text_is_utf8(f.text, strlen(f.text)));
	csv_close(c);
	return got;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = BUF_INIT, pieces = BUF_INIT;
	size_t step = size ? 1 + data[size - 1] % 9 : 1;
	int first = read_all((const char *)data, size, size + 1, &whole);
	int second = read_all((const char *)data, size, step, &pieces);

	MUST(first == second);
	MUST(first || !strcmp(whole.data, pieces.data));
	buf_free(&whole);
	buf_free(&pieces);
	return 0;
}
