/* What a bot reports of a call. */
#include "app/installation.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json_read.h"
#include "base/uuid.h"
#include "campaign/call_result.h"
#include "campaign/result_address.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/api_request.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session.h"

#define REPORTS_A_MINUTE 20 /* of one call, by its address */

static handler_fn report, report_signed;

/* clang-format off */
static const struct field answer_fields[] = {
	{ FIELD(result_answer, has_ended), .help = "The call is over." },
	{ FIELD(result_answer, changed), .help = "The report came after the call, and what follows is another than before." },
};
/* clang-format on */
static const struct record answer_record = RECORD(answer_fields);
static const struct schema_members answer_members[] = { { &answer_record, 0 } };
static const struct schema answer_schema = { .name = "CallResultAnswer",
					     .members = answer_members,
					     .member_count = 1 };

static const struct schema_raw any_json = {
	"any JSON",
	"\"type\":[\"object\",\"array\",\"string\",\"number\",\"boolean\","
	"\"null\"]",
};
static const struct schema_members result_members[] = { { &call_result_record,
							  0 } };
static const struct schema_part result_parts[] = {
	SCHEMA_PART_RAW(call_result, data, &any_json,
			"At most 8,192 bytes, kept with the attempt."),
};
static const struct schema result_schema = { .name = "CallResult",
					     .members = result_members,
					     .member_count = 1,
					     .parts = result_parts,
					     .part_count = 1 };

/* clang-format off */
#define OPERATIONS(X) \
	X(POST, "/attempts/:attempt/result", RESULT, report, 0, NULL, &result_schema, &answer_schema, 200, "reportCallResult", "Reports what came of a call, before it ends or after. The latest report replaces those before it, whole.") \
	X(POST, "/results/:token",           NONE,   report_signed, 0, NULL, &result_schema, &answer_schema, 200, "reportSignedResult", "The same for the one call of this address, “result_url” of its attempt and its events; at most 20 times a minute.")

const struct route result_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject result_api = { "Call results", result_api_routes,
					operations, ARRAY_LEN(operations) };

static int
no_such_call(struct fault *f)
{
	return fault_set(f, FAULT_ABSENT, "There is no such call.");
}

static int
store(struct request *q, struct reply *r, const uint8_t id[static UUID_LEN],
      struct fault *f)
{
	struct call_result result = { .data = NULL };
	struct result_answer out;
	const struct json *data;

	record_defaults(&call_result_record, &result, q->arena);
	if (api_body_with(q, &call_result_record, &result, "data", &data, f))
		return -1;
	if (data)
		result.data = json_source(q->body.data, data, q->arena);
	if (call_result_store(q->db, &q->actor, id, &result, &out, f))
		return -1;
	if (out.changed)
		api_changed(q, out.run_id);
	api_answer(q, r, 200, &answer_schema, &out);
	return 0;
}

/* POST /attempts/{attempt}/result */
static int
report(struct request *q, struct reply *r, struct fault *f)
{
	uint8_t id[UUID_LEN];

	return uuid_parse(q->segment, id) ? no_such_call(f)
					  : store(q, r, id, f);
}

/* POST /results/{token}: done for the workspace that the token names */
static int
report_signed(struct request *q, struct reply *r, struct fault *f)
{
	char text[UUID_TEXT];
	struct api_rate rate = { .kind = "call",
				 .id = text,
				 .most = REPORTS_A_MINUTE,
				 .who = "This address takes" };
	uint8_t id[UUID_LEN];

	if (session_secret(q, f))
		return -1;
	if (result_address_read(q->installation->secret, q->segment,
				&q->actor.workspace_id, id))
		return no_such_call(f);
	uuid_text(id, text);
	q->actor.role = ROLE_SUPERVISOR;
	q->actor.name = "Bot";
	return api_request_count(q, r, &rate, f) || store(q, r, id, f) ? -1 : 0;
}
