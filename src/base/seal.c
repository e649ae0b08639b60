#include "base/seal.h"

#include <stdatomic.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"

#define TELL_US (60 * US_PER_S)

static void
write_time(int64_t us, uint8_t out[static 8])
{
	for (int i = 0; i < 8; i++)
		out[i] = (uint8_t)((uint64_t)us >> (56 - 8 * i));
}

static int64_t
read_time(const uint8_t *in)
{
	uint64_t us = 0;

	for (int i = 0; i < 8; i++)
		us = us << 8 | in[i];
	return (int64_t)us;
}

/* The NUL that ends a name keeps name and content apart. */
static void
make_code(const uint8_t *secret, const char *name, const uint8_t *until,
	  struct bytes content, uint8_t code[static DIGEST_LEN])
{
	const struct secret_part parts[] = { { name, strlen(name) + 1 },
					     { until, 8 },
					     { content.data, content.len } };

	secret_hmac_parts(secret, parts, ARRAY_LEN(parts), code);
}

struct bytes
seal_put(const uint8_t secret[static DIGEST_LEN], const char *name,
	 int64_t until_us, struct bytes content, struct arena *a)
{
	uint8_t *out = arena_alloc(a, SEAL_LEN + content.len + 1);

	write_time(until_us, out);
	make_code(secret, name, out, content, out + 8);
	if (content.len)
		memcpy(out + SEAL_LEN, content.data, content.len);
	return (struct bytes){ (char *)out, SEAL_LEN + content.len };
}

/* Logs only the part of the name before ":": the rest may be a secret. */
static void
tell(const char *name)
{
	static _Atomic int64_t count, last = -TELL_US;
	int64_t now = clock_boot_us(), was = atomic_load(&last);

	atomic_fetch_add(&count, 1);
	if (now - was < TELL_US ||
	    !atomic_compare_exchange_strong(&last, &was, now))
		return;
	log_warn(
		"Redis holds data that this installation did not write (%.*s); "
		"%lld entries ignored since the last such line.",
		(int)strcspn(name, ":"), name,
		(long long)atomic_exchange(&count, 0));
}

struct bytes
seal_open(const uint8_t secret[static DIGEST_LEN], const char *name,
	  int64_t now_us, struct bytes sealed)
{
	static const struct bytes nothing = { .data = NULL };
	const uint8_t *in = (const uint8_t *)sealed.data;
	struct bytes content;
	uint8_t code[DIGEST_LEN];

	if (!sealed.data)
		return nothing;
	if (sealed.len < SEAL_LEN) {
		tell(name);
		return nothing;
	}
	content =
		(struct bytes){ sealed.data + SEAL_LEN, sealed.len - SEAL_LEN };
	make_code(secret, name, in, content, code);
	if (!secret_same(code, in + 8)) {
		tell(name);
		return nothing;
	}
	return read_time(in) > now_us ? content : nothing;
}
