#include "report/run_report.h"

#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/figures.h"
#include "store/db.h"

static const struct field run_fields[] = {
	{ FIELD(run, id) },
	{ FIELD(run, no) },
	{ FIELD(run, rest), .words = run_rest_words },
	{ FIELD(run, reason) },
	{ FIELD(run, started_at) },
	{ FIELD(run, ended_at) },
};
static const struct record run_record = RECORD(run_fields);

/* In the order of the columns of REPORT_COUNTS, which is that of the enum. */
#define COUNTER(n)                                            \
	{                                                     \
		.name = "",                                   \
		.offset = offsetof(struct run_counters, of) + \
			  (n) * sizeof(int64_t),              \
		.type = FIELD_INT                             \
	}
static const struct field count_fields[] = { COUNTER(COUNT_ACTIVE),
					     COUNTER(COUNT_HELD),
					     COUNTER(COUNT_RETRY),
					     COUNTER(COUNT_CALLBACK),
					     COUNTER(COUNT_COMPLETED),
					     COUNTER(COUNT_EXHAUSTED),
					     COUNTER(COUNT_ABANDONED),
					     COUNTER(COUNT_VOICEMAIL),
					     COUNTER(COUNT_INVALID),
					     COUNTER(COUNT_EXCLUDED),
					     COUNTER(COUNT_PROCESSED),
					     COUNTER(COUNT_CONNECTED),
					     COUNTER(COUNT_ENDED),
					     COUNTER(COUNT_ANSWERED),
#define X(number, ...) COUNTER(COUNT_OUTCOME_1 + (number)-1),
					     OUTCOMES(X)
#undef X
};
static const struct record count_record = RECORD(count_fields);
static const struct rows_kind counts = { STMT_REPORT_COUNTS, &count_record,
					 sizeof(struct run_counters) };

/* The run that is asked for, of a campaign that is there. */
static int
find(struct db *db, const struct run_query *q, int64_t current, struct run *out,
     struct arena *a, struct fault *f)
{
	struct rows r;
	int got;

	*out = (struct run){ .reason = "" };
	if (!q->no && !current)
		return 0;
	if (db_query(db, &r, STMT_REPORT_RUN,
		     ARGS(ARG_INT(q->workspace_id), ARG_INT(q->campaign_id),
			  ARG_INT(q->no), ARG_INT(q->no ? 0 : current)),
		     f))
		return -1;
	got = rows_fetch(&r, &run_record, out, a, f);
	rows_close(&r);
	if (got == 0)
		fault_set(f, FAULT_ABSENT,
			  "The campaign has no run %" PRId64 ".", q->no);
	return got > 0 ? 0 : -1;
}

int
run_find(struct db *db, const struct run_query *q, struct run *out,
	 struct arena *a, struct fault *f)
{
	struct campaign c;

	if (campaign_load(db, q->workspace_id, q->campaign_id, &c, a, f))
		return -1;
	return find(db, q, c.current_run, out, a, f);
}

struct began {
	const char *json;
};
static const struct field began_fields[] = { { FIELD(began, json) } };
static const struct record began_record = RECORD(began_fields);

int
run_settings(struct db *db, int64_t workspace_id, int64_t run_id,
	     const char **out, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_RUN_SETTINGS,
					       &began_record,
					       sizeof(struct began) };
	size_t n;
	const struct began *row = rows_all(
		db, &kind, ARGS(ARG_INT(run_id), ARG_INT(workspace_id)), &n, a,
		f);

	*out = row && n ? row->json : "{}";
	return row ? 0 : -1;
}

int
run_counts(struct db *db, int64_t workspace_id, struct run_counters *out,
	   struct fault *f)
{
	struct arg run = ARG_INT(out->run_id);

	return rows_one(db, &counts, ARGS(run, run, ARG_INT(workspace_id)), out,
			f) < 0
		       ? -1
		       : 0;
}

/* The figures of a run that is not the current one. */
static int
read_figures(struct db *db, struct campaign *c, int64_t run_id, struct arena *a,
	     struct fault *f)
{
	if (run_id == c->current_run)
		return 0;
	c->current_run = run_id;
	c->fig = (struct campaign_figures){ .total = 0 };
	return figures_add(db, c, 1, NULL, a, f);
}

/* Adds what came of out->run of the campaign out->c. */
static int
add_up(struct db *db, struct run_report *out, struct arena *a, struct fault *f)
{
	if (read_figures(db, &out->c, out->run.id, a, f))
		return -1;
	out->counts.run_id = out->run.id;
	if (!out->run.id) {
		out->waiting = out->c.fig.total;
		return 0;
	}
	return run_counts(db, out->c.workspace_id, &out->counts, f) ||
			       campaign_waiting(db, &out->c, &out->waiting, f)
		       ? -1
		       : 0;
}

int
run_report(struct db *db, const struct run_query *q, struct run_report *out,
	   struct arena *a, struct fault *f)
{
	*out = (struct run_report){ .waiting = 0 };
	return campaign_load(
		       db, q->workspace_id, q->campaign_id, &out->c, a,
		       f) || find(db, q, out->c.current_run, &out->run, a, f) ||
			       add_up(db, out, a, f)
		       ? -1
		       : 0;
}

int
run_reports(struct db *db, const struct run_page *q, struct run_report **out,
	    size_t *count, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_RUNS, &run_record,
					       sizeof(struct run) };
	struct run_report *list;
	struct campaign c;
	struct run *runs;

	if (campaign_load(db, q->workspace_id, q->campaign_id, &c, a, f))
		return -1;
	runs = rows_all(db, &kind,
			ARGS(ARG_INT(q->workspace_id), ARG_INT(q->campaign_id),
			     ARG_INT(q->before ? q->before : INT64_MAX),
			     ARG_INT(q->limit)),
			count, a, f);
	if (!runs)
		return -1;
	*out = list = ARENA_ARRAY(a, *count + 1, struct run_report);
	for (size_t i = 0; i < *count; i++) {
		list[i] = (struct run_report){ .c = c, .run = runs[i] };
		if (add_up(db, &list[i], a, f))
			return -1;
	}
	return 0;
}
