/*
 * installation.h - the identity of this installation: one row, created by a
 * migration and never changed.
 */
#ifndef APP_INSTALLATION_H
#define APP_INSTALLATION_H

#include <stdint.h>

#include "base/secret.h"

struct db;
struct fault;

struct installation {
	char site[17];		    /* its name to carriers; "": not read yet */
	uint8_t secret[DIGEST_LEN]; /* the key of seals in Redis (seal.h) */
};

/* FAULT_BROKEN when there is no such row; *out is then unchanged. */
int installation_read(struct db *db, struct installation *out, struct fault *f);

#endif
