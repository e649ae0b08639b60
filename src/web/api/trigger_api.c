/* Contacts that come by a request, and go by one. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/json_read.h"
#include "base/near.h"
#include "base/text.h"
#include "campaign/trigger.h"
#include "store/tx.h"
#include "web/api/api.h"
#include "web/api/body_list.h"
#include "report/contact_id.h"
#include "web/api/contact_schema.h"
#include "web/api/schema.h"
#include "web/server/reply.h"
#include "web/server/request.h"

#define CONTACTS "contacts"
#define VARIABLES "variables"

static handler_fn trigger, undo;

/* What is said of each contact, and of all. */
struct triggered {
	int64_t index;
	unsigned fate;
	const char *code, *field, *text, *phone; /* NULL: none */
	const char *contact; /* its id; NULL: it was not added */
};
struct trigger_reply {
	int64_t accepted, duplicate, rejected;
	const char *batch_id; /* NULL: nothing was added */
	bool dry_run;
	struct triggered *contacts;
	size_t count;
};

/* clang-format off */
static const struct field triggered_fields[] = {
	{ FIELD(triggered, index), .help = "Its place in the request, from 0." },
	{ .name = "result", .offset = offsetof(struct triggered, fate), .type = FIELD_WORD, .words = trigger_fate_words, .help = "What became of the contact." },
	{ FIELD(triggered, code), .help = "Why it is not accepted, in a word for programs: invalid, not_supported, excluded, do_not_call, repeated (in the request) or duplicate (in the campaign)." },
	{ FIELD(triggered, field), .help = "The member to blame." },
	{ .name = "detail", .offset = offsetof(struct triggered, text), .type = FIELD_STR, .help = "Full sentences for a person; also a warning about an accepted one." },
	{ .name = "phone_number", .offset = offsetof(struct triggered, phone), .type = FIELD_STR, .help = "As it was read." },
	{ FIELD(triggered, contact), .help = "The ID of the contact in this campaign." },
};
static const struct field reply_fields[] = {
	{ FIELD(trigger_reply, accepted), .help = "How many contacts were added." },
	{ FIELD(trigger_reply, duplicate), .help = "How many are in the campaign or the request already." },
	{ FIELD(trigger_reply, rejected), .help = "How many cannot be added." },
	{ FIELD(trigger_reply, batch_id), .help = "By which they can be taken back; null when none was added." },
	{ FIELD(trigger_reply, dry_run), .help = "Nothing was added." },
};
static const struct field order_fields[] = {
	{ FIELD(trigger_order, dry_run), .def = "no", .label = "dry_run",
	  .help = "Only says what would happen." },
};
static const struct field undone_fields[] = {
	{ FIELD(trigger_undone, contacts), .help = "Contacts that were taken back now." },
	{ FIELD(trigger_undone, others), .help = "Contacts that were called or taken back before." },
};
/* clang-format on */

static const struct record triggered_record = RECORD(triggered_fields);
static const struct record reply_record = RECORD(reply_fields);
static const struct record order_record = RECORD(order_fields);
static const struct record undone_record = RECORD(undone_fields);

static const struct schema_members triggered_members[] = { { &triggered_record,
							     0 } };
static const struct schema triggered_schema = {
	.name = "TriggeredContact",
	.members = triggered_members,
	.member_count = 1,
};
static const struct schema_members reply_members[] = { { &reply_record, 0 } };
static const struct schema_part reply_parts[] = {
	SCHEMA_PART_LIST(trigger_reply, contacts, count, &triggered_schema,
			 "Each contact, in the order of the request."),
};
static const struct schema reply_schema = { .name = "TriggerAnswer",
					    .members = reply_members,
					    .member_count = 1,
					    .parts = reply_parts,
					    .part_count = 1 };
static const struct schema_members undone_members[] = { { &undone_record, 0 } };
static const struct schema undone_schema = { .name = "UndoAnswer",
					     .members = undone_members,
					     .member_count = 1 };

/* What is sent. */
static const struct schema_members new_contact_members[] = {
	{ &trigger_contact_record, 0 },
};
static const struct schema_part new_contact_parts[] = {
	SCHEMA_PART_RAW(trigger_contact, variables, &variables_raw,
			"Texts that the bot is given, by their names."),
};
static const struct schema new_contact_schema = { .name = "NewContact",
						  .members =
							  new_contact_members,
						  .member_count = 1,
						  .parts = new_contact_parts,
						  .part_count = 1 };
static const struct schema_members order_members[] = { { &order_record, 0 } };
static const struct schema_part order_parts[] = {
	SCHEMA_PART_LIST(trigger_order, contacts, count, &new_contact_schema,
			 "1 to 1,000 contacts."),
};
static const struct schema order_schema = { .name = "Trigger",
					    .members = order_members,
					    .member_count = 1,
					    .parts = order_parts,
					    .part_count = 1 };

#define ONE "/campaigns/:campaign"
/* clang-format off */
#define OPERATIONS(X) \
	X(POST,   ONE "/trigger",        TRIGGER, trigger, 0, NULL, &order_schema, &reply_schema,  202, "trigger",     "Adds contacts. Each that cannot be added is rejected alone; a request that is not of this form is refused as a whole.") \
	X(DELETE, ONE "/batches/:batch", TRIGGER, undo,    0, NULL, NULL,          &undone_schema, 200, "undoTrigger", "Takes back the contacts of a request that were never called.")

const struct route trigger_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject trigger_api = { "Triggers", trigger_api_routes,
					 operations, ARRAY_LEN(operations) };

/* {"first_name":"Ann"} as text; each value must be a string. */
static int
read_variables(const struct json *v, const char **out, struct arena *a,
	       struct fault *f)
{
	struct buf b = BUF_INIT;

	if (v->kind != JSON_OBJECT)
		return fault_field(f, VARIABLES,
				   "Variables must be an object of strings.");
	for (const struct json *m = v->first; m; m = m->next) {
		if (m->kind != JSON_STRING) {
			buf_free(&b);
			return fault_field(f, VARIABLES,
					   "The variable “%.40s” must be a "
					   "string of JSON, in quotes.",
					   m->key);
		}
		buf_char(&b, b.len ? ',' : '{');
		json_str(&b, m->key);
		buf_char(&b, ':');
		json_str(&b, m->text);
	}
	buf_str(&b, b.len ? "}" : "{}");
	*out = arena_strdup(a, b.data);
	buf_free(&b);
	return 0;
}

/* The type of a member is checked here; its limits are those of the contact,
 * which is rejected alone. */
static int
read_member(struct trigger_contact *c, const struct json *m, struct arena *a,
	    struct fault *f)
{
	const struct record *rec = &trigger_contact_record;
	const struct field *fd = record_find(rec, m->key);
	const char *text;

	if (!strcmp(m->key, VARIABLES))
		return m->kind == JSON_NULL
			       ? 0
			       : read_variables(m, &c->variables, a, f);
	if (!fd)
		return json_no_member(rec, VARIABLES, m, a, f);
	if (m->kind == JSON_NULL)
		return 0;
	text = json_typed_text(fd, m, a, f);
	if (!text)
		return -1;
	if (fd->type == FIELD_STR)
		memcpy((char *)c + fd->offset, &text, sizeof(text));
	else if (text_int(text, &c->priority))
		c->priority = -1; /* no whole number: out of its range */
	return 0;
}

static int
read_contact(const struct json *v, struct trigger_contact *c, struct arena *a,
	     struct fault *f)
{
	*c = (struct trigger_contact){ .phone_number = NULL };
	record_defaults(&trigger_contact_record, c, a);
	if (v->kind != JSON_OBJECT)
		return fault_set(f, FAULT_INVALID,
				 "A contact must be a JSON object.");
	for (const struct json *m = v->first; m; m = m->next)
		if (read_member(c, m, a, f))
			return -1;
	return 0;
}

static int
read_order(struct request *q, struct trigger_order *o, struct fault *f)
{
	static const struct body_list body = { CONTACTS, &order_record,
					       TRIGGER_MOST };
	const struct json *list, *v;
	struct trigger_contact *all;
	size_t n = 0;

	if (body_list_read(q, &body, o, &list, f))
		return -1;
	all = ARENA_ARRAY(q->arena, list->count, struct trigger_contact);
	for (v = list->first; v; v = v->next, n++)
		if (read_contact(v, &all[n], q->arena, f))
			return api_fault_at(CONTACTS, n, f);
	o->contacts = all;
	o->count = list->count;
	return 0;
}

static struct triggered
entry_of(const struct trigger_result *t, size_t index, bool added,
	 struct arena *a)
{
	return (struct triggered){
		.index = (int64_t)index,
		.fate = t->fate,
		.code = api_text(t->code),
		.field = api_text(t->field),
		.text = api_text(t->text),
		.phone = api_phone(t->phone, a),
		.contact = added && t->fate == TRIGGER_ACCEPTED
				   ? contact_id_text(t->seg, t->ordinal, a)
				   : NULL,
	};
}

/* A request that adds contacts. */
struct triggering {
	struct request *q;
	struct reply *r;
	struct trigger_order order;
	struct trigger *prepared;
	struct trigger_answer answer;
};

static void
answer(struct triggering *t)
{
	const struct trigger_answer *a = &t->answer;
	struct arena *arena = t->q->arena;
	size_t n = t->order.count;
	struct trigger_reply out = {
		.accepted = (int64_t)a->accepted,
		.duplicate = (int64_t)a->duplicate,
		.rejected = (int64_t)a->rejected,
		.dry_run = t->order.dry_run,
		.contacts = ARENA_ARRAY(arena, n, struct triggered),
		.count = n,
	};
	char batch[11];

	if (a->batch_id) {
		text_short_id((uint64_t)a->batch_id, batch);
		out.batch_id = batch;
	}
	for (size_t i = 0; i < n; i++)
		out.contacts[i] =
			entry_of(&a->results[i], i, a->batch_id != 0, arena);
	api_answer(t->q, t->r, 202, &reply_schema, &out);
}

/* The answer is there before the COMMIT, so a request that is sent again finds
 * it wherever the contacts are (idempotency.h). */
static int
add(struct db *db, void *arg, struct fault *f)
{
	struct triggering *t = arg;

	if (trigger_add(db, t->prepared, &t->answer, f))
		return -1;
	answer(t);
	return 0;
}

/* POST /campaigns/{campaign}/trigger */
static int
trigger(struct request *q, struct reply *r, struct fault *f)
{
	static const struct tx_opts reading = { .snapshot = true };
	struct triggering t = { .q = q, .r = r };
	uint64_t id;

	if (request_campaign(q, &id, f) || read_order(q, &t.order, f))
		return -1;
	t.order.campaign_id = (int64_t)id;
	t.prepared = trigger_prepare(q->db, &q->actor, &t.order, q->arena, f);
	if (!t.prepared)
		return -1;
	if (t.order.dry_run)
		return tx_run(q->db, add, &t, &reading, f);
	if (tx_run_marked(q->db, add, &t, f))
		return -1;
	api_changed(q, t.answer.run_id);
	return 0;
}

/* DELETE /campaigns/{campaign}/batches/{batch} */
static int
undo(struct request *q, struct reply *r, struct fault *f)
{
	struct trigger_undone out;
	uint64_t id, batch;

	if (request_campaign(q, &id, f))
		return -1;
	if (text_parse_short_id(q->segments[1], &batch))
		batch = 0; /* which no batch has */
	if (campaign_trigger_undo(q->db, &q->actor, (int64_t)id, (int64_t)batch,
				  &out, f))
		return -1;
	api_changed(q, out.run_id);
	api_answer(q, r, 200, &undone_schema, &out);
	return 0;
}
