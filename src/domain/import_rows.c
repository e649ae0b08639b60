#include "domain/import_rows.h"

#include <string.h>

#include "base/csv.h"
#include "base/json.h"

int
import_row_read(const struct import_columns *c, const struct csv_row *row,
		struct phone_reader *reader, char phone[static PHONE_TEXT],
		struct buf *vars, struct buf *why)
{
	const char *reason;

	buf_clear(why);
	buf_clear(vars);
	if (row->count != c->count) {
		buf_printf(why, "The row has %zu cells, the header has %zu.",
			   row->count, c->count);
		return -1;
	}
	if (phone_read(reader, row->cells[c->phone], row->lens[c->phone], phone,
		       &reason)) {
		buf_printf(why, "The phone number %s.", reason);
		return -1;
	}
	for (size_t i = 0; i < c->count; i++) {
		if (i == c->phone || !row->lens[i])
			continue;
		buf_char(vars, vars->len ? ',' : '{');
		buf_str(vars, c->keys[i]);
		json_text(vars, row->cells[i], row->lens[i]);
	}
	if (vars->len)
		buf_char(vars, '}');
	return 0;
}
