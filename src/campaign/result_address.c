#include "campaign/result_address.h"

#include <string.h>

#include "base/arena.h"

/* What the code is of; a seal has another name before its content. */
static const char name[] = "call result";

struct signed_call {
	uint8_t id[UUID_LEN], workspace[4], code[DIGEST_LEN];
};
_Static_assert(sizeof(struct signed_call) == UUID_LEN + 4 + DIGEST_LEN,
	       "it has no gaps");

static void
make_code(const uint8_t *secret, const struct signed_call *c,
	  uint8_t code[static DIGEST_LEN])
{
	const struct secret_part parts[] = { { name, sizeof(name) },
					     { c->id, sizeof(c->id) },
					     { c->workspace,
					       sizeof(c->workspace) } };

	secret_hmac_parts(secret, parts, ARRAY_LEN(parts), code);
}

const char *
result_address(const struct result_site *site, int64_t workspace_id,
	       const uint8_t id[static UUID_LEN], struct arena *a)
{
	char hex[2 * sizeof(struct signed_call) + 1];
	struct signed_call c;

	memcpy(c.id, id, sizeof(c.id));
	for (int i = 0; i < 4; i++)
		c.workspace[i] = (uint8_t)(workspace_id >> (24 - 8 * i));
	make_code(site->secret, &c, c.code);
	secret_hex(&c, sizeof(c), hex);
	return arena_printf(a, "%s" RESULT_PATH "%s", site->public_url, hex);
}

int
result_address_read(const uint8_t secret[static DIGEST_LEN],
		    const char *segment, int64_t *workspace_id,
		    uint8_t id[static UUID_LEN])
{
	uint8_t code[DIGEST_LEN];
	struct signed_call c;

	if (secret_unhex(segment, &c, sizeof(c)))
		return -1;
	make_code(secret, &c, code);
	if (!secret_same(code, c.code))
		return -1;
	memcpy(id, c.id, sizeof(c.id));
	*workspace_id = 0;
	for (int i = 0; i < 4; i++)
		*workspace_id = *workspace_id << 8 | c.workspace[i];
	return 0;
}
