#include "web/api/api_doc.h"

#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "web/api/api.h"
#include "web/api/schema.h"

static const char head[] =
	"# The API\n"
	"\n"
	"This page is printed by `outdial-web --api`; a test compares the two. "
	"An\n"
	"installation serves its own description for programs at\n"
	"`/api/v1/openapi.json` (OpenAPI 3.1).\n"
	"\n"
	"- **Keys** are made in Settings, API keys, or by `outdial key add`. A "
	"request\n"
	"  sends one as `Authorization: Bearer KEY` or `X-API-Key: KEY`. What a "
	"key does\n"
	"  is done for the person who made it.\n"
	"- **What is wrong** is answered by a problem document (RFC 9457): "
	"`detail` is for\n"
	"  people, `code` for programs, and `errors` has a JSON Pointer into "
	"the body.\n"
	"- **To send a request again** is safe with an `Idempotency-Key`: "
	"within 24 hours\n"
	"  the second one gets the first answer. The same key with another "
	"request is\n"
	"  refused (422). A file takes none.\n"
	"- **A change** may say which version was read: `If-Match` with the "
	"`ETag`. It is\n"
	"  refused (412) if there is a later one.\n"
	"- **How many requests** a key may still send in this minute is in "
	"`RateLimit`; one\n"
	"  too many is refused (429) with `Retry-After`.\n"
	"- **Times** are UTC, such as `2026-11-23T14:20:02.000000Z`; null means "
	"never.\n";

static const char scopes_head[] = "\n"
				  "## Scopes\n"
				  "\n"
				  "| Scope | What it allows |\n"
				  "|---|---|\n";

static const char *
type_of(const struct field *fd)
{
	if (field_is_list(fd))
		return "list of words";
	if (field_is_map(fd))
		return "object of numbers";
	if (fd->type == FIELD_BOOL)
		return "true or false";
	if (fd->codec)
		return fd->codec->form == CODEC_NUMBER ? "number" : "text";
	if (fd->type == FIELD_WORD)
		return "word";
	return fd->type == FIELD_INT && fd->shape == SHAPE_PLAIN ? "number"
								  : "text";
}

static void
print_fields(FILE *out, const struct record *r, bool read, struct arena *a)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];
		const char *help = fd->help ? fd->help : "";

		if (!read && fd->shape == SHAPE_SECRET)
			continue;
		fprintf(out, "| `%s` | %s | %s%s", fd->name, type_of(fd), help,
			*help && read ? " " : "");
		if (read)
			fprintf(out, "It %s.", field_allows(fd, a));
		if (read && fd->def && *fd->def)
			fprintf(out, " Default: %s.", fd->def);
		fputs(" |\n", out);
	}
}

static void
print_table(FILE *out, const char *title)
{
	fprintf(out, "\n%s\n\n| Name | Type | What it is |\n|---|---|---|\n",
		title);
}

static const char *
type_of_part(const struct schema_part *p, struct arena *a)
{
	if (p->raw)
		return p->raw->type;
	if (p->plain)
		return arena_printf(a, "list of %ss", type_of(p->plain));
	return p->list ? arena_printf(a, "list of %s", p->schema->name)
		       : p->schema->name;
}

static void
print_schema(FILE *out, const struct schema *s, bool read, struct arena *a)
{
	print_table(out, arena_printf(a, "### %s", s->name));
	for (size_t i = 0; i < s->member_count; i++)
		print_fields(out, s->members[i].record, read, a);
	for (size_t i = 0; i < s->part_count; i++) {
		const struct schema_part *p = &s->parts[i];

		fprintf(out, "| `%s` | %s | %s |\n", p->name,
			type_of_part(p, a), p->text ? p->text : "");
	}
}

static const char *
name_of(const struct schema *s, bool file)
{
	if (file)
		return API_FILE_TYPE;
	return s ? s->name : "–";
}

static void
print_operations(FILE *out, const struct api_subject *s)
{
	fprintf(out,
		"\n## %s\n\n| Request | Scope | Reads | Answers | What it does "
		"|\n|---|---|---|---|---|\n",
		s->tag);
	for (size_t i = 0; i < s->count; i++) {
		const struct route *r = &s->routes[i];
		const struct operation *op = &s->operations[i];

		const char *other = api_other_type(op);

		fprintf(out, "| `%s %s` | %s | %s | %d %s%s%s | %s |\n",
			method_words[r->method], r->path,
			api_scope_of(r) ? api_scope_of(r) : "–",
			name_of(op->body, api_reads_file(r)), op->status,
			name_of(op->answer, api_answers_file(r, op)),
			other ? " or " : "", other ? other : "", op->summary);
	}
}

static void
print_queries(FILE *out, const struct api_subject *s, struct arena *a)
{
	for (size_t i = 0; i < s->count; i++) {
		if (!s->operations[i].query)
			continue;
		print_table(out, arena_printf(a, "Parameters of `%s`:",
					      s->routes[i].path));
		print_fields(out, s->operations[i].query, true, a);
	}
}

void
api_doc_print(FILE *out)
{
	struct arena *a = arena_new();
	struct schema_list all = { .count = 0 };

	fputs(head, out);
	fputs(scopes_head, out);
	for (size_t i = 0; i < SCOPE_MAX; i++)
		fprintf(out, "| `%s` | %s |\n", api_scope_words[i],
			api_scope_texts[i]);
	for (size_t i = 0; api_subjects[i]; i++) {
		print_operations(out, api_subjects[i]);
		print_queries(out, api_subjects[i], a);
		api_schemas(api_subjects[i], &all);
	}
	fputs("\n## What is read and answered\n", out);
	for (size_t i = 0; i < all.count; i++)
		print_schema(out, all.at[i].schema, all.at[i].body, a);
	arena_free(a);
}
