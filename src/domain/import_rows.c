#include "domain/import_rows.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/fault.h"
#include "base/json.h"
#include "base/text.h"

#define PHONE_COLUMN "phone_number"

/* Characters that nobody sees: they make a name differ that looks the same. */
/* clang-format off */
static const struct {
	const char *bytes, *name;
} hidden[] = {
	{ "\xc2\xa0",     "a no-break space (U+00A0)" },
	{ "\xc2\xad",     "a soft hyphen (U+00AD)" },
	{ "\xe2\x80\x8b", "a zero-width space (U+200B)" },
	{ "\xe2\x80\x8c", "a zero-width non-joiner (U+200C)" },
	{ "\xe2\x80\x8d", "a zero-width joiner (U+200D)" },
	{ "\xe2\x80\x8e", "a left-to-right mark (U+200E)" },
	{ "\xe2\x80\x8f", "a right-to-left mark (U+200F)" },
	{ "\xe2\x80\xaf", "a narrow no-break space (U+202F)" },
	{ "\xe2\x81\xa0", "a word joiner (U+2060)" },
	{ "\xef\xbb\xbf", "a byte-order mark (U+FEFF)" },
	{ "\t",           "a tab" },
	{ " ",            "a space" },
};
/* clang-format on */

static const char *
hidden_at(const char *s, size_t *len)
{
	for (size_t i = 0; i < ARRAY_LEN(hidden); i++) {
		*len = strlen(hidden[i].bytes);
		if (!strncmp(s, hidden[i].bytes, *len))
			return hidden[i].name;
	}
	return NULL;
}

/* What somebody may have meant by it: "Phone Number", "phone_number\u200b",
 * "Phone No." all become "phone number" without what is between. */
static const char *
letters_of(const char *name, const char **first_hidden, struct arena *a)
{
	const char *folded = text_fold(a, name), *found;
	char *out = arena_alloc(a, strlen(folded) + 1);
	size_t n = 0, len;

	*first_hidden = NULL;
	for (const char *s = name; *s; s += found ? len : 1) {
		found = hidden_at(s, &len);
		if (found && !*first_hidden)
			*first_hidden = found;
	}
	for (const char *s = folded; *s; s += found ? len : 1) {
		found = hidden_at(s, &len);
		if (!found && !strchr("_-.:#", *s))
			out[n++] = *s;
	}
	return out;
}

static bool
is_near_miss(const char *letters)
{
	static const char *const near[] = {
		"phonenumber",	"phone",	   "phoneno",
		"phonenumbers", "phones",	   "phonenr",
		"number",	"telephone",	   "mobile",
		"mobilephone",	"msisdn",	   "cell",
		"tel",		"telephonenumber", "mobilenumber",
	};

	for (size_t i = 0; i < ARRAY_LEN(near); i++) {
		if (!strcmp(letters, near[i]))
			return true;
	}
	return false;
}

/* No column has the name: says which one was meant, if any was. */
static int
refuse_header(const struct csv_row *header, struct arena *a, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		const char *found;
		const char *letters = letters_of(header->cells[i], &found, a);

		if (!is_near_miss(letters))
			continue;
		if (found && !strcmp(letters, "phonenumber") &&
		    strchr(header->cells[i], '_'))
			return fault_field(
				f, "file",
				"Line 1: column %zu looks like “" PHONE_COLUMN
				"”, but there is %s in its name. Remove it.",
				i + 1, found);
		return fault_field(
			f, "file",
			"Line 1: there is no column “" PHONE_COLUMN
			"”. The column “%.60s” comes near: rename it.",
			header->cells[i]);
	}
	return fault_field(f, "file",
			   "Line 1: there is no column “" PHONE_COLUMN
			   "”. The first line must name the columns, and one "
			   "must have exactly that name.");
}

static int
check_doubles(const struct csv_row *header, struct fault *f)
{
	for (size_t i = 0; i < header->count; i++) {
		for (size_t k = 0; *header->cells[i] && k < i; k++) {
			if (!strcmp(header->cells[i], header->cells[k]))
				return fault_field(
					f, "file",
					"Line 1: columns %zu and %zu are both "
					"named “%.60s”.",
					k + 1, i + 1, header->cells[i]);
		}
	}
	return 0;
}

int
import_columns_read(struct import_columns *c, const struct csv_row *header,
		    struct arena *a, struct fault *f)
{
	struct buf key = BUF_INIT;

	*c = (struct import_columns){ .count = header->count,
				      .phone = header->count };
	c->keys = ARENA_ARRAY(a, header->count, const char *);
	if (check_doubles(header, f))
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
	return c->phone < c->count ? 0 : refuse_header(header, a, f);
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
