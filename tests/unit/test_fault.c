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
	is_int((int64_t)strlen(f.text), sizeof(f.text) - 1,
	       "a long text is cut");

	/* 399 bytes have room: after 398 x, an ü has not. */
	fault_set(&f, FAULT_BROKEN, "%.398sü", text);
	is_int((int64_t)strlen(f.text), 398,
	       "a text is not cut inside a character");
	fault_set(&f, FAULT_BROKEN, "%.397sü", text);
	is_int((int64_t)strlen(f.text), 399, "a character that fits stays");
	fault_set(&f, FAULT_BROKEN, "%.396s\xf0\x9f\x98\x80", text);
	is_int((int64_t)strlen(f.text), 396,
	       "a text is not cut inside a character of four bytes");
	fault_set(&f, FAULT_BROKEN, "\xff%.500s", text);
	is_int((int64_t)strlen(f.text), 398,
	       "bytes that are not UTF-8 are removed");
	fault_set(&f, FAULT_INVALID, "There is no status %.4s.", "aéé");
	is_str(f.text, "There is no status aé.",
	       "a character that the format cuts is removed");
	fault_field(&f, text, "Too long.");
	is_str(f.field, "", "a part of a field's name names none");
}

int
main(void)
{
	struct fault f;

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		is_str(fault_word(codes[i].code), codes[i].word, codes[i].word);
	}

	is_int(fault_field(&f, "ring", "Wrong by %d.", 3), -1,
	       "fault_field returns -1");
	is_int(f.code, FAULT_INVALID, "a fault of a field is invalid input");
	is_str(f.field, "ring", "the fault has the field's name");
	is_str(f.text, "Wrong by 3.", "the fault has its sentence");
	is_str(f.cause, "", "the fault has no cause yet");
	is_int(fault_cause(&f, "errno %d", 5), -1, "fault_cause returns -1");
	is_str(f.cause, "errno 5", "the fault has its cause");
	is_str(f.text, "Wrong by 3.", "a cause leaves the sentence as it was");
	is_int(fault_set(&f, FAULT_BUSY, "Line 2: %s", f.text), -1,
	       "fault_set returns -1");
	is_str(f.text, "Line 2: Wrong by 3.",
	       "a fault may quote its own sentence");
	is_str(f.field, "", "a new fault forgets the field");
	is_str(f.cause, "", "a new fault forgets the cause");
	test_long();
	return tap_done();
}
