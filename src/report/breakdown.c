#include "report/breakdown.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"

static const struct field fields[] = {
	{ FIELD(breakdown_row, key) },
	{ FIELD(breakdown_row, label) },
	{ FIELD(breakdown_row, ended) },
	{ FIELD(breakdown_row, answered) },
	{ FIELD(breakdown_row, connected) },
	{ FIELD(breakdown_row, brief) },
	{ FIELD(breakdown_row, blocked) },
	{ FIELD(breakdown_row, congested) },
	{ FIELD(breakdown_row, talk_ms) },
	{ FIELD(breakdown_row, first_at) },
	{ FIELD(breakdown_row, last_at) },
};
static const struct record record = RECORD(fields);
static const struct rows_kind kinds[BREAKDOWN_MAX] = {
#define KIND(stmt)                                          \
	{                                                   \
		stmt, &record, sizeof(struct breakdown_row) \
	}
	[BY_PASS] = KIND(STMT_BREAKDOWN_PASSES),
	[BY_NUMBER] = KIND(STMT_BREAKDOWN_NUMBERS),
	[BY_CARRIER] = KIND(STMT_BREAKDOWN_CARRIERS),
	[BY_NODE] = KIND(STMT_BREAKDOWN_NODES),
#undef KIND
};

static const struct field disposition_fields[] = {
	{ FIELD(disposition_count, disposition) },
	{ FIELD(disposition_count, n) },
};
static const struct record disposition_record = RECORD(disposition_fields);
static const struct rows_kind dispositions = {
	STMT_DISPOSITIONS, &disposition_record, sizeof(struct disposition_count)
};

int
run_breakdown(struct db *db, const struct breakdown_query *q,
	      struct breakdown_row **out, size_t *count, struct arena *a,
	      struct fault *f)
{
	struct arg run = ARG_INT(q->run_id);

	*out = rows_all(db, &kinds[q->by],
			ARGS(run, run, ARG_INT(q->workspace_id)), count, a, f);
	return *out ? 0 : -1;
}

static const struct field sum_fields[] = {
	{ FIELD(dispositions, all) },
	{ FIELD(dispositions, goals) },
};
static const struct record sum_record = RECORD(sum_fields);
static const struct rows_kind sums = { STMT_DISPOSITIONS_SUM, &sum_record, 0 };

int
run_dispositions(struct db *db, const struct dispositions_query *q,
		 struct dispositions *out, struct arena *a, struct fault *f)
{
	struct arg run = ARG_INT(q->run_id);
	struct arg workspace = ARG_INT(q->workspace_id);

	*out = (struct dispositions){ .list = NULL };
	if (rows_one(db, &sums, ARGS(ARG_STR(q->goals), run, run, workspace),
		     out, f) < 0)
		return -1;
	out->list =
		rows_all(db, &dispositions,
			 ARGS(run, run, workspace, ARG_INT(DISPOSITIONS_SHOWN)),
			 &out->count, a, f);
	return out->list ? 0 : -1;
}
