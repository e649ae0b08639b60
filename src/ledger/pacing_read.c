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

static void
add_calls(struct pacing_reading *r, const struct rows *row)
{
	int64_t s = rows_int(row, 4), n = rows_int(row, 5);

	switch (rows_int(row, 3)) {
	case CALLS_QUEUED:
		r->queued += n;
		return;
	case CALLS_RINGING:
		r->ring[s] += n;
		r->sent += n;
		return;
	case CALLS_WAITING:
		r->waiting += n;
		break;
	case CALLS_NEW:
		r->delays[s] += n;
		r->connected += n;
		break;
	default:
		r->connected += n;
		break;
	}
	r->talked_ms += rows_int(row, 6);
	r->answered += n;
	r->sent += n;
}

int
ledger_pacing_calls(struct db *db, int64_t run_id, int64_t *since,
		    struct pacing_reading *out, struct fault *f)
{
	struct pacing_reading reading = { .sent = 0 };
	struct call_id from, to;
	int64_t now = 0;
	struct rows r;
	int got;

	run_range(run_id, &from, &to);
	if (db_query(db, &r, STMT_RUN_CALLS,
		     ARGS(ARG_INT(run_id), ARG_TIME(*since), ARG_TIME(*since),
			  ARG_BIN(from.b, UUID_LEN), ARG_BIN(to.b, UUID_LEN)),
		     f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		if (!now) {
			reading.sent += rows_int(&r, 0);
			reading.answered += rows_int(&r, 1);
			now = rows_int(&r, 2);
		}
		if (!rows_null(&r, 3))
			add_calls(&reading, &r);
	}
	if (got < 0)
		return -1;
	reading.now_s = now / US_PER_S;
	*since = now;
	*out = reading;
	return 0;
}
