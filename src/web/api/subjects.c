/* All subjects of the API, and the schemas that they name. */
#include "web/api/api.h"

#include "base/field.h"
#include "web/api/schema.h"
#include "web/export/format.h"

const struct api_subject *const api_subjects[] = {
	&campaign_api,
	&contact_api,
	&trigger_api,
	&exclude_api,
	&result_api,
	&catalog_api,
	&report_api,
	&number_calls_api,
	&dnc_api,
	&dnc_file_api,
	&event_api,
	&webhook_api,
	&user_api,
	&holiday_api,
	NULL,
};

const char *
api_scope_of(const struct route *r)
{
	unsigned scope = ROUTE_SCOPE_OF(r->flags);

	return scope == SCOPE_NONE ? NULL : api_scope_words[scope];
}

bool
api_reads_file(const struct route *r)
{
	return r->flags & ROUTE_UPLOAD;
}

bool
api_answers_file(const struct route *r, const struct operation *op)
{
	return r->method == GET && !op->answer;
}

const char *
api_other_type(const struct operation *op)
{
	return op->query && record_find(op->query, "format")
		       ? export_format_types[EXPORT_XLSX]
		       : NULL;
}

static void
collect(struct schema_list *all, const struct schema *s, bool body)
{
	if (!s)
		return;
	for (size_t i = 0; i < all->count; i++)
		if (all->at[i].schema == s)
			return;
	if (all->count == SCHEMAS_MOST)
		return;
	all->at[all->count].schema = s;
	all->at[all->count++].body = body;
	for (size_t i = 0; i < s->part_count; i++)
		collect(all, s->parts[i].schema, body);
}

void
api_schemas(const struct api_subject *s, struct schema_list *all)
{
	for (size_t i = 0; i < s->count; i++) {
		collect(all, s->operations[i].body, true);
		collect(all, s->operations[i].answer, false);
	}
}
