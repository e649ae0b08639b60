#include "ledger/pacing_read.h"

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/field.h"
#include "base/numeric.h"
#include "ledger/ledger.h"
#include "ledger/pacing_memory.h"
#include "store/db.h"

static const struct field hour_fields[] = {
	{ FIELD(pacing, hour.handled) },   { FIELD(pacing, talk_ms) },
	{ FIELD(pacing, hour.answered) },  { FIELD(pacing, hour.abandoned) },
	{ FIELD(pacing, hour.answered_10) },
};
static const struct record hour_record = RECORD(hour_fields);
static const struct rows_kind hours = { STMT_RUN_HOUR, &hour_record, 0 };

int
ledger_pacing_hour(struct db *db, int64_t run_id, int64_t now, struct pacing *p,
		   struct fault *f)
{
	int64_t minute = now / US_PER_MINUTE;
	struct arg handled = ARG_INT(minute - CAUTION_HANDLED_MIN);
	int got = rows_one(db, &hours,
			   ARGS(handled, handled,
				ARG_INT(minute - CAUTION_AHEAD_MIN),
				ARG_INT(run_id),
				ARG_INT(minute - CAUTION_PAST_MIN)),
			   p, f);

	return got < 0 ? -1 : 0;
}

/* Kinds of RUN_CALLS. */
enum { CALLS_QUEUED, CALLS_RINGING, CALLS_CONNECTED, CALLS_WAITING, CALLS_NEW };

/* A row of RUN_CALLS. */
struct calls_row {
	int64_t ended, picked_up, now;
	int64_t kind, s, held, n, talked_ms;
};
static const struct field calls_fields[] = {
	{ FIELD(calls_row, ended) }, { FIELD(calls_row, picked_up) },
	{ FIELD(calls_row, now) },   { FIELD(calls_row, kind) },
	{ FIELD(calls_row, s) },     { FIELD(calls_row, held) },
	{ FIELD(calls_row, n) },     { FIELD(calls_row, talked_ms) },
};
static const struct record calls_record = RECORD(calls_fields);

static void
add_calls(struct pacing_reading *r, const struct calls_row *c)
{
	int64_t held = c->held ? c->n : 0;

	if (c->kind == CALLS_QUEUED) {
		r->queued += c->n;
		r->queued_held += held;
		return;
	}
	r->sent += c->n;
	if (c->kind == CALLS_RINGING) {
		r->ring[c->s] += c->n;
		r->ring_held[c->s] += held;
		return;
	}
	r->answered += c->n;
	r->talked_ms += c->talked_ms;
	if (c->kind == CALLS_WAITING)
		r->waiting += c->n;
	else
		r->connected += c->n;
	if (c->kind == CALLS_NEW)
		r->delays[c->s] += c->n;
}

int
ledger_pacing_calls(struct db *db, int64_t run_id, int64_t *since,
		    struct pacing_reading *out, struct fault *f)
{
	struct pacing_reading reading = { .sent = 0 };
	struct calls_row row = { .now = 0 };
	struct call_id from, to;
	struct rows r;
	int got;

	run_range(run_id, &from, &to);
	if (db_query(db, &r, STMT_RUN_CALLS,
		     ARGS(ARG_INT(run_id), ARG_TIME(*since), ARG_TIME(*since),
			  ARG_BIN(from.b, UUID_LEN), ARG_BIN(to.b, UUID_LEN)),
		     f))
		return -1;
	while ((got = rows_fetch(&r, &calls_record, &row, NULL, f)) > 0)
		add_calls(&reading, &row);
	if (got < 0)
		return -1;
	reading.sent += row.ended;
	reading.answered += row.picked_up;
	reading.now_s = row.now / US_PER_S;
	*since = row.now;
	*out = reading;
	return 0;
}
