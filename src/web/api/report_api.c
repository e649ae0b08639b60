/* What came of a campaign: its attempts, and the figures of its runs. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "report/attempts.h"
#include "report/run_report.h"
#include "web/api/answer_codec.h"
#include "web/api/api.h"
#include "web/api/attempt_schema.h"
#include "web/api/campaign_schema.h"
#include "web/api/schema.h"
#include "web/export/attempt_report.h"
#include "web/server/request.h"

#define PLACE_MOST 40 /* characters */

static handler_fn attempts, export_attempts, report, runs;

enum { ENDED, UP };

struct attempts_filter {
	int64_t run, limit;
	const char *after;
};

struct attempt_answer {
	int64_t run;
	struct attempt_shown *attempts;
	size_t count;
	const char *next;
};

struct report_filter {
	int64_t run;
};
struct report_shown {
	struct run_report r;
	int64_t progress, answer_rate, completion_rate;
};

struct runs_filter {
	int64_t limit, after;
};
struct runs_answer {
	struct report_shown *runs;
	size_t count;
	int64_t next; /* -1: none */
};

/* clang-format off */
#define WHICH_RUN .min = 0, .max = UINT32_MAX, .def = "0", .label = "run", \
	.help = "The number of a run, from 1 on; 0: the current one."
static const struct field attempt_filter_fields[] = {
	{ FIELD(attempts_filter, run), WHICH_RUN },
	{ FIELD(attempts_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(attempts_filter, after), .max = PLACE_MOST, .def = "", .label = "after",
	  .help = "“next” of the answer before: the attempts after those." },
};
static const struct field report_filter_fields[] = {
	{ FIELD(report_filter, run), WHICH_RUN },
};
static const struct field runs_filter_fields[] = {
	{ FIELD(runs_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(runs_filter, after), .min = 0, .max = UINT32_MAX, .def = "0", .label = "after",
	  .help = "“next” of the answer before: the runs before that number." },
};
static const struct field runs_fields[] = {
	{ .name = "next", .offset = offsetof(struct runs_answer, next), KNOWN, .help = "For “after”; null on the last page." },
};
#define THE_RUN .help = "The number of the run; 0: there is none."
static const struct field attempts_fields[] = {
	{ FIELD(attempt_answer, run), THE_RUN },
	{ FIELD(attempt_answer, next), .help = "For “after”; null on the last page." },
};

static const struct field run_fields[] = {
	{ .name = "run", .offset = offsetof(struct run, no), .type = FIELD_INT, THE_RUN },
	{ .name = "end", .offset = offsetof(struct run, rest), .type = FIELD_WORD, .words = run_rest_words,
	  .help = "How the run ended." },
	{ FIELD(run, reason), .min = 0, .help = "Why it failed; empty if it did not." },
	{ FIELD(run, started_at), .shape = SHAPE_TIME },
	{ FIELD(run, ended_at), .shape = SHAPE_TIME },
};
static const struct field share_fields[] = {
	{ FIELD(report_shown, progress), .help = "Percent of the contacts that were processed." },
	{ .name = "answer_rate", .offset = offsetof(struct report_shown, answer_rate), TENTHS,
	  .help = "Percent of the counted attempts that were picked up; null: there are none." },
	{ .name = "completion_rate", .offset = offsetof(struct report_shown, completion_rate), TENTHS,
	  .help = "Percent of the contacts that get no more calls; null: none was called yet." },
};
static const struct field waiting_fields[] = {
	{ FIELD(run_report, waiting), .help = "Contacts that wait for a call, or waited when the run ended." },
};
#define COUNTER(word, at) \
	{ .name = word, .offset = offsetof(struct run_counters, of) + (at) * sizeof(int64_t), .type = FIELD_INT },
static const struct field contact_fields[] = {
	COUNTER("active", COUNT_ACTIVE)
	COUNTER("retry_scheduled", COUNT_RETRY)
	COUNTER("callback_scheduled", COUNT_CALLBACK)
	COUNTER("completed", COUNT_COMPLETED)
	COUNTER("exhausted", COUNT_EXHAUSTED)
	COUNTER("abandoned", COUNT_ABANDONED)
	COUNTER("voicemail", COUNT_VOICEMAIL)
	COUNTER("invalid", COUNT_INVALID)
	COUNTER("excluded", COUNT_EXCLUDED)
};
static const struct field outcome_fields[] = {
#define X(number, name, word, ...) COUNTER(word, COUNT_OUTCOME_1 + (number) - 1)
	OUTCOMES(X)
#undef X
};
/* clang-format on */

static const struct record attempt_filter_record =
	RECORD(attempt_filter_fields);
static const struct record report_filter_record = RECORD(report_filter_fields);
static const struct record runs_filter_record = RECORD(runs_filter_fields);
static const struct record runs_record = RECORD(runs_fields);
static const struct record attempts_record = RECORD(attempts_fields);
static const struct record run_record = RECORD(run_fields);
static const struct record share_record = RECORD(share_fields);
static const struct record waiting_record = RECORD(waiting_fields);
static const struct record contact_record = RECORD(contact_fields);
static const struct record outcome_record = RECORD(outcome_fields);

#define SCHEMA_OF(label, r)                                                \
	{ .name = (label),                                                 \
	  .members = (const struct schema_members[]){ { &(r), 0 } },       \
	  .member_count = 1 }
static const struct schema contacts_schema =
	SCHEMA_OF("ContactsByState", contact_record);
static const struct schema outcomes_schema =
	SCHEMA_OF("AttemptsByOutcome", outcome_record);

static const struct schema_part attempts_parts[] = {
	SCHEMA_PART_LIST(attempt_answer, attempts, count, &attempt_schema,
			 "The attempts of this page, by contact."),
};
static const struct schema attempts_schema = {
	.name = "AttemptList",
	.members = (const struct schema_members[]){ { &attempts_record, 0 } },
	.member_count = 1,
	.parts = attempts_parts,
	.part_count = ARRAY_LEN(attempts_parts),
};

#define AT_REPORT offsetof(struct report_shown, r)
#define AT_RUN (AT_REPORT + offsetof(struct run_report, run))
#define AT_COUNTS (AT_REPORT + offsetof(struct run_report, counts))
#define AT_FIGURES                                     \
	(AT_REPORT + offsetof(struct run_report, c) +  \
	 offsetof(struct campaign, fig))
static const struct schema_members report_members[] = {
	{ &run_record, AT_RUN },
	{ &share_record, 0 },
	{ &waiting_record, AT_REPORT },
};
static const struct schema_part report_parts[] = {
	{ .name = "figures",
	  .schema = &campaign_figures_schema,
	  .offset = AT_FIGURES },
	{ .name = "contacts",
	  .text = "Contacts that were called, by their state; “waiting” has the others, too.",
	  .schema = &contacts_schema,
	  .offset = AT_COUNTS },
	{ .name = "outcomes",
	  .text = "Attempts that have ended, by their outcome.",
	  .schema = &outcomes_schema,
	  .offset = AT_COUNTS },
};
static const struct schema report_schema = {
	.name = "Report",
	.members = report_members,
	.member_count = ARRAY_LEN(report_members),
	.parts = report_parts,
	.part_count = ARRAY_LEN(report_parts),
};

static const struct schema_part runs_parts[] = {
	SCHEMA_PART_LIST(runs_answer, runs, count, &report_schema,
			 "The runs of this page, newest first."),
};
static const struct schema runs_schema = {
	.name = "RunList",
	.members = (const struct schema_members[]){ { &runs_record, 0 } },
	.member_count = 1,
	.parts = runs_parts,
	.part_count = ARRAY_LEN(runs_parts),
};

#define ONE "/campaigns/:campaign"
/* clang-format off */
#define OPERATIONS(X) \
	X(GET, ONE "/attempts", READ, attempts, ENDED, &attempt_filter_record, NULL, &attempts_schema, 200, "listAttempts", "Lists the attempts of a run that have ended.") \
	X(GET, ONE "/attempts/export", READ, export_attempts, 0, &attempt_report_record, NULL, NULL, 200, "exportAttempts", "Answers all attempts of a run that have ended as a file, a line each, in the order of contacts.") \
	X(GET, ONE "/calls",    READ, attempts, UP,    &attempt_filter_record, NULL, &attempts_schema, 200, "listCalls",    "Lists the calls of a run that are queued or up.") \
	X(GET, ONE "/report",   READ, report,   0, &report_filter_record,  NULL, &report_schema,   200, "readReport",   "Reads what came of a run so far.") \
	X(GET, ONE "/runs",     READ, runs,     0, &runs_filter_record,    NULL, &runs_schema,     200, "listRuns",     "Lists the runs of a campaign, each as its report.")

const struct route report_api_routes[] = {
	OPERATIONS(API_ROUTE)
	{ 0 }
};
static const struct operation operations[] = {
	OPERATIONS(API_OPERATION)
};
/* clang-format on */

const struct api_subject report_api = { "Reports", report_api_routes,
					operations, ARRAY_LEN(operations) };

/* "1:20:3": segment, ordinal and number of the attempt before the page. */
static int
read_place(const char *text, struct attempt_query *out, struct arena *a,
	   struct fault *f)
{
	int64_t *const parts[] = { &out->after_seg, &out->after_ordinal,
				   &out->after_seq };

	out->after_seg = -1;
	if (!*text)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		size_t len = strcspn(text, ":");
		bool ends = text[len] == '\0';

		if (text_int(arena_printf(a, "%.*s", (int)len, text),
			     parts[i]) ||
		    *parts[i] < 0 || ends != (i == ARRAY_LEN(parts) - 1))
			return fault_field(f, "after",
					   "“after” must be “next” of an "
					   "answer.");
		text += len + !ends;
	}
	return 0;
}

/* Makes the answer of one attempt more than was asked for, if there is one. */
static int
fill(struct request *q, const struct attempt_list *list, size_t limit,
     struct attempt_answer *out, struct fault *f)
{
	const struct result_site *site;
	const struct attempt_row *last;

	if (api_result_site(q, &site, f))
		return -1;
	out->count = list->count < limit ? list->count : limit;
	out->attempts = ARENA_ARRAY(q->arena, limit, struct attempt_shown);
	for (size_t i = 0; i < out->count; i++)
		out->attempts[i] = attempt_show(q, site, &list->rows[i]);
	if (list->count <= limit)
		return 0;
	last = &list->rows[limit - 1];
	out->next = arena_printf(q->arena,
				 "%" PRId64 ":%" PRId64 ":%" PRId64, last->seg,
				 last->ordinal, last->seq);
	return 0;
}

static int
which_run(struct request *q, int64_t no, struct run_query *out, struct fault *f)
{
	uint64_t id;

	if (request_campaign(q, &id, f))
		return -1;
	*out = (struct run_query){ q->actor.workspace_id, (int64_t)id, no };
	return 0;
}

/* GET /campaigns/{campaign}/attempts, .../calls */
static int
attempts(struct request *q, struct reply *r, struct fault *f)
{
	struct attempts_filter asked = { .limit = 0 };
	struct attempt_list list = { .count = 0 };
	struct attempt_answer out = { .next = NULL };
	struct attempt_query page;
	struct run_query which;
	struct run run;

	if (api_query(q, &attempt_filter_record, &asked, f) ||
	    which_run(q, asked.run, &which, f))
		return -1;
	page = (struct attempt_query){ .workspace_id = which.workspace_id,
				       .campaign_id = which.campaign_id,
				       .limit = (size_t)asked.limit + 1 };
	if (read_place(asked.after, &page, q->arena, f) ||
	    run_find(q->db, &which, &run, q->arena, f))
		return -1;
	page.run_id = run.id;
	if (run.id && (q->route->arg == UP ? calls_page : attempts_page)(
			      q->db, &page, &list, q->arena, f))
		return -1;
	out.run = run.no;
	if (fill(q, &list, (size_t)asked.limit, &out, f))
		return -1;
	api_answer(q, r, 200, &attempts_schema, &out);
	return 0;
}

static void
add_shares(struct report_shown *s)
{
	s->progress = campaign_progress(&s->r.c);
	s->answer_rate = campaign_answer_rate(&s->r.c);
	s->completion_rate = campaign_completion_rate(&s->r.c);
}

/* GET /campaigns/{campaign}/attempts/export */
static int
export_attempts(struct request *q, struct reply *r, struct fault *f)
{
	struct attempt_report_query asked;

	return api_query(q, &attempt_report_record, &asked, f) ||
			       attempt_report_answer(q, r, &asked, f)
		       ? -1
		       : 0;
}

/* GET /campaigns/{campaign}/report */
static int
report(struct request *q, struct reply *r, struct fault *f)
{
	struct report_filter asked = { .run = 0 };
	struct report_shown out;
	struct run_query which;

	if (api_query(q, &report_filter_record, &asked, f) ||
	    which_run(q, asked.run, &which, f) ||
	    run_report(q->db, &which, &out.r, q->arena, f))
		return -1;
	add_shares(&out);
	api_answer(q, r, 200, &report_schema, &out);
	return 0;
}

/* GET /campaigns/{campaign}/runs */
static int
runs(struct request *q, struct reply *r, struct fault *f)
{
	struct runs_filter asked = { .limit = 0 };
	struct runs_answer out = { .next = -1 };
	struct run_report *all;
	struct run_page page;
	uint64_t id;

	if (api_query(q, &runs_filter_record, &asked, f) ||
	    request_campaign(q, &id, f))
		return -1;
	page = (struct run_page){ .workspace_id = q->actor.workspace_id,
				  .campaign_id = (int64_t)id,
				  .before = asked.after,
				  .limit = (size_t)asked.limit + 1 };
	if (run_reports(q->db, &page, &all, &out.count, q->arena, f))
		return -1;
	if (out.count == page.limit) {
		out.count--;
		out.next = all[out.count - 1].run.no;
	}
	out.runs = ARENA_ARRAY(q->arena, page.limit, struct report_shown);
	for (size_t i = 0; i < out.count; i++) {
		out.runs[i].r = all[i];
		add_shares(&out.runs[i]);
	}
	api_answer(q, r, 200, &runs_schema, &out);
	return 0;
}
