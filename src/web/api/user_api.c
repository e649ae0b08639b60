/*
 * The people of the workspace.  By a key nobody becomes an administrator, and
 * the key of somebody who is none any more changes nobody: so a key never makes
 * itself more than who made it (doc/product.md 11.7).
 */
#include <inttypes.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/session.h"
#include "workspace/people.h"

#define EMAIL_MOST 300 /* characters */

static handler_fn list, invite, show, change, act, erase;

struct user_filter {
	const char *after;
};
struct users_answer {
	struct person *users;
	size_t count;
	const char *next;
};
struct invited {
	struct person p;
	const char *link;
};

/* clang-format off */
static const struct field filter_fields[] = {
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
	{ FIELD(person, version), .help = "Goes up with each change; it is the ETag, for If-Match." },
};
static const struct field link_fields[] = {
	{ FIELD(invited, link), .min = 1, .help = "The one-time link by which they set a password, valid for 7 days. It is shown in this answer only." },
};
static const struct field list_fields[] = {
	{ FIELD(users_answer, next), .help = "For “after”; null on the last page." },
};
/* clang-format on */

static const struct record filter_record = RECORD(filter_fields);
static const struct record user_record = RECORD(user_fields);
static const struct record link_record = RECORD(link_fields);
static const struct record list_record = RECORD(list_fields);
static const struct schema_members user_members[] = {
	{ &user_record, offsetof(struct invited, p) },
	{ &link_record, 0 },
};
static const struct schema_members list_members[] = { { &list_record, 0 } };
static const struct schema_members entry_members[] = {
	{ &person_entry_record, 0 },
};
static const struct schema_members change_members[] = {
	{ &person_change_record, 0 },
};
static const struct schema user_schema = { .name = "User",
					   .members = user_members,
					   .member_count = 1 };
static const struct schema invited_schema = { .name = "InvitedUser",
					      .members = user_members,
					      .member_count =
						      ARRAY_LEN(user_members) };
static const struct schema entry_schema = { .name = "Invitation",
					    .members = entry_members,
					    .member_count = 1 };
static const struct schema change_schema = { .name = "UserChange",
					     .members = change_members,
					     .member_count = 1 };
static const struct schema_part list_parts[] = {
	SCHEMA_PART_LIST(users_answer, users, count, &user_schema,
			 "The people of this page, at most 100, by e-mail."),
};
static const struct schema list_schema = { .name = "UserList",
					   .members = list_members,
					   .member_count = 1,
					   .parts = list_parts,
					   .part_count = 1 };

#define ONE "/users/:user"
/* clang-format off */
#define OPERATIONS(X) \
	X(GET,    "/users",       USERS, list,   0,               &filter_record, NULL,           &list_schema,    200, "listUsers",   "Lists the people of the workspace.") \
	X(POST,   "/users",       USERS, invite, 0,               NULL,           &entry_schema,  &invited_schema, 201, "inviteUser",  "Invites somebody: a viewer, unless another role is given. By a key nobody becomes an administrator.") \
	X(GET,    ONE,            USERS, show,   0,               NULL,           NULL,           &user_schema,    200, "readUser",    "Reads a user.") \
	X(PATCH,  ONE,            USERS, change, 0,               NULL,           &change_schema, &user_schema,    200, "changeUser",  "Changes the name or the role of a user; what is not given stays. By a key nobody becomes an administrator.") \
	X(DELETE, ONE,            USERS, erase,  PERSON_REMOVE,   NULL,           NULL,           NULL,            204, "removeUser",  "Removes a user, who is signed out at once.") \
	X(POST,   ONE "/disable", USERS, act,    PERSON_DISABLE,  NULL,           NULL,           &user_schema,    200, "disableUser", "Disables a user, who is signed out at once and cannot sign in.") \
	X(POST,   ONE "/enable",  USERS, act,    PERSON_ENABLE,   NULL,           NULL,           &user_schema,    200, "enableUser",  "Lets a disabled user sign in again.") \
	X(POST,   ONE "/sign-out", USERS, act,   PERSON_SIGN_OUT, NULL,           NULL,           &user_schema,    200, "signOutUser", "Ends all sessions of a user, who can sign in again.")

const struct route user_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject user_api = { "Users", user_api_routes, operations,
				      ARRAY_LEN(operations) };

/* GET /users */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct user_filter asked = { .after = "" };
	struct users_answer out = { .next = NULL };
	struct people page;

	if (api_query(q, &filter_record, &asked, f) ||
	    people_list(q->db, q->actor.workspace_id, asked.after, &page,
			q->arena, f))
		return -1;
	out.users = page.list;
	out.count = page.count;
	if (page.more && page.count)
		out.next = page.list[page.count - 1].email;
	api_answer(q, r, 200, &list_schema, &out);
	return 0;
}

/* Whoever made the key may still do this; the command line always may. */
static int
check_maker(struct request *q, struct fault *f)
{
	const struct actor *who = &q->actor;
	struct person maker;

	if (!who->user_id)
		return 0;
	if (person_load(q->db, who->workspace_id, who->user_id, &maker,
			q->arena, f)) {
		if (f->code != FAULT_ABSENT)
			return -1;
		maker.state = PERSON_DISABLED;
	}
	if (maker.state == PERSON_ACTIVE && maker.role == ROLE_ADMIN)
		return 0;
	return fault_set(f, FAULT_DENIED,
			 "The person who made this API key is no longer an "
			 "administrator.");
}

static int
check_role(unsigned role, struct fault *f)
{
	if (role != ROLE_ADMIN)
		return 0;
	return fault_set(f, FAULT_DENIED,
			 "By an API key nobody becomes an administrator. An "
			 "administrator can do this in Settings, Users.");
}

/* The user of the address. */
static int
load(struct request *q, struct person *out, struct fault *f)
{
	int64_t id;

	if (text_int(q->segment, &id))
		id = 0; /* which nobody has */
	return person_load(q->db, q->actor.workspace_id, id, out, q->arena, f);
}

static int
answer(struct request *q, struct reply *r, struct fault *f)
{
	struct invited out = { .link = NULL };

	if (load(q, &out.p, f))
		return -1;
	reply_header(r, "ETag",
		     arena_printf(q->arena, "\"%" PRId64 "\"", out.p.version));
	api_answer(q, r, 200, &user_schema, &out);
	return 0;
}

/* POST /users */
static int
invite(struct request *q, struct reply *r, struct fault *f)
{
	struct person_entry entry = { "", "", ROLE_VIEWER };
	struct person_form form;
	struct person_link link;
	struct invited out;

	if (check_maker(q, f) || api_body(q, &person_entry_record, &entry, f) ||
	    check_role(entry.role, f))
		return -1;
	form = (struct person_form){ entry.email, entry.name,
				     role_words[entry.role] };
	if (person_invite(q->db, &q->actor, &form, &link, q->arena, f) ||
	    person_find(q->db, q->actor.workspace_id, entry.email, &out.p,
			q->arena, f))
		return -1;
	out.link = person_link_address(q->config->public_url, &link, q->arena);
	r->secret = true;
	reply_location(r, arena_printf(q->arena, API_PATH "/users/%" PRId64,
				       out.p.user_id));
	api_answer(q, r, 201, &invited_schema, &out);
	return 0;
}

/* GET /users/{user} */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	return answer(q, r, f);
}

/* PATCH /users/{user}: always of the version that was read */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct person_entry entry;
	struct person_change c;
	struct person p;

	if (check_maker(q, f) || load(q, &p, f) ||
	    api_if_match(q, p.version, "The user", f))
		return -1;
	entry = (struct person_entry){ p.email, p.name, p.role };
	if (api_body(q, &person_change_record, &entry, f) ||
	    (entry.role != p.role && check_role(entry.role, f)))
		return -1;
	c = (struct person_change){ .user_id = p.user_id,
				    .version = p.version,
				    .name = entry.name,
				    .role = role_words[entry.role] };
	if (person_change(q->db, &q->actor, &c, q->arena, f))
		return -1;
	session_tell(q, SESSION_CHANGED, &c.seen);
	return answer(q, r, f);
}

static int
apply(struct request *q, struct fault *f)
{
	struct person_step step = { .action = (enum person_action)
						      q->route->arg };
	struct person p;

	if (check_maker(q, f) || load(q, &p, f))
		return -1;
	step.user_id = p.user_id;
	if (person_apply(q->db, &q->actor, &step, q->arena, f))
		return -1;
	session_tell(q, SESSION_ENDED, &step.ended);
	return 0;
}

/* POST /users/{user}/disable, .../enable, .../sign-out */
static int
act(struct request *q, struct reply *r, struct fault *f)
{
	return apply(q, f) ? -1 : answer(q, r, f);
}

/* DELETE /users/{user} */
static int
erase(struct request *q, struct reply *r, struct fault *f)
{
	if (apply(q, f))
		return -1;
	reply_empty(r, 204);
	return 0;
}
