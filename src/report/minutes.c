#include "report/minutes.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"

static const struct field fields[] = {
	{ FIELD(run_minute, minute) },	  { FIELD(run_minute, ended) },
	{ FIELD(run_minute, answered) },  { FIELD(run_minute, handled) },
	{ FIELD(run_minute, connected) }, { FIELD(run_minute, ring_ms) },
	{ FIELD(run_minute, talk_ms) },
};
static const struct record record = RECORD(fields);

int
run_minutes(struct db *db, const struct minutes_query *q,
	    struct run_minute **out, size_t *count, struct arena *a,
	    struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_MINUTES, &record,
					       sizeof(struct run_minute) };

	*out = rows_all(db, &kind,
			ARGS(ARG_INT(q->run_id), ARG_INT(q->from),
			     ARG_INT(q->to), ARG_INT(q->run_id),
			     ARG_INT(q->workspace_id)),
			count, a, f);
	return *out ? 0 : -1;
}
