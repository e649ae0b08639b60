/* Ids of calls as text and bytes; the table against a plain array. */
#include "carrier/idmap.h"

#include "base/uuid.h"
#include "tests/tap.h"

#define COUNT 5000

struct thing {
	struct cr_id id;
	bool in;
};

static struct thing things[COUNT];

static void
test_text(void)
{
	static const char *const bad[] = {
		"",
		"0123456789abcdef",
		"01234567-89ab-8def-8123-456789abcde",
		"01234567-89ab-8def-8123-456789abcdef0",
		"01234567-89AB-8def-8123-456789abcdef",
		"01234567+89ab-8def-8123-456789abcdef",
		"0123456789ab-8def-8123-4567-89abcdef",
		"g1234567-89ab-8def-8123-456789abcdef",
	};
	const char *good = "01234567-89ab-8def-8123-456789abcdef";
	char out[UUID_TEXT];
	struct cr_id id;

	is_int(cr_id_parse(good, &id), 0, "a UUID is read");
	uuid_text(id.bytes, out);
	is_str(out, good, "a UUID is written as it was read");
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		is_int(cr_id_parse(bad[i], &id), -1,
		       "a text that is not a UUID is refused");
}

/* Ids as the ledger makes them: they differ in few bits. */
static void
make_id(size_t i)
{
	things[i].id.bytes[0] = (uint8_t)(i % 3);
	things[i].id.bytes[10] = (uint8_t)(i >> 8);
	things[i].id.bytes[11] = (uint8_t)i;
}

/* The same turns each time. */
static uint32_t
roll(void)
{
	static uint32_t x = 7;

	x = x * 1664525 + 1013904223;
	return x >> 8;
}

static size_t
wrong_ones(const struct idmap *m)
{
	size_t wrong = 0;

	for (size_t i = 0; i < COUNT; i++) {
		void *want = things[i].in ? &things[i] : NULL;

		wrong += idmap_find(m, &things[i].id) != want;
	}
	return wrong;
}

static void
test_map(void)
{
	struct idmap m = { 0 };
	size_t in = 0;

	for (size_t i = 0; i < COUNT; i++)
		make_id(i);
	ok(!idmap_find(&m, &things[0].id), "an empty table finds nothing");
	ok(!idmap_remove(&m, &things[0].id), "an empty table removes nothing");
	for (int turn = 0; turn < 60000; turn++) {
		struct thing *t = &things[roll() % COUNT];

		if (t->in)
			idmap_remove(&m, &t->id);
		else
			idmap_put(&m, t);
		t->in = !t->in;
		in += t->in ? 1 : (size_t)-1;
	}
	is_int((int64_t)wrong_ones(&m), 0,
	       "ids in the table are found, others are not");
	is_int((int64_t)m.count, (int64_t)in,
	       "the ids in the table are counted");
	idmap_free(&m);
}

int
main(void)
{
	test_text();
	test_map();
	return tap_done();
}
