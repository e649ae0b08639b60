#include "web/api/dnc_schema.h"

#include "base/arena.h"
#include "base/field.h"
#include "web/api/schema.h"

/* What became of each number: enum dnc_became, and more. */
static const char *const became_words[] = { "added", "extended", "unchanged",
					    "invalid", NULL };

/* clang-format off */
static const struct field numbers_body_fields[] = {
	{ FIELD(dnc_numbers_body, reason), .max = DNC_REASON_CHARS, .def = "", .label = "The reason",
	  .help = "Why they are not called." },
	{ FIELD(dnc_numbers_body, until), .max = 40, .def = "", .label = "The last day",
	  .help = "The last day on which they are not called, in the workspace’s time zone, or a time in UTC; empty: for good." },
};
static const struct field number_body_fields[] = {
	{ FIELD(dnc_number_body, phone_number), .min = 1, .max = 100, .label = "The phone number",
	  .help = "With its country code, or as it is dialled in the workspace’s country." },
};
static const struct field phone_field = {
	.name = "phone_number", .type = FIELD_STR, .min = 1, .max = 100,
};
static const struct field list_id_fields[] = {
	{ FIELD(dnc_list, id), .help = "0: the own list, which was never used yet; its address is always “own”." },
};
static const struct field list_fields[] = {
	{ FIELD(dnc_list, numbers), .help = "How many numbers it has." },
	{ FIELD(dnc_list, imported_at), .shape = SHAPE_TIME, .help = "When a file was last imported." },
	{ FIELD(dnc_list, created_at), .shape = SHAPE_TIME },
	{ FIELD(dnc_list, created_by) },
};
static const struct field stale_fields[] = {
	{ FIELD(dnc_list_shown, stale), .help = "Its last import is older than its highest age." },
};
static const struct field page_filter_fields[] = {
	{ FIELD(dnc_page_filter, limit), .min = 1, .max = 100, .def = "25", .label = "limit",
	  .help = "How many at most." },
	{ FIELD(dnc_page_filter, after), .max = PHONE_TEXT, .def = "", .label = "after",
	  .help = "“next” of the answer before: the numbers after those." },
};
static const struct field entry_fields[] = {
	{ FIELD(dnc_entry_shown, phone_number), .min = 1 },
	{ FIELD(dnc_entry_shown, reason) },
	{ FIELD(dnc_entry_shown, added_by) },
	{ FIELD(dnc_entry_shown, added_at), .shape = SHAPE_TIME },
	{ FIELD(dnc_entry_shown, until), .shape = SHAPE_TIME, .help = "null: for good." },
	{ FIELD(dnc_entry_shown, bars), .help = "False once “until” has passed." },
};
static const struct field page_fields[] = {
	{ FIELD(dnc_page_answer, next), .help = "For “after”; null on the last page." },
};
static const struct field became_fields[] = {
	{ FIELD(dnc_became_shown, phone_number), .help = "As it was sent." },
	{ FIELD(dnc_became_shown, number), .help = "As it is dialled, with “+”; null: it is no number." },
	{ FIELD(dnc_became_shown, became), .words = became_words, .help = "“extended”: it was there until an earlier date; “unchanged”: it was there as long or longer, or stands twice in the request." },
	{ FIELD(dnc_became_shown, detail), .help = "Why it is no number." },
};
#define COUNT(word, n, what) \
	{ .name = word, .offset = offsetof(struct dnc_became_answer, of) + (n) * sizeof(int64_t), .type = FIELD_INT, .help = what }
static const struct field became_counts[] = {
	COUNT("added", DNC_ADDED, "How many numbers are new on the list."),
	COUNT("extended", DNC_EXTENDED, "How many are on it for longer."),
	COUNT("unchanged", DNC_SAME, "How many were on it already."),
	COUNT("invalid", BECAME_INVALID, "How many are no numbers."),
};
static const struct field bar_fields[] = {
	{ FIELD(dnc_bar, id) },
	{ FIELD(dnc_bar, name), .min = 1 },
	{ FIELD(dnc_bar, kind), .words = dnc_kind_words },
	{ FIELD(dnc_bar, reason) },
	{ FIELD(dnc_bar, until), .shape = SHAPE_TIME, .help = "null: for good." },
};
static const struct field scrubbed_fields[] = {
	{ FIELD(dnc_scrubbed, phone_number), .help = "As it was sent." },
	{ FIELD(dnc_scrubbed, number), .help = "As it is dialled, with “+”; null: it is no number." },
	{ FIELD(dnc_scrubbed, barred), .help = "It is not called now." },
	{ FIELD(dnc_scrubbed, detail), .help = "Why it is no number." },
};
static const struct field scrub_counts[] = {
	{ FIELD(dnc_scrub_answer, barred), .help = "How many are not called now." },
};
/* clang-format on */

const struct record dnc_numbers_record = RECORD(numbers_body_fields);
const struct record dnc_number_record = RECORD(number_body_fields);
static const struct record list_id_record = RECORD(list_id_fields);
static const struct record list_record = RECORD(list_fields);
static const struct record stale_record = RECORD(stale_fields);
const struct record dnc_page_record = RECORD(page_filter_fields);
static const struct record entry_record = RECORD(entry_fields);
static const struct record page_record = RECORD(page_fields);
static const struct record became_record = RECORD(became_fields);
static const struct record became_counts_record = RECORD(became_counts);
static const struct record bar_record = RECORD(bar_fields);
static const struct record scrubbed_record = RECORD(scrubbed_fields);
static const struct record scrub_counts_record = RECORD(scrub_counts);

#define AT_LIST offsetof(struct dnc_list_shown, k)
#define MEMBERS(r) (const struct schema_members[]){ { &(r), 0 } }
#define SCHEMA_PLAIN(label, r)                                             \
	{ .name = (label), .members = MEMBERS(r), .member_count = 1 }
#define SCHEMA_PARTS(label, r, list)                                       \
	{ .name = (label),                                                 \
	  .members = MEMBERS(r),                                           \
	  .member_count = 1,                                               \
	  .parts = (list),                                                 \
	  .part_count = ARRAY_LEN(list) }
static const struct schema_part numbers_body_parts[] = {
	SCHEMA_PART_PLAIN(dnc_numbers_body, phone_numbers, count, &phone_field,
			  "1 to 1,000 phone numbers."),
};
const struct schema dnc_numbers_schema = SCHEMA_PARTS(
	"DoNotCallNumbers", dnc_numbers_record, numbers_body_parts);
const struct schema dnc_question_schema = { .name = "DoNotCallQuestion",
						  .parts = numbers_body_parts,
						  .part_count = 1 };
const struct schema dnc_number_schema =
	SCHEMA_PLAIN("DoNotCallNumber", dnc_number_record);

static const struct schema_members list_members[] = {
	{ &list_id_record, AT_LIST },
	{ &dnc_list_record, AT_LIST },
	{ &list_record, AT_LIST },
	{ &stale_record, 0 },
};
const struct schema dnc_set_schema = { .name = "DoNotCallListSettings",
				       .members = MEMBERS(dnc_list_record),
				       .member_count = 1 };
const struct schema dnc_list_schema = { .name = "DoNotCallList",
					   .members = list_members,
					   .member_count =
						   ARRAY_LEN(list_members) };
static const struct schema_part lists_parts[] = {
	SCHEMA_PART_LIST(dnc_lists_answer, lists, count, &dnc_list_schema,
			 "All lists, the own one first."),
};
const struct schema dnc_lists_schema = { .name = "DoNotCallLists",
					    .parts = lists_parts,
					    .part_count = 1 };

static const struct schema entry_schema =
	SCHEMA_PLAIN("DoNotCallEntry", entry_record);
static const struct schema_part page_parts[] = {
	SCHEMA_PART_LIST(dnc_page_answer, numbers, count, &entry_schema,
			 "The numbers of this page, in their order."),
};
const struct schema dnc_page_schema =
	SCHEMA_PARTS("DoNotCallPage", page_record, page_parts);

static const struct schema result_schema =
	SCHEMA_PLAIN("DoNotCallResult", became_record);
static const struct schema_part became_parts[] = {
	SCHEMA_PART_LIST(dnc_became_answer, numbers, count, &result_schema,
			 "What became of each number, in their order."),
};
const struct schema dnc_became_schema = SCHEMA_PARTS(
	"DoNotCallResults", became_counts_record, became_parts);

static const struct schema bar_schema = SCHEMA_PLAIN("DoNotCallBar", bar_record);
static const struct schema_part scrubbed_parts[] = {
	SCHEMA_PART_LIST(dnc_scrubbed, lists, list_count, &bar_schema,
			 "The lists that bar it now."),
};
static const struct schema scrubbed_schema =
	SCHEMA_PARTS("DoNotCallCheck", scrubbed_record, scrubbed_parts);
static const struct schema_part scrub_parts[] = {
	SCHEMA_PART_LIST(dnc_scrub_answer, numbers, count, &scrubbed_schema,
			 "Each number, in their order."),
};
const struct schema dnc_scrub_schema =
	SCHEMA_PARTS("DoNotCallChecks", scrub_counts_record, scrub_parts);
