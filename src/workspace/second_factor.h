/*
 * second_factor.h - a code from an authenticator app as the second step of a
 * sign-in (doc/product.md 8.9).
 *
 * Its secret is stored encrypted under a key that is derived from the secret of
 * the installation.  A code is taken once.  Eight recovery codes of about 78
 * random bits are stored as SHA-256; each takes the place of a code, once.
 */
#ifndef WORKSPACE_SECOND_FACTOR_H
#define WORKSPACE_SECOND_FACTOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/totp.h"

struct actor;
struct arena;
struct db;
struct fault;

#define RECOVERY_CODES 8

int factor_is_on(struct db *db, int64_t user_id, bool *on, struct fault *f);

/* The number of recovery codes that are left. */
int factor_recovery_left(struct db *db, int64_t user_id, int64_t *left,
			 struct fault *f);

/* The address that an app reads, with the e-mail address of the account. */
const char *factor_uri(const uint8_t secret[static TOTP_SECRET_LEN],
		       const char *email, struct arena *a);

/*
 * Switches it on, when the code is the app's; makes new recovery codes.
 * FAULT_INVALID at "code"; FAULT_CONFLICT: it is on already.
 */
struct factor_setup {
	const uint8_t *installation; /* its secret */
	uint8_t secret[TOTP_SECRET_LEN];
	const char *code;		      /* as typed */
	int64_t now;			      /* seconds since 1970 */
	const char *recovery[RECOVERY_CODES]; /* set: shown once */
};
int factor_switch_on(struct db *db, const struct actor *who,
		     struct factor_setup *s, struct arena *a, struct fault *f);

/* Switches it off: one's own, or as an administrator somebody else's.
 * FAULT_ABSENT: there is no such user; FAULT_CONFLICT: it is off already. */
int factor_switch_off(struct db *db, const struct actor *who, int64_t user_id,
		      struct fault *f);

/* Takes a code of the app, or a recovery code; FAULT_INVALID at "code". */
struct factor_try {
	const uint8_t *installation; /* its secret */
	int64_t user_id;
	const char *code; /* as typed */
	int64_t now;	  /* seconds since 1970 */
};
int factor_take(struct db *db, const struct factor_try *try, struct arena *a,
		struct fault *f);

#endif
