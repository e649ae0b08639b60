/* What a report changes after its call: the contact, the due time, counters. */
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/call_result_priv.h"
#include "campaign/campaign.h"
#include "campaign/campaign_period.h"
#include "campaign/run_counters.h"
#include "campaign/workspace_stats.h"
#include "store/db.h"
#include "workspace/account.h"

/* A row of RESULT_LIVE_CALL or RESULT_ENDED_CALL. */
struct call_row {
	const char *phone;
	int64_t campaign_id, outcome, rest, now;
};
static const struct field call_fields[] = {
	{ FIELD(call_row, phone) },   { FIELD(call_row, campaign_id) },
	{ FIELD(call_row, outcome) }, { FIELD(call_row, rest) },
	{ FIELD(call_row, now) },
};
static const struct record live_record = { call_fields, 2 };
static const struct record ended_record = RECORD(call_fields);
static const struct rows_kind live_kind = { STMT_RESULT_LIVE_CALL, &live_record,
					    sizeof(struct call_row) };
static const struct rows_kind ended_kind = { STMT_RESULT_ENDED_CALL,
					     &ended_record,
					     sizeof(struct call_row) };

struct said_row {
	int64_t reports, answered_by, callback_at;
	const char *disposition;
};
static const struct field said_fields[] = {
	{ FIELD(said_row, reports) },
	{ FIELD(said_row, answered_by) },
	{ FIELD(said_row, callback_at) },
	{ FIELD(said_row, disposition) },
};
static const struct record said_record = RECORD(said_fields);
static const struct rows_kind said_kind = { STMT_RESULT_SAID, &said_record,
					    sizeof(struct said_row) };

/* The contact as its run has it. */
struct contact_now {
	int64_t state, class, seq, due_at, tries;
};
static const struct field contact_fields[] = {
	{ FIELD(contact_now, state) }, { FIELD(contact_now, class) },
	{ FIELD(contact_now, seq) },   { FIELD(contact_now, due_at) },
	{ FIELD(contact_now, tries) },
};
static const struct record contact_record = RECORD(contact_fields);
static const struct rows_kind contact_kind = { STMT_RESULT_CONTACT,
					       &contact_record, 0 };

static int
absent(struct fault *f)
{
	return fault_set(f, FAULT_ABSENT, "There is no such call.");
}

int
report_live(struct db *db, struct report *r, struct fault *f)
{
	size_t n;
	const struct call_row *row =
		rows_all(db, &live_kind, ARGS(ARG_BIN(r->id, UUID_LEN)), &n,
			 r->arena, f);

	if (!row)
		return -1;
	if (!n)
		return absent(f);
	r->phone = row->phone;
	r->campaign_id = row->campaign_id;
	return 0;
}

/* The number as it is until the report is stored. */
static int
read_phone(struct db *db, struct report *r, struct fault *f)
{
	static const struct record phone_record = { call_fields, 1 };
	static const struct rows_kind kind = { STMT_RESULT_PHONE, &phone_record,
					       sizeof(struct call_row) };
	const struct call_key *k = &r->key;
	size_t n;
	const struct call_row *row =
		rows_all(db, &kind,
			 ARGS(ARG_INT(k->run), ARG_INT(k->seg),
			      ARG_INT(k->ordinal), ARG_INT(k->seq)),
			 &n, r->arena, f);

	if (!row)
		return -1;
	if (!n)
		return absent(f);
	r->phone = row->phone;
	return 0;
}

/* The run comes before the rows of its contacts, as in a plan. */
int
report_ended(struct db *db, struct report *r, struct fault *f)
{
	const struct call_key *k = &r->key;
	struct arg run = ARG_INT(k->run), ws = ARG_INT(r->who->workspace_id);
	size_t n;
	const struct call_row *row =
		rows_all(db, &ended_kind,
			 ARGS(run, ARG_INT(k->seg), ARG_INT(k->ordinal),
			      ARG_INT(k->seq), ARG_INT(k->nonce), ws),
			 &n, r->arena, f);
	int64_t open = 0;

	if (!row)
		return -1;
	if (!n)
		return absent(f);
	r->phone = row->phone;
	r->campaign_id = row->campaign_id;
	r->outcome = (enum outcome)row->outcome;
	r->now = row->now;
	r->rules = (struct follow_rules){ .campaign_id = row->campaign_id };
	if (follow_rules_read(db, &r->rules, 1, r->arena, f) ||
	    (row->rest == REST_OPEN &&
	     db_exec(db, &open, STMT_RESULT_LOCK_RUN, ARGS(run, ws), f)))
		return -1;
	r->run_is_open = open > 0;
	return read_phone(db, r, f);
}

int
call_said_read(struct db *db, struct report *r, struct fault *f)
{
	const struct call_key *k = &r->key;
	size_t n;
	const struct said_row *row =
		rows_all(db, &said_kind,
			 ARGS(ARG_INT(k->run), ARG_INT(k->seg),
			      ARG_INT(k->ordinal), ARG_INT(k->seq)),
			 &n, r->arena, f);

	if (!row)
		return -1;
	r->counted = row->disposition;
	if (row->reports > 1)
		r->before =
			(struct call_said){ .answered_by = row->answered_by,
					    .callback_at = row->callback_at,
					    .disposition = row->disposition };
	return 0;
}

/* Inside a move: the state before and after, with their due times. */
struct move {
	struct contact_now was;
	struct follow_next next;
};

static int
exclude(struct db *db, const struct report *r, struct move *m, struct fault *f)
{
	struct arg phone = ARG_STR(r->phone);
	int64_t barred = r->result->opt_out;

	if (!m->next.due_at)
		return 0;
	if (!barred &&
	    db_int(db, &barred, STMT_RESULT_IS_BARRED,
		   ARGS(phone, phone, phone, phone, ARG_INT(r->campaign_id)),
		   f))
		return -1;
	if (barred)
		m->next = (struct follow_next){ .state = CONTACT_EXCLUDED };
	return 0;
}

/* What follows now, if that is not what followed before. */
static bool
differs(const struct report *r, struct move *m)
{
	struct call_end end = { .outcome = r->outcome,
				.tries = m->was.tries,
				.seq = m->was.seq,
				.was_callback = m->was.class == DUE_CALLBACK,
				.now = r->now };
	struct follow_next before = follow(&r->rules, &end, &r->before);

	m->next = follow(&r->rules, &end, &r->said);
	if ((int64_t)before.state != m->was.state)
		return false;
	return before.state != m->next.state ||
	       (m->next.state == CONTACT_CALLBACK &&
		before.due_at != m->next.due_at) ||
	       (r->result->opt_out && m->next.due_at);
}

static int
write_contact(struct db *db, const struct report *r, const struct move *m,
	      struct fault *f)
{
	const struct call_key *k = &r->key;
	struct arg run = ARG_INT(k->run), seg = ARG_INT(k->seg);
	struct arg ordinal = ARG_INT(k->ordinal);
	enum due_class class = m->next.due_at ? class_of_state(m->next.state)
					      : (enum due_class)m->was.class;
	bool waited = contact_waits((enum contact_state)m->was.state);
	int64_t moved, gone = 0;

	if (db_exec(db, &moved, STMT_RESULT_MOVE,
		    ARGS(ARG_INT(m->next.state), ARG_INT(class),
			 m->next.due_at ? ARG_TIME(m->next.due_at) : ARG_NULL,
			 run, seg, ordinal, ARG_INT(m->was.state),
			 ARG_INT(m->was.seq)),
		    f) ||
	    (waited && db_exec(db, &gone, STMT_DUE_DELETE,
			       ARGS(run, ARG_INT(m->was.class),
				    ARG_TIME(m->was.due_at), seg, ordinal),
			       f)))
		return -1;
	if (moved != 1 || gone != waited)
		return fault_set(f, FAULT_CONFLICT,
				 "The contact has changed in the meantime.");
	if (!m->next.due_at)
		return 0;
	return db_exec(db, NULL, STMT_DUE_INSERT,
		       ARGS(run, ARG_INT(class), ARG_TIME(m->next.due_at), seg,
			    ordinal),
		       f);
}

static bool
is_processed(int64_t tries, int64_t state)
{
	return tries > 0 || state == CONTACT_INVALID ||
	       state == CONTACT_EXCLUDED;
}

static int
move(struct db *db, struct report *r, struct run_counters *c, struct fault *f)
{
	const struct call_key *k = &r->key;
	struct move m = { .was = { 0 } };
	int got = rows_one(
		db, &contact_kind,
		ARGS(ARG_INT(k->run), ARG_INT(k->seg), ARG_INT(k->ordinal)),
		&m.was, f);

	if (got < 0)
		return -1;
	if (!got || m.was.seq != k->seq || m.was.state == CONTACT_ACTIVE ||
	    !differs(r, &m))
		return 0;
	if (exclude(db, r, &m, f) || write_contact(db, r, &m, f))
		return -1;
	c->of[run_counter_of_state((enum contact_state)m.was.state)]--;
	c->of[run_counter_of_state(m.next.state)]++;
	c->of[COUNT_PROCESSED] +=
		is_processed(m.was.tries, (int64_t)m.next.state) -
		is_processed(m.was.tries, m.was.state);
	r->out->changed = true;
	r->out->run_id = k->run;
	return 0;
}

/* The answers of workspace and campaign, which no node has to write. */
static int
count_answers(struct db *db, const struct report *r, int64_t answered,
	      struct fault *f)
{
	int64_t minute = r->now / US_PER_MINUTE;
	struct campaign_period q = { .campaign_id = r->campaign_id,
				     .at = minute,
				     .slot = SLOT_NONE,
				     .answered = answered };
	struct arg args[PERIOD_ROWS * PERIOD_COLUMNS];

	campaign_period_args(&q, args);
	if (db_bulk(db, NULL, STMT_PERIOD_ADD, args, PERIOD_COLUMNS,
		    PERIOD_ROWS, f))
		return -1;
	return db_exec(db, NULL, STMT_STATS_ADD,
		       ARGS(ARG_INT(r->who->workspace_id),
			    ARG_INT(GRAIN_QUARTER),
			    ARG_INT(minute - minute % GRAIN_QUARTER),
			    ARG_INT(SLOT_NONE), ARG_INT(0), ARG_INT(0),
			    ARG_INT(answered)),
		       f);
}

int
report_follow(struct db *db, struct report *r, struct fault *f)
{
	struct run_counters c = { .run_id = r->key.run };
	int64_t answered = said_unanswered(&r->before, r->outcome) -
			   said_unanswered(&r->said, r->outcome);

	if (r->run_is_open && move(db, r, &c, f))
		return -1;
	c.of[COUNT_ANSWERED] = answered;
	if (run_counters_add(db, &c, 1, SHARD_WEB, f))
		return -1;
	return answered ? count_answers(db, r, answered, f) : 0;
}

#define SHARDS 16 /* of run_disposition */

int
report_count(struct db *db, const struct report *r, struct fault *f)
{
	const char *was = r->counted, *is = r->said.disposition;
	/* in the order of the key */
	const char *names[2] = { was, is };
	int64_t change[2] = { -1, 1 };
	bool swap = strcmp(was, is) > 0;
	struct arg args[2 * 4], *at = args;

	if (strcmp(was, is) == 0)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		size_t k = swap ? 1 - i : i;

		if (!*names[k])
			continue;
		*at++ = ARG_INT(r->key.run);
		*at++ = ARG_STR(names[k]);
		*at++ = ARG_INT(r->key.ordinal % SHARDS);
		*at++ = ARG_INT(change[k]);
	}
	return db_bulk(db, NULL, STMT_DISPOSITION_ADD, args, 4,
		       (size_t)(at - args) / 4, f);
}
