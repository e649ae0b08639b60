#include "web/api/body_list.h"

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json_read.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/server/request.h"

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
	static const struct record none = { NULL, 0 };

	if (api_body_with(q, b->record ? b->record : &none, base, b->name, out,
			  f))
		return -1;
	return check_list(q, b, *out, f);
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
		if (v->kind != JSON_STRING) {
			fault_set(f, FAULT_INVALID,
				  "Entry %zu of “%s” must be a string of JSON, "
				  "in quotes.",
				  n, b->name);
			return api_fault_at(b->name, n, f);
		}
		out->at[n] = v->text;
	}
	return 0;
}
