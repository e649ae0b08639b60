#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static const char *const words[FAULT_CODE_MAX] = {
	[FAULT_NONE] = "none",	       [FAULT_INVALID] = "invalid",
	[FAULT_DENIED] = "denied",     [FAULT_ABSENT] = "absent",
	[FAULT_CONFLICT] = "conflict", [FAULT_BUSY] = "busy",
	[FAULT_UNKNOWN] = "unknown",   [FAULT_BROKEN] = "broken",
};

/*
 * Formats into 'out'; the arguments may point into it.  A limit, here or in the
 * format ("%.20s"), can cut a character in half: bytes that are not valid UTF-8
 * are left out.
 */
static void __attribute__((format(printf, 3, 0)))
put(char *out, size_t size, const char *fmt, va_list ap)
{
	char text[sizeof(((struct fault *)0)->text)];
	size_t len, to = 0;

	vsnprintf(text, size, fmt, ap);
	len = strlen(text);
	for (size_t at = 0; at < len;) {
		size_t n = text_char(text + at, len - at);

		memcpy(out + to, text + at, n);
		to += n;
		at += n ? n : 1;
	}
	out[to] = '\0';
}

int
fault_set(struct fault *f, enum fault_code code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	f->code = code;
	f->field[0] = f->cause[0] = '\0';
	return -1;
}

int
fault_field(struct fault *f, const char *field, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(f->text, sizeof(f->text), fmt, ap);
	va_end(ap);
	f->code = FAULT_INVALID;
	/* A part of a name would name something else. */
	if (field != f->field &&
	    (size_t)snprintf(f->field, sizeof(f->field), "%s", field) >=
		    sizeof(f->field))
		f->field[0] = '\0';
	f->cause[0] = '\0';
	return -1;
}

int
fault_cause(struct fault *f, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put(f->cause, sizeof(f->cause), fmt, ap);
	va_end(ap);
	return -1;
}

const char *
fault_word(enum fault_code code)
{
	return code < FAULT_CODE_MAX ? words[code] : "broken";
}
