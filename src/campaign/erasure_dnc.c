/* What do-not-call lists and their files say of a person; the number on a list
 * stays, as it is what keeps the person from being called. */
#include "campaign/erasure.h"

#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"

/* The rejected rows of a file that was read into a list. */
struct dnc_file {
	int64_t id;
	const char *rejects;
};
static const struct field file_fields[] = {
	{ FIELD(dnc_file, id) },
	{ FIELD(dnc_file, rejects) },
};
static const struct record file_record = RECORD(file_fields);

static int
clean_files(struct db *db, const struct erasure *e, int64_t *found,
	    struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_ERASE_READ_DNC_FILE,
					       &file_record,
					       sizeof(struct dnc_file) };
	struct dnc_file *file;
	int64_t after = 0;
	size_t count;

	for (;;) {
		const char *kept;
		size_t len, left;

		file = rows_all(
			db, &kind,
			ARGS(ARG_INT(e->workspace_id), ARG_INT(after)), &count,
			a, f);
		if (!file || !count)
			return file ? 0 : -1;
		after = file->id;
		len = strlen(file->rejects);
		kept = erasure_filter(file->rejects, len, e->phone, &left, a);
		if (left == len)
			continue;
		++*found;
		if (db_exec(db, NULL, STMT_ERASE_DNC_FILE,
			    ARGS(ARG_BIN(kept, left), ARG_INT(file->id),
				 ARG_INT(e->workspace_id)),
			    f))
			return -1;
	}
}

int
erasure_dnc(struct db *db, const struct erasure *e, struct erasure *found,
	    struct arena *a, struct fault *f)
{
	if (clean_files(db, e, &found->uploads, a, f))
		return -1;
	return db_exec(db, NULL, STMT_ERASE_DNC_REASON,
		       ARGS(ARG_INT(e->workspace_id), ARG_STR(e->phone)), f);
}
