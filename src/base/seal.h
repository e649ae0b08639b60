/*
 * seal.h - proves that this installation wrote a value read from Redis.
 *
 * A program with write access to Redis can store anything there.  So Outdial
 * trusts only sealed values: the seal is HMAC-SHA-256 under the installation's
 * secret, which is never in Redis, over the value's name, the time until which
 * it is valid, and the content.  A value without a seal, sealed for another
 * name, or expired counts as missing.  A seal does not prevent replay: showing
 * the same value twice must do no harm.
 *
 * Tampered values are logged, at most once a minute per process.
 */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include <stdint.h>

#include "base/bytes.h"
#include "base/secret.h"

struct arena;

#define SEAL_LEN (8 + DIGEST_LEN) /* precedes the content */
#define SEAL_FOR_EVER INT64_MAX

/* The sealed content, in the arena.  until_us: wall clock. */
struct bytes seal_put(const uint8_t secret[static DIGEST_LEN], const char *name,
		      int64_t until_us, struct bytes content, struct arena *a);

/* The content, inside 'sealed'; data NULL: it counts as missing. */
struct bytes seal_open(const uint8_t secret[static DIGEST_LEN],
		       const char *name, int64_t now_us, struct bytes sealed);

#endif
