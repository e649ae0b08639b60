#include "campaign/campaign_quarter.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"

static const struct field fields[] = {
	{ FIELD(campaign_quarter, at) },
	{ FIELD(campaign_quarter, ended) },
	{ FIELD(campaign_quarter, answered) },
	{ FIELD(campaign_quarter, picked_up) },
	{ FIELD(campaign_quarter, abandoned) },
};
static const struct record record = RECORD(fields);

struct arg *
campaign_quarter_args(const struct campaign_quarter *q, struct arg *at)
{
	*at++ = ARG_INT(q->campaign_id);
	*at++ = ARG_INT(q->at - q->at % QUARTER_MIN);
	*at++ = ARG_INT(q->slot);
	*at++ = ARG_INT(q->ended);
	*at++ = ARG_INT(q->answered);
	*at++ = ARG_INT(q->picked_up);
	*at++ = ARG_INT(q->abandoned);
	return at;
}

int
campaign_quarters(struct db *db, const struct quarters_query *q,
		  struct campaign_quarter **out, size_t *count, struct arena *a,
		  struct fault *f)
{
	static const struct rows_kind kind = {
		STMT_QUARTERS, &record, sizeof(struct campaign_quarter)
	};

	*out = rows_all(db, &kind,
			ARGS(ARG_INT(q->campaign_id), ARG_INT(q->from),
			     ARG_INT(q->to), ARG_INT(q->campaign_id),
			     ARG_INT(q->workspace_id)),
			count, a, f);
	return *out ? 0 : -1;
}

int
campaign_quarter_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_QUARTER_SWEEP, NO_ARGS, f);
}
