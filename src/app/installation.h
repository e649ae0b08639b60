/*
 * installation.h - what makes this installation itself: one row, made by its
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
	uint8_t secret[DIGEST_LEN]; /* seals what is kept in Redis */
};

/* FAULT_BROKEN when there is none; *out is then as it was. */
int installation_read(struct db *db, struct installation *out, struct fault *f);

#endif
