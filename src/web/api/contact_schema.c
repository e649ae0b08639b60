#include "web/api/contact_schema.h"

#include "base/arena.h"
#include "base/field.h"
#include "campaign/outcome.h"
#include "web/api/api.h"
#include "web/api/attempt_schema.h"
#include "report/contact_id.h"
#include "web/api/schema.h"

/* clang-format off */
static const struct field id_fields[] = {
	{ FIELD(contact_shown, id), .min = 1, .help = "In its campaign; it stays when the campaign is restarted." },
	{ FIELD(contact_shown, phone_number), .help = "With “+”; null after the person was erased." },
};
static const struct field row_fields[] = {
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
/* clang-format on */

static const struct record id_record = RECORD(id_fields);
static const struct record row_record = RECORD(row_fields);
static const struct record next_record = RECORD(next_fields);

const struct schema_raw variables_raw = {
	"object of texts",
	"\"type\":\"object\",\"additionalProperties\":{\"type\":\"string\"}",
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

struct contact_shown
contact_show(const struct contact_row *row, struct arena *a)
{
	return (struct contact_shown){
		.row = *row,
		.phone_number = api_phone(row->phone, a),
		.id = contact_id_text(row->seg, row->ordinal, a),
		.variables = "{}",
	};
}
