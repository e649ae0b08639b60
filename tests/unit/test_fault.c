/* What went wrong: code, sentence, field, cause. */
#include "base/fault.h"
#include "tests/tap.h"

static const struct {
	enum fault_code code;
	const char *word;
} codes[] = {
	{ FAULT_INVALID, "invalid" }, { FAULT_DENIED, "denied" },
	{ FAULT_ABSENT, "absent" },   { FAULT_CONFLICT, "conflict" },
	{ FAULT_BUSY, "busy" },	      { FAULT_UNKNOWN, "unknown" },
	{ FAULT_BROKEN, "broken" },
};

static void
test_long(void)
{
	struct fault f;
	char text[600];

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	fault_set(&f, FAULT_BROKEN, "%s", text);
	is_int((int64_t)strlen(f.text), sizeof(f.text) - 1, "a text is cut");

	/* 399 bytes have room: after 398 x, an ü has not. */
	fault_set(&f, FAULT_BROKEN, "%.398sü", text);
	is_int((int64_t)strlen(f.text), 398, "not inside a character");
	fault_set(&f, FAULT_BROKEN, "%.397sü", text);
	is_int((int64_t)strlen(f.text), 399, "one that fits stays");
	fault_set(&f, FAULT_BROKEN, "%.396s\xf0\x9f\x98\x80", text);
	is_int((int64_t)strlen(f.text), 396, "nor inside one of four bytes");
	fault_set(&f, FAULT_BROKEN, "\xff%.500s", text);
	is_int((int64_t)strlen(f.text), 398, "bytes that are no text go");
	fault_set(&f, FAULT_INVALID, "There is no status %.4s.", "aéé");
	is_str(f.text, "There is no status aé.",
	       "nor may a format cut inside a character");
	fault_field(&f, text, "Too long.");
	is_int((int64_t)strlen(f.field), sizeof(f.field) - 1,
	       "a field's name is cut");
}

int
main(void)
{
	struct fault f;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		is_str(fault_word(codes[i].code), codes[i].word, codes[i].word);
	}

	is_int(fault_field(&f, "ring", "Wrong by %d.", 3), -1, "returns -1");
	is_int(f.code, FAULT_INVALID, "a field is to blame: invalid");
	is_str(f.field, "ring", "its name");
	is_str(f.text, "Wrong by 3.", "the sentence");
	is_str(f.cause, "", "no cause yet");
	is_int(fault_cause(&f, "errno %d", 5), -1, "a cause returns -1 too");
	is_str(f.cause, "errno 5", "the cause");
	is_str(f.text, "Wrong by 3.", "leaves the sentence");
	is_int(fault_set(&f, FAULT_BUSY, "Line 2: %s", f.text), -1,
	       "may quote itself");
	is_str(f.text, "Line 2: Wrong by 3.", "and does so rightly");
	is_str(f.field, "", "a new fault forgets the field");
	is_str(f.cause, "", "and the cause");
	test_long();
	return tap_done();
}
