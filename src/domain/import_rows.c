#include "domain/import_rows.h"

#include <string.h>

#include "base/csv.h"
#include "base/json.h"

#define WRITTEN_CHARS 40 /* of the column */
/* As JSON, where some characters take six: a packet of the database is larger.
 */
#define VARS_MAX ((size_t)4 * 1024 * 1024)

/* What the file said, where the digits do not say it: as far as it fits. */
static void
keep_written(struct contact *out, const char *cell, size_t len)
{
	size_t n = strlen(out->phone.digits), chars = 0, end = 0;
	bool plus = len == n + 1 && *cell == '+';

	if ((plus || len == n) && !memcmp(cell + plus, out->phone.digits, n))
		return;
	for (; end < len; end++) {
		chars += ((unsigned char)cell[end] & 0xc0) != 0x80;
		if (chars > WRITTEN_CHARS)
			break;
	}
	buf_add(&out->written, cell, end);
}

static int
read_phone(const struct import_columns *c, const struct csv_row *row,
	   struct phone_reader *reader, struct contact *out)
{
	const char *cell = row->cells[c->phone], *reason;
	size_t len = row->lens[c->phone];

	if (phone_read(reader, cell, len, &out->phone, &reason)) {
		buf_printf(&out->why, "The phone number %s.", reason);
		return -1;
	}
	if (out->phone.is_unknown)
		buf_str(&out->why,
			"The phone number has a possible length, but is in "
			"no numbering plan that we have.");
	keep_written(out, cell, len);
	return 0;
}

int
import_row_read(const struct import_columns *c, const struct csv_row *row,
		struct phone_reader *reader, struct contact *out)
{
	struct buf *vars = &out->vars;

	buf_clear(&out->why);
	buf_clear(&out->written);
	buf_clear(vars);
	if (row->count != c->count) {
		buf_printf(&out->why,
			   "The row has %zu cells, the header has %zu.",
			   row->count, c->count);
		return -1;
	}
	if (read_phone(c, row, reader, out))
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		if (i == c->phone || !row->lens[i])
			continue;
		buf_char(vars, vars->len ? ',' : '{');
		buf_str(vars, c->keys[i]);
		json_text(vars, row->cells[i], row->lens[i]);
	}
	if (vars->len)
		buf_char(vars, '}');
	if (vars->len <= VARS_MAX)
		return 0;
	buf_str(&out->why, "The variables take more than 4 MB.");
	return -1;
}

void
contact_free(struct contact *c)
{
	buf_free(&c->vars);
	buf_free(&c->written);
	buf_free(&c->why);
}
