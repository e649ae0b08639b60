#include "base/json_read.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/near.h"
#include "base/text.h"

#define SPACE " \t\r\n"
#define DEPTH_MOST 32
#define EXACT_MOST 1e15 /* a double keeps every whole number below */

static int
refuse_at(const char *text, const char *at, struct fault *f, const char *why)
{
	struct arena *a = arena_new();
	const char *from = text;
	size_t line = 1;

	for (const char *s = text; s < at; s++) {
		if (*s == '\n') {
			line++;
			from = s + 1;
		}
	}
	fault_set(f, FAULT_INVALID, "Line %zu, character %zu: %s", line,
		  text_length(arena_memdup(a, from, (size_t)(at - from))) + 1,
		  why);
	arena_free(a);
	return -1;
}

/* Past the closing quote of the string that begins at 's', or at the end of the
 * text. */
static const char *
string_end(const char *s)
{
	for (s++; *s && *s != '"'; s++)
		if (*s == '\\' && s[1])
			s++;
	return *s ? s + 1 : s;
}

/* The string of that place in the text, which is JSON. */
static const char *
find_token(const char *text, unsigned token)
{
	const char *s = text;

	for (;;) {
		s += strcspn(s, "\"");
		if (!*s || token-- == 0)
			return s;
		s = string_end(s);
	}
}

/* Past the end of the value that begins at 's'. */
static const char *
value_end(const char *s)
{
	int depth = 0;

	do {
		depth += (*s == '{' || *s == '[') - (*s == '}' || *s == ']');
		if (*s == '"')
			s = string_end(s);
		else if (strchr("{}[],:", *s))
			s++;
		else
			s += strcspn(s, "{}[],:\"" SPACE);
		if (depth)
			s += strspn(s, SPACE);
	} while (depth);
	return s;
}

const char *
json_source(const char *text, const struct json *member, struct arena *a)
{
	const char *s = string_end(find_token(text, member->token));

	s += strspn(s, ":" SPACE);
	return arena_memdup(a, s, (size_t)(value_end(s) - s));
}

int
json_refuse(const char *text, const struct json *at, struct fault *f,
	    const char *fmt, ...)
{
	struct arena *a = arena_new();
	va_list ap;

	va_start(ap, fmt);
	refuse_at(text, find_token(text, at->token), f,
		  arena_vprintf(a, fmt, ap));
	va_end(ap);
	arena_free(a);
	return -1;
}

/* A control character in the string that begins at 's'; NULL: there is none. */
static const char *
find_control(const char *s, const char *end)
{
	for (s++; s < end; s++) {
		if ((unsigned char)*s < ' ')
			return s;
		if (*s != '\\')
			continue;
		if (!strncmp(s, "\\u0000", 6))
			return s;
		s++;
	}
	return NULL;
}

/* What cJSON would accept, or would need much stack for. */
static int
check_text(const char *text, struct fault *f)
{
	int depth = 0;

	if (!text_is_utf8(text, strlen(text)))
		return fault_set(f, FAULT_INVALID,
				 "The JSON is not valid UTF-8.");
	for (const char *s = text, *end; *s; s = end) {
		const char *wrong;

		end = *s == '"' ? string_end(s) : s + 1;
		depth += (*s == '{' || *s == '[') - (*s == '}' || *s == ']');
		if (depth > DEPTH_MOST)
			return refuse_at(text, s, f,
					 "The JSON is nested too deeply.");
		wrong = *s == '"' ? find_control(s, end) : NULL;
		if (wrong)
			return refuse_at(text, wrong, f,
					 *wrong == '\\'
						 ? "Text cannot contain a NUL "
						   "character."
						 : "A line end or another "
						   "control character must be "
						   "escaped in a string.");
	}
	return 0;
}

static cJSON *
parse(const char *text, struct fault *f)
{
	const char *end = text;
	cJSON *root = cJSON_ParseWithOpts(text, &end, false);

	if (!root) {
		refuse_at(text, end, f,
			  *end ? "The JSON is wrong here or just before."
			       : "The JSON ends too early.");
		return NULL;
	}
	end += strspn(end, SPACE);
	if (!*end)
		return root;
	refuse_at(text, end, f, "There is more text after the JSON.");
	cJSON_Delete(root);
	return NULL;
}

static const char *
scalar_text(const cJSON *item, struct arena *a)
{
	if (cJSON_IsString(item))
		return arena_strdup(a, item->valuestring);
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "yes" : "no";
	if (cJSON_IsNumber(item) && item->valuedouble > -EXACT_MOST &&
	    item->valuedouble < EXACT_MOST)
		return arena_printf(a, "%.15g", item->valuedouble);
	return NULL;
}

static enum json_kind
kind_of(const cJSON *item)
{
	static const struct {
		int type;
		enum json_kind kind;
	} kinds[] = {
		{ cJSON_False, JSON_BOOL },    { cJSON_True, JSON_BOOL },
		{ cJSON_Number, JSON_NUMBER }, { cJSON_String, JSON_STRING },
		{ cJSON_Array, JSON_LIST },    { cJSON_Object, JSON_OBJECT },
	};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if ((item->type & 0xff) == kinds[i].type)
			return kinds[i].kind;
	return JSON_NULL;
}

/* Copies a value and all in it, in the order of the text. */
static struct json *
copy(const cJSON *item, unsigned *token, struct arena *a)
{
	struct json *out = ARENA_NEW(a, struct json), *last = NULL;
	const cJSON *child;

	out->kind = kind_of(item);
	out->token = *token;
	if (item->string) {
		out->key = arena_strdup(a, item->string);
		++*token;
	}
	out->text = scalar_text(item, a);
	*token += out->kind == JSON_STRING;
	cJSON_ArrayForEach(child, item)
	{
		struct json *value = copy(child, token, a);

		if (last)
			last->next = value;
		else
			out->first = value;
		last = value;
		out->count++;
	}
	return out;
}

static int
by_key(const void *one, const void *other)
{
	const struct json *const *a = one, *const *b = other;
	int order = strcmp((*a)->key, (*b)->key);

	return order ? order
		     : ((*a)->token > (*b)->token) -
			       ((*a)->token < (*b)->token);
}

/* The later of two members with one key, here or below; NULL: there is none. */
static const struct json *
find_twice(const struct json *v, struct arena *a)
{
	const struct json **all =
		ARENA_ARRAY(a, v->count + 1, const struct json *);
	const struct json *twice = NULL, *m;
	size_t n = 0;

	for (m = v->first; m && !twice; m = m->next) {
		all[n++] = m;
		twice = find_twice(m, a);
	}
	if (twice || v->kind != JSON_OBJECT)
		return twice;
	qsort(all, n, sizeof(all[0]), by_key);
	for (size_t i = 1; i < n; i++)
		if (!strcmp(all[i - 1]->key, all[i]->key))
			return all[i];
	return NULL;
}

int
json_read(const char *text, const struct json **out, struct arena *a,
	  struct fault *f)
{
	const struct json *read, *twice;
	unsigned token = 0;
	cJSON *root;

	if (check_text(text, f))
		return -1;
	root = parse(text, f);
	if (!root)
		return -1;
	read = copy(root, &token, a);
	cJSON_Delete(root);
	twice = find_twice(read, a);
	if (twice)
		return json_refuse(text, twice, f, "“%.40s” is set twice.",
				   twice->key);
	*out = read;
	return 0;
}

const struct json *
json_member(const struct json *object, const char *key)
{
	const struct json *m;

	if (!object || object->kind != JSON_OBJECT)
		return NULL;
	for (m = object->first; m && strcmp(m->key, key); m = m->next)
		;
	return m;
}

/* ["mon","tue"] as "mon,tue", {"busy":5} as "busy=5". */
static const char *
list_text(const struct json *list, struct arena *a)
{
	struct buf text = BUF_INIT;
	const char *out = "";

	for (const struct json *v = list->first; v && out; v = v->next) {
		if (v->text)
			buf_printf(&text, "%s%s%s%s", text.len ? "," : "",
				   v->key ? v->key : "", v->key ? "=" : "",
				   v->text);
		else
			out = NULL;
	}
	if (out)
		out = arena_memdup(a, text.data, text.len);
	buf_free(&text);
	return out;
}

/* The type that a value of the field has in JSON. */
static enum json_kind
kind_of_field(const struct field *fd)
{
	if (fd->type == FIELD_BOOL)
		return JSON_BOOL;
	if (fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN)
		return JSON_NUMBER;
	return JSON_STRING;
}

const char *
json_field_text(const struct field *fd, const struct json *value, bool strict,
		struct arena *a)
{
	if (value->kind == JSON_NULL)
		return fd->def && !*fd->def ? "" : NULL;
	if ((value->kind == JSON_LIST && field_is_list(fd)) ||
	    (value->kind == JSON_OBJECT && field_is_map(fd)))
		return list_text(value, a);
	if (strict && value->kind != kind_of_field(fd))
		return NULL;
	return value->text;
}

const char *
json_typed_text(const struct field *fd, const struct json *value,
		struct arena *a, struct fault *f)
{
	static const char *const kinds[] = { [JSON_BOOL] = "true or false",
					     [JSON_NUMBER] = "a number",
					     [JSON_STRING] = "a string" };
	const char *text = json_field_text(fd, value, true, a);

	if (text)
		return text;
	if (field_is_list(fd) || field_is_map(fd))
		fault_field(f, fd->name, "%s must be %s.", fd->label,
			    field_is_map(fd) ? "an object"
					     : "a list of strings");
	else
		fault_field(f, fd->name, "%s must be %s of JSON%s.", fd->label,
			    kinds[kind_of_field(fd)],
			    value->kind == JSON_NUMBER ? ", in quotes" : "");
	return NULL;
}

static int
fill_member(const struct field *fd, void *base, const struct json *value,
	    struct arena *a, struct fault *f)
{
	const char *text = json_typed_text(fd, value, a, f);

	return text ? field_set(fd, base, text, a, f) : -1;
}

/* RFC 6901 */
static const char *
pointer_token(const char *key, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *out;

	for (; *key; key++) {
		if (*key == '~' || *key == '/')
			buf_str(&b, *key == '~' ? "~0" : "~1");
		else
			buf_char(&b, *key);
	}
	out = b.len ? arena_strdup(a, b.data) : "";
	buf_free(&b);
	return out;
}

int
json_no_member(const struct record *rec, const char *other,
	       const struct json *member, struct arena *a, struct fault *f)
{
	const char *near = near_fields(rec, other, member->key, a);

	return fault_field(f, pointer_token(member->key, a),
			   "There is no member “%.40s”%s%s.", member->key,
			   *near ? "; the nearest is " : "", near);
}

int
json_fill(const struct record *rec, void *base, const struct json *object,
	  const char *other, struct arena *a, struct fault *f)
{
	if (object->kind != JSON_OBJECT)
		return fault_set(f, FAULT_INVALID, "A JSON object is needed.");
	for (const struct json *m = object->first; m; m = m->next) {
		const struct field *fd = record_find(rec, m->key);

		if (other && !strcmp(m->key, other))
			continue;
		if (!fd)
			return json_no_member(rec, other, m, a, f);
		if (fill_member(fd, base, m, a, f))
			return -1;
	}
	return 0;
}
