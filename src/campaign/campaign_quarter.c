#include "campaign/campaign_quarter.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
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

static const struct field abandoned_fields[] = {
	{ FIELD(abandoned, day_picked_up) },
	{ FIELD(abandoned, day_abandoned) },
	{ FIELD(abandoned, picked_up) },
	{ FIELD(abandoned, abandoned) },
};
static const struct record abandoned_record = RECORD(abandoned_fields);
static const struct rows_kind abandoned_kind = { STMT_QUARTERS_ABANDONED,
						 &abandoned_record, 0 };

int
campaign_abandoned(struct db *db, int64_t workspace_id, int64_t campaign_id,
		   int64_t now, struct abandoned *out, struct fault *f)
{
	struct arg id = ARG_INT(campaign_id);
	struct arg day = ARG_INT((now - US_PER_DAY) / US_PER_MINUTE);
	struct arg month = ARG_INT((now - 30 * US_PER_DAY) / US_PER_MINUTE);

	*out = (struct abandoned){ 0 };
	return rows_one(db, &abandoned_kind,
			ARGS(day, day, id, month, id, ARG_INT(workspace_id)),
			out, f) < 0
		       ? -1
		       : 0;
}

int
campaign_quarter_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_QUARTER_SWEEP, NO_ARGS, f);
}
