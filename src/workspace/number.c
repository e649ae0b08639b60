#include "workspace/number.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "phone/phone.h"
#include "store/db.h"
#include "workspace/account.h"
#include "workspace/catalog.h"
#include "workspace/number_phone.h"

#define DAY_CAP_MOST 1000000

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(number, phone), .min = 3, .max = 40, .label = "Number",
	  .help = "With its country code, such as +44 20 7946 0000, or as it is dialled in the workspace’s country." },
	{ FIELD(number, carrier_id), .label = "Carrier", .min = 1, .max = UINT32_MAX,
	  .help = "The carrier that accepts calls from this number." },
	{ FIELD(number, label), .max = 120, .def = "", .label = "Label",
	  .help = "A note for people, such as “Sales, London”." },
	{ FIELD(number, day_cap), .min = 0, .max = DAY_CAP_MOST, .def = "0",
	  .label = "Calls per day",
	  .help = "The most calls from this number on a day of the workspace; 0 means no limit." },
	{ FIELD(number, enabled), .def = "yes", .label = "Enabled",
	  .help = "A disabled number places no calls." },
};
static const struct field columns[] = {
	{ FIELD(number, id) },
	{ FIELD(number, ver) },
	{ FIELD(number, phone) },
	{ FIELD(number, carrier_id) },
	{ FIELD(number, label) },
	{ FIELD(number, day_cap) },
	{ FIELD(number, enabled) },
	{ FIELD(number, carrier) },
	{ FIELD(number, cps) },
	{ FIELD(number, usable) },
};
/* clang-format on */

const struct record number_record = RECORD(fields);
static const struct record column_record = RECORD(columns);

/* Writes the carrier's row, so that adding a number and removing its carrier
 * meet there. */
static int
meet_carrier(struct db *db, int64_t workspace_id, int64_t carrier_id,
	     struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_CARRIER_MEET,
		    ARGS(ARG_INT(carrier_id), ARG_INT(workspace_id)), f))
		return -1;
	if (changed)
		return 0;
	fault_field(f, "carrier_id", "There is no such carrier.");
	f->code = FAULT_ABSENT;
	return -1;
}

static int
check(struct db *db, const struct actor *who, const void *was, void *entry,
      struct arena *a, struct fault *f)
{
	const struct number *old = was;
	struct number *n = entry;

	/* A short code that is already there is no number of a plan. */
	if (!old || strcmp(old->phone, n->phone) != 0) {
		if (number_phone_read(db, who->workspace_id, n->phone,
				      &n->phone, a, f))
			return -1;
	}
	return meet_carrier(db, who->workspace_id, n->carrier_id, f);
}

const struct catalog_kind catalog_numbers = {
	.word = "number",
	.user = "campaign",
	.entered = &number_record,
	.columns = &column_record,
	.size = sizeof(struct number),
	.key = "phone",
	.quiet = "label",
	.stmt = { .page = STMT_NUMBER_PAGE,
		  .get = STMT_NUMBER_GET,
		  .add = STMT_NUMBER_ADD,
		  .change = STMT_NUMBER_CHANGE,
		  .touch = STMT_NUMBER_TOUCH,
		  .remove = STMT_NUMBER_REMOVE,
		  .void_calls = STMT_NUMBER_VOID,
		  .use_count = STMT_NUMBER_USE_COUNT,
		  .users = STMT_NUMBER_USERS,
		  .leave_drafts = STMT_NUMBER_LEAVE_DRAFTS,
		  .forget = STMT_NUMBER_FORGET },
	.check = check,
	.taken = "The carrier already has this number.",
};

static bool
is_phone(const char *s)
{
	size_t len = strlen(s);

	return len >= 3 && len <= 15 && strspn(s, "0123456789") == len;
}

int
number_create(struct db *db, int64_t workspace_id, int64_t carrier_id,
	      const char *phone, const char *label, int64_t *id,
	      struct fault *f)
{
	struct number n = { .label = label };

	if (!is_phone(phone))
		return fault_field(f, "phone",
				   "A number must be 3 to 15 digits.");
	if (field_check(record_find(&number_record, "label"), &n, f) ||
	    meet_carrier(db, workspace_id, carrier_id, f))
		return -1;
	if (db_exec(db, NULL, STMT_NUMBER_ADD,
		    ARGS(ARG_INT(workspace_id), ARG_STR(phone),
			 ARG_INT(carrier_id), ARG_STR(label), ARG_INT(0),
			 ARG_INT(true)),
		    f)) {
		if (f->code == FAULT_CONFLICT)
			fault_set(f, FAULT_CONFLICT, "%s",
				  catalog_numbers.taken);
		return -1;
	}
	*id = db_insert_id(db);
	return 0;
}

int
workspace_numbers(struct db *db, int64_t workspace_id, int64_t **out,
		  size_t *count, struct arena *a, struct fault *f)
{
	return rows_ids(db, STMT_NUMBER_OF_WORKSPACE, workspace_id, out, count,
			a, f);
}

int
number_list(struct db *db, int64_t workspace_id, struct number **out,
	    size_t *count, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_NUMBER_LIST, &column_record,
					       sizeof(struct number) };
	struct number *list =
		rows_all(db, &kind, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}
