/* The variables of a contact as JSON. */
#include "contacts/contact_vars.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/arena.h"
#include "base/json.h"
#include "base/text.h"
#include "contacts/import_rows.h"

#define SHOWN_CHARS 40

static int __attribute__((format(printf, 2, 3)))
refuse(struct contact *out, const char *fmt, ...)
{
	struct arena *a = arena_new();
	va_list ap;

	va_start(ap, fmt);
	buf_clear(&out->why);
	buf_str(&out->why, arena_vprintf(a, fmt, ap));
	va_end(ap);
	arena_free(a);
	return -1;
}

/* True when a string of this JSON spells a NUL, where cJSON would stop. */
static bool
has_nul(const char *json)
{
	for (const char *s = json; *s; s++) {
		if (*s != '\\')
			continue;
		if (!strncmp(s, "\\u0000", 6))
			return true;
		s += s[1] != '\0';
	}
	return false;
}

/* The name for a message, cut short. */
static const char *
shown(const char *name, struct arena *a)
{
	size_t len = strlen(name), at = 0;

	for (int n = 0; at < len && n < SHOWN_CHARS; n++)
		at += text_char(name + at, len - at);
	return arena_memdup(a, name, at);
}

static bool
is_hidden(const char *name, struct arena *a)
{
	size_t len;

	for (const char *s = name; *s; s += len)
		if (text_hidden(s, &len, a))
			return true;
	return *name == ' ' || name[strlen(name) - 1] == ' ';
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
check_names(const cJSON *root, struct arena *a, struct contact *out)
{
	size_t n = 0;
	const char **names = ARENA_ARRAY(
		a, (size_t)cJSON_GetArraySize(root) + 1, const char *);
	const cJSON *at;

	cJSON_ArrayForEach(at, root)
	{
		if (!*at->string)
			return refuse(out, "A variable has no name.");
		if (is_hidden(at->string, a))
			return refuse(out,
				      "The name of the variable “%s” has an "
				      "invisible character, or a space at its "
				      "beginning or end.",
				      shown(at->string, a));
		if (!cJSON_IsString(at))
			return refuse(out,
				      "The variable “%s” must be a text, in "
				      "quotes.",
				      shown(at->string, a));
		names[n++] = at->string;
	}
	qsort(names, n, sizeof(*names), by_name);
	for (size_t i = 1; i < n; i++) {
		if (!strcmp(names[i - 1], names[i]))
			return refuse(out, "The variable “%s” is given twice.",
				      shown(names[i], a));
	}
	return 0;
}

static void
write_vars(const cJSON *root, struct buf *vars)
{
	const cJSON *at;

	cJSON_ArrayForEach(at, root)
	{
		if (!*at->valuestring)
			continue;
		buf_char(vars, vars->len ? ',' : '{');
		json_str(vars, at->string);
		buf_char(vars, ':');
		json_str(vars, at->valuestring);
	}
	if (vars->len)
		buf_char(vars, '}');
}

int
contact_read_vars(const char *json, struct arena *a, struct contact *out)
{
	cJSON *root;
	int rc = -1;

	buf_clear(&out->vars);
	if (!json || !*json)
		return 0;
	if (!text_is_utf8(json, strlen(json)) || has_nul(json))
		return refuse(out, "The variables are not valid text.");
	root = cJSON_ParseWithOpts(json, NULL, true);
	if (!cJSON_IsObject(root))
		refuse(out, "The variables must be a JSON object of texts.");
	else if (!check_names(root, a, out)) {
		write_vars(root, &out->vars);
		rc = contact_check_vars(out);
	}
	cJSON_Delete(root);
	return rc;
}

bool
json_is_valid(const char *json)
{
	cJSON *root = NULL;
	bool valid;

	if (text_is_utf8(json, strlen(json)) && !has_nul(json))
		root = cJSON_ParseWithOpts(json, NULL, true);
	valid = root != NULL;
	cJSON_Delete(root);
	return valid;
}
