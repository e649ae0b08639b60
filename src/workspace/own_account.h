/*
 * own_account.h - what people set for themselves: the look of the pages, and
 * their password.  Each is one transaction with its line in the audit log.
 */
#ifndef WORKSPACE_OWN_ACCOUNT_H
#define WORKSPACE_OWN_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/field.h"
#include "workspace/own_session.h"

struct account;
struct actor;
struct arena;
struct db;
struct fault;

/* Limits, labels and help texts of the look. */
struct own_look {
	unsigned theme, density; /* of theme_words, density_words */
	bool letter_keys;
};
extern const struct record own_look_record;

/* The caller marks the person's sessions as SESSION_CHANGED. */
int own_look_set(struct db *db, const struct actor *who,
		 const struct own_look *look, struct arena *a, struct fault *f);

/*
 * Sets a new password after a look at the present one; all other sessions end.
 * FAULT_INVALID names the field: "present" or "password".
 */
struct own_password {
	const char *present, *password; /* as typed */
	const uint8_t *keep;		/* the session that stays */
	struct digests ended;		/* set: to mark as SESSION_ENDED */
};
int own_password_set(struct db *db, const struct account *who,
		     struct own_password *p, struct arena *a, struct fault *f);

/* True when this is the person's password. */
int own_password_check(struct db *db, const struct account *who,
		       const char *password, struct arena *a, struct fault *f);

/* Ends all sessions of the person; *ended: to mark as SESSION_ENDED. */
int own_sign_out(struct db *db, const struct actor *who, struct digests *ended,
		 struct arena *a, struct fault *f);

#endif
