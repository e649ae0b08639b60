#include "workspace/catalog.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"

/* clang-format off */
static const struct field carrier_fields[] = {
	{ FIELD(carrier_row, id) },
	{ FIELD(carrier_row, workspace_id) },
	{ FIELD(carrier_row, name), .min = 1, .max = 120, .label = "Carrier" },
	{ FIELD(carrier_row, kind), .words = carrier_kind_words, .label = "Kind" },
	{ FIELD(carrier_row, address), .min = 1, .max = 250, .label = "Address" },
	{ FIELD(carrier_row, cps), .min = 1, .max = 100000, .label = "Calls per second" },
	{ FIELD(carrier_row, channels), .min = 1, .max = 1000000, .label = "Channels" },
	{ FIELD(carrier_row, enabled) },
};

static const struct field bot_fields[] = {
	{ FIELD(bot, id), .min = 0, .max = UINT32_MAX },
	{ FIELD(bot, name), .min = 1, .max = 120, .label = "Bot" },
	{ FIELD(bot, target), .min = 1, .max = 250, .label = "Target" },
};

static const struct field number_fields[] = {
	{ FIELD(number, id) },
	{ FIELD(number, phone) },
	{ FIELD(number, label), .max = 120, .label = "Label" },
	{ FIELD(number, carrier_id) },
	{ FIELD(number, carrier) },
	{ FIELD(number, cps) },
	{ FIELD(number, usable) },
};
/* clang-format on */

static const struct record carrier_record = RECORD(carrier_fields);
static const struct record bot_record = RECORD(bot_fields);
static const struct record number_record = RECORD(number_fields);

static const struct rows_kind bots = { STMT_BOT_LIST, &bot_record,
				       sizeof(struct bot) };
static const struct rows_kind numbers = { STMT_NUMBER_LIST, &number_record,
					  sizeof(struct number) };
static const struct rows_kind own_carriers = { STMT_CARRIER_OF_WORKSPACE,
					       &carrier_record,
					       sizeof(struct carrier_row) };
static const struct rows_kind carriers = { STMT_CARRIER_LIST, &carrier_record,
					   sizeof(struct carrier_row) };

int
bot_create(struct db *db, int64_t workspace_id, const char *name,
	   const char *target, int64_t *id, struct fault *f)
{
	struct bot b = { .name = name, .target = target };

	if (record_check(&bot_record, &b, f) ||
	    db_exec(db, NULL, STMT_BOT_CREATE,
		    ARGS(ARG_INT(workspace_id), ARG_STR(name), ARG_STR(target)),
		    f))
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
carrier_create(struct db *db, const struct carrier_row *c, int64_t *id,
	       struct fault *f)
{
	if (record_check(&carrier_record, c, f) ||
	    carrier_address_check(c->kind, c->address, f) ||
	    db_exec(db, NULL, STMT_CARRIER_CREATE,
		    ARGS(ARG_INT(c->workspace_id), ARG_STR(c->name),
			 ARG_INT(c->kind), ARG_STR(c->address), ARG_INT(c->cps),
			 ARG_INT(c->channels), ARG_INT(c->enabled)),
		    f))
		return -1;
	*id = db_insert_id(db);
	return 0;
}

int
carrier_move(struct db *db, const struct carrier_row *c, struct fault *f)
{
	if (record_check(&carrier_record, c, f) ||
	    carrier_address_check(c->kind, c->address, f))
		return -1;
	return db_exec(db, NULL, STMT_CARRIER_MOVE,
		       ARGS(ARG_STR(c->address), ARG_INT(c->cps),
			    ARG_INT(c->channels), ARG_INT(c->id)),
		       f);
}

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
	int64_t added;

	if (!is_phone(phone))
		return fault_field(f, "phone",
				   "A number must be 3 to 15 digits.");
	if (field_check(record_find(&number_record, "label"), &n, f))
		return -1;
	if (db_exec(db, &added, STMT_NUMBER_CREATE,
		    ARGS(ARG_STR(phone), ARG_STR(label), ARG_INT(carrier_id),
			 ARG_INT(workspace_id)),
		    f)) {
		if (f->code == FAULT_CONFLICT)
			fault_set(f, FAULT_CONFLICT,
				  "The carrier already has this number.");
		return -1;
	}
	if (!added)
		return fault_set(f, FAULT_ABSENT, "There is no such carrier.");
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
bot_list(struct db *db, int64_t workspace_id, struct bot **out, size_t *count,
	 struct arena *a, struct fault *f)
{
	struct bot *list =
		rows_all(db, &bots, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

int
number_list(struct db *db, int64_t workspace_id, struct number **out,
	    size_t *count, struct arena *a, struct fault *f)
{
	struct number *list = rows_all(
		db, &numbers, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

int
carrier_list(struct db *db, struct carrier_row **out, size_t *count,
	     struct arena *a, struct fault *f)
{
	struct carrier_row *list =
		rows_all(db, &carriers, NO_ARGS, count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}

int
workspace_carriers(struct db *db, int64_t workspace_id,
		   struct carrier_row **out, size_t *count, struct arena *a,
		   struct fault *f)
{
	struct carrier_row *list = rows_all(
		db, &own_carriers, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (list)
		*out = list;
	return list ? 0 : -1;
}
