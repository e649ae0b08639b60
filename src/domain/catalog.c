#include "domain/catalog.h"

#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "domain/campaign_repo.h"
#include "domain/stmt.h"
#include "store/db.h"

const char *const carrier_kind_words[] = { "sim", NULL };

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

struct bot_form {
	const char *name, *target;
};
static const struct field bot_fields[] = {
	{ FIELD(bot_form, name), .min = 1, .max = 120, .label = "Bot" },
	{ FIELD(bot_form, target), .min = 1, .max = 250, .label = "Target" },
};
/* clang-format on */

static const struct record carrier_record = RECORD(carrier_fields);

static int
check_fields(const struct field *fields, size_t count, const void *base,
	     struct fault *f)
{
	for (size_t i = 0; i < count; i++) {
		if (field_check(&fields[i], base, f))
			return -1;
	}
	return 0;
}

int
bot_create(struct db *db, int64_t workspace_id, const char *name,
	   const char *target, int64_t *id, struct fault *f)
{
	struct bot_form b = { name, target };

	if (check_fields(bot_fields, ARRAY_LEN(bot_fields), &b, f) ||
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
	if (check_fields(carrier_fields, ARRAY_LEN(carrier_fields), c, f) ||
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
carrier_move(struct db *db, int64_t id, const char *address, int64_t cps,
	     int64_t channels, struct fault *f)
{
	struct carrier_row c = { .name = "-",
				 .address = address,
				 .cps = cps,
				 .channels = channels };

	if (check_fields(carrier_fields, ARRAY_LEN(carrier_fields), &c, f))
		return -1;
	return db_exec(db, NULL, STMT_CARRIER_MOVE,
		       ARGS(ARG_STR(address), ARG_INT(cps), ARG_INT(channels),
			    ARG_INT(id)),
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
	int64_t added;

	if (!is_phone(phone))
		return fault_field(f, "phone",
				   "A number must be 3 to 15 digits.");
	if (db_exec(db, &added, STMT_NUMBER_CREATE,
		    ARGS(ARG_STR(phone), ARG_STR(label), ARG_INT(carrier_id),
			 ARG_INT(workspace_id)),
		    f)) {
		if (f->code == FAULT_CONFLICT)
			fault_set(f, FAULT_CONFLICT,
				  "The carrier has this number already.");
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
	return ids_query(db, STMT_NUMBER_OF_WORKSPACE, workspace_id, out, count,
			 a, f);
}

int
carrier_list(struct db *db, struct carrier_row **out, size_t *count,
	     struct arena *a, struct fault *f)
{
	size_t n = 0, room = 8;
	struct carrier_row *list = ARENA_ARRAY(a, room, struct carrier_row);
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_CARRIER_LIST, NO_ARGS, f))
		return -1;
	while ((got = rows_fetch(&r, &carrier_record, &list[n], a, f)) > 0) {
		if (++n == room) {
			struct carrier_row *more =
				ARENA_ARRAY(a, room * 2, struct carrier_row);

			memcpy(more, list, room * sizeof(*more));
			list = more;
			room *= 2;
		}
	}
	if (got < 0)
		return -1;
	*out = list;
	*count = n;
	return 0;
}
