#include "report/number_calls.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "store/db.h"

static const struct field call_fields[] = {
	{ FIELD(number_call, campaign_id) },
	{ FIELD(number_call, campaign) },
	{ FIELD(number_call, run) },
	{ FIELD(number_call, seg) },
	{ FIELD(number_call, ordinal) },
	{ FIELD(number_call, sent_at) },
	{ FIELD(number_call, ring_ms) },
	{ FIELD(number_call, talk_ms) },
	{ FIELD(number_call, outcome) },
	{ FIELD(number_call, live) },
	{ FIELD(number_call, caller) },
	{ FIELD(number_call, disposition) },
};
static const struct record call_record = RECORD(call_fields);
static const struct rows_kind live_kind = { STMT_NUMBER_LIVE, &call_record,
					    sizeof(struct number_call) };
static const struct rows_kind call_kind = { STMT_NUMBER_CALLS, &call_record,
					    sizeof(struct number_call) };

static const struct field exclusion_fields[] = {
	{ FIELD(number_exclusion, campaign_id) },
	{ FIELD(number_exclusion, campaign) },
};
static const struct record exclusion_record = RECORD(exclusion_fields);
static const struct rows_kind exclusion_kind = {
	STMT_NUMBER_EXCLUSIONS, &exclusion_record,
	sizeof(struct number_exclusion)
};

/* The call that is up, if there is one, before those that have ended. */
static int
read_calls(struct db *db, const struct number_query *q,
	   struct number_calls *out, struct arena *a, struct fault *f)
{
	struct arg workspace = ARG_INT(q->workspace_id);
	struct arg phone = ARG_STR(q->phone);
	struct number_call *live, *ended;
	size_t up = 0, count;

	live = q->before ? NULL
			 : rows_all(db, &live_kind, ARGS(workspace, phone), &up,
				    a, f);
	if (!live && !q->before)
		return -1;
	ended = rows_all(db, &call_kind,
			 ARGS(phone, workspace, ARG_INT(q->before),
			      ARG_TIME(q->before),
			      ARG_INT(NUMBER_CALLS_MOST + 1)),
			 &count, a, f);
	if (!ended)
		return -1;
	out->more = count > NUMBER_CALLS_MOST;
	count -= out->more;
	out->rows = ARENA_ARRAY(a, up + count + 1, struct number_call);
	for (size_t i = 0; i < up; i++)
		out->rows[i] = live[i];
	for (size_t i = 0; i < count; i++)
		out->rows[up + i] = ended[i];
	out->count = up + count;
	return 0;
}

int
number_calls(struct db *db, const struct number_query *q,
	     struct number_calls *out, struct arena *a, struct fault *f)
{
	struct arg phone = ARG_STR(q->phone);

	if (read_calls(db, q, out, a, f))
		return -1;
	out->exclusions = rows_all(db, &exclusion_kind,
				   ARGS(phone, ARG_INT(q->workspace_id), phone,
					ARG_INT(NUMBER_EXCLUSIONS_MOST + 1)),
				   &out->exclusion_count, a, f);
	return out->exclusions ? 0 : -1;
}
