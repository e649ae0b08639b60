/* Codes of an authenticator app, by the vectors of RFC 6238; and QR codes. */
#include <string.h>

#include "base/arena.h"
#include "base/qr.h"
#include "base/totp.h"
#include "tests/tap.h"

/* The secret of RFC 6238, appendix B. */
static const uint8_t *const secret = (const uint8_t *)"12345678901234567890";

static const struct {
	int64_t now;
	const char *code;
} vectors[] = {
	{ 59, "287082" },	  { 1111111109, "081804" },
	{ 1111111111, "050471" }, { 1234567890, "005924" },
	{ 2000000000, "279037" }, { 20000000000, "353130" },
};

static void
test_codes(void)
{
	static const char *const wrong[] = { "",	"28708",  "2870820",
					     "287083",	"28708x", " 287082",
					     "94287082" };
	int64_t step;

	for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
		step = -1;
		ok(!totp_check(secret, vectors[i].code, vectors[i].now, &step) &&
			   step == vectors[i].now / 30,
		   vectors[i].code);
	}
	ok(!totp_check(secret, "287082", 29, &step) && step == 1,
	   "a clock that is 30 s behind is accepted, with the step of the code");
	ok(!totp_check(secret, "287082", 89, &step) && step == 1,
	   "so is a clock that is 30 s ahead");
	ok(totp_check(secret, "287082", 121, &step),
	   "one that is a minute ahead is not");
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++)
		ok(totp_check(secret, wrong[i], 59, &step),
		   "what is not the code is refused");
}

static void
test_texts(struct arena *a)
{
	char large[4000];
	int side = 0;
	const char *path = qr_path("otpauth://totp/x", &side, a);

	is_str(totp_text(secret, a), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
	       "a secret is shown in base32");
	ok(path && !strncmp(path, "M4 4h7v1h-7z", 12),
	   "a QR code begins with its finder pattern, after the quiet zone");
	ok(side >= 21 + 8 && (side - 8 - 21) % 4 == 0,
	   "its side is that of a QR code and the quiet zone");
	memset(large, 'x', sizeof(large) - 1);
	large[sizeof(large) - 1] = '\0';
	ok(!qr_path(large, &side, a), "a text that is too long has none");
}

int
main(void)
{
	struct arena *a = arena_new();

	test_codes();
	test_texts(a);
	arena_free(a);
	return tap_done();
}
