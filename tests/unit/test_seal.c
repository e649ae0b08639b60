/* What is in Redis counts only as it was put there. */
#include "base/seal.h"

#include "base/arena.h"
#include "tests/tap.h"

static const uint8_t secret[DIGEST_LEN] = "a secret of thirty-two bytes ...",
		     other[DIGEST_LEN] = "another one of thirty-two bytes.";

static struct bytes
text(const char *s)
{
	return (struct bytes){ s, strlen(s) };
}

static bool
opens(const char *name, int64_t now, struct bytes sealed)
{
	return seal_open(secret, name, now, sealed).data != NULL;
}

static void
test_genuine(struct arena *a)
{
	struct bytes sealed = seal_put(secret, "call:1", 1000, text("dial"), a);
	struct bytes got = seal_open(secret, "call:1", 999, sealed);

	is_str(got.data, "dial", "a sealed value is read");
	is_int((int64_t)got.len, 4, "a sealed value is read whole");
	ok(!opens("call:1", 1000, sealed),
	   "a sealed value is refused when its time is over");
	sealed = seal_put(secret, "a", SEAL_FOR_EVER, text(""), a);
	got = seal_open(secret, "a", INT64_MAX - 1, sealed);
	ok(got.data && got.len == 0,
	   "an empty value that never expires is read");
}

static void
test_forged(struct arena *a)
{
	struct bytes sealed = seal_put(secret, "call:1", 1000, text("dial"), a);
	char *bytes = arena_memdup(a, sealed.data, sealed.len);
	struct bytes changed = { bytes, sealed.len };
	size_t believed = 0, cut = 0;

	ok(!opens("call:2", 0, sealed),
	   "a value under another name is refused");
	ok(!opens("call:", 0, sealed),
	   "a value under the beginning of its name is refused");
	ok(!seal_open(other, "call:1", 0, sealed).data,
	   "a value of another installation is refused");
	ok(opens("call:1", 0, changed), "a copy of the value is read");
	for (size_t i = 0; i < 8 * sealed.len; i++) {
		bytes[i / 8] ^= (char)(1 << i % 8);
		believed += opens("call:1", 0, changed);
		bytes[i / 8] ^= (char)(1 << i % 8);
	}
	is_int((int64_t)believed, 0,
	       "a value with any one bit changed is refused");
	ok(opens("call:1", 0, changed), "the copy has every bit back");
	for (changed.len = 0; changed.len < sealed.len; changed.len++)
		cut += opens("call:1", 0, changed);
	is_int((int64_t)cut, 0, "a value that is cut anywhere is refused");
	changed.data = arena_printf(a, "%*s", (int)sealed.len + 1, "");
	changed.len = sealed.len + 1;
	ok(!opens("call:1", 0, changed), "a value that is made up is refused");
	ok(opens("call:1", 0, sealed), "the original value is still read");
	ok(!opens("call:1", 0, (struct bytes){ .data = NULL }),
	   "a missing value is refused");
	/* "a", "b..." must not pass for "ab", "...". */
	sealed = seal_put(secret, "ab", 1000, text("c"), a);
	ok(!opens("a", 0, sealed),
	   "the end of a name does not pass for the value's beginning");
}

int
main(void)
{
	struct arena *a = arena_new();

	secret_open();
	test_genuine(a);
	test_forged(a);
	arena_free(a);
	return tap_done();
}
