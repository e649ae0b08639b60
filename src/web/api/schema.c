#include "web/api/schema.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"
#include "base/json.h"
#include "base/text.h"

static void
write_list(struct buf *out, const struct schema_part *p, const char *base,
	   struct arena *a)
{
	const char *at;
	size_t count;

	memcpy(&at, base + p->offset, sizeof(at));
	memcpy(&count, base + p->count, sizeof(count));
	buf_char(out, '[');
	for (size_t i = 0; i < count; i++, at += p->size) {
		if (i)
			buf_char(out, ',');
		if (p->plain)
			json_field(out, p->plain, at, a);
		else
			schema_write(out, p->schema, at, a);
	}
	buf_char(out, ']');
}

static void
write_raw(struct buf *out, const struct schema_part *p, const char *base)
{
	const char *text;

	memcpy(&text, base + p->offset, sizeof(text));
	buf_str(out, text ? text : "null");
}

void
schema_write(struct buf *out, const struct schema *s, const void *base,
	     struct arena *a)
{
	const char *comma = "", *from = base;

	buf_char(out, '{');
	for (size_t i = 0; i < s->member_count; i++) {
		buf_str(out, comma);
		json_members(out, s->members[i].record,
			     from + s->members[i].offset, a);
		comma = ",";
	}
	for (size_t i = 0; i < s->part_count; i++) {
		const struct schema_part *p = &s->parts[i];

		buf_printf(out, "%s\"%s\":", comma, p->name);
		comma = ",";
		if (p->list)
			write_list(out, p, from, a);
		else if (p->raw)
			write_raw(out, p, from);
		else
			schema_write(out, p->schema, from + p->offset, a);
	}
	buf_char(out, '}');
}

/* What JSON Schema calls the type of a field's value. */
static const char *
type_word(const struct field *fd)
{
	if (field_is_list(fd))
		return "array";
	if (field_is_map(fd))
		return "object";
	if (fd->codec)
		return fd->codec->form == CODEC_NUMBER ? "number" : "string";
	if (fd->type == FIELD_BOOL)
		return "boolean";
	return fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN ? "integer"
								  : "string";
}

/* True where the value may be null: it is not known, or not set. */
static bool
may_be_null(const struct field *fd)
{
	if (fd->codec)
		return fd->codec->form == CODEC_NUMBER;
	if (fd->type == FIELD_WORD)
		return !*fd->words[0];
	return (fd->type == FIELD_STR && fd->min <= 0) ||
	       (fd->type == FIELD_INT &&
		(fd->shape == SHAPE_TIME || fd->shape == SHAPE_DATE ||
		 fd->shape == SHAPE_DATE_TIME));
}

static void
describe_words(struct buf *out, const char *const *words, bool or_null)
{
	const char *comma = "";

	buf_str(out, "\"enum\":[");
	if (or_null) {
		buf_str(out, "null");
		comma = ",";
	}
	for (; *words; words++) {
		if (!**words)
			continue;
		buf_str(out, comma);
		json_str(out, *words);
		comma = ",";
	}
	buf_char(out, ']');
}

/* Limits of a text are those that a body must keep: an answer may be older
 * than they are. */
static void
describe_limits(struct buf *out, const struct field *fd)
{
	bool text = fd->type == FIELD_STR;

	if (fd->codec || fd->shape != SHAPE_PLAIN ||
	    (fd->type != FIELD_INT && !text) || (!fd->min && !fd->max))
		return;
	buf_printf(out, ",\"%s\":%" PRId64, text ? "minLength" : "minimum",
		   fd->min);
	if (fd->max >= fd->min)
		buf_printf(out, ",\"%s\":%" PRId64,
			   text ? "maxLength" : "maximum", fd->max);
}

static void
describe_items(struct buf *out, const struct field *fd)
{
	buf_str(out, ",\"items\":{\"type\":\"string\"");
	if (fd->type == FIELD_SET) {
		buf_char(out, ',');
		describe_words(out, fd->words, false);
	}
	buf_char(out, '}');
}

void
schema_describe_field(struct buf *out, const struct field *fd, bool body,
		      struct arena *a)
{
	const char *type = type_word(fd), *help = fd->help;

	if (may_be_null(fd))
		buf_printf(out, "{\"type\":[\"%s\",\"null\"]", type);
	else
		buf_printf(out, "{\"type\":\"%s\"", type);
	if (fd->type == FIELD_INT && fd->shape == SHAPE_TIME)
		buf_str(out, ",\"format\":\"date-time\"");
	if (fd->type == FIELD_INT && fd->shape == SHAPE_DATE)
		buf_str(out, ",\"format\":\"date\"");
	if (fd->type == FIELD_WORD) {
		buf_char(out, ',');
		describe_words(out, fd->words, may_be_null(fd));
	}
	if (field_is_list(fd))
		describe_items(out, fd);
	if (field_is_map(fd))
		buf_str(out, ",\"additionalProperties\":{\"type\":\"integer\"}");
	if (body)
		describe_limits(out, fd);
	if (body && fd->def)
		help = arena_printf(a, "%s Default: %s.", help ? help : "",
				    *fd->def ? fd->def : "none");
	if (help) {
		buf_str(out, ",\"description\":");
		json_str(out, text_trim(a, help));
	}
	buf_char(out, '}');
}

static void
describe_part(struct buf *out, const struct schema_part *p, bool body,
	      struct arena *a)
{
	buf_printf(out, "\"%s\":", p->name);
	if (p->raw) {
		buf_printf(out, "{%s,\"description\":", p->raw->json);
		json_str(out, p->text);
		buf_char(out, '}');
		return;
	}
	if (p->list) {
		buf_str(out, "{\"type\":\"array\",\"description\":");
		json_str(out, p->text);
		buf_str(out, ",\"items\":");
	}
	if (p->plain) {
		schema_describe_field(out, p->plain, body, a);
	} else {
		buf_printf(out, "{\"$ref\":\"#/components/schemas/%s\"}",
			   p->schema->name);
	}
	if (p->list)
		buf_char(out, '}');
}

void
schema_describe(struct buf *out, const struct schema *s, bool body,
		struct arena *a)
{
	const char *comma = "";

	buf_str(out, "{\"type\":\"object\",\"additionalProperties\":false,"
		     "\"properties\":{");
	for (size_t m = 0; m < s->member_count; m++) {
		const struct record *r = s->members[m].record;

		for (size_t i = 0; i < r->count; i++) {
			if (!body && r->fields[i].shape == SHAPE_SECRET)
				continue;
			buf_printf(out, "%s\"%s\":", comma, r->fields[i].name);
			schema_describe_field(out, &r->fields[i], body, a);
			comma = ",";
		}
	}
	for (size_t i = 0; i < s->part_count; i++) {
		buf_str(out, comma);
		describe_part(out, &s->parts[i], body, a);
		comma = ",";
	}
	buf_str(out, "}");
	if (!body) { /* an answer has all of them */
		comma = "";
		buf_str(out, ",\"required\":[");
		for (size_t m = 0; m < s->member_count; m++) {
			const struct record *r = s->members[m].record;

			for (size_t i = 0; i < r->count; i++) {
				if (r->fields[i].shape == SHAPE_SECRET)
					continue;
				buf_printf(out, "%s\"%s\"", comma,
					   r->fields[i].name);
				comma = ",";
			}
		}
		for (size_t i = 0; i < s->part_count; i++) {
			buf_printf(out, "%s\"%s\"", comma, s->parts[i].name);
			comma = ",";
		}
		buf_char(out, ']');
	}
	buf_char(out, '}');
}
