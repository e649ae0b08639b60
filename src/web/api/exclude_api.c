/* Numbers that a campaign may not call. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/exclude.h"
#include "web/api/api.h"
#include "web/api/body_list.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"

#define NUMBERS "phone_numbers"

static handler_fn exclude, lift;

/* What is said of each number, and of all. */
struct excluded {
	int64_t index;
	unsigned fate;		  /* exclude_fate_words, or lift_fate_words */
	const char *phone, *text; /* NULL: none */
};
struct exclude_reply {
	bool in_flight;
	int64_t delay_us;
	struct excluded *numbers;
	size_t count;
};

/* clang-format off */
#define EXCLUDED(of_words) \
	{ FIELD(excluded, index), .help = "Its place in the request, from 0." }, \
	{ .name = "result", .offset = offsetof(struct excluded, fate), .type = FIELD_WORD, .words = (of_words), .help = "What became of the number." }, \
	{ .name = "phone_number", .offset = offsetof(struct excluded, phone), .type = FIELD_STR, .help = "As it was read." }, \
	{ .name = "detail", .offset = offsetof(struct excluded, text), .type = FIELD_STR, .help = "Why it is no number." }
static const struct field excluded_fields[] = { EXCLUDED(exclude_fate_words) };
static const struct field lifted_fields[] = { EXCLUDED(lift_fate_words) };
#undef EXCLUDED
static const struct field reply_fields[] = {
	{ FIELD(exclude_reply, in_flight), .help = "Whether a call to one of them was sent and is not over." },
	{ FIELD(exclude_reply, delay_us), .help = "Microseconds from the request until no node could place such a call." },
};
static const struct field number_field = {
	.name = NUMBERS, .type = FIELD_STR, .min = 1, .max = 100, .label = "A phone number",
};
/* clang-format on */

static const struct record excluded_record = RECORD(excluded_fields);
static const struct record lifted_record = RECORD(lifted_fields);
static const struct record reply_record = RECORD(reply_fields);

static const struct schema_members excluded_members[] = { { &excluded_record,
							    0 } };
static const struct schema excluded_schema = { .name = "ExcludedNumber",
					       .members = excluded_members,
					       .member_count = 1 };
static const struct schema_members lifted_members[] = { { &lifted_record, 0 } };
static const struct schema lifted_schema = { .name = "LiftedNumber",
					     .members = lifted_members,
					     .member_count = 1 };
static const struct schema_members reply_members[] = { { &reply_record, 0 } };
static const struct schema_part exclude_parts[] = {
	SCHEMA_PART_LIST(exclude_reply, numbers, count, &excluded_schema,
			 "Each number, in the order of the request."),
};
static const struct schema exclude_schema = { .name = "ExcludeAnswer",
					      .members = reply_members,
					      .member_count = 1,
					      .parts = exclude_parts,
					      .part_count = 1 };
static const struct schema_part lift_parts[] = {
	SCHEMA_PART_LIST(exclude_reply, numbers, count, &lifted_schema,
			 "Each number, in the order of the request."),
};
static const struct schema lift_schema = { .name = "LiftAnswer",
					   .parts = lift_parts,
					   .part_count = 1 };

/* What is sent. */
static const struct schema_members order_members[] = { { &exclude_record, 0 } };
static const struct schema_part order_parts[] = {
	{ .name = NUMBERS,
	  .text = "1 to 1,000 numbers, each with a country code or as it is "
		  "dialled in the workspace’s country.",
	  .plain = &number_field,
	  .list = true,
	  .offset = offsetof(struct exclude_order, phones),
	  .count = offsetof(struct exclude_order, count),
	  .size = sizeof(const char *) },
};
static const struct schema order_schema = { .name = "Exclusion",
					    .members = order_members,
					    .member_count = 1,
					    .parts = order_parts,
					    .part_count = 1 };

#define ONE "/campaigns/:campaign"
/* clang-format off */
#define OPERATIONS(X) \
	X(POST, ONE "/exclude",        EXCLUDE, exclude, 0, NULL, &order_schema, &exclude_schema, 200, "exclude",       "Excludes numbers. After the answer no call to them is placed.") \
	X(POST, ONE "/lift-exclusion", EXCLUDE, lift,    0, NULL, &order_schema, &lift_schema,    200, "liftExclusion", "Lifts exclusions; contacts that have become excluded stay so in this run.")

const struct route exclude_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject exclude_api = { "Exclusions", exclude_api_routes,
					 operations, ARRAY_LEN(operations) };

static int
read_order(struct request *q, struct exclude_order *o, struct fault *f)
{
	static const struct body_list body = { NUMBERS, &exclude_record,
					       EXCLUDE_MOST };
	struct body_texts numbers;
	uint64_t id;

	if (request_campaign(q, &id, f) ||
	    body_list_texts(q, &body, o, &numbers, f))
		return -1;
	o->campaign_id = (int64_t)id;
	o->phones = numbers.at;
	o->count = numbers.count;
	return 0;
}

/* POST /campaigns/{campaign}/exclude */
static int
exclude(struct request *q, struct reply *r, struct fault *f)
{
	struct exclude_order o = { .reason = "" };
	struct exclude_answer done;
	struct exclude_reply out;

	if (read_order(q, &o, f) ||
	    campaign_exclude(q->db, &q->actor, &o, q->arena, &done, f))
		return -1;
	out = (struct exclude_reply){
		.in_flight = done.in_flight,
		.delay_us = done.delay_us,
		.numbers = ARENA_ARRAY(q->arena, o.count, struct excluded),
		.count = o.count,
	};
	for (size_t i = 0; i < o.count; i++)
		out.numbers[i] = (struct excluded){
			.index = (int64_t)i,
			.fate = done.results[i].fate,
			.phone = api_phone(done.results[i].phone, q->arena),
			.text = api_text(done.results[i].text),
		};
	api_changed(q, 0);
	api_answer(q, r, 200, &exclude_schema, &out);
	return 0;
}

/* POST /campaigns/{campaign}/lift-exclusion */
static int
lift(struct request *q, struct reply *r, struct fault *f)
{
	struct exclude_order o = { .reason = "" };
	struct lift_result *done;
	struct exclude_reply out = { .in_flight = false };

	if (read_order(q, &o, f) ||
	    campaign_lift_exclusion(q->db, &q->actor, &o, q->arena, &done, f))
		return -1;
	out.numbers = ARENA_ARRAY(q->arena, o.count, struct excluded);
	out.count = o.count;
	for (size_t i = 0; i < o.count; i++)
		out.numbers[i] = (struct excluded){
			.index = (int64_t)i,
			.fate = done[i].fate,
			.phone = api_phone(done[i].phone, q->arena),
			.text = api_text(done[i].text),
		};
	api_changed(q, 0);
	api_answer(q, r, 200, &lift_schema, &out);
	return 0;
}
