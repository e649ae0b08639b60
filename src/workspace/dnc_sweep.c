#include "workspace/dnc_sweep.h"

#include "app/stmt.h"
#include "base/fault.h"
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

static int
bury_dead(struct db *db, struct fault *f)
{
	struct dead_import d;
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_DNC_IMPORT_DEAD, NO_ARGS, f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0)
		d = (struct dead_import){ .id = rows_int(&r, 0),
					  .list_id = rows_int(&r, 1),
					  .workspace_id = rows_int(&r, 2) };
	rows_close(&r);
	return got > 0 ? tx_run(db, bury, &d, NULL, f) : got;
}

int
dnc_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f)
{
	int64_t list_id = 0, load_id = 0, erased;
	struct rows r;
	int got;

	*left = false;
	if (bury_dead(db, f) ||
	    db_exec(db, NULL, STMT_DNC_IMPORT_SWEEP, NO_ARGS, f) ||
	    db_query(db, &r, STMT_DNC_GONE_FIND, NO_ARGS, f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		list_id = rows_int(&r, 0);
		load_id = rows_int(&r, 1);
	}
	rows_close(&r);
	if (got <= 0)
		return got;
	*left = true;
	if (db_exec(db, &erased, STMT_DNC_GONE_ERASE,
		    ARGS(ARG_INT(list_id), ARG_INT(load_id), ARG_INT(chunk)),
		    f))
		return -1;
	if (erased == chunk)
		return 0;
	return db_exec(db, NULL, STMT_DNC_GONE_DROP,
		       ARGS(ARG_INT(list_id), ARG_INT(load_id)), f);
}
