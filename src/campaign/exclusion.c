#include "campaign/exclusion.h"

#include "app/stmt.h"
#include "base/fault.h"
#include "store/db.h"

int
exclusion_sweep(struct db *db, int64_t chunk, bool *left, struct fault *f)
{
	int64_t id, erased;

	*left = false;
	if (db_int(db, &id, STMT_EXCLUSIONS_ERASE_FIND, NO_ARGS, f))
		return f->code == FAULT_ABSENT ? 0 : -1;
	*left = true;
	if (db_exec(db, &erased, STMT_EXCLUSIONS_ERASE,
		    ARGS(ARG_INT(id), ARG_INT(chunk)), f))
		return -1;
	if (erased == chunk)
		return 0;
	return db_exec(db, NULL, STMT_EXCLUSIONS_ERASED, ARGS(ARG_INT(id)), f);
}
