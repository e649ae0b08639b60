/* Webhooks: where events are sent. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"
#include "hook/event_read.h"
#include "web/api/answer_codec.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"

enum { SWITCH_OFF, SWITCH_ON };

static handler_fn list, create, show, change, erase, try, rotate, turn,
	deliveries, replay;

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

struct delivery_filter {
	unsigned state; /* of delivery_state_filter */
	int64_t limit, after;
};
struct delivery_shown {
	struct delivery d;
	const char *id, *type; /* type NULL: the event is gone */
	int64_t next_at;       /* 0: it does not wait */
};
struct delivery_answer {
	struct delivery_shown *deliveries;
	size_t count;
	int64_t next; /* -1: none */
};
struct replayed {
	int64_t events;
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
static const struct field filter_fields[] = {
	{ FIELD(delivery_filter, state), .words = delivery_state_filter, .def = "any", .label = "state",
	  .help = "Only deliveries in this state." },
	{ FIELD(delivery_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(delivery_filter, after), .min = 0, .max = API_EXACT_MOST, .def = "0", .label = "after",
	  .help = "“next” of the answer before: the deliveries of the events before that number." },
};
static const struct field event_fields[] = {
	{ FIELD(delivery_shown, id), .min = 1, .help = "The event’s “webhook-id”." },
	{ FIELD(delivery_shown, type), .help = "Such as “attempt.finished”; null: the event is kept no longer." },
};
static const struct field delivery_fields[] = {
	{ .name = "sequence", .offset = offsetof(struct delivery, seq), .type = FIELD_INT, .help = "The event’s number." },
	{ FIELD(delivery, state), .words = delivery_state_words },
	{ FIELD(delivery, tries), .help = "0: it is sent again, and was not tried yet." },
	{ FIELD(delivery, at), .shape = SHAPE_TIME, .help = "The last try." },
	{ FIELD(delivery, status), .help = "The HTTP status of the answer; 0: there was none." },
	{ FIELD(delivery, error), .help = "Why there was no answer; empty if there was one." },
	{ FIELD(delivery, ms), .help = "How long the last try took, in milliseconds." },
};
static const struct field next_try_fields[] = {
	{ FIELD(delivery_shown, next_at), .shape = SHAPE_TIME, .help = "The next try; null: there is none." },
};
static const struct field log_fields[] = {
	{ .name = "next", .offset = offsetof(struct delivery_answer, next), KNOWN, .help = "For “after”; null on the last page." },
};
static const struct field replay_fields[] = {
	{ FIELD(replay, from), .min = 1, .max = API_EXACT_MOST, .label = "from", .help = "The number of the first event." },
	{ FIELD(replay, to), .min = 1, .max = API_EXACT_MOST, .label = "to", .help = "The number of the last event. Without it: of the last one that was sent." },
	{ FIELD(replay, since), .shape = SHAPE_TIME, .label = "since", .help = "Instead of “from”: events from this time on." },
};
static const struct field replayed_fields[] = {
	{ FIELD(replayed, events), .help = "How many are sent again." },
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

static const struct record filter_record = RECORD(filter_fields);
static const struct record event_record = RECORD(event_fields);
static const struct record delivery_record = RECORD(delivery_fields);
static const struct record next_try_record = RECORD(next_try_fields);
static const struct record log_record = RECORD(log_fields);
static const struct record replay_record = RECORD(replay_fields);
static const struct record replayed_record = RECORD(replayed_fields);
static const struct schema_members delivery_members[] = {
	{ &event_record, 0 },
	{ &delivery_record, offsetof(struct delivery_shown, d) },
	{ &next_try_record, 0 },
};
static const struct schema delivery_schema = {
	.name = "Delivery",
	.members = delivery_members,
	.member_count = ARRAY_LEN(delivery_members),
};
static const struct schema_members log_members[] = { { &log_record, 0 } };
static const struct schema_part log_parts[] = {
	SCHEMA_PART_LIST(delivery_answer, deliveries, count, &delivery_schema,
			 "The deliveries of this page, newest event first."),
};
static const struct schema log_schema = { .name = "DeliveryList",
					  .members = log_members,
					  .member_count = 1,
					  .parts = log_parts,
					  .part_count = 1 };
static const struct schema_members replay_members[] = { { &replay_record, 0 } };
static const struct schema replay_schema = { .name = "Replay",
					     .members = replay_members,
					     .member_count = 1 };
static const struct schema_members replayed_members[] = { { &replayed_record,
							    0 } };
static const struct schema replayed_schema = { .name = "ReplayAnswer",
					       .members = replayed_members,
					       .member_count = 1 };

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
	X(POST,   ONE "/off",    SETTINGS, turn,   SWITCH_OFF, NULL, NULL,         &webhook_schema, 200, "switchWebhookOff", "Switches it off.") \
	X(GET,    ONE "/deliveries", SETTINGS, deliveries, 0, &filter_record, NULL, &log_schema, 200, "listDeliveries", "Lists what was sent to it in the last 7 days.") \
	X(POST,   ONE "/replay", SETTINGS, replay, 0,          NULL, &replay_schema, &replayed_schema, 202, "replayWebhook", "Sends events again, under their old ids: one, a range, all from a number on, or all since a time; at most 100,000.")

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

/* GET /webhooks/{webhook}/deliveries */
static int
deliveries(struct request *q, struct reply *r, struct fault *f)
{
	struct delivery_filter asked = { .limit = 0 };
	struct delivery_answer out = { .next = -1 };
	struct delivery_query query;
	struct delivery *rows;
	struct endpoint e;

	if (api_query(q, &filter_record, &asked, f) || load(q, &e, f))
		return -1;
	query = (struct delivery_query){ .workspace_id = q->actor.workspace_id,
					 .endpoint_id = e.id,
					 .before = asked.after,
					 .state = (int)asked.state - 1,
					 .limit = (size_t)asked.limit + 1 };
	if (delivery_list(q->db, &query, &rows, &out.count, q->arena, f))
		return -1;
	if (out.count > (size_t)asked.limit) {
		out.count = (size_t)asked.limit;
		out.next = rows[out.count - 1].seq;
	}
	out.deliveries =
		ARENA_ARRAY(q->arena, out.count + 1, struct delivery_shown);
	for (size_t i = 0; i < out.count; i++)
		out.deliveries[i] = (struct delivery_shown){
			.d = rows[i],
			.id = event_id(query.workspace_id, rows[i].seq,
				       q->arena),
			.type = api_text(rows[i].type),
			.next_at = rows[i].state == DELIVERY_WAITS
					   ? rows[i].next_at
					   : 0,
		};
	api_answer(q, r, 200, &log_schema, &out);
	return 0;
}

/* POST /webhooks/{webhook}/replay */
static int
replay(struct request *q, struct reply *r, struct fault *f)
{
	struct replay which = { .from = 0 };
	struct replayed out;
	struct endpoint e;

	if (load(q, &e, f) || api_body(q, &replay_record, &which, f))
		return -1;
	which.endpoint_id = e.id;
	if (!which.from == !which.since)
		return fault_field(f, "from", "Give either from or since.");
	if (delivery_replay(q->db, &q->actor, &which, &out.events, q->arena, f))
		return -1;
	api_answer(q, r, 202, &replayed_schema, &out);
	return 0;
}
