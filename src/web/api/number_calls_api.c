/* The calls to a number, by all campaigns. */
#include <inttypes.h>

#include "app/outcome.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "contacts/numbers.h"
#include "report/contact_id.h"
#include "report/number_calls.h"
#include "web/api/answer_codec.h"
#include "web/api/api.h"
#include "web/api/attempt_schema.h"
#include "web/api/schema.h"
#include "web/server/request.h"

static handler_fn list;

struct calls_filter {
	const char *phone_number;
	int64_t before;
};
struct call_shown {
	const char *campaign_id, *campaign, *contact, *number, *disposition;
	int64_t run, sent_at, ring_ms, talk_ms;
	unsigned state, outcome;
};
struct calls_answer {
	struct call_shown *calls;
	size_t count;
	int64_t next; /* -1: none */
};

/* clang-format off */
static const struct field filter_fields[] = {
	{ FIELD(calls_filter, phone_number), .max = 100, .def = "", .label = "phone_number",
	  .help = "The number, in any spelling." },
	{ FIELD(calls_filter, before), .min = 0, .max = API_EXACT_MOST, .def = "0", .label = "before",
	  .help = "“next” of the answer before: the calls before those." },
};
static const struct field call_fields[] = {
	{ FIELD(call_shown, campaign_id), .min = 1 },
	{ FIELD(call_shown, campaign), .min = 1, .help = "Its name." },
	{ FIELD(call_shown, run), .help = "The number of the run." },
	{ FIELD(call_shown, contact), .min = 1, .help = "The ID of the contact in its campaign." },
	{ FIELD(call_shown, state), .words = attempt_state_words, .help = "What the call does." },
	{ FIELD(call_shown, outcome), .words = outcome_words, .help = "Null while the call is not over." },
	{ FIELD(call_shown, sent_at), .shape = SHAPE_TIME },
	{ FIELD(call_shown, number), .help = "The number that called; null: it has been removed." },
	{ .name = "ring_ms", .offset = offsetof(struct call_shown, ring_ms), KNOWN, .help = "How long it rang, in milliseconds." },
	{ .name = "talk_ms", .offset = offsetof(struct call_shown, talk_ms), KNOWN, .help = "From the answer to the end, in milliseconds." },
	{ FIELD(call_shown, disposition), .help = "As its bot reported it." },
};
static const struct field answer_fields[] = {
	{ .name = "next", .offset = offsetof(struct calls_answer, next), KNOWN, .help = "For “before”; null on the last page." },
};
/* clang-format on */

static const struct record filter_record = RECORD(filter_fields);
static const struct record call_record = RECORD(call_fields);
static const struct record answer_record = RECORD(answer_fields);
static const struct schema_members call_members[] = { { &call_record, 0 } };
static const struct schema call_schema = { .name = "NumberCall",
					   .members = call_members,
					   .member_count = 1 };
static const struct schema_members answer_members[] = { { &answer_record, 0 } };
static const struct schema_part answer_parts[] = {
	SCHEMA_PART_LIST(calls_answer, calls, count, &call_schema,
			 "The calls of this page, newest first."),
};
static const struct schema answer_schema = { .name = "NumberCallList",
					     .members = answer_members,
					     .member_count = 1,
					     .parts = answer_parts,
					     .part_count = 1 };

/* clang-format off */
#define OPERATIONS(X) \
	X(GET, "/calls", READ, list, 0, &filter_record, NULL, &answer_schema, 200, "listNumberCalls", "Lists the calls to a number, by all campaigns and in all runs.")

const struct route number_calls_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject number_calls_api = { "Calls to a number",
					      number_calls_api_routes,
					      operations,
					      ARRAY_LEN(operations) };

static struct call_shown
show(const struct number_call *c, struct arena *a)
{
	char *id = arena_alloc(a, 11);

	text_short_id((uint64_t)c->campaign_id, id);
	return (struct call_shown){
		.campaign_id = id,
		.campaign = c->campaign,
		.contact = contact_id_text(c->seg, c->ordinal, a),
		.number = api_phone(c->caller ? c->caller : "", a),
		.disposition = c->disposition,
		.run = c->run,
		.sent_at = c->sent_at,
		.ring_ms = c->ring_ms,
		.talk_ms = c->talk_ms,
		.state = (unsigned)c->live,
		.outcome = (unsigned)c->outcome,
	};
}

/* GET /calls */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct calls_filter asked;
	struct number_query query = { .workspace_id = q->actor.workspace_id };
	struct number_calls found;
	struct calls_answer out = { .next = -1 };
	char digits[16];

	if (api_query(q, &filter_record, &asked, f) ||
	    number_read(q->db, query.workspace_id, asked.phone_number,
			"phone_number", digits, f))
		return -1;
	query.phone = digits;
	query.before = asked.before;
	if (number_calls(q->db, &query, &found, q->arena, f))
		return -1;
	out.count = found.count;
	out.calls = ARENA_ARRAY(q->arena, found.count + 1, struct call_shown);
	for (size_t i = 0; i < found.count; i++)
		out.calls[i] = show(&found.rows[i], q->arena);
	if (found.more)
		out.next = found.rows[found.count - 1].sent_at;
	api_answer(q, r, 200, &answer_schema, &out);
	return 0;
}
