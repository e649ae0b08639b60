/* The contacts of a campaign, and the attempts of one. */
#include <inttypes.h>

#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/campaign_import.h"
#include "contacts/numbers.h"
#include "contacts/upload.h"
#include "report/attempts.h"
#include "web/api/api.h"
#include "web/api/attempt_schema.h"
#include "report/contact_id.h"
#include "web/api/contact_schema.h"
#include "web/api/schema.h"
#include "web/export/contact_export.h"
#include "web/server/file_upload.h"
#include "web/server/reply.h"
#include "web/server/request.h"

static handler_fn list, export_all, show, replace, show_upload, cancel_upload, rejected;

#define PLACE_MOST 30		 /* characters */
#define FILE_NAME "contacts.csv" /* of a file that came without a name */

/* What a list is asked for. */
struct contact_filter {
	unsigned state;	  /* of contact_state_filter */
	unsigned outcome; /* 0: any */
	const char *phone_number, *external_id;
	int64_t limit;
	const char *after;
};
/* What a contact is asked for. */
struct attempt_filter {
	int64_t limit, after;
};
struct contact_answer {
	struct contact_shown *contacts;
	size_t count;
	const char *next;
};

/* clang-format off */
static const struct field filter_fields[] = {
	{ FIELD(contact_filter, state), .words = contact_state_filter, .def = "any", .label = "state",
	  .help = "Only contacts in this state." },
	{ FIELD(contact_filter, outcome), .words = outcome_words, .def = "", .label = "outcome",
	  .help = "Only contacts whose last attempt ended like this." },
	{ FIELD(contact_filter, phone_number), .max = 100, .def = "", .label = "phone_number",
	  .help = "Only contacts with this number." },
	{ FIELD(contact_filter, external_id), .max = 190, .def = "", .label = "external_id",
	  .help = "Only contacts with this ID of your own." },
	{ FIELD(contact_filter, limit), .min = 1, .max = CONTACTS_PAGE_MOST, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(contact_filter, after), .max = PLACE_MOST, .def = "", .label = "after",
	  .help = "“next” of the answer before: the contacts after those." },
};
static const struct field attempt_filter_fields[] = {
	{ FIELD(attempt_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many attempts at most." },
	{ FIELD(attempt_filter, after), .min = 0, .max = INT32_MAX, .def = "0", .label = "after",
	  .help = "“next” of the answer before: the attempts after those." },
};
/* An upload of this campaign. */
struct upload_shown {
	struct upload u;
	bool taken;
};
#define COUNT(n, m) .name = (n), .offset = offsetof(struct upload, counts.m), .type = FIELD_INT
static const struct field upload_fields[] = {
	{ FIELD(upload, id) },
	{ FIELD(upload, state), .words = upload_state_words },
	{ FIELD(upload, problem), .help = "Why it failed; empty if it did not." },
	{ FIELD(upload, size), .help = "Bytes of the file." },
	{ COUNT("bytes", bytes), .help = "Bytes that are read." },
	{ COUNT("rows", rows), .help = "Rows that are read." },
	{ COUNT("contacts", good), .help = "Rows that are contacts." },
	{ COUNT("rejected", rejected), .help = "Rows without a usable number, or with too many cells or variables." },
	{ COUNT("duplicate", duplicate), .help = "Rows whose number the file has before." },
	{ COUNT("unknown", unknown), .help = "Contacts with a number that is in no known numbering plan." },
	{ FIELD(upload, created_at), .shape = SHAPE_TIME },
	{ FIELD(upload, ended_at), .shape = SHAPE_TIME, .help = "When it was read, or failed." },
};
#undef COUNT
static const struct field taken_fields[] = {
	{ FIELD(upload_shown, taken), .help = "The campaign has these contacts; a moment after the file is read." },
};
static const struct field answer_fields[] = {
	{ FIELD(contact_answer, next), .help = "For “after”; null on the last page. A page before it may have few contacts, or none, where what is looked for is rare." },
};
/* clang-format on */

static const struct record filter_record = RECORD(filter_fields);
static const struct record attempt_filter_record =
	RECORD(attempt_filter_fields);
static const struct record answer_record = RECORD(answer_fields);
static const struct record upload_record = RECORD(upload_fields);
static const struct record taken_record = RECORD(taken_fields);
static const struct schema_members upload_members[] = {
	{ &upload_record, offsetof(struct upload_shown, u) },
	{ &taken_record, 0 },
};
static const struct schema upload_schema = {
	.name = "Upload",
	.members = upload_members,
	.member_count = ARRAY_LEN(upload_members),
};
static const struct schema_members answer_members[] = { { &answer_record, 0 } };
static const struct schema_part answer_parts[] = {
	SCHEMA_PART_LIST(contact_answer, contacts, count, &contact_item_schema,
			 "The contacts of this page."),
};
static const struct schema list_schema = { .name = "ContactList",
					   .members = answer_members,
					   .member_count = 1,
					   .parts = answer_parts,
					   .part_count = 1 };

#define ALL "/campaigns/:campaign/contacts"
#define UPLOAD "/campaigns/:campaign/uploads/:upload"
/* clang-format off */
#define OPERATIONS(X) \
	X(GET, ALL,             READ, list, 0, &filter_record,         NULL, &list_schema,    200, "listContacts", "Lists the contacts of a campaign, in the current or last run.") \
	X(GET, ALL "/export",   READ, export_all, 0, &contact_export_record, NULL, NULL,      200, "exportContacts", "Answers the contacts of a run as a file, a line each with its variables and what came of it. It can be uploaded again.") \
	X(GET, ALL "/:contact", READ, show, 0, &attempt_filter_record, NULL, &contact_schema, 200, "readContact",  "Reads a contact, its variables and its attempts.") \
	X(PUT, ALL,             EDIT, replace, 0, NULL,                NULL, &upload_schema,  202, "replaceContacts", "Replaces the contacts of a draft that never ran by those of a CSV file with the column phone_number. It is read in the background: all of it is taken, or nothing.") \
	X(GET, UPLOAD,          READ, show_upload, 0, NULL,            NULL, &upload_schema,  200, "readUpload", "Tells how far the reading of a file is, and what is wrong with it.") \
	X(DELETE, UPLOAD,       EDIT, cancel_upload, 0, NULL,          NULL, NULL,            204, "cancelUpload", "Cancels a file that waits or is being read. It is refused (409) once the campaign has its contacts.") \
	X(GET, UPLOAD "/rejected", READ, rejected, 0, NULL,            NULL, NULL,            200, "readRejectedRows", "Answers the rejected rows, each with its line and the reason in two more columns.")

const struct route contact_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject contact_api = { "Contacts", contact_api_routes,
					 operations, ARRAY_LEN(operations) };

/* Of which campaign, and in which run. */
static int
open_run(struct request *q, struct contact_query *query, struct fault *f)
{
	struct campaign c;
	uint64_t id;

	if (request_campaign(q, &id, f) ||
	    campaign_load(q->db, q->actor.workspace_id, (int64_t)id, &c,
			  q->arena, f))
		return -1;
	*query = (struct contact_query){ .workspace_id = c.workspace_id,
					 .campaign_id = c.id,
					 .run_id = c.current_run,
					 .state = -1,
					 .after_seg = -1 };
	return 0;
}

static int
read_filter(struct request *q, struct contact_query *query, struct fault *f)
{
	struct contact_filter asked = { .limit = 0 };
	char *digits = arena_alloc(q->arena, 16);

	if (api_query(q, &filter_record, &asked, f))
		return -1;
	query->state = (int)asked.state - 1;
	query->outcome = (int)asked.outcome;
	query->limit = (size_t)asked.limit;
	if (*asked.external_id)
		query->external_id = asked.external_id;
	if (*asked.after && contact_id_parse(asked.after, &query->after_seg,
					     &query->after_ordinal, q->arena)) {
		q->refused = 400;
		return fault_field(f, "after",
				   "“after” must be “next” of an answer.");
	}
	if (!*asked.phone_number)
		return 0;
	query->phone = digits;
	if (!number_read(q->db, query->workspace_id, asked.phone_number,
			 "phone_number", digits, f))
		return 0;
	if (f->code == FAULT_INVALID)
		q->refused = 400;
	return -1;
}

/* GET /campaigns/{campaign}/contacts */
static int
list(struct request *q, struct reply *r, struct fault *f)
{
	struct contact_query query;
	struct contact_page page;
	struct contact_answer out;

	if (open_run(q, &query, f) || read_filter(q, &query, f) ||
	    contacts_page(q->db, &query, &page, q->arena, f))
		return -1;
	out = (struct contact_answer){
		.contacts = ARENA_ARRAY(q->arena, page.count + 1,
					struct contact_shown),
		.count = page.count,
		.next = page.more ? contact_id_text(page.next_seg,
						    page.next_ordinal, q->arena)
				  : NULL,
	};
	for (size_t i = 0; i < page.count; i++)
		out.contacts[i] = contact_show(&page.rows[i], q->arena);
	api_answer(q, r, 200, &list_schema, &out);
	return 0;
}

/* The attempts of a contact after one of them. */
static int
read_attempts(struct request *q, const struct contact_query *query,
	      const struct attempt_filter *asked, struct contact_shown *c,
	      struct fault *f)
{
	struct attempt_query of = { .workspace_id = query->workspace_id,
				    .campaign_id = query->campaign_id,
				    .run_id = query->run_id,
				    .after_seq = asked->after,
				    .limit = (size_t)asked->limit };
	struct attempt_list all = { .count = 0 };
	const struct result_site *site;

	if (api_result_site(q, &site, f) ||
	    (query->run_id &&
	     attempts_of_contact(q->db, &of, &c->row, &all, q->arena, f)))
		return -1;
	c->attempts =
		ARENA_ARRAY(q->arena, all.count + 1, struct attempt_shown);
	c->attempt_count = all.count;
	for (size_t i = 0; i < all.count; i++)
		c->attempts[i] = attempt_show(q, site, &all.rows[i]);
	if (all.count >= of.limit)
		c->next = arena_printf(q->arena, "%" PRId64,
				       all.rows[all.count - 1].seq);
	return 0;
}

/* GET /campaigns/{campaign}/contacts/export */
static int
export_all(struct request *q, struct reply *r, struct fault *f)
{
	struct contact_export_query asked;

	return api_query(q, &contact_export_record, &asked, f) ||
			       contact_export_answer(q, r, &asked, f)
		       ? -1
		       : 0;
}

/* GET /campaigns/{campaign}/contacts/{contact} */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct attempt_filter asked = { .limit = 0 };
	struct contact_query query;
	struct contact_row row;
	struct contact_shown out;
	const char *variables;

	if (open_run(q, &query, f) ||
	    api_query(q, &attempt_filter_record, &asked, f))
		return -1;
	if (contact_id_parse(q->segments[1], &query.seg, &query.ordinal,
			     q->arena))
		return fault_set(f, FAULT_ABSENT,
				 "There is no such contact in this campaign.");
	if (contact_load(q->db, &query, &row, &variables, q->arena, f))
		return -1;
	out = contact_show(&row, q->arena);
	if (*variables)
		out.variables = variables;
	if (read_attempts(q, &query, &asked, &out, f))
		return -1;
	api_answer(q, r, 200, &contact_schema, &out);
	return 0;
}

/* An upload that came for the campaign, or that it has. */
static int
load_upload(struct request *q, int64_t campaign, int64_t id,
	    struct upload_shown *out, struct fault *f)
{
	if (upload_load(q->db, q->actor.workspace_id, id, &out->u, q->arena, f))
		return -1;
	out->taken = out->u.campaign_id == campaign;
	return out->taken || out->u.for_campaign == campaign
		       ? 0
		       : fault_set(f, FAULT_ABSENT, "There is no such upload.");
}

/* PUT /campaigns/{campaign}/contacts */
static int
replace(struct request *q, struct reply *r, struct fault *f)
{
	const char *dir = q->config->upload_dir;
	struct uploaded_file got;
	struct upload_file file;
	struct upload_shown out;
	uint64_t campaign;
	int64_t id;

	if (request_campaign(q, &campaign, f) ||
	    campaign_may_upload(q->db, &q->actor, (int64_t)campaign, f) ||
	    file_upload_body(q, dir, API_FILE_TYPE, &got, f))
		return -1;
	file = (struct upload_file){ .name = FILE_NAME,
				     .file = got.file,
				     .node = q->config->node_name,
				     .size = got.size,
				     .for_campaign = (int64_t)campaign };
	if (upload_add(q->db, &q->actor, &file, &id, f)) {
		file_upload_drop(dir, got.file);
		return -1;
	}
	reply_location(r,
		       arena_printf(q->arena,
				    API_PATH "/campaigns/%s/uploads/%" PRId64,
				    q->segment, id));
	if (load_upload(q, (int64_t)campaign, id, &out, f))
		return -1;
	api_answer(q, r, 202, &upload_schema, &out);
	return 0;
}

/* The upload of the address. */
static int
open_upload(struct request *q, struct upload_shown *out, struct fault *f)
{
	uint64_t campaign;
	int64_t id;

	if (request_campaign(q, &campaign, f))
		return -1;
	if (text_int(q->segments[1], &id))
		id = 0; /* which no upload has */
	return load_upload(q, (int64_t)campaign, id, out, f);
}

/* GET /campaigns/{campaign}/uploads/{upload} */
static int
show_upload(struct request *q, struct reply *r, struct fault *f)
{
	struct upload_shown out;

	if (open_upload(q, &out, f))
		return -1;
	api_answer(q, r, 200, &upload_schema, &out);
	return 0;
}

/* DELETE /campaigns/{campaign}/uploads/{upload} */
static int
cancel_upload(struct request *q, struct reply *r, struct fault *f)
{
	struct upload_shown at;

	if (open_upload(q, &at, f) || file_upload_cancel(q, at.u.id, f))
		return -1;
	reply_empty(r, 204);
	return 0;
}

/* What is written while it is sent. */
struct rejected_rows {
	struct db *db;
	struct upload_shown upload;
};

static int
write_rejected(void *arg, write_fn *write, void *to, struct fault *f)
{
	const struct rejected_rows *of = arg;
	const struct upload *u = &of->upload.u;

	return upload_write_rejects(of->db, u->workspace_id, u->id, write, to,
				    f);
}

/* GET /campaigns/{campaign}/uploads/{upload}/rejected */
static int
rejected(struct request *q, struct reply *r, struct fault *f)
{
	struct rejected_rows *of = ARENA_NEW(q->arena, struct rejected_rows);

	of->db = q->db;
	if (open_upload(q, &of->upload, f))
		return -1;
	if (!of->upload.u.counts.rejected)
		return fault_set(f, FAULT_ABSENT,
				 "No row of this file was rejected.");
	reply_stream(r, write_rejected, of);
	reply_csv(r, "rejected.csv");
	return 0;
}
