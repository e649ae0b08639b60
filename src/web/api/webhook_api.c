/* Webhooks: where events are sent. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "hook/endpoint.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"

enum { SWITCH_OFF, SWITCH_ON };

static handler_fn list, create, show, change, erase, try, rotate, turn;

struct webhook_shown {
	struct endpoint e;
	struct endpoint_entry entry;
	const char *off_because; /* NULL: it is on */
	const char *secret;	 /* of a new one, and after a rotation */
};
struct webhook_answer {
	struct webhook_shown *webhooks;
	size_t count;
};

/* clang-format off */
static const struct field id_fields[] = {
	{ FIELD(endpoint, id) },
};
static const struct field state_fields[] = {
	{ FIELD(endpoint, enabled), .help = "It is on." },
	{ .name = "version", .offset = offsetof(struct endpoint, ver), .type = FIELD_INT,
	  .help = "Goes up with each change; it is the ETag, for If-Match." },
	{ FIELD(endpoint, off_at), .shape = SHAPE_TIME, .help = "When it was switched off." },
	{ FIELD(endpoint, failing_since), .shape = SHAPE_TIME, .help = "null: the last delivery was accepted." },
	{ .name = "old_secret_until", .offset = offsetof(struct endpoint, old_until), .type = FIELD_INT, .shape = SHAPE_TIME,
	  .help = "Until then the secret before the last rotation signs, too." },
};
static const struct field off_fields[] = {
	{ FIELD(webhook_shown, off_because), .help = "“person”, “gone” (it answered 410) or “failed” (24 hours without success); null: it is on." },
};
static const struct field secret_fields[] = {
	{ FIELD(webhook_shown, secret), .min = 1, .help = "Signs the events (Standard Webhooks). It is shown in this answer only." },
};
/* clang-format on */

static const struct record id_record = RECORD(id_fields);
static const struct record state_record = RECORD(state_fields);
static const struct record off_record = RECORD(off_fields);
static const struct record secret_record = RECORD(secret_fields);
static const struct schema_members members[] = {
	{ &id_record, offsetof(struct webhook_shown, e) },
	{ &endpoint_entry_record, offsetof(struct webhook_shown, entry) },
	{ &state_record, offsetof(struct webhook_shown, e) },
	{ &off_record, 0 },
	{ &secret_record, 0 },
};
static const struct schema webhook_schema = { .name = "Webhook",
					      .members = members,
					      .member_count =
						      ARRAY_LEN(members) - 1 };
static const struct schema secret_schema = { .name = "WebhookWithSecret",
					     .members = members,
					     .member_count =
						     ARRAY_LEN(members) };
static const struct schema body_schema = { .name = "WebhookSettings",
					   .members = &members[1],
					   .member_count = 1 };
static const struct schema_part list_parts[] = {
	SCHEMA_PART_LIST(webhook_answer, webhooks, count, &webhook_schema,
			 "All webhooks."),
};
static const struct schema list_schema = { .name = "WebhookList",
					   .parts = list_parts,
					   .part_count = 1 };

#define ONE "/webhooks/:webhook"
/* clang-format off */
#define OPERATIONS(X) \
	X(GET,    "/webhooks",   SETTINGS, list,   0,          NULL, NULL,         &list_schema,    200, "listWebhooks",     "Lists the webhooks.") \
	X(POST,   "/webhooks",   SETTINGS, create, 0,          NULL, &body_schema, &secret_schema,  201, "createWebhook",    "Makes a webhook, which gets the events from now on.") \
	X(GET,    ONE,           SETTINGS, show,   0,          NULL, NULL,         &webhook_schema, 200, "readWebhook",      "Reads a webhook.") \
	X(PATCH,  ONE,           SETTINGS, change, 0,          NULL, &body_schema, &webhook_schema, 200, "changeWebhook",    "Changes a webhook; what is not given stays.") \
	X(DELETE, ONE,           SETTINGS, erase,  0,          NULL, NULL,         NULL,            204, "deleteWebhook",    "Deletes a webhook with its log.") \
	X(POST,   ONE "/test",   SETTINGS, try,    0,          NULL, NULL,         NULL,            202, "testWebhook",      "Sends it a test event.") \
	X(POST,   ONE "/rotate", SETTINGS, rotate, 0,          NULL, NULL,         &secret_schema,  200, "rotateWebhook",    "Makes a new secret; both sign for 24 hours.") \
	X(POST,   ONE "/on",     SETTINGS, turn,   SWITCH_ON,  NULL, NULL,         &webhook_schema, 200, "switchWebhookOn",  "Switches it on; it gets the events from now on.") \
	X(POST,   ONE "/off",    SETTINGS, turn,   SWITCH_OFF, NULL, NULL,         &webhook_schema, 200, "switchWebhookOff", "Switches it off.")

const struct route webhook_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject webhook_api = { "Webhooks", webhook_api_routes,
					 operations, ARRAY_LEN(operations) };

static struct webhook_shown
shown(const struct endpoint *e)
{
	return (struct webhook_shown){
		.e = *e,
		.entry = { e->url, e->description, e->kinds },
		.off_because =
			e->enabled ? NULL : endpoint_off_words[e->off_why],
	};
}

/* GET /webhooks */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct webhook_answer out;
	struct endpoint *all;

	if (endpoint_list(q->db, q->actor.workspace_id, &all, &out.count,
			  q->arena, f))
		return -1;
	out.webhooks =
		ARENA_ARRAY(q->arena, out.count + 1, struct webhook_shown);
	for (size_t i = 0; i < out.count; i++)
		out.webhooks[i] = shown(&all[i]);
	api_answer(q, r, 200, &list_schema, &out);
	return 0;
}

/* The webhook of the address. */
static int
load(struct request *q, struct endpoint *out, struct fault *f)
{
	int64_t id;

	if (text_int(q->segment, &id) || id < 1 || id > UINT32_MAX)
		return fault_set(f, FAULT_ABSENT, "There is no such webhook.");
	return endpoint_get(q->db, q->actor.workspace_id, id, out, q->arena, f);
}

/* 'secret' NULL: it is not shown. */
static int
answer(struct request *q, struct reply *r, int status, int64_t id,
       const char *secret, struct fault *f)
{
	struct webhook_shown out;
	struct endpoint e;

	if (endpoint_get(q->db, q->actor.workspace_id, id, &e, q->arena, f))
		return -1;
	out = shown(&e);
	out.secret = secret;
	r->secret = secret != NULL;
	reply_header(r, "ETag",
		     arena_printf(q->arena, "\"%" PRId64 "\"", e.ver));
	api_answer(q, r, status, secret ? &secret_schema : &webhook_schema,
		   &out);
	return 0;
}

/* GET /webhooks/{webhook} */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint e;

	return load(q, &e, f) ? -1 : answer(q, r, 200, e.id, NULL, f);
}

/* POST /webhooks */
static int
create(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint_entry entry = { .url = "" };
	struct endpoint_made made;

	record_defaults(&endpoint_entry_record, &entry, q->arena);
	if (api_body(q, &endpoint_entry_record, &entry, f) ||
	    endpoint_add(q->db, &q->actor, &entry, &made, q->arena, f))
		return -1;
	api_changed(q, 0);
	reply_location(r, arena_printf(q->arena, API_PATH "/webhooks/%" PRId64,
				       made.id));
	return answer(q, r, 201, made.id, made.secret, f);
}

/* PATCH /webhooks/{webhook}: always of the version that was read */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint_entry entry;
	struct endpoint e;

	if (load(q, &e, f) || api_if_match(q, e.ver, "The webhook", f))
		return -1;
	entry = shown(&e).entry;
	if (api_body(q, &endpoint_entry_record, &entry, f) ||
	    endpoint_change(q->db, &q->actor,
			    (struct endpoint_ref){ e.id, e.ver }, &entry,
			    q->arena, f))
		return -1;
	api_changed(q, 0);
	return answer(q, r, 200, e.id, NULL, f);
}

static int
any_version(struct request *q, struct endpoint_ref *out, struct fault *f)
{
	struct endpoint e;

	if (load(q, &e, f))
		return -1;
	*out = (struct endpoint_ref){ .id = e.id };
	return 0;
}

/* DELETE /webhooks/{webhook} */
static int
erase(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint_ref ref;

	if (any_version(q, &ref, f) ||
	    endpoint_remove(q->db, &q->actor, ref, q->arena, f))
		return -1;
	api_changed(q, 0);
	reply_empty(r, 204);
	return 0;
}

/* POST /webhooks/{webhook}/test */
static int
try(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint_ref ref;

	if (any_version(q, &ref, f) ||
	    endpoint_test(q->db, &q->actor, ref, q->arena, f))
		return -1;
	reply_empty(r, 202);
	return 0;
}

/* POST /webhooks/{webhook}/rotate */
static int
rotate(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint_ref ref;
	char secret[SIGN_TEXT];

	if (any_version(q, &ref, f) ||
	    endpoint_rotate(q->db, &q->actor, ref, secret, q->arena, f))
		return -1;
	return answer(q, r, 200, ref.id, secret, f);
}

/* POST /webhooks/{webhook}/on, .../off */
static int
turn(struct request *q, struct reply *r, struct fault *f)
{
	struct endpoint_ref ref;

	if (any_version(q, &ref, f) ||
	    endpoint_switch(q->db, &q->actor, ref, q->route->arg == SWITCH_ON,
			    q->arena, f))
		return -1;
	api_changed(q, 0);
	return answer(q, r, 200, ref.id, NULL, f);
}
