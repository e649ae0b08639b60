#include "campaign/campaign_period.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/field.h"
#include "store/db.h"

#define DAY_MIN 1440

static const struct field fields[] = {
	{ FIELD(campaign_period, at) },
	{ FIELD(campaign_period, ended) },
	{ FIELD(campaign_period, answered) },
	{ FIELD(campaign_period, picked_up) },
	{ FIELD(campaign_period, abandoned) },
};
static const struct record record = RECORD(fields);

struct arg *
campaign_period_args(const struct campaign_period *q, struct arg *at)
{
	static const int64_t grains[PERIOD_ROWS] = { QUARTER_MIN, DAY_MIN };

	for (size_t i = 0; i < PERIOD_ROWS; i++) {
		*at++ = ARG_INT(q->campaign_id);
		*at++ = ARG_INT(grains[i]);
		*at++ = ARG_INT(q->at - q->at % grains[i]);
		*at++ = ARG_INT(q->slot);
		*at++ = ARG_INT(q->ended);
		*at++ = ARG_INT(q->answered);
		*at++ = ARG_INT(q->picked_up);
		*at++ = ARG_INT(q->abandoned);
	}
	return at;
}

int
campaign_periods(struct db *db, const struct periods_query *q,
		 struct campaign_period **out, size_t *count, struct arena *a,
		 struct fault *f)
{
	static const struct rows_kind kind = { STMT_PERIODS, &record,
					       sizeof(struct campaign_period) };

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
static const struct rows_kind abandoned_kind = { STMT_PERIODS_ABANDONED,
						 &abandoned_record, 0 };

int
campaign_abandoned(struct db *db, int64_t workspace_id, int64_t campaign_id,
		   int64_t now, struct abandoned *out, struct fault *f)
{
	struct arg id = ARG_INT(campaign_id);

	*out = (struct abandoned){ 0 };
	return rows_one(db, &abandoned_kind,
			ARGS(id, ARG_INT((now - US_PER_DAY) / US_PER_MINUTE),
			     ARG_INT((now / US_PER_DAY - 29) * DAY_MIN), id,
			     ARG_INT(workspace_id)),
			out, f) < 0
		       ? -1
		       : 0;
}

int
campaign_period_sweep(struct db *db, struct fault *f)
{
	return db_exec(db, NULL, STMT_PERIOD_SWEEP, NO_ARGS, f);
}
