#include "workspace/carrier.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "workspace/catalog.h"

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(carrier_row, name), .min = 1, .max = 120, .label = "Name",
	  .help = "The name that numbers show." },
	{ FIELD(carrier_row, kind), .words = carrier_kind_words, .def = "sim",
	  .label = "Kind",
	  .help = "How diallers talk to it. It cannot be changed later." },
	{ FIELD(carrier_row, address), .min = 1, .max = 250, .label = "Address",
	  .help = "Where diallers reach it; of a simulated carrier: the path of its socket." },
	{ FIELD(carrier_row, cps), .min = 1, .max = 100000, .def = "10",
	  .label = "Calls per second",
	  .help = "The most calls that are placed in a second, by all diallers together." },
	{ FIELD(carrier_row, channels), .min = 1, .max = 1000000, .def = "100",
	  .label = "Channels",
	  .help = "The most calls at the same time, by all diallers together." },
	{ FIELD(carrier_row, enabled), .def = "yes", .label = "Enabled",
	  .help = "A disabled carrier places no calls; calls in progress finish." },
};
static const struct field columns[] = {
	{ FIELD(carrier_row, id) },
	{ FIELD(carrier_row, ver) },
	{ FIELD(carrier_row, name) },
	{ FIELD(carrier_row, kind), .words = carrier_kind_words },
	{ FIELD(carrier_row, address) },
	{ FIELD(carrier_row, cps) },
	{ FIELD(carrier_row, channels) },
	{ FIELD(carrier_row, enabled) },
	{ FIELD(carrier_row, workspace_id) },
};
static const struct field node_fields[] = {
	{ FIELD(carrier_node, slot) },
	{ FIELD(carrier_node, name) },
	{ FIELD(carrier_node, cps) },
	{ FIELD(carrier_node, channels) },
};
/* clang-format on */

const struct record carrier_record = RECORD(fields);
static const struct record column_record = RECORD(columns);
static const struct record node_record = RECORD(node_fields);

static int
check(struct db *db, const struct actor *who, const void *was, void *entry,
      struct arena *a, struct fault *f)
{
	const struct carrier_row *c = entry, *old = was;

	(void)db, (void)who, (void)a;
	if (old && old->kind != c->kind)
		return fault_field(f, "kind",
				   "The kind of a carrier cannot be changed. "
				   "Add another carrier.");
	return carrier_address_check(c->kind, c->address, f);
}

const struct catalog_kind catalog_carriers = {
	.word = "carrier",
	.user = "number",
	.entered = &carrier_record,
	.columns = &column_record,
	.size = sizeof(struct carrier_row),
	.key = "name",
	.quiet = "name",
	.stmt = { .page = STMT_CARRIER_PAGE,
		  .get = STMT_CARRIER_GET,
		  .add = STMT_CARRIER_CREATE,
		  .change = STMT_CARRIER_CHANGE,
		  .touch = STMT_CARRIER_TOUCH,
		  .remove = STMT_CARRIER_REMOVE,
		  .void_calls = STMT_CARRIER_VOID,
		  .use_count = STMT_CARRIER_USE_COUNT,
		  .users = STMT_CARRIER_USERS,
		  .same = STMT_CARRIER_SAME,
		  .calls = STMT_CARRIER_CALLS },
	.check = check,
};

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

int
carrier_list(struct db *db, struct carrier_row **out, size_t *count,
	     struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_CARRIER_LIST,
					       &column_record,
					       sizeof(struct carrier_row) };
	struct carrier_row *all = rows_all(db, &kind, NO_ARGS, count, a, f);

	if (all)
		*out = all;
	return all ? 0 : -1;
}

int
workspace_carriers(struct db *db, int64_t workspace_id,
		   struct carrier_row **out, size_t *count, struct arena *a,
		   struct fault *f)
{
	static const struct rows_kind kind = { STMT_CARRIER_OF_WORKSPACE,
					       &column_record,
					       sizeof(struct carrier_row) };
	struct carrier_row *all =
		rows_all(db, &kind, ARGS(ARG_INT(workspace_id)), count, a, f);

	if (all)
		*out = all;
	return all ? 0 : -1;
}

int
carrier_nodes(struct db *db, int64_t workspace_id, int64_t carrier_id,
	      struct carrier_nodes *out, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_CARRIER_NODES, &node_record,
					       sizeof(struct carrier_node) };
	struct carrier_nodes got;

	got.list = rows_all(db, &kind,
			    ARGS(ARG_INT(carrier_id), ARG_INT(workspace_id)),
			    &got.count, a, f);
	if (got.list)
		*out = got;
	return got.list ? 0 : -1;
}
