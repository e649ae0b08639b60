#include "workspace/dnc_sweep.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "store/db.h"
#include "store/tx.h"

struct dead_import {
	int64_t id, list_id, workspace_id;
};

/* Locks the list, where a number that comes meanwhile would be written to the
 * load, too. */
static int
bury(struct db *db, void *arg, struct fault *f)
{
	const struct dead_import *d = arg;
	int64_t buried;

	if (db_exec(db, NULL, STMT_DNC_TOUCH,
		    ARGS(ARG_INT(d->list_id), ARG_INT(d->workspace_id)), f) ||
	    db_exec(db, &buried, STMT_DNC_IMPORT_BURY, ARGS(ARG_INT(d->id)), f))
		return -1;
	return buried ? db_exec(db, NULL, STMT_DNC_GONE_LOAD,
				ARGS(ARG_INT(d->id)), f)
		      : 0;
}

/* In the order of DNC_IMPORT_DEAD. */
static const struct field dead_fields[] = { { FIELD(dead_import, id) },
					    { FIELD(dead_import, list_id) },
					    { FIELD(dead_import,
						    workspace_id) } };
static const struct record dead_record = RECORD(dead_fields);
static const struct rows_kind dead_kind = { STMT_DNC_IMPORT_DEAD, &dead_record,
					    sizeof(struct dead_import) };

/* In the order of DNC_GONE_FIND. */
struct gone_load {
	int64_t list_id, load_id;
};
static const struct field gone_fields[] = { { FIELD(gone_load, list_id) },
					    { FIELD(gone_load, load_id) } };
static const struct record gone_record = RECORD(gone_fields);
static const struct rows_kind gone_kind = { STMT_DNC_GONE_FIND, &gone_record,
					    sizeof(struct gone_load) };

static int
bury_dead(struct db *db, struct fault *f)
{
	struct dead_import d = { .id = 0 };
	int got = rows_one(db, &dead_kind, NO_ARGS, &d, f);

	return got > 0 ? tx_run(db, bury, &d, NULL, f) : got;
}

int
dnc_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f)
{
	struct gone_load g = { .list_id = 0 };
	int64_t erased;
	int got;

	*left = false;
	if (bury_dead(db, f) ||
	    db_exec(db, NULL, STMT_DNC_IMPORT_SWEEP, NO_ARGS, f))
		return -1;
	got = rows_one(db, &gone_kind, NO_ARGS, &g, f);
	if (got <= 0)
		return got;
	*left = true;
	if (db_exec(db, &erased, STMT_DNC_GONE_ERASE,
		    ARGS(ARG_INT(g.list_id), ARG_INT(g.load_id),
			 ARG_INT(chunk)),
		    f))
		return -1;
	if (erased == chunk)
		return 0;
	return db_exec(db, NULL, STMT_DNC_GONE_DROP,
		       ARGS(ARG_INT(g.list_id), ARG_INT(g.load_id)), f);
}
