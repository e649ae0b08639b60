/*
 * result_address.h - the address at which the result of one call is reported
 * without a key (doc/product.md 6.18): whoever knows it may do that, and
 * nothing else.
 *
 * Its last segment is the call's id, its workspace and their HMAC-SHA-256 under
 * the installation's secret, in hexadecimal; nothing of it is stored.
 */
#ifndef CAMPAIGN_RESULT_ADDRESS_H
#define CAMPAIGN_RESULT_ADDRESS_H

#include <stdint.h>

#include "base/secret.h"
#include "base/uuid.h"

struct arena;

#define RESULT_PATH "/api/v1/results/"

/* Whose addresses they are. */
struct result_site {
	const char *public_url; /* a setting of the installation */
	const uint8_t *secret;	/* of the installation: DIGEST_LEN */
};

/* "https://calls.example.com/api/v1/results/018f..." */
const char *result_address(const struct result_site *site, int64_t workspace_id,
			   const uint8_t id[static UUID_LEN], struct arena *a);

/* Reads the last segment; -1: this installation did not make it. */
int result_address_read(const uint8_t secret[static DIGEST_LEN],
			const char *segment, int64_t *workspace_id,
			uint8_t id[static UUID_LEN]);

#endif
