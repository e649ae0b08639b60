/*
 * Reads settings in JSON as people write them.  An unknown or repeated key
 * would leave a setting unchanged without a word, so each is refused by name.
 */
#include <stdarg.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/near.h"
#include "base/text.h"
#include "campaign/campaign.h"

#define FIELDS (&campaign_settings_record)
#define POOL_KEY "numbers"
#define BOM "\xef\xbb\xbf"
#define SPACE " \t\r\n"

/* Sets FAULT_INVALID for a place in the text, with line and character as an
 * editor counts them. */
static int __attribute__((format(printf, 4, 5)))
refuse_at(const char *json, const char *at, struct fault *f, const char *fmt,
	  ...)
{
	struct arena *a = arena_new();
	size_t line = 1;
	const char *from = json;
	va_list ap;

	for (const char *s = json; s < at; s++) {
		if (*s == '\n') {
			line++;
			from = s + 1;
		}
	}
	va_start(ap, fmt);
	fault_set(f, FAULT_INVALID, "Line %zu, character %zu: %s", line,
		  text_length(arena_memdup(a, from, (size_t)(at - from))) + 1,
		  arena_vprintf(a, fmt, ap));
	va_end(ap);
	arena_free(a);
	return -1;
}

/* Past the closing quote of the string that begins here; the JSON is valid. */
static const char *
string_end(const char *s)
{
	for (s++; *s && *s != '"'; s++)
		s += *s == '\\';
	return s + 1;
}

/* The NUL that a string of valid JSON spells: cJSON would stop there. */
static const char *
find_nul(const char *s)
{
	for (; *s; s++) {
		const char *end = *s == '"' ? string_end(s) : s + 1;

		for (; s + 1 < end; s++) {
			if (*s != '\\')
				continue;
			if (!strncmp(s, "\\u0000", 6))
				return s;
			s++;
		}
	}
	return NULL;
}

/* The n-th key of the object 's', valid JSON. */
static const char *
find_key(const char *s, size_t n)
{
	int depth = 0;

	for (; *s; s++) {
		const char *end;

		depth += *s == '{' || *s == '[';
		depth -= *s == '}' || *s == ']';
		if (*s != '"')
			continue;
		end = string_end(s);
		if (depth == 1 && end[strspn(end, SPACE)] == ':' && !n--)
			return s;
		s = end - 1;
	}
	return s;
}

/* NULL: not JSON, followed by more text, or a NUL in a string. */
static cJSON *
parse(const char *json, struct fault *f)
{
	const char *end = json, *nul;
	cJSON *root = cJSON_ParseWithOpts(json, &end, false);

	if (!root) {
		refuse_at(json, end, f,
			  *end ? "The JSON is wrong here or just before."
			       : "The JSON ends too early.");
		return NULL;
	}
	end += strspn(end, SPACE);
	nul = find_nul(json);
	if (nul)
		refuse_at(json, nul, f, "Text cannot contain a NUL character.");
	else if (*end)
		refuse_at(json, end, f,
			  "There is more text after the settings.");
	else
		return root;
	cJSON_Delete(root);
	return NULL;
}

/* A string, switch or number as text, else NULL; integers stay whole. */
static const char *
scalar(const cJSON *item, struct arena *a)
{
	if (cJSON_IsString(item))
		return item->valuestring;
	if (cJSON_IsBool(item))
		return cJSON_IsTrue(item) ? "yes" : "no";
	if (cJSON_IsNumber(item) && item->valuedouble > -1e15 &&
	    item->valuedouble < 1e15)
		return arena_printf(a, "%.15g", item->valuedouble);
	return NULL;
}

/* ["mon","tue"] as "mon,tue", {"busy":5} as "busy=5". */
static const char *
list_text(const cJSON *list, struct arena *a)
{
	struct buf text = BUF_INIT;
	const char *one = "";
	const cJSON *item;

	cJSON_ArrayForEach(item, list)
	{
		one = scalar(item, a);
		if (!one)
			break;
		buf_printf(&text, "%s%s%s%s", text.len ? "," : "",
			   item->string ? item->string : "",
			   item->string ? "=" : "", one);
	}
	if (one)
		one = arena_memdup(a, text.data, text.len);
	buf_free(&text);
	return one;
}

/* The text that the field reads; NULL: the field takes no such type. */
static const char *
value_text(const struct field *fd, const cJSON *item, struct arena *a)
{
	if (cJSON_IsNull(item) && fd->def && !*fd->def)
		return ""; /* empty, where a field may be */
	if ((cJSON_IsArray(item) && field_is_list(fd)) ||
	    (cJSON_IsObject(item) && field_is_map(fd)))
		return list_text(item, a);
	return scalar(item, a);
}

static int
read_value(struct campaign_settings *s, const struct field *fd,
	   const cJSON *item, struct arena *a, struct fault *f)
{
	const char *text = value_text(fd, item, a);

	if (!text)
		return fault_field(f, fd->name, "%s %s.", fd->label,
				   field_allows(fd, a));
	return field_set(fd, s, text, a, f);
}

static int
refuse_key(const char *json, size_t n, const char *key, struct arena *a,
	   struct fault *f)
{
	const char *near = near_fields(FIELDS, POOL_KEY, key, a);

	return refuse_at(json, find_key(json, n), f,
			 "There is no setting “%.40s”%s%s.", key,
			 *near ? "; the nearest is " : "", near);
}

static int
read_all(struct campaign_settings *s, const char *json, const cJSON *root,
	 struct arena *a, struct fault *f)
{
	const cJSON *item;
	uint32_t seen = 0;
	size_t n = 0;

	if (!cJSON_IsObject(root))
		return fault_set(f, FAULT_INVALID,
				 "Settings must be a JSON object.");
	cJSON_ArrayForEach(item, root)
	{
		const struct field *fd = record_find(FIELDS, item->string);
		size_t bit = fd ? (size_t)(fd - FIELDS->fields) : FIELDS->count;

		if (!fd && strcmp(item->string, POOL_KEY) != 0)
			return refuse_key(json, n, item->string, a, f);
		if (seen >> bit & 1)
			return refuse_at(json, find_key(json, n), f,
					 "“%s” is set twice.", item->string);
		seen |= 1u << bit;
		if (fd && read_value(s, fd, item, a, f))
			return -1;
		n++;
	}
	return 0;
}

int
campaign_settings_read(struct campaign_settings *s, const char *json,
		       struct arena *a, struct fault *f)
{
	struct campaign_settings fresh = *s;
	const char *from = json + (strncmp(json, BOM, 3) ? 0 : 3);
	cJSON *root = parse(from, f);
	int got = root ? read_all(&fresh, from, root, a, f) : -1;

	cJSON_Delete(root);
	if (!got)
		*s = fresh;
	return got;
}
