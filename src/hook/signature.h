/*
 * signature.h - signs what is sent, as the Standard Webhooks say: HMAC-SHA-256
 * over "id.timestamp.body".
 */
#ifndef HOOK_SIGNATURE_H
#define HOOK_SIGNATURE_H

#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"

struct arena;

#define SIGN_PREFIX "whsec_"
#define SIGN_TEXT (sizeof(SIGN_PREFIX) + SECRET_BASE64_LEN(DIGEST_LEN))

/* "whsec_..." */
void sign_secret_text(const uint8_t secret[static DIGEST_LEN],
		      char out[static SIGN_TEXT]);

struct sign_message {
	const char *id;
	int64_t timestamp; /* seconds */
	const char *body;
	size_t len;
};

/* The header's value: "v1,...", and a second one after a space when there is an
 * old secret. */
const char *sign(const struct sign_message *m,
		 const uint8_t secret[static DIGEST_LEN],
		 const uint8_t *old_secret, struct arena *a);

#endif
