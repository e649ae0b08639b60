/*
 * totp.h - codes of six digits that change every 30 s (RFC 6238, by liboath),
 * as an authenticator app shows them.
 */
#ifndef BASE_TOTP_H
#define BASE_TOTP_H

#include <stdint.h>

struct arena;

#define TOTP_SECRET_LEN 20

/*
 * 0 when the code is that of 'now' (seconds since 1970), or of the 30 s
 * before or after, as clocks differ; else -1.  *step numbers the 30 s that the
 * code belongs to: a caller that takes only a later one takes each code once.
 */
int totp_check(const uint8_t secret[static TOTP_SECRET_LEN], const char *code,
	       int64_t now, int64_t *step);

/* The secret in base32, as people type it. */
const char *totp_text(const uint8_t secret[static TOTP_SECRET_LEN],
		      struct arena *a);

#endif
