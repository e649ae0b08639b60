#include "base/field_json.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"
#include "base/json.h"

static void
add_member(struct buf *b, const struct field *fd, const void *base,
	   struct arena *a)
{
	const char *text = field_text(fd, base, a);

	if (b->len > 1)
		buf_char(b, ',');
	json_str(b, fd->name);
	buf_char(b, ':');
	if (fd->type == FIELD_BOOL)
		buf_printf(b, "%s", strcmp(text, "yes") ? "false" : "true");
	else if (fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN)
		buf_printf(b, "%s", text);
	else
		json_str(b, text);
}

char *
record_json(const struct record *r, const void *base, struct arena *a)
{
	struct buf b = BUF_INIT;
	char *text;

	buf_char(&b, '{');
	for (size_t i = 0; i < r->count; i++) {
		if (r->fields[i].shape != SHAPE_SECRET)
			add_member(&b, &r->fields[i], base, a);
	}
	buf_char(&b, '}');
	text = arena_strdup(a, b.data);
	buf_free(&b);
	return text;
}
