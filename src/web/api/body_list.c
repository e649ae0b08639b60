#include "web/api/body_list.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json_read.h"
#include "base/near.h"
#include "base/text.h"
#include "web/server/request.h"

static int
fill_member(struct request *q, const struct body_list *b, void *base,
	    const struct json *m, struct fault *f)
{
	static const struct record none = { NULL, 0 };
	const struct record *rec = b->record ? b->record : &none;
	struct json alone = { .kind = JSON_OBJECT, .first = m, .count = 1 };
	struct json member = *m;
	const char *near;

	if (record_find(rec, m->key)) {
		member.next = NULL;
		alone.first = &member;
		return json_fill(rec, base, &alone, q->arena, f);
	}
	near = near_fields(rec, b->name, m->key, q->arena);
	return fault_field(f, m->key, "There is no member “%.40s”%s%s.", m->key,
			   *near ? "; the nearest is " : "", near);
}

static int
check_list(struct request *q, const struct body_list *b,
	   const struct json *list, struct fault *f)
{
	const char *most = text_thousands(q->arena, (int64_t)b->most);

	if (!list)
		return fault_field(f, b->name, "“%s” is missing.", b->name);
	if (list->kind != JSON_LIST)
		return fault_field(f, b->name, "“%s” must be a list of JSON.",
				   b->name);
	if (!list->count || list->count > b->most)
		return fault_field(
			f, b->name, "“%s” must have 1 to %s entries, not %s.",
			b->name, most,
			text_thousands(q->arena, (int64_t)list->count));
	return 0;
}

int
body_list_read(struct request *q, const struct body_list *b, void *base,
	       const struct json **out, struct fault *f)
{
	const struct json *body, *list = NULL;

	if (!q->body.len)
		return request_refuse(q, 400, f, "The request has no body.");
	if (json_read(q->body.data, &body, q->arena, f)) {
		q->refused = 400;
		return -1;
	}
	if (body->kind != JSON_OBJECT)
		return fault_set(f, FAULT_INVALID, "A JSON object is needed.");
	for (const struct json *m = body->first; m; m = m->next) {
		if (!strcmp(m->key, b->name))
			list = m;
		else if (fill_member(q, b, base, m, f))
			return -1;
	}
	if (check_list(q, b, list, f))
		return -1;
	*out = list;
	return 0;
}

int
body_list_texts(struct request *q, const struct body_list *b, void *base,
		struct body_texts *out, struct fault *f)
{
	const struct json *list, *v;
	size_t n = 0;

	if (body_list_read(q, b, base, &list, f))
		return -1;
	out->at = ARENA_ARRAY(q->arena, list->count, const char *);
	out->count = list->count;
	for (v = list->first; v; v = v->next, n++) {
		if (v->kind != JSON_STRING)
			return fault_field(
				f, arena_printf(q->arena, "%s/%zu", b->name, n),
				"Entry %zu of “%s” must be a string of JSON, "
				"in quotes.",
				n, b->name);
		out->at[n] = v->text;
	}
	return 0;
}
