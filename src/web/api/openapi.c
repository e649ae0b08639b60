#include "web/api/openapi.h"

#include <stdbool.h>
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/field.h"
#include "base/json.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"

static handler_fn show;

const struct route openapi_routes[] = {
	{ GET, API_PATH "/openapi.json", ANYBODY, show, 0, NULL, ROUTE_API },
	{ 0 }
};

/* The parts that do not come from a table: who may ask, and what is answered
 * where something is wrong (page.c). */
static const char security[] =
	"\"securitySchemes\":{\"bearer\":{\"type\":\"http\",\"scheme\":"
	"\"bearer\"},\"key\":{\"type\":\"apiKey\",\"in\":\"header\",\"name\":"
	"\"X-API-Key\"}}";
static const char problem[] =
	"\"Problem\":{\"type\":\"object\",\"description\":\"A problem document "
	"(RFC 9457).\",\"required\":[\"type\",\"status\",\"title\",\"code\","
	"\"detail\",\"request\"],\"properties\":{\"type\":{\"type\":\"string\"}"
	",\"status\":{\"type\":\"integer\"},\"title\":{\"type\":\"string\"},"
	"\"code\":{\"type\":\"string\",\"description\":\"A word for "
	"programs.\"},\"detail\":{\"type\":\"string\",\"description\":\"Full "
	"sentences for a person.\"},\"field\":{\"type\":\"string\"},"
	"\"request\":{\"type\":\"string\",\"description\":\"Names the request "
	"in the log.\"},\"errors\":{\"type\":\"array\",\"items\":{\"type\":"
	"\"object\",\"required\":[\"pointer\",\"detail\"],\"properties\":{"
	"\"pointer\":{\"type\":\"string\",\"description\":\"A JSON Pointer "
	"into the body, as a fragment.\"},\"detail\":{\"type\":\"string\"}}}}}}";
static const char refused[] =
	"\"default\":{\"description\":\"It was not done; the answer says "
	"why.\",\"content\":{\"application/problem+json\":{\"schema\":{\"$ref\":"
	"\"#/components/schemas/Problem\"}}}}";
static const char repeatable[] =
	"{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"schema\":{\"type\":"
	"\"string\",\"maxLength\":255},\"description\":\"A request that is "
	"sent again with the same key within 24 hours gets the first "
	"answer.\"}";
static const char file_content[] =
	"\"content\":{\"" API_FILE_TYPE
	"\":{\"schema\":{\"type\":\"string\"}}";
static const char versioned[] =
	"{\"name\":\"If-Match\",\"in\":\"header\",\"schema\":{\"type\":"
	"\"string\"},\"description\":\"The ETag that was read: refused (412) if "
	"it has changed since.\"}";

/* A list of things that are separated by commas. */
struct json_list {
	struct buf *out;
	bool any;
};

static struct buf *
next(struct json_list *l)
{
	if (l->any)
		buf_char(l->out, ',');
	l->any = true;
	return l->out;
}

/* "/campaigns/:campaign" as "/campaigns/{campaign}" */
static const char *
template_of(const char *path, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (path += strlen(API_PATH); *path; path++) {
		size_t len;

		if (*path != ':') {
			buf_char(&b, *path);
			continue;
		}
		len = strcspn(++path, "/");
		buf_char(&b, '{');
		buf_add(&b, path, len);
		buf_char(&b, '}');
		path += len - 1;
	}
	text = arena_memdup(a, b.data, b.len);
	buf_free(&b);
	return text;
}

static void
path_parameters(struct json_list *l, const char *path)
{
	for (path = strchr(path, ':'); path; path = strchr(path, ':')) {
		int len = (int)strcspn(++path, "/");

		buf_printf(next(l),
			   "{\"name\":\"%.*s\",\"in\":\"path\",\"required\":"
			   "true,\"schema\":{\"type\":\"string\"}}",
			   len, path);
	}
}

static void
parameters(struct buf *out, const struct route *route,
	   const struct operation *op, struct arena *a)
{
	struct json_list l = { .out = out };

	buf_str(out, ",\"parameters\":[");
	path_parameters(&l, route->path);
	for (size_t i = 0; op->query && i < op->query->count; i++) {
		const struct field *fd = &op->query->fields[i];

		buf_printf(next(&l),
			   "{\"name\":\"%s\",\"in\":\"query\",\"schema\":",
			   fd->name);
		schema_describe_field(out, fd, true, a);
		buf_char(out, '}');
	}
	if (route->method != GET && !api_reads_file(route) &&
	    api_scope_of(route))
		buf_str(next(&l), repeatable);
	if (route->method == PATCH)
		buf_str(next(&l), versioned);
	buf_char(out, ']');
}

/* 's' NULL: a file, perhaps of another type. */
static void
content(struct buf *out, const struct schema *s, const char *other)
{
	if (!s)
		buf_str(out, file_content);
	else
		buf_printf(out,
			   "\"content\":{\"application/json\":{\"schema\":{"
			   "\"$ref\":\"#/components/schemas/%s\"}}",
			   s->name);
	if (other)
		buf_printf(out, ",\"%s\":{}", other);
	buf_char(out, '}');
}

static const char *
method_key(enum method m, struct arena *a)
{
	char *word = arena_strdup(a, method_words[m]);

	for (char *c = word; *c; c++)
		*c += 'a' - 'A';
	return word;
}

static void
describe(struct buf *out, const struct api_subject *s, size_t i,
	 struct arena *a)
{
	const struct operation *op = &s->operations[i];
	const struct route *route = &s->routes[i];
	const char *scope = api_scope_of(route);

	buf_printf(out, "\"%s\":{\"operationId\":\"%s\",\"tags\":[",
		   method_key(route->method, a), op->id);
	json_str(out, s->tag);
	buf_str(out, "],\"summary\":");
	json_str(out, op->summary);
	buf_str(out, ",\"description\":");
	json_str(out, scope ? arena_printf(a, "Needs the scope “%s”.", scope)
			    : "Needs no key: the address is enough.");
	if (!scope)
		buf_str(out, ",\"security\":[]");
	parameters(out, route, op, a);
	if (op->body || api_reads_file(route)) {
		buf_str(out, ",\"requestBody\":{\"required\":true,");
		content(out, op->body, NULL);
		buf_char(out, '}');
	}
	buf_printf(out, ",\"responses\":{\"%d\":{\"description\":\"%s\"",
		   op->status, reply_reason(op->status));
	if (op->answer || api_answers_file(route, op)) {
		buf_char(out, ',');
		content(out, op->answer, api_other_type(op));
	}
	buf_printf(out, "},%s}}", refused);
}

/* All operations at the address of one, which is the first with it. */
static void
describe_path(struct buf *out, const struct api_subject *s, size_t first,
	      struct arena *a)
{
	const char *path = s->routes[first].path;
	struct json_list l = { .out = out };

	buf_printf(out, "\"%s\":{", template_of(path, a));
	for (size_t i = first; i < s->count; i++) {
		if (strcmp(s->routes[i].path, path) != 0)
			continue;
		describe(next(&l), s, i, a);
	}
	buf_char(out, '}');
}

static bool
is_first(const struct api_subject *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(s->routes[k].path, s->routes[i].path))
			return false;
	return true;
}

static void
paths(struct buf *out, struct arena *a)
{
	struct json_list l = { .out = out };

	for (size_t s = 0; api_subjects[s]; s++)
		for (size_t i = 0; i < api_subjects[s]->count; i++)
			if (is_first(api_subjects[s], i))
				describe_path(next(&l), api_subjects[s], i, a);
}

static void
components(struct buf *out, struct arena *a)
{
	struct schema_list all = { .count = 0 };

	for (size_t i = 0; api_subjects[i]; i++)
		api_schemas(api_subjects[i], &all);
	buf_printf(out, "%s,\"schemas\":{%s", security, problem);
	for (size_t i = 0; i < all.count; i++) {
		buf_printf(out, ",\"%s\":", all.at[i].schema->name);
		schema_describe(out, all.at[i].schema, all.at[i].body, a);
	}
	buf_char(out, '}');
}

void
openapi_write(struct buf *out, const char *url, struct arena *a)
{
	buf_str(out, "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Outdial\","
		     "\"version\":\"1\",\"description\":\"Feeds and steers "
		     "outbound campaigns.\"},\"servers\":[{\"url\":");
	json_str(out, arena_printf(a, "%s" API_PATH, url));
	buf_str(out, "}],\"security\":[{\"bearer\":[]},{\"key\":[]}],"
		     "\"paths\":{");
	paths(out, a);
	buf_str(out, "},\"components\":{");
	components(out, a);
	buf_str(out, "}}\n");
}

/* GET /openapi.json */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	(void)f;
	reply_begin_json(r);
	openapi_write(&r->body, q->config->public_url, q->arena);
	return 0;
}
