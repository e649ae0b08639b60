/*
 * client.h - whatever a carrier says to its client: no call ends twice or goes
 * backwards, and what is told holds no control bytes.  In an input "%" stands
 * for the id of the call that was placed.
 */
#ifndef TESTS_FUZZ_CLIENT_H
#define TESTS_FUZZ_CLIENT_H

#include <stddef.h>
#include <stdint.h>

#include "carrier/carrier.h"

#define FUZZ_CALL "11111111-0000-8000-8000-000000000001"

struct fuzz_client {
	const char *kind;
	const struct ami_settings *ami;
	/* A non-blocking socket that listens, the same each time, and its
	 * address as a carrier has it. */
	int (*listen)(char *address, size_t size);
	/* What it says until it is up, a turn each; NULL at the end. */
	const char *const *greeting;
	const char *id; /* what "%" becomes */
};

int fuzz_client(const struct fuzz_client *how, const uint8_t *data,
		size_t size);

#endif
