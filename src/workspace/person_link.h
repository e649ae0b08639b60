/*
 * person_link.h - the one-time link by which somebody sets a password: who is
 * invited, or whose password an administrator resets (doc/product.md 8.7).
 *
 * Its token is 256 random bits, of which only the SHA-256 is stored.  A person
 * has at most one link; a new one takes its place, and its use ends it.
 */
#ifndef WORKSPACE_PERSON_LINK_H
#define WORKSPACE_PERSON_LINK_H

#include <stdint.h>

#include "base/secret.h"
#include "workspace/own_session.h"

struct arena;
struct db;
struct fault;

enum link_kind { LINK_INVITATION, LINK_RESET };

struct person_link {
	enum link_kind kind;
	char token[TOKEN_TEXT];
};

/* How long a link of that kind is valid: "7 days". */
const char *person_link_life(enum link_kind kind);

/* Makes the person's link, inside the caller's transaction. */
int person_link_put(struct db *db, int64_t user_id, enum link_kind kind,
		    struct person_link *out, struct fault *f);

/* The address that is given to the person. */
const char *person_link_address(const char *public_url,
				const struct person_link *l, struct arena *a);

/* Whose link it is. */
struct link_holder {
	int64_t user_id, workspace_id;
	unsigned role, kind;
	const char *email, *name, *workspace;
};
/* FAULT_ABSENT: used, replaced, expired, or never made. */
int person_link_look(struct db *db, const char *token, struct link_holder *out,
		     struct arena *a, struct fault *f);

/*
 * Takes the link and sets the person's password and, for an invitation, name;
 * all their sessions end.  FAULT_INVALID names the field; FAULT_ABSENT as
 * above.
 */
struct link_use {
	const char *token, *name, *password; /* as typed */
	struct link_holder holder;	     /* set */
	struct digests ended; /* set: to be marked as SESSION_ENDED */
};
int person_link_use(struct db *db, struct link_use *use, struct arena *a,
		    struct fault *f);

#endif
