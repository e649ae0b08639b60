/* The settings that have a form of their own: text to member and back, with
 * sentences for what is wrong. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "campaign/more_windows.h"
#include "campaign/retry_delays.h"
#include "campaign/dispositions.h"
#include "tests/tap.h"
#include "tests/unit/field_cases.h"

struct thing {
	const char *tags;
	struct retry_delays delays;
	struct spans hours;
};

static const char *const ends[] = { "", "busy", "", "lost", NULL };

/* clang-format off */
static const struct field fields[] = {
	{ FIELD(thing, tags), .codec = &disposition_list_codec,
	  .max = 3, .def = "", .label = "Tags" },
	{ FIELD(thing, delays), .codec = &retry_delays_codec,
	  .words = ends, .min = 1, .max = 10080,
	  .def = "busy=5", .unit = "min", .label = "Delays" },
	{ FIELD(thing, hours), .codec = &more_windows_codec, .max = 2, .label = "Hours" },
};

#define TAGS "Tags must be a list of at most 3 words of a-z, 0-9, _ and -, each with at most 40 characters, separated by commas."
#define DELAYS "Delays must be a list of busy or lost, each followed by = and a whole number from 1 to 10,080 min."
#define HOURS "Hours must be at most 2 time ranges, such as 13:00-17:00, 19:00-20:30."
#define FORTY "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"

static const struct field_case cases[] = {
	{ "tags", "", "" },
	{ "tags", " call_me , try-2,call_me", "call_me,try-2" },
	{ "tags", "a,b,c,a", "a,b,c" },
	{ "tags", "a,b,c,d", TAGS },
	{ "tags", FORTY, FORTY },
	{ "tags", FORTY "e", TAGS },
	{ "tags", "Call", TAGS },
	{ "tags", "a b", TAGS },
	{ "tags", "a,,b", TAGS },
	{ "tags", "a,", TAGS },
	{ "delays", "", "" },
	{ "delays", " lost = 60 ,busy=5", "busy=5,lost=60" },
	{ "delays", "busy=10080", "busy=10080" },
	{ "delays", "busy=10081", DELAYS },
	{ "delays", "busy=0", DELAYS },
	{ "delays", "busy=", DELAYS },
	{ "delays", "busy", DELAYS },
	{ "delays", "=5", DELAYS },
	{ "delays", "free=5", DELAYS },
	{ "delays", "busy=5,busy=6", DELAYS },
	{ "delays", "busy=5,", DELAYS },
	{ "delays", "busy=99999999999", DELAYS },
	{ "hours", "", "" },
	{ "hours", "19:00-20:30,13:00 - 17:00", "13:00-17:00, 19:00-20:30" },
	{ "hours", "13:00–17:00", "13:00-17:00" },
	{ "hours", "22:00-06:00", "22:00-06:00" },
	{ "hours", "22:00-24:00", "22:00-24:00" },
	{ "hours", "13-17", "13:00-17:00" },
	{ "hours", "9am - 12pm, 7pm-8.30pm", "09:00-12:00, 19:00-20:30" },
	{ "hours", "24:00-06:00", "Hours: “24:00-06:00” starts at the end of the day: write 00:00." },
	{ "hours", "13:00-17:60", "Hours: “13:00-17:60” ends at “17:60”, which is not a time of day." },
	{ "hours", "25:00-26:00, 9-10, 13:00", "Hours: “25:00-26:00” starts at “25:00”, which is not a time of day; “13:00” has no end." },
	{ "hours", "13:00-17:00,", "Hours: “” is empty." },
	{ "hours", "01:00-02:00,03:00-04:00,05:00-06:00", HOURS },
	{ "hours", "01:00-02:00,03:00-04:00,05:00-06:00,07:00-08:00", HOURS },
};
/* clang-format on */

static const struct record record = RECORD(fields);
static struct arena *arena;

/* A value that did not come from text. */
static void
test_check(void)
{
	struct thing t = { .tags = "a,,b",
			   .delays = { { 1 } },
			   .hours = { 1, { { 1440, 0 } } } };
	struct fault f = { 0 };
	const char *const wrong[] = { "tags", "delays", "hours" };

	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		is_int(field_check(record_find(&record, wrong[i]), &t, &f), -1,
		       wrong[i]);
		is_str(f.field, wrong[i], "the fault names the checked field");
	}
}

/* A list of 64 KB takes memory in proportion to its length, whatever it says:
 * nobody makes the process grow with a form. */
static void
test_long_lists(void)
{
	static const struct {
		const char *field, *item, *what;
	} lists[] = {
		{ "hours", "x,",
		  "a long list of wrong times takes little memory" },
		{ "hours", "01:00-02:00,",
		  "a long list of times takes little memory" },
		{ "tags", NULL,
		  "a long list of different words takes little memory" },
		{ "delays", "lost=5,",
		  "a long list of outcomes takes little memory" },
	};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		struct buf list = BUF_INIT;
		struct thing t = { 0 };
		struct fault f = { 0 };
		size_t before;

		while (list.len < 65536) {
			if (lists[i].item)
				buf_str(&list, lists[i].item);
			else
				buf_printf(&list, "n%04zx,", list.len / 6);
		}
		arena_reset(arena);
		before = arena_used(arena);
		field_set(record_find(&record, lists[i].field), &t, list.data,
			  arena, &f);
		ok(arena_used(arena) - before < 32 * list.len, lists[i].what);
		buf_free(&list);
	}
}

int
main(void)
{
	arena = arena_new();
	check_field_cases(&record, sizeof(struct thing), cases,
			  ARRAY_LEN(cases), arena);
	test_check();
	test_long_lists();
	arena_free(arena);
	return tap_done();
}
