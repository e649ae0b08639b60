#include "web/api/contact_schema.h"

#include <inttypes.h>
#include <string.h>

#include "app/outcome.h"
#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/outcome.h"
#include "web/api/schema.h"

/* A number of which -1 means that it is not known. */
static int
read_known(const struct field *fd, const char *text, void *value,
	   struct arena *a, const char **why)
{
	int64_t n = -1;

	(void)fd;
	(void)a;
	(void)why;
	if (*text && text_int(text, &n))
		return -1;
	memcpy(value, &n, sizeof(n));
	return 0;
}

static bool
known_is_allowed(const struct field *fd, const void *value)
{
	(void)fd;
	(void)value;
	return true;
}

static const char *
known_text(const struct field *fd, const void *value, struct arena *a)
{
	int64_t n;

	(void)fd;
	memcpy(&n, value, sizeof(n));
	return n < 0 ? "" : arena_printf(a, "%" PRId64, n);
}

static const char *
known_allows(const struct field *fd, struct arena *a)
{
	(void)fd;
	(void)a;
	return "must be a whole number";
}

static const struct codec known_codec = { .size = sizeof(int64_t),
					  .form = CODEC_NUMBER,
					  .read = read_known,
					  .is_allowed = known_is_allowed,
					  .text = known_text,
					  .allows = known_allows };

/* In the order of enum live_state, after those that are over. */
static const char *const attempt_state_words[] = { "ended",    "queued",
						   "sent",     "ringing",
						   "answered", NULL };

/* clang-format off */
static const struct field id_fields[] = {
	{ FIELD(contact_shown, id), .min = 1, .help = "In its campaign; it stays when the campaign is restarted." },
};
static const struct field row_fields[] = {
	{ .name = "phone_number", .offset = offsetof(struct contact_row, phone), .type = FIELD_STR, .help = "Digits with the country code; empty once it is erased." },
	{ FIELD(contact_row, country), .help = "Of the number, two letters." },
	{ FIELD(contact_row, external_id), .help = "Your own name for it." },
	{ FIELD(contact_row, state), .words = contact_state_words, .help = "In the current or last run." },
	{ .name = "last_outcome", .offset = offsetof(struct contact_row, outcome), .type = FIELD_WORD, .words = outcome_words, .help = "How its last attempt ended." },
	{ .name = "attempt_count", .offset = offsetof(struct contact_row, tries), .type = FIELD_INT, .help = "Attempts that count in Max Attempts." },
	{ FIELD(contact_row, due_at), .shape = SHAPE_TIME, .help = "When it is called again." },
};
static const struct field next_fields[] = {
	{ FIELD(contact_shown, next), .help = "For “after”: the attempts after these; null at the last." },
};

static const struct field attempt_id_fields[] = {
	{ FIELD(attempt_shown, id), .min = 1, .help = "Of the call; by it a result is reported." },
	{ FIELD(attempt_shown, state), .words = attempt_state_words, .help = "What the call does." },
};
#define KNOWN(m) .name = #m, .offset = offsetof(struct attempt_row, m), .type = FIELD_CODED, .codec = &known_codec
static const struct field attempt_fields[] = {
	{ FIELD(attempt_row, seq), .help = "Its place among the attempts of the contact, from 1." },
	{ FIELD(attempt_row, number_id), .help = "The number that was shown to the contact." },
	{ FIELD(attempt_row, carrier_id), .help = "The carrier that placed it." },
	{ FIELD(attempt_row, sent_at), .shape = SHAPE_TIME, .help = "When the carrier was asked to place it." },
	{ KNOWN(ring_ms), .help = "How long it rang." },
	{ KNOWN(talk_ms), .help = "How long it was answered." },
	{ FIELD(attempt_row, outcome), .words = outcome_words, .help = "Null while the call is not over." },
	{ KNOWN(sip), .help = "The SIP code that ended it." },
	{ KNOWN(q850), .help = "The Q.850 cause that ended it." },
};
#undef KNOWN
/* clang-format on */

static const struct record id_record = RECORD(id_fields);
static const struct record row_record = RECORD(row_fields);
static const struct record next_record = RECORD(next_fields);
static const struct record attempt_id_record = RECORD(attempt_id_fields);
static const struct record attempt_record = RECORD(attempt_fields);

const struct schema_raw variables_raw = {
	"object of texts",
	"\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}",
};

static const struct schema_members attempt_members[] = {
	{ &attempt_id_record, 0 },
	{ &attempt_record, offsetof(struct attempt_shown, row) },
};
static const struct schema attempt_schema = {
	.name = "Attempt",
	.members = attempt_members,
	.member_count = ARRAY_LEN(attempt_members),
};

/* The last one only of a contact by itself. */
static const struct schema_members contact_members[] = {
	{ &id_record, 0 },
	{ &row_record, offsetof(struct contact_shown, row) },
	{ &next_record, 0 },
};
static const struct schema_part contact_parts[] = {
	SCHEMA_PART_RAW(contact_shown, variables, &variables_raw,
			"Texts that the bot is given, by their names."),
	SCHEMA_PART_LIST(contact_shown, attempts, attempt_count,
			 &attempt_schema,
			 "The attempts of the run, the first first."),
};

const struct schema contact_item_schema = {
	.name = "ContactItem",
	.members = contact_members,
	.member_count = 2,
};

const struct schema contact_schema = {
	.name = "Contact",
	.members = contact_members,
	.member_count = ARRAY_LEN(contact_members),
	.parts = contact_parts,
	.part_count = ARRAY_LEN(contact_parts),
};

const char *
contact_id_text(int64_t seg, int64_t ordinal, struct arena *a)
{
	return arena_printf(a, "%" PRId64 "-%" PRId64, seg, ordinal);
}

int
contact_id_parse(const char *text, int64_t *seg, int64_t *ordinal,
		 struct arena *a)
{
	const char *dash = strchr(text, '-');

	if (!dash ||
	    text_int(arena_printf(a, "%.*s", (int)(dash - text), text), seg) ||
	    text_int(dash + 1, ordinal))
		return -1;
	return *seg < 0 || *ordinal < 0 ? -1 : 0;
}

struct contact_shown
contact_show(const struct contact_row *row, struct arena *a)
{
	return (struct contact_shown){
		.row = *row,
		.id = contact_id_text(row->seg, row->ordinal, a),
		.variables = "{}",
	};
}

struct attempt_shown
attempt_show(const struct attempt_row *row)
{
	return (struct attempt_shown){ .row = *row,
				       .state = (unsigned)row->live };
}
