#include "hook/signature.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

void
sign_secret_text(const uint8_t secret[static DIGEST_LEN],
		 char out[static SIGN_TEXT])
{
	memcpy(out, SIGN_PREFIX, sizeof(SIGN_PREFIX));
	secret_base64(secret, DIGEST_LEN, out + strlen(SIGN_PREFIX));
}

static const char *
signature(const struct sign_message *m, const uint8_t *secret, struct arena *a)
{
	char *head = arena_printf(a, "%s.%" PRId64 ".", m->id, m->timestamp);
	const struct secret_part parts[] = { { head, strlen(head) },
					     { m->body, m->len } };
	uint8_t code[DIGEST_LEN];
	char text[SECRET_BASE64_LEN(DIGEST_LEN)];

	secret_hmac_parts(secret, parts, ARRAY_LEN(parts), code);
	secret_base64(code, sizeof(code), text);
	return arena_printf(a, "v1,%s", text);
}

const char *
sign(const struct sign_message *m, const uint8_t secret[static DIGEST_LEN],
     const uint8_t *old_secret, struct arena *a)
{
	const char *text = signature(m, secret, a);

	if (!old_secret)
		return text;
	return arena_printf(a, "%s %s", text, signature(m, old_secret, a));
}
