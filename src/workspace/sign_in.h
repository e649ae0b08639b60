/*
 * sign_in.h - limits how often a password may be tried.
 *
 * Wrong passwords are counted in MariaDB, which also has the right ones: the
 * counters are available whenever a password can be checked, and no full cache
 * loses them.  All addresses of an IPv6 /64 network count as one.  There are
 * three counters: for an account from an address, for an address, and for an
 * account from anywhere.  The last does not apply to an account that signs in
 * from an address where it has signed in within 90 days, so that nobody can
 * lock out somebody else.
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
 * Counts a try before the password is checked, so that many tries at once do
 * not get past the limit.  *wait_s: 0, or the try exceeds a limit and the next
 * one is allowed after that many seconds.
 */
int sign_in_count(struct db *db, const struct sign_in *s, int64_t *wait_s,
		  struct arena *a, struct fault *f);

/* Takes the try back after a right password: a whole shift may sign in from one
 * address. */
int sign_in_forgive(struct db *db, const struct sign_in *s, struct arena *a,
		    struct fault *f);

#endif
