#include "web/api/attempt_schema.h"

#include "app/outcome.h"
#include "base/arena.h"
#include "base/field.h"
#include "campaign/outcome.h"
#include "campaign/result_address.h"
#include "hook/reason.h"
#include "report/attempts.h"
#include "web/api/answer_codec.h"
#include "web/api/api.h"
#include "report/contact_id.h"
#include "web/api/schema.h"
#include "web/server/request.h"

const char *const attempt_state_words[] = { "ended",   "queued",   "sent",
					    "ringing", "answered", NULL };
enum { QUEUED = 1 };

/* clang-format off */
static const struct field attempt_fields[] = {
	{ FIELD(attempt_shown, attempt_id), .min = 1, .help = "A UUID, under which its bot reports." },
	{ FIELD(attempt_shown, contact), .min = 1, .help = "The ID of the contact in its campaign." },
	{ FIELD(attempt_shown, attempt), .help = "Which call to this contact in the run it was, from 1 on." },
	{ FIELD(attempt_shown, phone_number), .help = "With “+”; null after the person was erased." },
	{ FIELD(attempt_shown, state), .words = attempt_state_words, .help = "What the call does." },
	{ FIELD(attempt_shown, outcome), .words = outcome_words, .help = "Null while the call is not over." },
	{ FIELD(attempt_shown, counted), .help = "It counts in Max Attempts and Answer Rate." },
	{ .name = "sip_code", .offset = offsetof(struct attempt_shown, sip_code), KNOWN, .help = "The SIP status; null: not reported." },
	{ .name = "q850_cause", .offset = offsetof(struct attempt_shown, q850_cause), KNOWN, .help = "The Q.850 cause; null: not reported." },
	{ FIELD(attempt_shown, reason), .help = "The name of the SIP status or of the cause." },
	{ FIELD(attempt_shown, sip_phrase), .help = "The words of the last SIP response, as the carrier put them; null: none." },
	{ FIELD(attempt_shown, hung_up_by), .words = hung_by_words },
	{ FIELD(attempt_shown, sent_at), .shape = SHAPE_TIME },
	{ .name = "ring_ms", .offset = offsetof(struct attempt_shown, ring_ms), KNOWN, .help = "How long it rang, in milliseconds." },
	{ .name = "talk_ms", .offset = offsetof(struct attempt_shown, talk_ms), KNOWN, .help = "From the answer to the end, in milliseconds." },
	{ .name = "join_ms", .offset = offsetof(struct attempt_shown, join_ms), KNOWN, .help = "From the answer to the bot, in milliseconds; null: it was not joined, or that was not reported." },
	{ FIELD(attempt_shown, number_id), .help = "The number that called." },
	{ FIELD(attempt_shown, carrier_id) },
	{ FIELD(attempt_shown, result_url), .help = "Where its bot reports the result without a key; null: the call is only queued, or this key lacks the scope “result”." },
};
/* clang-format on */

static const struct record attempt_record = RECORD(attempt_fields);
static const struct schema_members members[] = { { &attempt_record, 0 } };

const struct schema attempt_schema = { .name = "Attempt",
				       .members = members,
				       .member_count = 1 };

/* NULL: there is none for this call or this key. */
static const char *
result_url(const struct request *q, const struct result_site *site,
	   const struct attempt_row *row)
{
	uint8_t id[UUID_LEN];

	if (!site || row->live == QUEUED || uuid_parse(row->id, id))
		return NULL;
	return result_address(site, q->actor.workspace_id, id, q->arena);
}

struct attempt_shown
attempt_show(const struct request *q, const struct result_site *site,
	     const struct attempt_row *row)
{
	struct arena *a = q->arena;

	return (struct attempt_shown){
		.attempt_id = row->id,
		.contact = contact_id_text(row->seg, row->ordinal, a),
		.phone_number = api_phone(row->phone, a),
		.attempt = row->seq,
		.state = (unsigned)row->live,
		.outcome = row->outcome,
		.counted = row->counted != 0,
		.sip_code = row->sip,
		.q850_cause = row->q850,
		.reason = reason_text((int)row->sip, (int)row->q850),
		.sip_phrase = *row->phrase ? row->phrase : NULL,
		.hung_up_by = (unsigned)row->hung_by,
		.sent_at = row->sent_at,
		.ring_ms = row->ring_ms,
		.talk_ms = row->talk_ms,
		.join_ms = row->join_ms,
		.number_id = row->number_id,
		.carrier_id = row->carrier_id,
		.result_url = result_url(q, site, row),
	};
}
