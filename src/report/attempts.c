#include "report/attempts.h"

#include <string.h>

#include "app/outcome.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/call_id.h"
#include "report/contacts.h"
#include "store/db.h"

static const struct field found_fields[] = {
	{ FIELD(attempt_row, seg) },
	{ FIELD(attempt_row, ordinal) },
	{ FIELD(attempt_row, seq) },
	{ FIELD(attempt_row, nonce) },
	{ FIELD(attempt_row, phone) },
	{ FIELD(attempt_row, carrier_id) },
	{ FIELD(attempt_row, number_id) },
	{ FIELD(attempt_row, slot) },
	{ FIELD(attempt_row, sent_at) },
	{ FIELD(attempt_row, ring_ms) },
	{ FIELD(attempt_row, talk_ms) },
	{ FIELD(attempt_row, outcome), .words = outcome_words },
	{ FIELD(attempt_row, q850) },
	{ FIELD(attempt_row, sip) },
	{ FIELD(attempt_row, hung_by) },
	{ FIELD(attempt_row, counted) },
	{ FIELD(attempt_row, join_ms) },
	{ FIELD(attempt_row, phrase) },
	{ FIELD(attempt_row, amd) },
	{ FIELD(attempt_row, caller) },
	{ FIELD(attempt_row, carrier) },
};
static const struct record found_record = RECORD(found_fields);

/* clang-format off */
static const struct field shown_fields[] = {
	{ FIELD(attempt_row, phone), .label = "Phone Number" },
	{ FIELD(attempt_row, seq), .label = "Attempt" },
	{ FIELD(attempt_row, sent_at), .shape = SHAPE_TIME, .label = "Sent" },
	{ FIELD(attempt_row, ring_ms), .unit = "ms", .label = "Ring Time" },
	{ FIELD(attempt_row, talk_ms), .unit = "ms", .label = "Talk Time" },
	{ FIELD(attempt_row, outcome), .words = outcome_words, .label = "Outcome" },
	{ FIELD(attempt_row, sip), .label = "SIP Code" },
	{ FIELD(attempt_row, q850), .label = "Q.850 Cause" },
};
/* clang-format on */
const struct record attempt_row_record = RECORD(shown_fields);

/* Of a call that is up: REPORT_LIVE and REPORT_LIVES; 'live' is its state. */
static const struct field live_fields[] = {
	{ FIELD(attempt_row, seg) },	    { FIELD(attempt_row, ordinal) },
	{ FIELD(attempt_row, seq) },	    { FIELD(attempt_row, nonce) },
	{ FIELD(attempt_row, phone) },	    { FIELD(attempt_row, live) },
	{ FIELD(attempt_row, carrier_id) }, { FIELD(attempt_row, number_id) },
	{ FIELD(attempt_row, sent_at) },    { FIELD(attempt_row, caller) },
	{ FIELD(attempt_row, carrier) },
};
static const struct record live_record = RECORD(live_fields);

static void
name(struct attempt_row *row, int64_t run_id)
{
	struct call_key key = { .run = (uint32_t)run_id,
				.seg = (uint16_t)row->seg,
				.seq = (uint16_t)row->seq,
				.ordinal = (uint32_t)row->ordinal,
				.nonce = (uint32_t)row->nonce };
	uint8_t id[UUID_LEN];

	call_id_make(&key, id);
	uuid_text(id, row->id);
}

static void
name_all(struct attempt_list *list, int64_t run_id)
{
	for (size_t i = 0; i < list->count; i++)
		name(&list->rows[i], run_id);
}

static struct arg
limit_of(const struct attempt_query *q)
{
	bool fits = q->limit && q->limit <= ATTEMPTS_PAGE_MOST;

	return ARG_INT(fits ? q->limit : ATTEMPTS_PAGE_MOST);
}

int
attempts_page(struct db *db, const struct attempt_query *q,
	      struct attempt_list *out, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_ATTEMPTS,
					       &found_record,
					       sizeof(struct attempt_row) };
	struct arg run = ARG_INT(q->run_id), ws = ARG_INT(q->workspace_id);
	struct arg seg = ARG_INT(q->after_seg), most = limit_of(q);
	struct arg ordinal = ARG_INT(q->after_ordinal);

	out->rows = rows_all(db, &kind,
			     ARGS(run, seg, ordinal, ARG_INT(q->after_seq), run,
				  ws, most, run, seg, ordinal, run, ws, most,
				  run, seg, run, ws, most, most),
			     &out->count, a, f);
	if (!out->rows)
		return -1;
	name_all(out, q->run_id);
	return 0;
}

/* What is not known yet of calls that are up. */
static void
fill_live(struct attempt_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct attempt_row *row = &list->rows[i];

		if (!row->live)
			row->sent_at = 0; /* it is queued */
		row->live++;
		row->ring_ms = row->talk_ms = row->join_ms = -1;
		row->q850 = row->sip = -1;
		row->phrase = "";
	}
}

int
calls_page(struct db *db, const struct attempt_query *q,
	   struct attempt_list *out, struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_LIVES, &live_record,
					       sizeof(struct attempt_row) };
	uint8_t from[UUID_LEN], unused[UUID_LEN], to[UUID_LEN];
	struct call_key before = { .run = (uint32_t)q->run_id,
				   .seg = (uint16_t)q->after_seg,
				   .seq = (uint16_t)q->after_seq,
				   .ordinal = (uint32_t)q->after_ordinal,
				   .nonce = UINT32_MAX };

	if (q->after_seg < 0)
		before.seg = 0;
	call_id_make(&before, from);
	call_id_range(q->run_id, UINT16_MAX, unused, to);
	out->rows =
		rows_all(db, &kind,
			 ARGS(ARG_BIN(from, UUID_LEN), ARG_BIN(to, UUID_LEN),
			      ARG_INT(q->workspace_id), ARG_INT(q->campaign_id),
			      limit_of(q)),
			 &out->count, a, f);
	if (!out->rows)
		return -1;
	fill_live(out);
	name_all(out, q->run_id);
	return 0;
}

struct state_count {
	int64_t state, n;
};
static const struct field state_fields[] = {
	{ FIELD(state_count, state) },
	{ FIELD(state_count, n) },
};
static const struct record state_record = RECORD(state_fields);

int
live_calls(struct db *db, const struct attempt_query *q, struct live_calls *out,
	   struct arena *a, struct fault *f)
{
	static const struct rows_kind states = { STMT_REPORT_CALL_STATES,
						 &state_record,
						 sizeof(struct state_count) };
	static const struct rows_kind newest = { STMT_REPORT_NEWEST,
						 &live_record,
						 sizeof(struct attempt_row) };
	uint8_t from[UUID_LEN], to[UUID_LEN], unused[UUID_LEN];
	struct arg run_from, run_to, workspace = ARG_INT(q->workspace_id),
				     campaign = ARG_INT(q->campaign_id);
	const struct state_count *list;
	size_t n;

	*out = (struct live_calls){ .newest = { .count = 0 } };
	call_id_range(q->run_id, 0, from, unused);
	call_id_range(q->run_id, UINT16_MAX, unused, to);
	run_from = ARG_BIN(from, UUID_LEN);
	run_to = ARG_BIN(to, UUID_LEN);
	list = rows_all(db, &states,
			ARGS(run_from, run_to, workspace, campaign), &n, a, f);
	if (!list)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (list[i].state < LIVE_STATE_MAX)
			out->of[list[i].state] = list[i].n;
	out->newest.rows = rows_all(
		db, &newest,
		ARGS(run_from, run_to, workspace, campaign, limit_of(q)),
		&out->newest.count, a, f);
	if (!out->newest.rows)
		return -1;
	fill_live(&out->newest);
	name_all(&out->newest, q->run_id);
	return 0;
}

int
attempts_of_contact(struct db *db, const struct attempt_query *q,
		    const struct contact_row *c, struct attempt_list *out,
		    struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_TRAIL, &found_record,
					       sizeof(struct attempt_row) };
	static const struct rows_kind up = { STMT_REPORT_LIVE, &live_record,
					     sizeof(struct attempt_row) };
	struct arg run = ARG_INT(q->run_id);
	struct attempt_list live;

	out->rows = rows_all(db, &kind,
			     ARGS(run, ARG_INT(c->seg), ARG_INT(c->ordinal),
				  ARG_INT(q->after_seq), run,
				  ARG_INT(q->workspace_id), limit_of(q)),
			     &out->count, a, f);
	if (!out->rows)
		return -1;
	live.rows = rows_all(db, &up,
			     ARGS(ARG_INT(q->workspace_id), ARG_STR(c->phone),
				  ARG_INT(q->campaign_id), run, ARG_INT(c->seg),
				  ARG_INT(c->ordinal)),
			     &live.count, a, f);
	if (!live.rows)
		return -1;
	fill_live(&live);
	/* It may have ended between the two reads. */
	if (live.count &&
	    (!out->count || out->rows[out->count - 1].seq < live.rows[0].seq))
		out->rows[out->count++] = live.rows[0];
	name_all(out, q->run_id);
	return 0;
}

static const struct field report_fields[] = {
	{ FIELD(bot_report, seq) },	    { FIELD(bot_report, nonce) },
	{ FIELD(bot_report, disposition) }, { FIELD(bot_report, answered_by) },
	{ FIELD(bot_report, callback_at) }, { FIELD(bot_report, opt_out) },
	{ FIELD(bot_report, recording) },   { FIELD(bot_report, transcript) },
};
static const struct record report_record = RECORD(report_fields);

int
attempts_read_reports(struct db *db, const struct attempt_query *q,
		      const struct contact_row *c, struct attempt_list *list,
		      struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_SAID, &report_record,
					       sizeof(struct bot_report) };
	struct arg run = ARG_INT(q->run_id);
	size_t n;
	const struct bot_report *said =
		rows_all(db, &kind,
			 ARGS(run, ARG_INT(c->seg), ARG_INT(c->ordinal),
			      ARG_INT(q->after_seq), run,
			      ARG_INT(q->workspace_id), limit_of(q)),
			 &n, a, f);

	if (!said)
		return -1;
	for (size_t i = 0; i < list->count; i++) {
		struct attempt_row *row = &list->rows[i];

		for (size_t k = 0; k < n && *row->phone; k++)
			if (said[k].seq == row->seq &&
			    said[k].nonce == row->nonce)
				row->report = &said[k];
	}
	return 0;
}
