/* A field table: text to member and back, with sentences for what is wrong. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/words.h"
#include "tests/tap.h"
#include "tests/unit/field_cases.h"

struct thing {
	int64_t ring, least, plain, opens, at, day, from;
	const char *name, *note, *zone, *code, *key;
	bool loud;
	unsigned mode;
	struct wordset days;
};

static const char *const modes[] = { "single_day", "multi_day", NULL };
static const char *const days[] = { "mon", "tue", "wed", "thu",
				    "fri", "sat", "sun", NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(thing, ring), .min = 10, .max = 120, .def = "45",
	  .label = "Ring Timeout", .unit = "s" },
	{ FIELD(thing, least), .min = 1, .label = "Least" },
	{ FIELD(thing, plain) },
	{ FIELD(thing, opens), .shape = SHAPE_CLOCK, .def = "09:00",
	  .label = "Window Start" },
	{ FIELD(thing, at), .shape = SHAPE_TIME, .label = "Start" },
	{ FIELD(thing, name), .min = 1, .max = 12, .label = "Campaign Name" },
	{ FIELD(thing, note), .def = "", .label = "Note" },
	{ FIELD(thing, zone), .shape = SHAPE_ZONE, .label = "Time zone" },
	{ FIELD(thing, code), .min = 2, .max = 2, .label = "Country" },
	{ FIELD(thing, key), .min = 8, .shape = SHAPE_SECRET, .label = "Key" },
	{ FIELD(thing, loud), .def = "yes", .label = "Loud" },
	{ FIELD(thing, mode), .words = modes, .def = "multi_day",
	  .label = "Mode" },
	{ FIELD(thing, days), .words = days, .min = 1, .max = 7,
	  .def = "mon,tue,fri", .label = "Working Days" },
	{ FIELD(thing, day), .shape = SHAPE_DATE, .label = "Last Day" },
	{ FIELD(thing, from), .shape = SHAPE_DATE_TIME, .label = "From" },
};

#define OPENS "Window Start must be a time of day from 00:00 to 24:00, such as 09:30."
#define DAY "Last Day must be a date, such as 2026-12-24, or empty."
#define FROM "From must be a date and time, such as 2026-12-01T10:00, or empty."

static const struct field_case cases[] = {
	{ "ring", "10", "10" },
	{ "ring", " 120\n", "120" },
	{ "ring", "9", "Ring Timeout must be a whole number from 10 to 120 s." },
	{ "ring", "121", "Ring Timeout must be a whole number from 10 to 120 s." },
	{ "ring", "", "Ring Timeout must be a whole number from 10 to 120 s." },
	{ "ring", "45s", "Ring Timeout must be a whole number from 10 to 120 s." },
	{ "ring", "99999999999999999999", "Ring Timeout must be a whole number from 10 to 120 s." },
	{ "least", "9000000", "9000000" },
	{ "least", "0", "Least must be a whole number of at least 1." },
	{ "plain", "-9223372036854775808", "-9223372036854775808" },
	{ "plain", "x", "plain must be a whole number." },
	{ "opens", "00:00", "00:00" },
	{ "opens", "24:00", "24:00" },
	{ "opens", "9:00", "09:00" },
	{ "opens", "9", "09:00" },
	{ "opens", "09", "09:00" },
	{ "opens", "900", "09:00" },
	{ "opens", "0900", "09:00" },
	{ "opens", "09.00", "09:00" },
	{ "opens", "9.30", "09:30" },
	{ "opens", "9h30", "09:30" },
	{ "opens", "09:30:00", "09:30" },
	{ "opens", "9am", "09:00" },
	{ "opens", "9 AM", "09:00" },
	{ "opens", "9:30 p.m.", "21:30" },
	{ "opens", "930pm", "21:30" },
	{ "opens", "12am", "00:00" },
	{ "opens", "12:15pm", "12:15" },
	{ "opens", "24", "24:00" },
	{ "opens", "2400", "24:00" },
	{ "opens", "0", "00:00" },
	{ "opens", "13pm", OPENS },
	{ "opens", "0am", OPENS },
	{ "opens", "9amx", OPENS },
	{ "opens", "9:30:15", OPENS },
	{ "opens", "009", OPENS },
	{ "opens", "00900", OPENS },
	{ "opens", "9:5", OPENS },
	{ "opens", "-9", OPENS },
	{ "opens", "", OPENS },
	{ "opens", "noon", OPENS },
	{ "opens", "24:01", OPENS },
	{ "opens", "12:60", OPENS },
	{ "opens", "12:0", OPENS },
	{ "opens", "12:000", OPENS },
	{ "at", "2026-11-23T14:20:02Z", "2026-11-23T14:20:02.000000Z" },
	{ "at", "2026-11-23", "Start must be a time, such as 2026-11-23T14:20:02Z." },
	{ "name", " Grüße \xc2\xa0", "Grüße" },
	{ "name", "zwölfzwölfzw", "zwölfzwölfzw" },
	{ "name", "dreizehnderei", "Campaign Name must have 1 to 12 characters; it has 13." },
	{ "name", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80\xf0\x9f\x98\x80" },
	{ "name", "\xe2\x80\x8b", "Campaign Name must have visible characters; it has only a zero-width space (U+200B)." },
	{ "name", "\xe2\x80\x8e \xef\xbb\xbf", "Campaign Name must have visible characters; it has only a left-to-right mark (U+200E)." },
	{ "name", "\xe2\x80\x8b" "x", "\xe2\x80\x8b" "x" },
	{ "name", "   ", "Campaign Name must have 1 to 12 characters." },
	{ "name", "a\tb", "Campaign Name must be text in UTF-8 without control characters; character 2 is a tab (U+0009)." },
	{ "name", "\xc3\xa9\xc2\x9b", "Campaign Name must be text in UTF-8 without control characters; character 2 is a control character (U+009B)." },
	{ "name", "M\xfcller", "Campaign Name must be text in UTF-8 without control characters." },
	{ "note", "", "" },
	{ "zone", "Europe/Berlin", "Europe/Berlin" },
	{ "zone", "europe/berlin", "Europe/Berlin" },
	{ "zone", "AMERICA/NEW YORK", "America/New_York" },
	{ "zone", "america/argentina/buenos_aires", "America/Argentina/Buenos_Aires" },
	{ "zone", "utc", "UTC" },
	{ "zone", "europe", "Time zone must be a time zone, such as Europe/Berlin." },
	{ "zone", "europe/", "Time zone must be a time zone, such as Europe/Berlin." },
	{ "zone", "europe//berlin", "Time zone must be a time zone, such as Europe/Berlin." },
	{ "zone", "", "Time zone must be a time zone, such as Europe/Berlin." },
	{ "zone", "../passwd", "Time zone must be a time zone, such as Europe/Berlin." },
	{ "code", "DE", "DE" },
	{ "code", "DEU", "Country must have 2 characters; it has 3." },
	{ "key", "12345678", "12345678" },
	{ "key", "hunter2", "Key must have at least 8 characters." },
	{ "loud", "no", "no" },
	{ "loud", "on", "yes" },
	{ "loud", "0", "no" },
	{ "loud", "true", "yes" },
	{ "loud", "YES", "Loud must be yes or no." },
	{ "loud", "", "Loud must be yes or no." },
	{ "mode", "single_day", "single_day" },
	{ "mode", "single", "Mode must be single_day or multi_day." },
	{ "mode", "", "Mode must be single_day or multi_day." },
	{ "days", "sun,mon", "mon,sun" },
	{ "days", " mon , tue ", "mon,tue" },
	{ "days", "mon,mon", "mon" },
	{ "days", "", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun." },
	{ "days", "mon,", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun." },
	{ "days", "mon,,tue", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun." },
	{ "day", "2026-12-24", "2026-12-24" },
	{ "day", " 2028-02-29 ", "2028-02-29" },
	{ "day", "1970-01-02", "1970-01-02" },
	{ "day", "9999-12-31", "9999-12-31" },
	{ "day", "", "" },
	{ "day", "1970-01-01", DAY },
	{ "day", "1969-12-31", DAY },
	{ "day", "2026-02-29", DAY },
	{ "day", "2026-12-24T10:00", DAY },
	{ "day", "24.12.2026", DAY },
	{ "day", "0", DAY },
	{ "from", "2026-12-01T10:00", "2026-12-01T10:00" },
	{ "from", "2026-12-01T23:59", "2026-12-01T23:59" },
	{ "from", "", "" },
	{ "from", "2026-12-01", FROM },
	{ "from", "2026-12-01T24:00", FROM },
	{ "from", "2026-12-01T10:60", FROM },
	{ "from", "2026-12-01T10:00:30", FROM },
	{ "from", "2026-13-01T10:00", FROM },
	{ "from", "1970-01-01T00:00", FROM },
	{ "days", "mo", "Working Days must be a list of at least 1 of mon, tue, wed, thu, fri, sat or sun." },
};
/* clang-format on */

static const struct record record = RECORD(fields);
static struct arena *arena;

/* A value that no field has read is checked for invisible characters, too. */
static void
test_unseen(void)
{
	static const struct {
		const char *value, *says;
	} names[] = {
		{ "evil\nname",
		  "Campaign Name must be text in UTF-8 without control "
		  "characters; character 5 is a line break (U+000A)." },
		{ "a\x1a",
		  "Campaign Name must be text in UTF-8 without control "
		  "characters; character 2 is a control character (U+001A)." },
		{ "a\xc3", "Campaign Name must be text in UTF-8 without "
			   "control characters." },
		{ " ",
		  "Campaign Name must have visible characters; it has only "
		  "spaces." },
		{ "\xe2\x80\x8b", "Campaign Name must have visible characters; "
				  "it has only a zero-width space (U+200B)." },
		{ "\xe2\x80\x8b"
		  "x",
		  NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct thing t = { .name = names[i].value };
		struct fault f = { 0 };

		is_str(field_check(record_find(&record, "name"), &t, &f)
			       ? f.text
			       : NULL,
		       names[i].says,
		       "the check judges invisible characters, too");
	}
}

/* A value that did not come from text. */
static void
test_check(void)
{
	struct thing t = { .ring = 121,
			   .opens = 1441,
			   .name = "",
			   .mode = 2,
			   .days = { 0x80 },
			   .day = -1 };
	struct fault f = { 0 };
	const char *const wrong[] = { "ring", "opens", "name",	"mode",
				      "days", "note",  "least", "day" };

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		is_int(field_check(record_find(&record, wrong[i]), &t, &f), -1,
		       wrong[i]);
		is_str(f.field, wrong[i], "the fault names the checked field");
	}
	is_int(field_check(record_find(&record, "plain"), &t, &f), 0,
	       "a field without limits takes anything");
}

/* A list of 64 KB takes memory in proportion to its length, whatever it says:
 * nobody makes the process grow with a form. */
static void
test_long_list(void)
{
	struct buf list = BUF_INIT;
	struct thing t = { 0 };
	struct fault f = { 0 };
	size_t before;

	while (list.len < 65536)
		buf_str(&list, "mon,");
	arena_reset(arena);
	before = arena_used(arena);
	field_set(record_find(&record, "days"), &t, list.data, arena, &f);
	ok(arena_used(arena) - before < 32 * list.len,
	   "a long list of days takes little memory");
	buf_free(&list);
}

int
main(void)
{
	struct thing t = { .plain = 5 };

	arena = arena_new();
	record_defaults(&record, &t, arena);
	is_int(t.ring, 45, "a number has its default");
	is_int(t.opens, 540, "a time of day has its default in minutes");
	is_str(t.note, "", "a text has its default");
	ok(t.loud, "a flag has its default");
	is_int(t.mode, 1, "a word has its default");
	is_int(t.days.bits, 0x13, "a set has its default");
	is_int(t.plain, 5, "a field without default is left alone");
	ok(!record_find(&record, "rings"), "an unknown field is not found");
	is_int(word_find(days, "sun"), 6, "a word has its index");
	is_int(word_find(days, ""), -1, "an empty word is not found");
	is_str(field_allows(record_find(&record, "ring"), arena),
	       "must be a whole number from 10 to 120 s",
	       "a field tells what is allowed");
	check_field_cases(&record, sizeof(struct thing), cases,
			  ARRAY_LEN(cases), arena);
	test_check();
	test_unseen();
	test_long_list();
	arena_free(arena);
	return tap_done();
}
