#include "report/segments.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/faults.h"
#include "report/contacts.h"
#include "store/db.h"

static const struct field fields[] = {
	{ FIELD(report_segment, seg) },	  { FIELD(report_segment, list_id) },
	{ FIELD(report_segment, part) },  { FIELD(report_segment, upto) },
	{ FIELD(report_segment, next) },  { FIELD(report_segment, rest) },
	{ FIELD(report_segment, zone) },  { FIELD(report_segment, prio) },
	{ FIELD(report_segment, grows) },
};
static const struct record record = RECORD(fields);
static const struct rows_kind of_run = { STMT_REPORT_RUN_SEGMENTS, &record,
					 sizeof(struct report_segment) };
static const struct rows_kind of_draft = { STMT_REPORT_SEGMENTS, &record,
					   sizeof(struct report_segment) };

int
report_segments(struct db *db, const struct contact_query *q,
		struct report_segment **out, size_t *count, struct arena *a,
		struct fault *f)
{
	struct arg campaign = ARG_INT(q->campaign_id);
	struct arg workspace = ARG_INT(q->workspace_id);

	*out = q->run_id
		       ? rows_all(db, &of_run,
				  ARGS(ARG_INT(q->run_id), campaign, workspace),
				  count, a, f)
		       : rows_all(db, &of_draft, ARGS(campaign, workspace),
				  count, a, f);
	if (!*out)
		return -1;
	return *count ? 0 : fault_no_campaign(f);
}
