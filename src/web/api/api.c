#include "web/api/api.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/config.h"
#include "app/installation.h"
#include "app/notify.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json_read.h"
#include "base/near.h"
#include "campaign/result_address.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session.h"

void
api_answer(struct request *q, struct reply *r, int status,
	   const struct schema *s, const void *base)
{
	reply_begin_json(r);
	r->status = status;
	schema_write(&r->body, s, base, q->arena);
	buf_char(&r->body, '\n');
}

static int
read_body(struct request *q, const struct json **body, struct fault *f)
{
	if (!q->body.len)
		return request_refuse(q, 400, f, "The request has no body.");
	if (!json_read(q->body.data, body, q->arena, f))
		return 0;
	q->refused = 400;
	return -1;
}

int
api_body(struct request *q, const struct record *rec, void *base,
	 struct fault *f)
{
	const struct json *body;

	return read_body(q, &body, f)
		       ? -1
		       : json_fill(rec, base, body, NULL, q->arena, f);
}

int
api_body_with(struct request *q, const struct record *rec, void *base,
	      const char *name, const struct json **value, struct fault *f)
{
	const struct json *body;

	if (read_body(q, &body, f))
		return -1;
	*value = json_member(body, name);
	return json_fill(rec, base, body, name, q->arena, f);
}

int
api_fault_at(const char *list, size_t index, struct fault *f)
{
	char field[sizeof(f->field)];
	int len = snprintf(field, sizeof(field), "%s/%zu%s%s", list, index,
			   *f->field ? "/" : "", f->field);

	/* What is too long for the field of a fault: the element alone. */
	if ((size_t)len >= sizeof(field))
		snprintf(field, sizeof(field), "%s/%zu", list, index);
	snprintf(f->field, sizeof(f->field), "%s", field);
	return -1;
}

const char *
api_text(const char *text)
{
	return *text ? text : NULL;
}

const char *
api_phone(const char *digits, struct arena *a)
{
	return *digits ? arena_printf(a, "+%s", digits) : NULL;
}

int
api_query(struct request *q, const struct record *rec, void *base,
	  struct fault *f)
{
	for (size_t i = 0; i < q->query.count; i++) {
		const char *name = q->query.at[i].name, *near;

		if (record_find(rec, name))
			continue;
		near = near_fields(rec, NULL, name, q->arena);
		fault_field(f, name, "There is no parameter “%.40s”%s%s.", name,
			    *near ? "; the nearest is " : "", near);
		q->refused = 400;
		return -1;
	}
	if (!pairs_fill(&q->query, rec, base, q->arena, f))
		return 0;
	q->refused = 400;
	return -1;
}

int
api_if_match(struct request *q, int64_t version, const char *what,
	     struct fault *f)
{
	const char *given = request_env(q, "HTTP_IF_MATCH");

	if (!given || !strcmp(given, "*") ||
	    !strcmp(given, arena_printf(q->arena, "\"%" PRId64 "\"", version)))
		return 0;
	q->refused = 412;
	return fault_set(f, FAULT_CONFLICT,
			 "%s has changed since: its version is %" PRId64 ".",
			 what, version);
}

int
api_result_site(struct request *q, const struct result_site **out,
		struct fault *f)
{
	struct result_site *site = ARENA_NEW(q->arena, struct result_site);

	*out = NULL;
	if (!(q->key->scopes.bits >> SCOPE_RESULT & 1))
		return 0;
	if (session_secret(q, f))
		return -1;
	site->public_url = q->config->public_url;
	site->secret = q->installation->secret;
	*out = site;
	return 0;
}

void
api_changed(struct request *q, int64_t run_id)
{
	list_invalidate(q->redis, q->actor.workspace_id);
	if (run_id)
		wake_run(q->redis, run_id);
}
