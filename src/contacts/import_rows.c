#include "contacts/import_rows.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/csv_header.h"
#include "base/json.h"
#include "base/words.h"

#define WRITTEN_CHARS 40 /* as in the column contact.written */

/* Other names for the phone column, the surest first (csv_header.h). */
/* clang-format off */
static const char *const near[] = {
	"phonenumber", "phone", "*phonen", "*phone",
	"*telef", "*telem", "*teléf", "*téléph", "*τηλέφ", "*телефон", "*電話", "*电话",
	"mobile", "*mobil", "*móvil", "*movil", "*celular", "*cellulare",
	"*手机", "*携帯", "handy", "gsm", "*msisdn", "*whatsapp",
	"cell", "*cellno", "*cellnu", "tel", "*telno", "*telnu", "*telnr",
	"*contactn", "*calln", "*dialn", "*rufnummer",
	"number", "numbers", "numéro", "numero", "número", "nummer", "numer",
	"номер", "no", "nr", NULL,
};
/* clang-format on */

const char *const import_result_columns[] = {
	"outdial_external_id",	    "outdial_state",
	"outdial_attempts",	    "outdial_last_outcome",
	"outdial_last_disposition", "outdial_last_call",
	NULL,
};

const char *const import_wanted[] = { IMPORT_PHONE, NULL };

static bool
is_ours(const struct import_columns *c, size_t i)
{
	return i >= c->ours.at && i < c->ours.at + c->ours.count;
}

int
import_columns_read(struct import_columns *c, const struct csv_row *header,
		    struct arena *a, struct fault *f)
{
	struct rejects_own *own = arena_alloc(a, sizeof(*own));
	struct buf key = BUF_INIT;

	*c = (struct import_columns){ .count = header->count,
				      .phone = header->count,
				      .ours = rejects_find(header) };
	if (csv_header_check(rejects_strip(&c->ours, header, own), a, f))
		return -1;
	for (size_t i = 0; i < header->count; i++) {
		if (!strcmp(header->cells[i], IMPORT_PHONE))
			c->phone = i;
	}
	if (c->phone == c->count)
		return csv_header_lacks(header, IMPORT_PHONE, near, a, f);
	c->keys = ARENA_ARRAY(a, header->count, const char *);
	for (size_t i = 0; i < header->count; i++) {
		if (i == c->phone || is_ours(c, i) ||
		    word_find(import_result_columns, header->cells[i]) >= 0)
			continue;
		buf_clear(&key);
		json_text(&key, header->cells[i], header->lens[i]);
		buf_char(&key, ':');
		c->keys[i] = arena_memdup(a, key.data, key.len);
	}
	buf_free(&key);
	return 0;
}

/* Keeps the number as the file wrote it, cut to the column's width, unless that
 * is just the digits or "+" and the digits. */
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

int
contact_read_phone(struct phone_reader *reader, const char *text, size_t len,
		   struct contact *out)
{
	const char *reason;

	buf_clear(&out->why);
	buf_clear(&out->written);
	if (phone_read(reader, text, len, &out->phone, &reason)) {
		buf_printf(&out->why, "The phone number %s.", reason);
		return -1;
	}
	if (out->phone.is_unknown)
		buf_str(&out->why, "The phone number has a possible length, "
				   "but is not in any known numbering plan.");
	keep_written(out, text, len);
	return 0;
}

int
contact_check_vars(struct contact *out)
{
	if (out->vars.len <= CONTACT_VARS_MAX)
		return 0;
	buf_clear(&out->why);
	buf_printf(&out->why,
		   "The variables take %zu bytes as JSON; a call carries at "
		   "most %d.",
		   out->vars.len, CONTACT_VARS_MAX);
	return -1;
}

int
import_phone_read(const struct import_columns *c, const struct csv_row *row,
		  struct phone_reader *reader, struct contact *out)
{
	buf_clear(&out->why);
	buf_clear(&out->written);
	buf_clear(&out->vars);
	if (row->count != c->count) {
		buf_printf(&out->why,
			   "The row has %zu cells, the header has %zu.",
			   row->count, c->count);
		return -1;
	}
	return contact_read_phone(reader, row->cells[c->phone],
				  row->lens[c->phone], out);
}

int
import_row_read(const struct import_columns *c, const struct csv_row *row,
		struct phone_reader *reader, struct contact *out)
{
	struct buf *vars = &out->vars;

	if (import_phone_read(c, row, reader, out))
		return -1;
	for (size_t i = 0; i < c->count; i++) {
		if (!c->keys[i] || !row->lens[i])
			continue;
		buf_char(vars, vars->len ? ',' : '{');
		buf_str(vars, c->keys[i]);
		json_text(vars, row->cells[i], row->lens[i]);
	}
	if (vars->len)
		buf_char(vars, '}');
	return contact_check_vars(out);
}

void
contact_free(struct contact *c)
{
	buf_free(&c->vars);
	buf_free(&c->written);
	buf_free(&c->why);
}
