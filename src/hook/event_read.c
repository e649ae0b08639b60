#include "hook/event_read.h"

#include <inttypes.h>
#include <string.h>

#include "app/outcome.h"
#include "app/stmt.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/civil.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/uuid.h"
#include "campaign/campaign.h"
#include "campaign/event.h"
#include "campaign/outcome.h"
#include "campaign/result_address.h"
#include "hook/reason.h"

/* An event with what the ledger has of it; numbers that it does not have, or
 * was not told, are 0 or -1. */
struct event_row {
	int64_t seq, kind, at, campaign_id, run_id, attempt, state, ver;
	const char *call_id; /* in hexadecimal */
	const char *campaign;
	int64_t run;
	const char *why, *phone, *external_id, *number;
	int64_t sent_at, outcome, counted, sip, q850, hung_by, ring_ms, talk_ms;
	int64_t tries, last_outcome;  /* of the contact */
	int64_t sent_tries, sent_age; /* of a delivery */
};

static const struct field event_fields[] = {
	{ FIELD(event_row, seq) },
	{ FIELD(event_row, kind) },
	{ FIELD(event_row, at) },
	{ FIELD(event_row, campaign_id) },
	{ FIELD(event_row, run_id) },
	{ FIELD(event_row, attempt) },
	{ FIELD(event_row, state) },
	{ FIELD(event_row, ver) },
	{ FIELD(event_row, call_id) },
	{ FIELD(event_row, campaign) },
	{ FIELD(event_row, run) },
	{ FIELD(event_row, why) },
	{ FIELD(event_row, phone) },
	{ FIELD(event_row, external_id) },
	{ FIELD(event_row, number) },
	{ FIELD(event_row, sent_at) },
	{ FIELD(event_row, outcome) },
	{ FIELD(event_row, counted) },
	{ FIELD(event_row, sip) },
	{ FIELD(event_row, q850) },
	{ FIELD(event_row, hung_by) },
	{ FIELD(event_row, ring_ms) },
	{ FIELD(event_row, talk_ms) },
	{ FIELD(event_row, tries) },
	{ FIELD(event_row, last_outcome) },
	/* of EVENT_DUE and EVENT_WAITING */
	{ FIELD(event_row, sent_tries) },
	{ FIELD(event_row, sent_age) },
};
#define OF_DELIVERY 2
static const struct record again_record = RECORD(event_fields);
static const struct record event_record = {
	.fields = event_fields, .count = ARRAY_LEN(event_fields) - OF_DELIVERY
};

static void
put_str(struct buf *b, const char *key, const char *text)
{
	buf_printf(b, ",\"%s\":", key);
	json_str(b, text);
}

/* Below 'least' it is not known. */
static void
put_int(struct buf *b, const char *key, int64_t n, int64_t least)
{
	if (n < least)
		put_str(b, key, NULL);
	else
		buf_printf(b, ",\"%s\":%" PRId64, key, n);
}

static void
put_time(struct buf *b, const char *key, int64_t us)
{
	char iso[28];

	time_iso(us, iso);
	put_str(b, key, us ? iso : NULL);
}

/* "+442079460000" */
static void
put_phone(struct buf *b, const char *key, const char *digits, struct arena *a)
{
	put_str(b, key, digits ? arena_printf(a, "+%s", digits) : NULL);
}

static const char *
outcome_word(int64_t n)
{
	return n > OUTCOME_NONE && n < OUTCOME_MAX ? outcome_words[n] : NULL;
}

static void
put_campaign(struct buf *b, const struct event_row *r)
{
	char id[11];

	text_short_id((uint64_t)r->campaign_id, id);
	put_str(b, "campaign_id", id);
	put_str(b, "campaign", r->campaign);
	put_int(b, "run", r->run, 1);
}

static void
put_contact(struct buf *b, const struct event_row *r, struct arena *a)
{
	put_phone(b, "phone_number", r->phone, a);
	put_str(b, "external_id", r->external_id);
}

static void
put_end(struct buf *b, const struct event_row *r)
{
	put_time(b, "sent_at", r->sent_at);
	put_str(b, "outcome", outcome_word(r->outcome));
	buf_printf(b, ",\"counted\":%s", r->counted ? "true" : "false");
	put_int(b, "sip_code", r->sip, 0);
	put_int(b, "q850_cause", r->q850, 0);
	put_str(b, "reason", reason_text((int)r->sip, (int)r->q850));
	put_str(b, "hung_up_by", hung_by_words[r->hung_by]);
	put_int(b, "ring_ms", r->ring_ms, 0);
	put_int(b, "talk_ms", r->talk_ms, 0);
}

/* What is the same for all events that are read together. */
struct event_reading {
	int64_t workspace_id;
	const struct result_site *site;
	struct arena *a;
};

static void
put_attempt(struct buf *b, const struct event_row *r,
	    const struct event_reading *by)
{
	struct arena *a = by->a;
	uint8_t id[UUID_LEN];
	char text[UUID_TEXT];

	if (r->call_id && secret_unhex(r->call_id, id, sizeof(id)) == 0) {
		uuid_text(id, text);
		put_str(b, "attempt_id", text);
		if (by->site && r->kind != EVENT_RINGING)
			put_str(b, "result_url",
				result_address(by->site, by->workspace_id, id,
					       a));
	}
	put_int(b, "attempt", r->attempt, 1);
	put_campaign(b, r);
	put_contact(b, r, a);
	put_phone(b, "caller_number", r->number, a);
	if (r->kind == EVENT_FINISHED)
		put_end(b, r);
}

static void
put_final(struct buf *b, const struct event_row *r, struct arena *a)
{
	put_campaign(b, r);
	put_contact(b, r, a);
	put_str(b, "state", contact_state_words[r->state]);
	put_int(b, "attempts", r->tries, 0);
	put_str(b, "outcome", outcome_word(r->last_outcome));
}

static void
put_status(struct buf *b, const struct event_row *r)
{
	bool failed = r->state == CAMPAIGN_FAILED && r->why && *r->why;

	put_campaign(b, r);
	put_str(b, "status", campaign_status_words[r->state]);
	put_int(b, "version", r->ver, 0);
	put_str(b, "reason", failed ? r->why : NULL);
}

static const char *
data_of(const struct event_row *r, const struct event_reading *by)
{
	struct buf b = BUF_INIT;
	const char *text;

	buf_printf(&b, "{\"sequence\":%" PRId64, r->seq);
	switch (r->kind) {
	case EVENT_FINAL:
		put_final(&b, r, by->a);
		break;
	case EVENT_STATUS:
		put_status(&b, r);
		break;
	case EVENT_TEST:
		put_str(&b, "message", "A test event.");
		break;
	default:
		put_attempt(&b, r, by);
		break;
	}
	buf_char(&b, '}');
	text = arena_strdup(by->a, b.data);
	buf_free(&b);
	return text;
}

static struct sent_event
event_of(const struct event_row *r, const struct event_reading *by)
{
	return (struct sent_event){
		.seq = r->seq,
		.kind = (unsigned)r->kind,
		.type = event_kind_word((enum event_kind)r->kind),
		.at = r->at,
		.data = data_of(r, by),
		.endpoint_id = r->kind == EVENT_TEST ? r->run_id : 0,
		.tries = r->sent_tries,
		.age_us = r->sent_age,
	};
}

static int
read_all(struct rows *r, const struct record *rec,
	 const struct event_reading *by, struct sent_event **out, size_t *count,
	 struct fault *f)
{
	struct arena *a = by->a;
	struct sent_event *list = arena_grow(a, NULL, 0, sizeof(*list));
	struct event_row row = { .sent_tries = 0 };
	size_t n = 0;
	int got;

	while ((got = rows_fetch(r, rec, &row, a, f)) > 0) {
		list[n++] = event_of(&row, by);
		list = arena_grow(a, list, n, sizeof(*list));
	}
	*out = list;
	*count = n;
	return got;
}

struct event_place {
	int64_t seq, at;
};
static const struct field place_fields[] = {
	{ FIELD(event_place, seq) },
	{ FIELD(event_place, at) },
};
static const struct record place_record = RECORD(place_fields);
static const struct rows_kind places = { STMT_EVENT_FROM, &place_record,
					 sizeof(struct event_place) };

/* The first event from 'seq' on; seq 0: there is none. */
static int
event_from(struct db *db, int64_t workspace_id, int64_t seq,
	   struct event_place *out, struct fault *f)
{
	out->seq = 0;
	return rows_one(db, &places, ARGS(ARG_INT(workspace_id), ARG_INT(seq)),
			out, f) < 0
		       ? -1
		       : 0;
}

/* The number of the next event to come; 1: the workspace never had one. */
static int
event_head(struct db *db, int64_t workspace_id, int64_t *next, struct fault *f)
{
	if (db_int(db, next, STMT_EVENT_HEAD, ARGS(ARG_INT(workspace_id)), f) ==
	    0)
		return 0;
	*next = 1;
	return f->code == FAULT_ABSENT ? 0 : -1;
}

int
events_read(struct db *db, const struct events_query *q, struct event_page *out,
	    struct arena *a, struct fault *f)
{
	const struct event_reading by = { q->workspace_id, q->site, a };
	struct event_page p = { .next = q->after };
	size_t limit =
		q->limit < EVENTS_READ_MOST ? q->limit : EVENTS_READ_MOST;
	struct event_place first;
	struct rows r;

	/* The head first: what comes meanwhile is above it. */
	if (event_head(db, q->workspace_id, &p.oldest, f) ||
	    db_query(db, &r, STMT_EVENT_READ,
		     ARGS(ARG_INT(q->workspace_id), ARG_INT(q->after + 1),
			  ARG_INT(limit)),
		     f) ||
	    read_all(&r, &event_record, &by, &p.list, &p.count, f))
		return -1;
	if (p.count) {
		if (event_from(db, q->workspace_id, 1, &first, f))
			return -1;
		p.oldest = first.seq ? first.seq : p.list[0].seq;
		p.next = p.list[p.count - 1].seq;
	}
	p.gap = q->after > 0 &&
		q->after + 1 < (p.count ? p.list[0].seq : p.oldest);
	*out = p;
	return 0;
}

int
events_read_again(struct db *db, const struct events_again *q,
		  struct sent_event **out, size_t *count, struct arena *a,
		  struct fault *f)
{
	const struct event_reading by = { q->workspace_id, q->site, a };
	struct rows r;

	if (db_query(db, &r, q->due ? STMT_EVENT_DUE : STMT_EVENT_WAITING,
		     ARGS(ARG_INT(q->endpoint_id), ARG_INT(q->workspace_id),
			  ARG_INT(q->limit)),
		     f))
		return -1;
	return read_all(&r, &again_record, &by, out, count, f);
}

int
event_since(struct db *db, int64_t workspace_id, int64_t at, int64_t *seq,
	    struct fault *f)
{
	struct event_place place;
	int64_t low = 1, high;

	if (event_head(db, workspace_id, &high, f))
		return -1;
	/* Numbers and times rise together: the lowest number from which on all
	 * are at that time or later. */
	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (event_from(db, workspace_id, middle, &place, f))
			return -1;
		if (!place.seq || place.at >= at)
			high = middle;
		else
			low = place.seq + 1;
	}
	*seq = low;
	return 0;
}

const char *
event_id(int64_t workspace_id, int64_t seq, struct arena *a)
{
	return arena_printf(a, "evt_%" PRId64 "_%" PRId64, workspace_id, seq);
}

const char *
event_body(const struct sent_event *e, struct arena *a)
{
	char iso[28];

	time_iso(e->at, iso);
	return arena_printf(a,
			    "{\"type\":\"%s\",\"timestamp\":\"%s\","
			    "\"data\":%s}",
			    e->type, iso, e->data);
}
