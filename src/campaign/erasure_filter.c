/* Finds a phone number in rows of a CSV file, however it is written there. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/text.h"
#include "campaign/erasure.h"

/* A number is recognised by its last digits: before them may stand "+44", "0"
 * or "+44 (0)". */
#define TELLING 9

/* Past the end of the record that begins at 's'; a line end in quotes is a part
 * of it. */
static const char *
record_end(const char *s, const char *end)
{
	bool quoted = false;

	for (; s < end; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (*s == '\n' && !quoted)
			return s + 1;
	}
	return end;
}

static bool
has_number(const char *s, const char *end, const char *tail)
{
	struct buf digits = BUF_INIT;
	bool found;

	while (s < end) {
		size_t len = text_char(s, (size_t)(end - s));
		int sign = len ? text_sign(text_code(s, &len)) : 0;

		if (sign >= '0' && sign <= '9')
			buf_char(&digits, (char)sign);
		else if (sign == ',' || sign == ';')
			buf_char(&digits, ',');
		s += len ? len : 1;
	}
	found = strstr(digits.data, tail) != NULL;
	buf_free(&digits);
	return found;
}

const char *
erasure_filter(const char *body, size_t len, const char *phone,
	       size_t *out_len, struct arena *a)
{
	size_t digits = strlen(phone);
	const char *tail = digits > TELLING ? phone + digits - TELLING : phone;
	const char *end = body + len, *next;
	struct buf kept = BUF_INIT;
	const char *text;

	for (const char *s = body; s < end; s = next) {
		next = record_end(s, end);
		if (!has_number(s, next, tail))
			buf_add(&kept, s, (size_t)(next - s));
	}
	*out_len = kept.len;
	text = kept.len == len ? body : arena_memdup(a, kept.data, kept.len);
	buf_free(&kept);
	return text;
}
