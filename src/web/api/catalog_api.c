/* What campaigns call with: bots, carriers, numbers. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "workspace/catalog.h"

static handler_fn list_bots, list_carriers, list_numbers;

/* clang-format off */
static const struct field bot_fields[] = {
	{ FIELD(bot, id) },
	{ FIELD(bot, name), .min = 1 },
	{ FIELD(bot, target), .min = 1, .help = "A SIP URI, or an extension." },
};
static const struct field carrier_fields[] = {
	{ FIELD(carrier_row, id) },
	{ FIELD(carrier_row, name), .min = 1 },
	{ FIELD(carrier_row, kind), .words = carrier_kind_words },
	{ FIELD(carrier_row, address), .min = 1 },
	{ FIELD(carrier_row, cps), .help = "Calls per second, of all nodes together." },
	{ FIELD(carrier_row, channels), .help = "Calls at the same time, of all nodes together." },
	{ FIELD(carrier_row, enabled) },
};
static const struct field number_fields[] = {
	{ FIELD(number, id) },
	{ FIELD(number, phone), .min = 1 },
	{ FIELD(number, label) },
	{ FIELD(number, carrier_id) },
	{ FIELD(number, usable), .help = "Both the number and its carrier are switched on." },
};
/* clang-format on */

static const struct record bot_record = RECORD(bot_fields);
static const struct record carrier_record = RECORD(carrier_fields);
static const struct record number_record = RECORD(number_fields);
static const struct schema_members bot_members[] = { { &bot_record, 0 } };
static const struct schema_members carrier_members[] = {
	{ &carrier_record, 0 }
};
static const struct schema_members number_members[] = { { &number_record, 0 } };
static const struct schema bot_schema = { .name = "Bot",
					  .members = bot_members,
					  .member_count = 1 };
static const struct schema carrier_schema = { .name = "Carrier",
					      .members = carrier_members,
					      .member_count = 1 };
static const struct schema number_schema = { .name = "Number",
					     .members = number_members,
					     .member_count = 1 };

struct bots_answer {
	struct bot *bots;
	size_t count;
};
struct carriers_answer {
	struct carrier_row *carriers;
	size_t count;
};
struct numbers_answer {
	struct number *numbers;
	size_t count;
};
static const struct schema_part bot_parts[] = {
	SCHEMA_PART_LIST(bots_answer, bots, count, &bot_schema,
			 "All bots of the workspace, by name."),
};
static const struct schema_part carrier_parts[] = {
	SCHEMA_PART_LIST(carriers_answer, carriers, count, &carrier_schema,
			 "All carriers of the workspace, by name."),
};
static const struct schema_part number_parts[] = {
	SCHEMA_PART_LIST(numbers_answer, numbers, count, &number_schema,
			 "All numbers of the workspace, by carrier."),
};
static const struct schema bots_schema = { .name = "BotList",
					   .parts = bot_parts,
					   .part_count = 1 };
static const struct schema carriers_schema = { .name = "CarrierList",
					       .parts = carrier_parts,
					       .part_count = 1 };
static const struct schema numbers_schema = { .name = "NumberList",
					      .parts = number_parts,
					      .part_count = 1 };

/* clang-format off */
#define OPERATIONS(X) \
	X(GET, "/bots",     READ, list_bots,     0, NULL, NULL, &bots_schema,     200, "listBots",     "Lists the bots.") \
	X(GET, "/carriers", READ, list_carriers, 0, NULL, NULL, &carriers_schema, 200, "listCarriers", "Lists the carriers.") \
	X(GET, "/numbers",  READ, list_numbers,  0, NULL, NULL, &numbers_schema,  200, "listNumbers",  "Lists the numbers to call from.")

const struct route catalog_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject catalog_api = { "Bots, carriers and numbers",
					 catalog_api_routes, operations,
					 ARRAY_LEN(operations) };

static int
list_bots(struct request *q, struct reply *r, struct fault *f)
{
	struct bots_answer out;

	if (bot_list(q->db, q->actor.workspace_id, &out.bots, &out.count,
		     q->arena, f))
		return -1;
	api_answer(q, r, 200, &bots_schema, &out);
	return 0;
}

static int
list_carriers(struct request *q, struct reply *r, struct fault *f)
{
	struct carriers_answer out;

	if (workspace_carriers(q->db, q->actor.workspace_id, &out.carriers,
			       &out.count, q->arena, f))
		return -1;
	api_answer(q, r, 200, &carriers_schema, &out);
	return 0;
}

static int
list_numbers(struct request *q, struct reply *r, struct fault *f)
{
	struct numbers_answer out;

	if (number_list(q->db, q->actor.workspace_id, &out.numbers, &out.count,
			q->arena, f))
		return -1;
	api_answer(q, r, 200, &numbers_schema, &out);
	return 0;
}
