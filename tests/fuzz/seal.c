/* What nobody has sealed is not believed; what was sealed is, until it is too
 * old, under its own name, and with every bit as it was. */
#include <string.h>

#include "base/arena.h"
#include "base/seal.h"
#include "tests/fuzz/fuzz.h"

static const uint8_t secret[DIGEST_LEN] = "a secret of the fuzz target";

static int
is_believed(const char *name, int64_t now, struct bytes sealed)
{
	return seal_open(secret, name, now, sealed).data != NULL;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_new();
	struct bytes all = { (const char *)data, size }, sealed, got;
	char *spoilt;
	size_t bit;

	MUST(!is_believed("session:1", 0, all));
	sealed = seal_put(secret, "session:1", 1000, all, a);
	got = seal_open(secret, "session:1", 999, sealed);
	MUST(got.data && got.len == size && !memcmp(got.data, data, size));
	MUST(!is_believed("session:1", 1000, sealed));
	MUST(!is_believed("session:2", 999, sealed));
	spoilt = arena_memdup(a, sealed.data, sealed.len);
	bit = (size ? data[0] | data[size - 1] << 8 : 0) % (8 * sealed.len);
	spoilt[bit / 8] ^= (char)(1 << bit % 8);
	MUST(!is_believed("session:1", 999,
			  (struct bytes){ spoilt, sealed.len }));
	MUST(!is_believed("session:1", 999,
			  (struct bytes){ sealed.data, sealed.len - 1 }));
	arena_free(a);
	return 0;
}
