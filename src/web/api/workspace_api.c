/* Of the workspace: its holidays, and who works in it. */
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
#include "workspace/people.h"
#include "workspace/workspace_hold.h"

#define EMAIL_MOST 300 /* characters */

static handler_fn holidays, put, drop, users;

struct holidays_answer {
	struct holiday *holidays;
	size_t count;
};
struct holiday_body {
	const char *day, *name;
};

struct user_filter {
	const char *after;
};
struct users_answer {
	struct person *users;
	size_t count;
	const char *next;
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
static const struct field user_filter_fields[] = {
	{ FIELD(user_filter, after), .max = EMAIL_MOST, .def = "", .label = "after",
	  .help = "“next” of the answer before: the people after those." },
};
static const struct field user_fields[] = {
	{ .name = "id", .offset = offsetof(struct person, user_id), .type = FIELD_INT },
	{ FIELD(person, email), .min = 1 },
	{ FIELD(person, name), .min = 1 },
	{ FIELD(person, role), .words = role_words },
	{ FIELD(person, state), .words = person_state_words },
	{ FIELD(person, second_factor), .help = "They sign in with a second factor." },
};
static const struct field users_fields[] = {
	{ FIELD(users_answer, next), .help = "For “after”; null on the last page." },
};
/* clang-format on */

static const struct record holiday_record = RECORD(holiday_fields);
static const struct record body_record = RECORD(body_fields);
static const struct record user_filter_record = RECORD(user_filter_fields);
static const struct record user_record = RECORD(user_fields);
static const struct record users_record = RECORD(users_fields);
static const struct schema_members holiday_members[] = {
	{ &holiday_record, 0 },
};
static const struct schema_members body_members[] = { { &body_record, 0 } };
static const struct schema_members user_members[] = { { &user_record, 0 } };
static const struct schema_members users_members[] = { { &users_record, 0 } };
static const struct schema holiday_schema = { .name = "Holiday",
					      .members = holiday_members,
					      .member_count = 1 };
static const struct schema body_schema = { .name = "HolidayEntry",
					   .members = body_members,
					   .member_count = 1 };
static const struct schema user_schema = { .name = "User",
					   .members = user_members,
					   .member_count = 1 };
static const struct schema_part holidays_parts[] = {
	SCHEMA_PART_LIST(holidays_answer, holidays, count, &holiday_schema,
			 "The holidays, by day."),
};
static const struct schema_part users_parts[] = {
	SCHEMA_PART_LIST(users_answer, users, count, &user_schema,
			 "The people of this page, at most 100, by e-mail."),
};
static const struct schema holidays_schema = { .name = "HolidayList",
					       .parts = holidays_parts,
					       .part_count = 1 };
static const struct schema users_schema = { .name = "UserList",
					    .members = users_members,
					    .member_count = 1,
					    .parts = users_parts,
					    .part_count = 1 };

/* clang-format off */
#define OPERATIONS(X) \
	X(GET,    "/holidays",      READ,     holidays, 0, NULL,                NULL,         &holidays_schema, 200, "listHolidays",  "Lists the holidays.") \
	X(POST,   "/holidays",      SETTINGS, put,      0, NULL,                &body_schema, &holiday_schema,  200, "putHoliday",    "Adds a holiday, or renames it.") \
	X(DELETE, "/holidays/:day", SETTINGS, drop,     0, NULL,                NULL,         NULL,             204, "deleteHoliday", "Removes a holiday.") \
	X(GET,    "/users",         SETTINGS, users,    0, &user_filter_record, NULL,         &users_schema,    200, "listUsers",     "Lists the people of the workspace.")

const struct route workspace_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject workspace_api = { "Workspace", workspace_api_routes,
					   operations, ARRAY_LEN(operations) };

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

/* GET /users */
static int
users(struct request *q, struct reply *r, struct fault *f)
{
	struct user_filter asked = { .after = "" };
	struct users_answer out = { .next = NULL };
	struct people page;

	if (api_query(q, &user_filter_record, &asked, f) ||
	    people_list(q->db, q->actor.workspace_id, asked.after, &page,
			q->arena, f))
		return -1;
	out.users = page.list;
	out.count = page.count;
	if (page.more && page.count)
		out.next = page.list[page.count - 1].email;
	api_answer(q, r, 200, &users_schema, &out);
	return 0;
}
