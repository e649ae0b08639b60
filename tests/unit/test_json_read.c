/* JSON from strangers: what is read, and what is refused with its place. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/json_read.h"
#include "tests/tap.h"

static struct arena *a;
static struct fault f;

static const struct {
	const char *text, *says, *what;
} refused[] = {
	{ "", "Line 1, character 1: The JSON ends too early.",
	  "an empty text" },
	{ "{\"a\":1", "Line 1, character 7: The JSON ends too early.",
	  "an object that is not closed" },
	{ "{\"a\":tru}",
	  "Line 1, character 6: The JSON is wrong here or just "
	  "before.",
	  "a word that is none" },
	{ "{}\n {}", "Line 2, character 2: There is more text after the JSON.",
	  "two values" },
	{ "{\"a\":1,\n\"b\":{\"c\":\"a\",\"c\":2}}",
	  "Line 2, character 14: “c” is set twice.",
	  "a key that is set twice, below" },
	{ "{\"a\":\"\\u0061\",\"\\u0061\":2}",
	  "Line 1, character 15: “a” is set twice.",
	  "a key that is spelt in another way" },
	{ "{\"a\":\"x\\u0000y\"}",
	  "Line 1, character 8: Text cannot contain a NUL character.",
	  "a NUL" },
	{ "{\"a\":\"x\ny\"}",
	  "Line 1, character 8: A line end or another control character must "
	  "be "
	  "escaped in a string.",
	  "a line end in a string" },
	{ "\"\xff\"", "The JSON is not valid UTF-8.", "what is not UTF-8" },
	{ "\"\\", "Line 1, character 2: The JSON is wrong here or just before.",
	  "a string that ends in a backslash" },
};

static void
check_refusals(void)
{
	const struct json *out;
	char deep[80];

	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		ok(json_read(refused[i].text, &out, a, &f) == -1,
		   refused[i].what);
		is_str(f.text, refused[i].says, "is refused with its place");
	}
	memset(deep, '[', 33);
	memset(deep + 33, ']', 33);
	deep[66] = '\0';
	ok(json_read(deep, &out, a, &f) == -1, "33 lists in each other");
	is_str(f.text, "Line 1, character 33: The JSON is nested too deeply.",
	       "are refused");
	deep[32] = ' ';
	deep[33] = ' ';
	ok(json_read(deep, &out, a, &f) == 0, "32 are read");
}

static void
check_values(void)
{
	const struct json *o, *v;

	ok(json_read("{\"n\":-12,\"s\":\"a\\u00e9\\\"\",\"t\":true,\"z\":null,"
		     "\"l\":[1,\"x\"],\"big\":12345678901234567890}",
		     &o, a, &f) == 0,
	   "an object is read");
	is_int((int64_t)o->count, 6, "with all its members");
	is_str(json_member(o, "n")->text, "-12", "a number is text");
	is_str(json_member(o, "s")->text, "aé\"", "a string is unescaped");
	is_str(json_member(o, "t")->text, "yes", "a switch is a word");
	ok(json_member(o, "z")->kind == JSON_NULL, "null is null");
	v = json_member(o, "l");
	ok(v->kind == JSON_LIST && v->count == 2, "a list has its elements");
	is_str(v->first->next->text, "x", "in their order");
	ok(!json_member(o, "big")->text,
	   "a number that cannot be kept exactly has no text");
	ok(!json_member(o, "none") && !json_member(v, "n"),
	   "what is not there is not found");
}

struct thing {
	const char *phone;
	int64_t count, at;
	bool on;
	struct wordset days;
};

static const char *const day_names[] = { "mon", "tue", "wed", NULL };

static const struct field fields[] = {
	{ FIELD(thing, phone), .min = 1, .max = 20, .label = "phone" },
	{ FIELD(thing, count), .min = 1, .max = 9, .label = "count" },
	{ FIELD(thing, at), .shape = SHAPE_TIME, .def = "", .label = "at" },
	{ FIELD(thing, on), .label = "on" },
	{ FIELD(thing, days), .words = day_names, .label = "days" },
};
static const struct record record = RECORD(fields);

/* A name that is longer than the field of a fault. */
#define LONG_START "4444444444444444444444444444444444444444"
#define LONG_120 LONG_START LONG_START LONG_START
#define LONG LONG_120 LONG_120 LONG_120

static const struct {
	const char *text, *field, *says;
} wrong[] = {
	{ "{\"phone\":4930123}", "phone",
	  "phone must be a string of JSON, in quotes." },
	{ "{\"count\":\"3\"}", "count", "count must be a number of JSON." },
	{ "{\"on\":\"yes\"}", "on", "on must be true or false of JSON." },
	{ "{\"days\":{\"mon\":1}}", "days", "days must be a list of strings." },
	{ "{\"count\":10}", "count",
	  "count must be a whole number from 1 to 9." },
	{ "{\"count\":1.5}", "count",
	  "count must be a whole number from 1 to 9." },
	{ "{\"phome\":\"1\"}", "phome",
	  "There is no member “phome”; the nearest is “phone”." },
	{ "{\"a/b~\":1}", "a~1b~0", "There is no member “a/b~”." },
	{ "{\"" LONG "\":1}", "", "There is no member “" LONG_START "”." },
	{ "{\"count\":null}", "count", "count must be a number of JSON." },
	{ "[]", "", "A JSON object is needed." },
};

static void
check_fill(void)
{
	struct thing t = { .phone = "kept" };
	const struct json *o;
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		json_read(wrong[i].text, &o, a, &f);
		f.field[0] = '\0';
		ok(json_fill(&record, &t, o, NULL, a, &f) == -1, wrong[i].text);
		is_str(f.text, wrong[i].says, "is refused by name");
		is_str(f.field, wrong[i].field, "and with its field");
	}
	json_read("{\"count\":3,\"on\":true,\"days\":[\"mon\",\"wed\"],"
		  "\"at\":\"2026-11-23T14:20:02Z\"}",
		  &o, a, &f);
	ok(json_fill(&record, &t, o, NULL, a, &f) == 0, "members are read");
	is_str(t.phone, "kept", "one that is not given stays");
	json_members(&b, &record, &t, a);
	is_str(b.data,
	       "\"phone\":\"kept\",\"count\":3,\"at\":\"2026-11-23T14:20:02."
	       "000000Z\",\"on\":true,\"days\":[\"mon\",\"wed\"]",
	       "and written again as values of the same types");
	json_read("{\"at\":null,\"days\":[]}", &o, a, &f);
	ok(json_fill(&record, &t, o, NULL, a, &f) == 0,
	   "null and an empty list");
	t.phone = NULL;
	buf_clear(&b);
	json_members(&b, &record, &t, a);
	is_str(b.data,
	       "\"phone\":null,\"count\":3,\"at\":null,\"on\":true,\"days\":[]",
	       "are none");
	buf_free(&b);
}

/* A member's value as it was sent, which a number of 20 digits also survives.
 */
static void
check_source(void)
{
	static const char *const values[] = {
		"12345678901234567890",
		"1.50",
		"null",
		"true",
		"\"a,}]\\\"b\"",
		"[]",
		"{}",
		"[ [1 , {\"x\":\"]}\"}] , 2]",
		"{ \"d\" : 1 }",
	};

	for (size_t i = 0; i < ARRAY_LEN(values); i++) {
		const char *text = arena_printf(
			a, "{\"x\":[\"d\"],\"\\u0064\" :\n %s ,\"y\":1}",
			values[i]);
		const struct json *o;

		ok(json_read(text, &o, a, &f) == 0, "it is JSON");
		is_str(json_source(text, json_member(o, "d"), a), values[i],
		       "a value is given as it stands");
		text = arena_printf(a, "{\"d\":%s}", values[i]);
		ok(json_read(text, &o, a, &f) == 0, "without spaces, too");
		is_str(json_source(text, json_member(o, "d"), a), values[i],
		       "it ends where it ends");
	}
}

struct worded {
	unsigned word;
};
static const char *const some_words[] = { "", "one", NULL };
static const struct field worded_fields[] = {
	{ FIELD(worded, word), .words = some_words },
};
static const struct record worded_record = RECORD(worded_fields);

static void
check_words(void)
{
	struct worded w = { 0 };
	struct buf b = BUF_INIT;

	json_members(&b, &worded_record, &w, a);
	is_str(b.data, "\"word\":null", "an empty word is null");
	w.word = 1;
	buf_clear(&b);
	json_members(&b, &worded_record, &w, a);
	is_str(b.data, "\"word\":\"one\"", "another is a string");
	buf_free(&b);
}

int
main(void)
{
	a = arena_new();
	check_source();
	check_words();
	check_refusals();
	check_values();
	check_fill();
	arena_free(a);
	return tap_done();
}
