#include "domain/import_rows.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/json.h"
#include "domain/header.h"

#define PHONE_COLUMN "phone_number"

/* What somebody may have meant by it. */
static const char *const near[] = {
	"phonenumber", "phone",		  "phoneno",	  "phonenumbers",
	"phones",      "phonenr",	  "number",	  "telephone",
	"mobile",      "mobilephone",	  "msisdn",	  "cell",
	"tel",	       "telephonenumber", "mobilenumber", NULL,
};

int
import_columns_read(struct import_columns *c, const struct csv_row *header,
		    struct arena *a, struct fault *f)
{
	struct buf key = BUF_INIT;

	*c = (struct import_columns){ .count = header->count,
				      .phone = header->count };
	c->keys = ARENA_ARRAY(a, header->count, const char *);
	if (header_check(header, f))
		return -1;
	for (size_t i = 0; i < header->count; i++) {
		if (!strcmp(header->cells[i], PHONE_COLUMN)) {
			c->phone = i;
		} else if (*header->cells[i]) {
			buf_clear(&key);
			json_text(&key, header->cells[i], header->lens[i]);
			buf_char(&key, ':');
			c->keys[i] = arena_memdup(a, key.data, key.len);
		}
	}
	buf_free(&key);
	return c->phone < c->count
		       ? 0
		       : header_lacks(header, PHONE_COLUMN, near, a, f);
}

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
		if (!c->keys[i]) {
			buf_printf(why, "Column %zu has a value but no name.",
				   i + 1);
			return -1;
		}
		buf_char(vars, vars->len ? ',' : '{');
		buf_str(vars, c->keys[i]);
		json_text(vars, row->cells[i], row->lens[i]);
	}
	if (vars->len)
		buf_char(vars, '}');
	return 0;
}
