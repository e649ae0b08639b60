/* Keys of the list: what is written is read again, and nothing else is. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/fault.h"
#include "listing/page_key.h"
#include "tests/tap.h"

static struct arena *a;
static struct fault f;

static void
check_round(struct campaign_key k, const char *want)
{
	struct campaign_key got = { 0 };
	const char *text = campaign_key_text(&k, a);

	is_str(text, want, want);
	ok(campaign_key_read(text, k.sort, &got, a, &f) == 0 &&
		   got.sort == k.sort && got.edge == k.edge && got.at == k.at &&
		   got.id == k.id && got.value == k.value &&
		   got.name_len == k.name_len &&
		   !memcmp(got.name ? got.name : k.name, k.name, k.name_len),
	   "the key is read back from its text");
	for (int sort = 0; sort < SORT_MAX; sort++) {
		if (sort != (int)k.sort &&
		    !campaign_key_read(text, (enum campaign_sort)sort, &got, a,
				       &f))
			ok(false, "a key of another order is refused");
	}
}

static void
check_rounds(void)
{
	const uint8_t *name = (const uint8_t *)"\x1c\x60\xff\0";

	check_round((struct campaign_key){ .sort = SORT_CREATED,
					   .at = 1795531234000000,
					   .id = 42,
					   .name = name },
		    "c1795531234000000.000000001a");
	check_round((struct campaign_key){ .sort = SORT_NAME,
					   .at = KEY_TIME_MAX,
					   .id = KEY_ID_MAX,
					   .name = name,
					   .name_len = 4 },
		    "n253402300799000000.zzzzzzzzzz.1c60ff00");
	check_round((struct campaign_key){ .sort = SORT_NAME, .name = name },
		    "n0.0000000000.");
	check_round((struct campaign_key){ .sort = SORT_STATUS,
					   .value = 4,
					   .name = name },
		    "s0.0000000000.4");
	check_round((struct campaign_key){ .sort = SORT_ANSWER,
					   .value = -1,
					   .name = name },
		    "a0.0000000000.-1");
	check_round((struct campaign_key){ .sort = SORT_COMPLETION,
					   .value = 1000,
					   .name = name },
		    "r0.0000000000.1000");
	check_round((struct campaign_key){ .sort = SORT_PROGRESS,
					   .edge = KEY_LAST,
					   .name = name },
		    "plast");
	check_round((struct campaign_key){ .sort = SORT_CREATED,
					   .edge = KEY_FIRST,
					   .name = name },
		    "cfirst");
}

static void
check_longest(void)
{
	uint8_t name[NAME_KEY_MAX];
	struct campaign_key k = { .sort = SORT_NAME,
				  .at = KEY_TIME_MAX,
				  .id = KEY_ID_MAX,
				  .name = name,
				  .name_len = sizeof(name) };
	const char *text;

	memset(name, 0xee, sizeof(name));
	text = campaign_key_text(&k, a);
	ok(strlen(text) < CAMPAIGN_KEY_MAX, "the longest key has room");
	ok(campaign_key_read(text, SORT_NAME, &k, a, &f) == 0,
	   "the longest key is read");
	ok(campaign_key_read(arena_printf(a, "%see", text), SORT_NAME, &k, a,
			     &f) == -1,
	   "a longer key is refused");
}

static void
check_refused(void)
{
	/* clang-format off */
	static const struct {
		enum campaign_sort sort;
		const char *text;
	} cases[] = {
		{ SORT_CREATED, "" }, { SORT_CREATED, "c" },
		{ SORT_CREATED, "c." }, { SORT_CREATED, "c1" },
		{ SORT_CREATED, "c1." }, { SORT_CREATED, "c1.000000001" },
		{ SORT_CREATED, "c-1.0000000001" },
		{ SORT_CREATED, "c1.0000000001.0" },
		{ SORT_CREATED, "c253402300799000001.0000000001" },
		{ SORT_CREATED, "c9999999999999999999.0000000001" },
		{ SORT_CREATED, "c1.000000000u" }, { SORT_CREATED, "clasts" },
		{ SORT_CREATED, "C1.0000000001" },
		{ SORT_CREATED, " c1.0000000001" },
		{ SORT_NAME, "n1.0000000001.1" },
		{ SORT_NAME, "n1.0000000001.1C" },
		{ SORT_NAME, "n1.0000000001.1c.1c" },
		{ SORT_STATUS, "s1.0000000001" },
		{ SORT_STATUS, "s1.0000000001.6" },
		{ SORT_STATUS, "s1.0000000001.-1" },
		{ SORT_PROGRESS, "p1.0000000001.-2" },
		{ SORT_PROGRESS, "p1.0000000001.1001" },
		{ SORT_PROGRESS, "p1.0000000001.x" },
	};
	/* clang-format on */

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct campaign_key k = { .at = 77 };

		ok(campaign_key_read(cases[i].text, cases[i].sort, &k, a, &f) ==
				   -1 &&
			   f.code == FAULT_INVALID && k.at == 77,
		   cases[i].text);
	}
	is_str(f.text, "There is no such page of the list.",
	       "a refused key is explained in a sentence");
}

int
main(void)
{
	a = arena_new();
	check_rounds();
	check_longest();
	check_refused();
	arena_free(a);
	return tap_done();
}
