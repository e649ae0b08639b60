/* The holidays of the workspace. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "workspace/holiday.h"
#include "workspace/workspace_hold.h"

static handler_fn holidays, put, drop;

struct holidays_answer {
	struct holiday *holidays;
	size_t count;
};
struct holiday_body {
	const char *day, *name;
};

/* clang-format off */
static const struct field holiday_fields[] = {
	{ FIELD(holiday, day), .shape = SHAPE_DATE },
	{ FIELD(holiday, name) },
};
static const struct field body_fields[] = {
	{ FIELD(holiday_body, day), .min = 1, .max = 20, .label = "The day", .help = "Such as 2026-12-24." },
	{ FIELD(holiday_body, name), .min = 1, .max = HOLIDAY_CHARS, .label = "The name" },
};
/* clang-format on */

static const struct record holiday_record = RECORD(holiday_fields);
static const struct record body_record = RECORD(body_fields);
static const struct schema_members holiday_members[] = {
	{ &holiday_record, 0 },
};
static const struct schema_members body_members[] = { { &body_record, 0 } };
static const struct schema holiday_schema = { .name = "Holiday",
					      .members = holiday_members,
					      .member_count = 1 };
static const struct schema body_schema = { .name = "HolidayEntry",
					   .members = body_members,
					   .member_count = 1 };
static const struct schema_part holidays_parts[] = {
	SCHEMA_PART_LIST(holidays_answer, holidays, count, &holiday_schema,
			 "The holidays, by day."),
};
static const struct schema holidays_schema = { .name = "HolidayList",
					       .parts = holidays_parts,
					       .part_count = 1 };

/* clang-format off */
#define OPERATIONS(X) \
	X(GET,    "/holidays",      READ,     holidays, 0, NULL, NULL,         &holidays_schema, 200, "listHolidays",  "Lists the holidays.") \
	X(POST,   "/holidays",      SETTINGS, put,      0, NULL, &body_schema, &holiday_schema,  200, "putHoliday",    "Adds a holiday, or renames it.") \
	X(DELETE, "/holidays/:day", SETTINGS, drop,     0, NULL, NULL,         NULL,             204, "deleteHoliday", "Removes a holiday.")

const struct route holiday_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject holiday_api = { "Holidays", holiday_api_routes, operations,
					 ARRAY_LEN(operations) };

/* GET /holidays */
static int
holidays(struct request *q, struct reply *r, struct fault *f)
{
	struct holidays_answer out;

	if (holiday_list(q->db, q->actor.workspace_id, &out.holidays,
			 &out.count, q->arena, f))
		return -1;
	api_answer(q, r, 200, &holidays_schema, &out);
	return 0;
}

/* POST /holidays */
static int
put(struct request *q, struct reply *r, struct fault *f)
{
	struct holiday_body body = { .day = "", .name = "" };
	struct holiday h;

	if (api_body(q, &body_record, &body, f) ||
	    holiday_read(body.day, body.name, &h, q->arena, f) ||
	    holiday_put(q->db, &q->actor, &h, 1, q->arena, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	api_answer(q, r, 200, &holiday_schema, &h);
	return 0;
}

/* DELETE /holidays/{day} */
static int
drop(struct request *q, struct reply *r, struct fault *f)
{
	struct fault wrong;
	struct holiday h;

	if (holiday_read(q->segment, "-", &h, q->arena, &wrong))
		return fault_set(f, FAULT_ABSENT,
				 "There is no such holiday: a day is written "
				 "as 2026-12-24.");
	if (holiday_delete(q->db, &q->actor, h.day, q->arena, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	reply_empty(r, 204);
	return 0;
}
