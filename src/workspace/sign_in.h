/*
 * sign_in.h - how often a password may be tried.
 *
 * Wrong ones are counted in MariaDB, which knows the right ones too: no counter
 * is ever away while they can be checked, and no full cache forgets it.  The
 * addresses of an IPv6 network of 64 bits count as one.  Counted are a person
 * at an address, an address, and a person wherever they are.  The last is not
 * held against those who sign in where they have signed in before (90 days):
 * nobody can lock out somebody else.
 */
#ifndef WORKSPACE_SIGN_IN_H
#define WORKSPACE_SIGN_IN_H

#include <stdint.h>

struct arena;
struct db;
struct fault;

struct sign_in {
	const char *email; /* as typed */
	const char *address;
};

/*
 * Counts a try, before the password is looked at, so that many at once do not
 * slip through.  *wait_s: 0, or it is one too many, and after so many seconds
 * there may be another.
 */
int sign_in_count(struct db *db, const struct sign_in *s, int64_t *wait_s,
		  struct arena *a, struct fault *f);

/* It was no wrong one after all: a whole shift may sign in from one address. */
int sign_in_forgive(struct db *db, const struct sign_in *s, struct arena *a,
		    struct fault *f);

#endif
