#include "campaign/call_result.h"

#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/call_id.h"
#include "campaign/call_result_priv.h"
#include "campaign/dispositions.h"
#include "contacts/contact_vars.h"
#include "store/db.h"
#include "store/tx.h"
#include "workspace/account.h"
#include "workspace/dnc.h"

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(call_result, disposition), .max = 40, .def = "", .label = "Disposition",
	  .help = "What came of the conversation, in a word of your own." },
	{ FIELD(call_result, callback_at), .max = 40, .def = "", .label = "Callback",
	  .help = "When the person asked to be called again, such as 2026-12-01T10:00:00Z." },
	{ FIELD(call_result, answered_by), .words = answered_by_words, .def = "unknown",
	  .label = "Answered By",
	  .help = "A machine, or a phone that asks who is calling, is no answer in the Answer Rate." },
	{ FIELD(call_result, opt_out), .def = "no", .label = "Opt Out",
	  .help = "The person does not want to be called again by this workspace." },
	{ FIELD(call_result, recording), .max = RESULT_LINK_MOST, .def = "", .label = "Recording",
	  .help = "An https link." },
	{ FIELD(call_result, transcript), .max = RESULT_LINK_MOST, .def = "", .label = "Transcript",
	  .help = "An https link." },
	{ FIELD(call_result, talk_ms), .min = -1, .max = 86400000, .def = "-1", .unit = "ms",
	  .label = "Talk Time", .help = "As the bot measured it; -1: it did not." },
};
/* clang-format on */
const struct record call_result_record = RECORD(fields);

/* ISO 8601 with Z or an offset: "+01:00", "-0330". */
static int
parse_instant(const char *text, struct arena *a, int64_t *us)
{
	size_t len = strlen(text), end = strcspn(text, "Tt");
	const char *sign = text + end + strcspn(text + end, "+-");
	int64_t minutes;

	if (!*sign)
		return time_parse_iso(text, us);
	if (len - (size_t)(sign - text) < 5 ||
	    clock_parse(sign + 1, &minutes) || minutes > 14 * 60 ||
	    time_parse_iso(arena_printf(a, "%.*sZ", (int)(sign - text), text),
			   us))
		return -1;
	*us -= (*sign == '-' ? -minutes : minutes) * US_PER_MINUTE;
	return 0;
}

static int
check_text(const char *name, const char *text, struct fault *f)
{
	if (text && !text_is_utf8(text, strlen(text)))
		return fault_field(f, name, "This is not valid text.");
	return 0;
}

int
result_link_check(const char *name, const char *link, struct fault *f)
{
	static const char https[] = "https://";
	size_t len = link ? strlen(link) : 0;

	if (!len)
		return 0;
	if (check_text(name, link, f))
		return -1;
	if (text_length(link) > RESULT_LINK_MOST)
		return fault_field(f, name, "A link has at most %d characters.",
				   RESULT_LINK_MOST);
	for (const char *s = link; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c <= ' ' || c == 0x7f || strchr("\"<>\\^`{|}", c))
			return fault_field(f, name,
					   "A link has no spaces, quotes or "
					   "brackets.");
	}
	if (strncmp(link, https, sizeof(https) - 1) ||
	    !strcspn(link + sizeof(https) - 1, "/?#"))
		return fault_field(f, name,
				   "A link must begin with https:// and a "
				   "host.");
	return 0;
}

static int
check_callback(struct report *r, const char *text, struct fault *f)
{
	if (!text || !*text)
		return 0;
	if (check_text("callback_at", text, f))
		return -1;
	if (parse_instant(text, r->arena, &r->said.callback_at) ||
	    r->said.callback_at <= 0)
		return fault_field(f, "callback_at",
				   "Callback must be a date and time such as "
				   "2026-12-01T10:00:00Z.");
	return 0;
}

static int
check_disposition(struct report *r, const char *word, struct fault *f)
{
	r->said.disposition = word ? word : "";
	return *r->said.disposition ? disposition_check(word, f) : 0;
}

static int
check_data(const char *json, struct fault *f)
{
	if (!json || !*json)
		return 0;
	if (strlen(json) > RESULT_DATA_MOST)
		return fault_field(f, "data",
				   "The data takes %zu bytes; at most %d are "
				   "kept.",
				   strlen(json), RESULT_DATA_MOST);
	return json_is_valid(json)
		       ? 0
		       : fault_field(f, "data", "The data is not JSON.");
}

static int
check(struct report *r, struct fault *f)
{
	const struct call_result *c = r->result;
	const struct record *rec = &call_result_record;

	r->said.answered_by = c->answered_by;
	if (field_check(record_find(rec, "answered_by"), c, f) ||
	    field_check(record_find(rec, "talk_ms"), c, f) ||
	    check_disposition(r, c->disposition, f) ||
	    check_callback(r, c->callback_at, f) ||
	    result_link_check("recording", c->recording, f) ||
	    result_link_check("transcript", c->transcript, f))
		return -1;
	return check_data(c->data, f);
}

static struct arg
text_arg(const char *text)
{
	return ARG_STR(text ? text : "");
}

/* Replaces what the bot said before, which is read into r->before. */
static int
store(struct db *db, struct report *r, struct fault *f)
{
	const struct call_key *k = &r->key;
	const struct call_result *c = r->result;
	struct arg run = ARG_INT(k->run), seg = ARG_INT(k->seg);
	struct arg ordinal = ARG_INT(k->ordinal), seq = ARG_INT(k->seq);
	/* Nothing is kept of what was said by a person who is erased. */
	bool kept = *r->phone;
	const char *data = kept && c->data ? c->data : "";

	if (db_exec(db, NULL, STMT_RESULT_CLAIM,
		    ARGS(run, seg, ordinal, seq, ARG_INT(k->nonce)), f) ||
	    call_said_read(db, r, f))
		return -1;
	return db_exec(db, NULL, STMT_RESULT_WRITE,
		       ARGS(ARG_STR(r->said.disposition),
			    r->said.callback_at ? ARG_TIME(r->said.callback_at)
						: ARG_NULL,
			    ARG_INT(c->answered_by), ARG_INT(c->opt_out),
			    c->talk_ms < 0 ? ARG_NULL : ARG_INT(c->talk_ms),
			    text_arg(kept ? c->recording : NULL),
			    text_arg(kept ? c->transcript : NULL),
			    *data ? ARG_STR(data) : ARG_NULL,
			    run, seg, ordinal, seq),
		       f);
}

static int
check_campaign(const struct report *r, struct fault *f)
{
	int64_t only = r->who->campaign_id;

	if (!only || only == r->campaign_id)
		return 0;
	return fault_set(f, FAULT_DENIED,
			 "This API key is for another campaign.");
}

static int
store_tx(struct db *db, void *arg, struct fault *f)
{
	struct report *r = arg;
	int64_t is_live;

	*r->out = (struct result_answer){ 0 };
	if (db_exec(db, &is_live, STMT_RESULT_LIVE,
		    ARGS(ARG_BIN(r->id, UUID_LEN),
			 ARG_INT(r->who->workspace_id)),
		    f))
		return -1;
	r->out->has_ended = !is_live;
	/* Of a call that goes on its end reads the report. */
	if (is_live)
		return report_live(db, r, f) || check_campaign(r, f) ||
				       store(db, r, f) || report_count(db, r, f)
			       ? -1
			       : 0;
	return report_ended(db, r, f) || check_campaign(r, f) ||
			       store(db, r, f) || report_follow(db, r, f) ||
			       report_count(db, r, f)
		       ? -1
		       : 0;
}

/* After the commit, since nothing else is locked along with a do-not-call list
 * (doc/ledger.md 4).  Whoever gets no answer reports again. */
static int
opt_out(struct db *db, const struct report *r, struct fault *f)
{
	struct dnc_entry e = { .reason = "Asked in a call.", .until = 0 };
	size_t len = strlen(r->phone);

	if (!r->result->opt_out || !len)
		return 0;
	memcpy(e.phone, r->phone, len + 1);
	return dnc_add(db, r->who, DNC_OWN_LIST, &e, r->arena, f);
}

int
call_result_store(struct db *db, const struct actor *who,
		  const uint8_t id[static UUID_LEN],
		  const struct call_result *result, struct result_answer *out,
		  struct fault *f)
{
	struct report r = { .who = who,
			    .id = id,
			    .result = result,
			    .arena = arena_new(),
			    .out = out };
	int rc = -1;

	if (actor_check(who, ROLE_SUPERVISOR, f) || check(&r, f))
		rc = -1;
	else if (call_id_read(id, &r.key))
		fault_set(f, FAULT_ABSENT, "There is no such call.");
	else
		rc = tx_run_marked(db, store_tx, &r, f) || opt_out(db, &r, f)
			     ? -1
			     : 0;
	arena_free(r.arena);
	return rc;
}
