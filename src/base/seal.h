/*
 * seal.h - proof that what Redis says was put there by this installation.
 *
 * Whoever can write into Redis may put anything there.  So what Outdial
 * believes is sealed: HMAC-SHA-256 under the installation's secret, which is
 * never in Redis, over the name it lies under, the instant until which it
 * holds, and the content.  What is not sealed, sealed for another name, or
 * older than it may be, is as if it were not there.  A seal does not keep
 * anybody from showing the same thing twice: that must do no harm.
 *
 * A value that was tampered with is logged, at most once a minute a process.
 */
#ifndef BASE_SEAL_H
#define BASE_SEAL_H

#include <stdint.h>

#include "base/secret.h"
#include "store/redis.h"

struct arena;

#define SEAL_LEN (8 + DIGEST_LEN) /* stands before the content */
#define SEAL_FOR_EVER INT64_MAX

/* The content, sealed, in the arena.  until_us: wall clock. */
struct bytes seal_put(const uint8_t secret[static DIGEST_LEN], const char *name,
		      int64_t until_us, struct bytes content, struct arena *a);

/* The content, where it lies; data NULL: as if it were not there. */
struct bytes seal_open(const uint8_t secret[static DIGEST_LEN],
		       const char *name, int64_t now_us, struct bytes sealed);

#endif
