/*
 * password.h - what a password must be: long enough, and not mostly what
 * somebody who knows the person would try first.
 */
#ifndef WORKSPACE_PASSWORD_H
#define WORKSPACE_PASSWORD_H

#include "base/secret.h"

struct fault;
struct field;

struct password_entry {
	const char *password;
	const char *email, *name; /* of the person; "" when not known */
};

/* Its limits, in characters. */
extern const struct field password_field;

/*
 * Checks a new password, and hashes it.  FAULT_INVALID names the field
 * "password"; FAULT_BUSY: there is not enough memory to hash it.
 */
int password_hash_new(const struct password_entry *e,
		      char hash[static PASSWORD_HASH_LEN], struct fault *f);

#endif
