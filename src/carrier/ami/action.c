#include "carrier/ami/action.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "carrier/lines.h"

#define VARIABLE "Variable: "

struct ami_action
ami_begin(struct buf *out, const char *name, const char *id)
{
	struct ami_action a = { .out = out, .begin = out->len };

	ami_header(&a, "Action", name);
	ami_header(&a, "ActionID", id);
	return a;
}

static void
end_line(struct ami_action *a, size_t from)
{
	buf_str(a->out, "\r\n");
	a->refused |= a->out->len - from > AMI_LINE_MOST;
}

void
ami_header(struct ami_action *a, const char *name, const char *value)
{
	size_t from = a->out->len;

	a->refused |= !line_allows(value);
	buf_printf(a->out, "%s: ", name);
	buf_str(a->out, value);
	end_line(a, from);
}

void
ami_header_int(struct ami_action *a, const char *name, int64_t value)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRId64, value);
	ami_header(a, name, text);
}

void
ami_set(struct ami_action *a, const char *name, const char *value)
{
	size_t from = a->out->len;

	a->refused |= !line_allows(value);
	buf_printf(a->out, VARIABLE "%s=", name);
	buf_char(a->out, '"');
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			buf_char(a->out, '\\');
		buf_char(a->out, *value);
	}
	buf_char(a->out, '"');
	end_line(a, from);
}

bool
ami_can_set(const char *name, const char *value)
{
	/* "=", the quotation marks, CR LF */
	size_t len = strlen(VARIABLE) + strlen(name) + 5;

	if (!line_allows(value))
		return false;
	for (; *value; value++)
		len += 1 + (*value == '"' || *value == '\\');
	return len <= AMI_LINE_MOST;
}

int
ami_end(struct ami_action *a)
{
	buf_str(a->out, "\r\n");
	if (!a->refused)
		return 0;
	a->out->len = a->begin;
	if (a->out->data)
		a->out->data[a->begin] = '\0';
	return -1;
}
