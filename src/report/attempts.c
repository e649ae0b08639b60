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

/* A row of REPORT_LIVE. */
struct live_attempt {
	int64_t seq, nonce, state, carrier_id, number_id;
	int64_t queued_at, sent_at, ringing_at, answered_at;
	const char *caller, *carrier;
};
static const struct field live_fields[] = {
	{ FIELD(live_attempt, seq) },
	{ FIELD(live_attempt, nonce) },
	{ FIELD(live_attempt, state) },
	{ FIELD(live_attempt, carrier_id) },
	{ FIELD(live_attempt, number_id) },
	{ FIELD(live_attempt, queued_at) },
	{ FIELD(live_attempt, sent_at) },
	{ FIELD(live_attempt, ringing_at) },
	{ FIELD(live_attempt, answered_at) },
	{ FIELD(live_attempt, caller) },
	{ FIELD(live_attempt, carrier) },
};
static const struct record live_record = RECORD(live_fields);
static const struct rows_kind lives = { STMT_REPORT_LIVE, &live_record,
					sizeof(struct live_attempt) };

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

/* The call that is up, as an attempt.  Returns 1, 0: there is none, or -1. */
static int
read_live(struct db *db, const struct attempt_query *q,
	  const struct contact_row *c, struct attempt_row *row, struct arena *a,
	  struct fault *f)
{
	size_t n;
	const struct live_attempt *live =
		rows_all(db, &lives,
			 ARGS(ARG_INT(q->workspace_id), ARG_STR(c->phone),
			      ARG_INT(q->campaign_id), ARG_INT(q->run_id),
			      ARG_INT(c->seg), ARG_INT(c->ordinal)),
			 &n, a, f);

	if (!live || !n)
		return live ? 0 : -1;
	*row = (struct attempt_row){ .seg = c->seg,
				     .ordinal = c->ordinal,
				     .seq = live->seq,
				     .nonce = live->nonce,
				     .phone = c->phone,
				     .carrier_id = live->carrier_id,
				     .number_id = live->number_id,
				     .sent_at = live->state ? live->sent_at : 0,
				     .ring_ms = -1,
				     .talk_ms = -1,
				     .q850 = -1,
				     .sip = -1,
				     .caller = live->caller,
				     .carrier = live->carrier,
				     .live = live->state + 1 };
	return 1;
}

int
attempts_of_contact(struct db *db, const struct attempt_query *q,
		    const struct contact_row *c, struct attempt_list *out,
		    struct arena *a, struct fault *f)
{
	static const struct rows_kind kind = { STMT_REPORT_TRAIL, &found_record,
					       sizeof(struct attempt_row) };
	struct arg run = ARG_INT(q->run_id);
	struct attempt_row live;
	int got;

	out->rows = rows_all(db, &kind,
			     ARGS(run, ARG_INT(c->seg), ARG_INT(c->ordinal),
				  ARG_INT(q->after_seq), run,
				  ARG_INT(q->workspace_id), limit_of(q)),
			     &out->count, a, f);
	got = out->rows ? read_live(db, q, c, &live, a, f) : -1;
	if (got < 0)
		return -1;
	/* It may have ended between the two reads. */
	if (got && (!out->count || out->rows[out->count - 1].seq < live.seq))
		out->rows[out->count++] = live;
	name_all(out, q->run_id);
	return 0;
}
