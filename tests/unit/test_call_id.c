/* The id of an attempt and its key in the ledger, both ways. */
#include "base/arena.h"
#include "base/uuid.h"
#include "campaign/call_id.h"
#include "tests/tap.h"

/* clang-format off */
static const struct {
	const char *what, *text;
	struct call_key key;
} cases[] = {
	{ "an empty key sets only the version and the variant",
	  "00000000-0000-8000-8000-000000000000", { 0 } },
	{ "the first call of the first run has its id",
	  "00000001-0000-8001-8000-000040000000",
	  { .run = 1, .ordinal = 1, .seq = 1 } },
	{ "a key with every part at its largest has its id",
	  "ffffffff-ffff-8fff-bfff-ffffffffffff",
	  { .run = UINT32_MAX, .ordinal = UINT32_MAX, .nonce = 0x3fffffff,
	    .seg = UINT16_MAX, .seq = 4095 } },
	{ "each part of the key has its own place in the id",
	  "12345678-9abc-8def-845d-159e3fffffff",
	  { .run = 0x12345678, .ordinal = 0x11745678, .nonce = 0x3fffffff,
	    .seg = 0x9abc, .seq = 0xdef } },
};

static const struct {
	const char *what, *text;
} broken[] = {
	{ "an empty text is no id", "" },
	{ "a text one character short is no id",
	  "00000000-0000-8000-8000-00000000000" },
	{ "a text one character long is no id",
	  "00000000-0000-8000-8000-0000000000000" },
	{ "a text without dashes is no id",
	  "000000000000800080000000000000000000" },
	{ "a text with a letter that is no digit is no id",
	  "0000000g-0000-8000-8000-000000000000" },
};

static const struct {
	const char *what, *text;
} foreign[] = {
	{ "a UUID of version 4 is no call id",
	  "00000000-0000-4000-8000-000000000000" },
	{ "a UUID of another variant is no call id",
	  "00000000-0000-8000-c000-000000000000" },
};
/* clang-format on */

static bool
same(const struct call_key *a, const struct call_key *b)
{
	return a->run == b->run && a->seg == b->seg && a->seq == b->seq &&
	       a->ordinal == b->ordinal && a->nonce == b->nonce;
}

int
main(void)
{
	uint8_t id[UUID_LEN], again[UUID_LEN];
	char text[UUID_TEXT];
	struct call_key key;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		call_id_make(&cases[i].key, id);
		uuid_text(id, text);
		is_str(text, cases[i].text, cases[i].what);
		ok(!call_id_read(id, &key) && same(&key, &cases[i].key),
		   "the key is read back from the id");
		ok(!uuid_parse(text, again) && !memcmp(id, again, UUID_LEN),
		   "the id is read back from its text");
	}
	for (size_t i = 0; i < ARRAY_LEN(broken); i++)
		is_int(uuid_parse(broken[i].text, id), -1, broken[i].what);
	for (size_t i = 0; i < ARRAY_LEN(foreign); i++) {
		ok(!uuid_parse(foreign[i].text, id) &&
			   call_id_read(id, &key) == -1,
		   foreign[i].what);
	}
	ok(!uuid_parse("0000000A-0000-8001-8000-000040000000", id) &&
		   !call_id_read(id, &key) && key.run == 10,
	   "capital letters are read");
	return tap_done();
}
