/* Do-not-call lists, their numbers, and whether a number may be called. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "web/api/api.h"
#include "web/api/body_list.h"
#include "web/api/dnc_address.h"
#include "web/api/dnc_schema.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "workspace/dnc.h"
#include "workspace/workspace_hold.h"

static handler_fn lists, create, show, change, erase, page, add, drop, lookup;

#define ONE "/do-not-call/:list"
/* clang-format off */
#define OPERATIONS(X) \
	X(GET,    "/do-not-call",        READ,     lists,  0, NULL,             NULL,                 &dnc_lists_schema,  200, "listDoNotCallLists", "Lists the do-not-call lists.") \
	X(POST,   "/do-not-call",        SETTINGS, create, 0, NULL,             &dnc_set_schema,      &dnc_list_schema,   201, "createDoNotCallList", "Makes an empty do-not-call list.") \
	X(POST,   "/do-not-call/lookup", READ,     lookup, 0, NULL,             &dnc_question_schema, &dnc_scrub_schema,  200, "checkDoNotCall", "Says which lists bar each number now.") \
	X(GET,    ONE,                   READ,     show,   0, NULL,             NULL,                 &dnc_list_schema,   200, "readDoNotCallList", "Reads a do-not-call list; “own” is the workspace’s own.") \
	X(PATCH,  ONE,                   SETTINGS, change, 0, NULL,             &dnc_set_schema,      &dnc_list_schema,   200, "changeDoNotCallList", "Changes what is said of a do-not-call list; what is not given stays.") \
	X(DELETE, ONE,                   SETTINGS, erase,  0, NULL,             NULL,                 NULL,               204, "deleteDoNotCallList", "Deletes a do-not-call list with its numbers, which then bar nobody.") \
	X(GET,    ONE "/numbers",        READ,     page,   0, &dnc_page_record, NULL,                 &dnc_page_schema,          200, "listDoNotCallNumbers", "Lists the numbers of a do-not-call list.") \
	X(POST,   ONE "/numbers",        EXCLUDE,  add,    0, NULL,                &dnc_numbers_schema, &dnc_became_schema, 200, "addDoNotCallNumbers", "Adds numbers to a do-not-call list, all valid ones or none; other lists than the own one need the scope “settings”, too. No call to them is placed later than 100 ms after the answer.") \
	X(POST,   ONE "/numbers/remove", SETTINGS, drop,   0, NULL,                &dnc_number_schema,  NULL,                  204, "removeDoNotCallNumber", "Removes a number from a do-not-call list.")

const struct route dnc_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject dnc_api = { "Do not call", dnc_api_routes, operations,
				     ARRAY_LEN(operations) };

/* GET /do-not-call */
static int
lists(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_lists_answer out;
	struct dnc_list *all;

	if (dnc_lists(q->db, q->actor.workspace_id, &all, &out.count, q->arena,
		      f))
		return -1;
	out.lists = ARENA_ARRAY(q->arena, out.count, struct dnc_list_shown);
	for (size_t i = 0; i < out.count; i++)
		out.lists[i] = (struct dnc_list_shown){
			.k = all[i], .stale = dnc_list_is_stale(&all[i])
		};
	api_answer(q, r, 200, &dnc_lists_schema, &out);
	return 0;
}

/* GET /do-not-call/{list} */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_list_shown out;

	if (dnc_address_list(q, &out.k, f))
		return -1;
	out.stale = dnc_list_is_stale(&out.k);
	api_answer(q, r, 200, &dnc_list_schema, &out);
	return 0;
}

/* POST /do-not-call */
static int
create(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_list_shown out = { .stale = false };
	struct dnc_list set = { .id = 0 };
	int64_t id;

	record_defaults(&dnc_list_record, &set, q->arena);
	if (api_body(q, &dnc_list_record, &set, f) ||
	    dnc_list_add(q->db, &q->actor, &set, &id, q->arena, f) ||
	    dnc_list_load(q->db, q->actor.workspace_id, id, &out.k, q->arena,
			  f))
		return -1;
	out.stale = dnc_list_is_stale(&out.k);
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	reply_location(r, arena_printf(q->arena,
				       API_PATH "/do-not-call/%" PRId64, id));
	api_answer(q, r, 201, &dnc_list_schema, &out);
	return 0;
}

/* PATCH /do-not-call/{list} */
static int
change(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_list set;

	if (dnc_address_list(q, &set, f) ||
	    api_body(q, &dnc_list_record, &set, f) ||
	    dnc_list_change(q->db, &q->actor, set.id, &set, q->arena, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	return show(q, r, f);
}

/* DELETE /do-not-call/{list} */
static int
erase(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_list list;

	if (dnc_address_list(q, &list, f) ||
	    dnc_list_delete(q->db, &q->actor, list.id, q->arena, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	reply_empty(r, 204);
	return 0;
}

/* GET /do-not-call/{list}/numbers */
static int
page(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_page_filter asked = { .limit = 0 };
	struct dnc_page_answer out = { .next = NULL };
	struct dnc_entry *rows;
	struct dnc_list list;
	struct dnc_from from;

	if (api_query(q, &dnc_page_record, &asked, f) ||
	    dnc_address_list(q, &list, f))
		return -1;
	from = (struct dnc_from){ .workspace_id = q->actor.workspace_id,
				  .list_id = list.id,
				  .after = asked.after,
				  .most = asked.limit + 1 };
	if (dnc_page(q->db, &from, &rows, &out.count, q->arena, f))
		return -1;
	if (out.count > (size_t)asked.limit) {
		out.count = (size_t)asked.limit;
		out.next = rows[out.count - 1].phone;
	}
	out.numbers =
		ARENA_ARRAY(q->arena, out.count + 1, struct dnc_entry_shown);
	for (size_t i = 0; i < out.count; i++)
		out.numbers[i] = (struct dnc_entry_shown){
			.phone_number = api_phone(rows[i].phone, q->arena),
			.reason = rows[i].reason,
			.added_by = rows[i].by,
			.added_at = rows[i].at,
			.until = rows[i].until,
			.bars = rows[i].bars,
		};
	api_answer(q, r, 200, &dnc_page_schema, &out);
	return 0;
}

/* Reads the numbers one by one; those that are none have an empty phone and the
 * reason in their place of 'why'. */
static void
read_phones(struct request *q, const struct dnc_reader *reader,
	    const struct dnc_numbers_body *body, struct dnc_entry *out,
	    const char **why)
{
	for (size_t i = 0; i < body->count; i++) {
		const char *text = body->phone_numbers[i];
		struct fault wrong;

		out[i].phone[0] = '\0';
		why[i] = "";
		if (!dnc_read_phone(reader, text, strlen(text), out[i].phone,
				    &wrong))
			continue;
		out[i].phone[0] = '\0';
		why[i] = arena_strdup(q->arena, wrong.text);
	}
}

/* What a request with many numbers works on. */
struct numbers_read {
	struct dnc_numbers_body body;
	struct dnc_entry *entries; /* of each number of the body */
	const char **why;
};

/* Reads the body, and what its reason and date are where it has them. */
static int
read_many(struct request *q, const struct record *rec, struct numbers_read *m,
	  struct fault *f)
{
	const struct body_list like = { "phone_numbers", rec, DNC_MANY };
	struct dnc_entry first = { .reason = "" };
	struct dnc_reader reader;
	struct body_texts texts;
	int rc;

	m->body = (struct dnc_numbers_body){ .reason = "", .until = "" };
	if (body_list_texts(q, &like, &m->body, &texts, f) ||
	    dnc_reader_open(q->db, q->actor.workspace_id, &reader, q->arena, f))
		return -1;
	m->body.phone_numbers = texts.at;
	m->body.count = texts.count;
	m->entries = ARENA_ARRAY(q->arena, texts.count, struct dnc_entry);
	m->why = ARENA_ARRAY(q->arena, texts.count, const char *);
	rc = dnc_read_reason(m->body.reason, &first, q->arena, f) ||
			     dnc_read_until(&reader, m->body.until,
					    &first.until, q->arena, f)
		     ? -1
		     : 0;
	for (size_t i = 0; i < texts.count; i++)
		m->entries[i] = first;
	if (!rc)
		read_phones(q, &reader, &m->body, m->entries, m->why);
	dnc_reader_close(&reader);
	return rc;
}

/* Adds those that are numbers, and says of all what became of them. */
static int
add_valid(struct request *q, int64_t list, struct numbers_read *m,
	  struct dnc_became_answer *out, struct fault *f)
{
	struct dnc_batch b = { .count = 0 };
	size_t n = m->body.count, at = 0;

	b.entries = ARENA_ARRAY(q->arena, n, struct dnc_entry);
	for (size_t i = 0; i < n; i++)
		if (*m->entries[i].phone)
			b.entries[b.count++] = m->entries[i];
	if (b.count && dnc_add_many(q->db, &q->actor, list, &b, q->arena, f))
		return -1;
	for (size_t i = 0; i < n; i++) {
		const struct dnc_entry *e = &m->entries[i];
		struct dnc_became_shown *to = &out->numbers[i];

		*to = (struct dnc_became_shown){
			.phone_number = m->body.phone_numbers[i],
			.number = api_phone(e->phone, q->arena),
			.became = *e->phone ? b.entries[at++].became
					    : BECAME_INVALID,
			.detail = m->why[i],
		};
		out->of[to->became]++;
	}
	return 0;
}

/* POST /do-not-call/{list}/numbers */
static int
add(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_became_answer out = { .of = { 0 } };
	struct numbers_read m;
	int64_t list;

	if (dnc_address_id(q, &list, f) ||
	    read_many(q, &dnc_numbers_record, &m, f))
		return -1;
	out.count = m.body.count;
	out.numbers = ARENA_ARRAY(q->arena, out.count, struct dnc_became_shown);
	if (add_valid(q, list, &m, &out, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	api_answer(q, r, 200, &dnc_became_schema, &out);
	return 0;
}

/* POST /do-not-call/{list}/numbers/remove */
static int
drop(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_number_body body = { .phone_number = "" };
	struct dnc_reader reader;
	struct dnc_entry e;
	int64_t list;
	int rc;

	if (dnc_address_id(q, &list, f) ||
	    api_body(q, &dnc_number_record, &body, f) ||
	    dnc_reader_open(q->db, q->actor.workspace_id, &reader, q->arena, f))
		return -1;
	rc = dnc_read_phone(&reader, body.phone_number,
			    strlen(body.phone_number), e.phone, f);
	dnc_reader_close(&reader);
	if (rc)
		return fault_field(f, "phone_number", "%s",
				   arena_strdup(q->arena, f->text));
	if (dnc_remove(q->db, &q->actor, list, e.phone, q->arena, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	reply_empty(r, 204);
	return 0;
}

static void
fill_bars(struct dnc_scrubbed *to, const struct dnc_found *found,
	  struct arena *a)
{
	to->barred = found->count > 0;
	to->list_count = found->count;
	to->lists = ARENA_ARRAY(a, found->count + 1, struct dnc_bar);
	for (size_t i = 0; i < found->count; i++) {
		const struct dnc_entry *e = &found->entries[i];

		to->lists[i] = (struct dnc_bar){ .id = e->list_id,
						 .name = e->list,
						 .kind = e->kind,
						 .reason = e->reason,
						 .until = e->until };
	}
}

/* POST /do-not-call/lookup */
static int
lookup(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_scrub_answer out = { .barred = 0 };
	struct dnc_numbers ask = { .workspace_id = q->actor.workspace_id };
	struct dnc_found *found;
	const char **phones;
	struct numbers_read m;

	if (read_many(q, NULL, &m, f))
		return -1;
	out.count = ask.count = m.body.count;
	ask.phones = phones = ARENA_ARRAY(q->arena, ask.count, const char *);
	for (size_t i = 0; i < ask.count; i++)
		phones[i] = m.entries[i].phone;
	found = ARENA_ARRAY(q->arena, ask.count, struct dnc_found);
	if (dnc_scrub(q->db, &ask, found, q->arena, f))
		return -1;
	out.numbers = ARENA_ARRAY(q->arena, out.count, struct dnc_scrubbed);
	for (size_t i = 0; i < out.count; i++) {
		struct dnc_scrubbed *to = &out.numbers[i];

		*to = (struct dnc_scrubbed){
			.phone_number = m.body.phone_numbers[i],
			.number = api_phone(phones[i], q->arena),
			.detail = m.why[i],
		};
		if (*phones[i])
			fill_bars(to, &found[i], q->arena);
		out.barred += to->barred;
	}
	api_answer(q, r, 200, &dnc_scrub_schema, &out);
	return 0;
}
