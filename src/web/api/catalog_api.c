/* What campaigns call with: bots, carriers, numbers. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "workspace/catalog.h"

#define PLACE_MOST 300 /* characters */

static handler_fn list;

/* Which page is asked for. */
struct catalog_filter {
	int64_t limit;
	const char *after;
};
struct catalog_answer {
	void *rows;
	size_t count;
	const char *next;
};

/* clang-format off */
static const struct field filter_fields[] = {
	{ FIELD(catalog_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(catalog_filter, after), .max = PLACE_MOST, .def = "", .label = "after",
	  .help = "“next” of the answer before: the entries after those." },
};
static const struct field answer_fields[] = {
	{ FIELD(catalog_answer, next), .help = "For “after”; null on the last page." },
};
/* Every entry begins with its id. */
static const struct field id_fields[] = {
	{ FIELD(bot, id) },
};
static const struct field usable_fields[] = {
	{ FIELD(number, usable), .help = "Both the number and its carrier are switched on." },
};
/* clang-format on */

static const struct record filter_record = RECORD(filter_fields);
static const struct record answer_record = RECORD(answer_fields);
static const struct record id_record = RECORD(id_fields);
static const struct record usable_record = RECORD(usable_fields);
static const struct schema_members answer_members[] = { { &answer_record, 0 } };
static const struct schema_members bot_members[] = { { &id_record, 0 },
						     { &bot_record, 0 } };
static const struct schema_members carrier_members[] = {
	{ &id_record, 0 },
	{ &carrier_record, 0 },
};
static const struct schema_members number_members[] = {
	{ &id_record, 0 },
	{ &number_record, 0 },
	{ &usable_record, 0 },
};
static const struct schema bot_schema = {
	.name = "Bot",
	.members = bot_members,
	.member_count = ARRAY_LEN(bot_members),
};
static const struct schema carrier_schema = {
	.name = "Carrier",
	.members = carrier_members,
	.member_count = ARRAY_LEN(carrier_members),
};
static const struct schema number_schema = {
	.name = "Number",
	.members = number_members,
	.member_count = ARRAY_LEN(number_members),
};

#define ROWS(what, of, entry, sorted)                                          \
	{                                                                      \
		.name = (what), .text = (sorted), .schema = (of),              \
		.list = true, .offset = offsetof(struct catalog_answer, rows), \
		.count = offsetof(struct catalog_answer, count),               \
		.size = sizeof(entry)                                          \
	}
static const struct schema_part bot_parts[] = {
	ROWS("bots", &bot_schema, struct bot, "The bots, by name."),
};
static const struct schema_part carrier_parts[] = {
	ROWS("carriers", &carrier_schema, struct carrier_row,
	     "The carriers, by name."),
};
static const struct schema_part number_parts[] = {
	ROWS("numbers", &number_schema, struct number,
	     "The numbers, in their order."),
};
#undef ROWS
static const struct schema bots_schema = { .name = "BotList",
					   .members = answer_members,
					   .member_count = 1,
					   .parts = bot_parts,
					   .part_count = 1 };
static const struct schema carriers_schema = { .name = "CarrierList",
					       .members = answer_members,
					       .member_count = 1,
					       .parts = carrier_parts,
					       .part_count = 1 };
static const struct schema numbers_schema = { .name = "NumberList",
					      .members = answer_members,
					      .member_count = 1,
					      .parts = number_parts,
					      .part_count = 1 };

enum { BOTS, CARRIERS, NUMBERS };
static const struct {
	const struct catalog_kind *kind;
	const struct schema *answer;
} lists[] = {
	[BOTS] = { &catalog_bots, &bots_schema },
	[CARRIERS] = { &catalog_carriers, &carriers_schema },
	[NUMBERS] = { &catalog_numbers, &numbers_schema },
};

/* clang-format off */
#define OPERATIONS(X) \
	X(GET, "/bots",     READ, list, BOTS,     &filter_record, NULL, &bots_schema,     200, "listBots",     "Lists the bots.") \
	X(GET, "/carriers", READ, list, CARRIERS, &filter_record, NULL, &carriers_schema, 200, "listCarriers", "Lists the carriers.") \
	X(GET, "/numbers",  READ, list, NUMBERS,  &filter_record, NULL, &numbers_schema,  200, "listNumbers",  "Lists the numbers to call from.")

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

/* A place between two pages: the id and the key of the entry before it. */
static int
read_place(const char *text, struct catalog_list *list, struct arena *a,
	   struct fault *f)
{
	const char *colon = strchr(text, ':');

	if (!*text)
		return 0;
	if (!colon ||
	    text_int(arena_printf(a, "%.*s", (int)(colon - text), text),
		     &list->after_id))
		return fault_field(f, "after",
				   "“after” must be “next” of an answer.");
	list->after = colon + 1;
	return 0;
}

static const char *
place_after(const struct catalog_kind *k, const struct catalog_list *list,
	    struct arena *a)
{
	const struct field *key = record_find(k->entered, k->key);
	const char *last;

	if (!list->more || !list->count)
		return NULL;
	last = (const char *)list->rows + (list->count - 1) * k->size;
	return arena_printf(a, "%" PRId64 ":%s",
			    *(const int64_t *)(const void *)last,
			    field_text(key, last, a));
}

/* GET /bots, /carriers, /numbers */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	const struct catalog_kind *k = lists[q->route->arg].kind;
	struct catalog_filter asked = { .limit = 0 };
	struct catalog_list page = { .after = "" };
	struct catalog_answer out;

	if (api_query(q, &filter_record, &asked, f) ||
	    read_place(asked.after, &page, q->arena, f))
		return -1;
	page.most = asked.limit;
	if (catalog_list(q->db, k, q->actor.workspace_id, &page, q->arena, f))
		return -1;
	out = (struct catalog_answer){ .rows = page.rows,
				       .count = page.count,
				       .next = place_after(k, &page,
							   q->arena) };
	api_answer(q, r, 200, lists[q->route->arg].answer, &out);
	return 0;
}
