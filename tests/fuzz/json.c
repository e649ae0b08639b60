/* JSON of strangers: read, filled into a record, and written again. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/json_read.h"
#include "tests/fuzz/fuzz.h"

struct thing {
	const char *text, *secret;
	int64_t n, at, minute, day;
	bool on;
	unsigned word;
	struct wordset set;
};

static const char *const words[] = { "a", "b", "c", NULL };
static const struct field fields[] = {
	{ FIELD(thing, text), .min = 1, .max = 20, .label = "text" },
	{ FIELD(thing, secret), .shape = SHAPE_SECRET, .label = "secret" },
	{ FIELD(thing, n), .min = -5, .max = 99, .label = "n" },
	{ FIELD(thing, at), .shape = SHAPE_TIME, .def = "", .label = "at" },
	{ FIELD(thing, minute), .shape = SHAPE_CLOCK, .label = "minute" },
	{ FIELD(thing, day), .shape = SHAPE_DATE, .def = "", .label = "day" },
	{ FIELD(thing, on), .label = "on" },
	{ FIELD(thing, word), .words = words, .label = "word" },
	{ FIELD(thing, set), .words = words, .label = "set" },
};
static const struct record record = RECORD(fields);

/* What was written must be read again, and be the same. */
static void
check_again(const struct thing *t, struct arena *a)
{
	struct buf once = BUF_INIT, twice = BUF_INIT;
	struct thing again = { .secret = t->secret };
	const struct json *o;
	struct fault f;

	buf_char(&once, '{');
	json_members(&once, &record, t, a);
	buf_char(&once, '}');
	MUST(!json_read(once.data, &o, a, &f));
	for (const struct json *m = o->first; m; m = m->next) {
		const struct field *fd = record_find(&record, m->key);
		const char *text = json_field_text(fd, m, true, a);

		MUST(!text || !field_set(fd, &again, text, a, &f));
	}
	buf_char(&twice, '{');
	json_members(&twice, &record, &again, a);
	buf_char(&twice, '}');
	MUST(!strcmp(once.data, twice.data));
	buf_free(&once);
	buf_free(&twice);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct thing t = { .text = "t", .secret = "s" };
	const struct json *o;
	struct fault f;

	if (!json_read(arena_memdup(a, data, size), &o, a, &f) &&
	    !json_fill(&record, &t, o, NULL, a, &f))
		check_again(&t, a);
	arena_free(a);
	return 0;
}
