/* Files of numbers that are added to a do-not-call list, or replace it. */
#include "app/config.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "contacts/dnc_import.h"
#include "web/api/api.h"
#include "web/api/dnc_address.h"
#include "web/api/schema.h"
#include "web/server/dnc_file.h"
#include "web/server/file_upload.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "workspace/dnc.h"
#include "workspace/workspace_hold.h"

#define FILE_NAME "numbers.csv" /* of a file that came without a name */

static handler_fn bring, show, rejected;

struct file_mode {
	bool replace;
};

/* clang-format off */
static const struct field mode_fields[] = {
	{ FIELD(file_mode, replace), .def = "no", .label = "replace",
	  .help = "The file replaces the list: numbers that are not in it go." },
};
static const struct field import_fields[] = {
	{ FIELD(dnc_import, id) },
	{ FIELD(dnc_import, replaces), .help = "It replaces the list." },
	{ FIELD(dnc_import, state), .words = dnc_import_state_words },
	{ FIELD(dnc_import, name), .help = "Of the file." },
	{ FIELD(dnc_import, rows), .help = "Rows that are read." },
	{ .name = "numbers", .offset = offsetof(struct dnc_import, good), .type = FIELD_INT, .help = "Rows that are numbers." },
	{ FIELD(dnc_import, rejected), .help = "Rows without a usable number, reason or date." },
	{ FIELD(dnc_import, duplicate), .help = "Rows whose number the file has before." },
	{ FIELD(dnc_import, added), .help = "Numbers that were not on the list." },
	{ .name = "created_by", .offset = offsetof(struct dnc_import, by), .type = FIELD_STR },
	{ FIELD(dnc_import, created_at), .shape = SHAPE_TIME },
	{ FIELD(dnc_import, ended_at), .shape = SHAPE_TIME, .help = "When it was read, or failed." },
};
/* clang-format on */

static const struct record mode_record = RECORD(mode_fields);
static const struct record import_record = RECORD(import_fields);
static const struct schema_members import_members[] = { { &import_record, 0 } };
static const struct schema import_schema = { .name = "DoNotCallFile",
					     .members = import_members,
					     .member_count = 1 };

#define LAST "/do-not-call/:list/file"
/* clang-format off */
#define OPERATIONS(X) \
	X(PUT, LAST,             SETTINGS, bring,    0, &mode_record, NULL, &import_schema, 200, "importDoNotCallFile", "Adds a CSV file with the columns phone_number, reason and until to a do-not-call list, or replaces the list by it. The answer comes when the whole file is read; until then a list that is replaced bars as before.") \
	X(GET, LAST,             READ,     show,     0, NULL,         NULL, &import_schema, 200, "readDoNotCallFile", "Tells how far the reading of the last file is.") \
	X(GET, LAST "/rejected", READ,     rejected, 0, NULL,         NULL, NULL,           200, "readDoNotCallRejectedRows", "Answers the rejected rows of the last file, each with its line and the reason in two more columns.")

const struct route dnc_file_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject dnc_file_api = { "Files of do-not-call lists",
					  dnc_file_api_routes, operations,
					  ARRAY_LEN(operations) };

/* PUT /do-not-call/{list}/file */
static int
bring(struct request *q, struct reply *r, struct fault *f)
{
	struct file_mode asked = { .replace = false };
	struct uploaded_file got;
	struct dnc_import out;
	struct dnc_order order;
	struct dnc_list list;

	if (api_query(q, &mode_record, &asked, f) ||
	    dnc_address_list(q, &list, f) ||
	    file_upload_body(q, q->config->upload_dir, API_FILE_TYPE, &got, f))
		return -1;
	got.name = FILE_NAME;
	order = (struct dnc_order){ .list_id = list.id,
				    .replaces = asked.replace };
	if (dnc_file_import(q, &got, &order, &out, f))
		return -1;
	workspace_tell(q->db, q->redis, q->actor.workspace_id);
	api_answer(q, r, 200, &import_schema, &out);
	return 0;
}

/* GET /do-not-call/{list}/file */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_import out;
	struct dnc_list list;

	if (dnc_address_list(q, &list, f) ||
	    dnc_import_last(q->db, q->actor.workspace_id, list.id, &out,
			    q->arena, f))
		return -1;
	if (!out.id)
		return fault_set(f, FAULT_ABSENT,
				 "No file was read into this list in the last "
				 "30 days.");
	api_answer(q, r, 200, &import_schema, &out);
	return 0;
}

/* GET /do-not-call/{list}/file/rejected */
static int
rejected(struct request *q, struct reply *r, struct fault *f)
{
	struct dnc_rejects rows;
	struct dnc_list list;

	if (dnc_address_list(q, &list, f) ||
	    dnc_import_rejects(q->db, q->actor.workspace_id, list.id, &rows,
			       q->arena, f))
		return -1;
	reply_html(r, rows.data, rows.len);
	reply_csv(r, "rejected.csv");
	return 0;
}
