/*
 * people.h - the people of a workspace: listed, invited, changed, disabled,
 * enabled and removed by its administrators (doc/product.md 8.6).
 *
 * A workspace that has an administrator who can sign in keeps one.  Nobody
 * changes the own role, and nobody disables or removes themselves.  Each change
 * is one transaction with its line in the audit log; FAULT_DENIED below
 * administrator, FAULT_ABSENT for somebody of another workspace.
 */
#ifndef WORKSPACE_PEOPLE_H
#define WORKSPACE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/field.h"
#include "workspace/own_session.h"
#include "workspace/person_link.h"

struct actor;
struct arena;
struct db;
struct fault;

/* The order of what PERSON of sql/people.def gives. */
enum person_state { PERSON_ACTIVE, PERSON_INVITED, PERSON_DISABLED };
extern const char *const person_state_words[];

struct person {
	int64_t user_id, version;
	unsigned role, state;
	bool second_factor;
	const char *email, *name;
	int64_t link_until; /* when the open link expires; 0: none is open */
};

/* Limits, labels and help texts of what an administrator enters. */
struct person_entry {
	const char *email, *name;
	unsigned role; /* of role_words */
};
extern const struct record person_entry_record;
/* The same without the address, which stays. */
extern const struct record person_change_record;

#define PEOPLE_PAGE 100

/* A page of the people, sorted by e-mail, after 'after' ("": from the first);
 * 'more': there are others behind them. */
struct people {
	struct person *list;
	size_t count;
	bool more;
};
int people_list(struct db *db, int64_t workspace_id, const char *after,
		struct people *out, struct arena *a, struct fault *f);

int person_load(struct db *db, int64_t workspace_id, int64_t user_id,
		struct person *out, struct arena *a, struct fault *f);
int person_find(struct db *db, int64_t workspace_id, const char *email,
		struct person *out, struct arena *a, struct fault *f);

/*
 * Adds a person without a password, and makes the link by which they set one.
 * With name "" they are called by the first part of the address until then.
 * FAULT_CONFLICT: the address is in use.
 */
struct person_form {
	const char *email, *name, *role; /* as typed */
};
int person_invite(struct db *db, const struct actor *who,
		  const struct person_form *form, struct person_link *out,
		  struct arena *a, struct fault *f);

/*
 * Sets name and role; 'version' is that of the page, -1: of any.
 * FAULT_CONFLICT: the last administrator, the own role, or somebody else was
 * first.
 */
struct person_change {
	int64_t user_id, version;
	const char *name, *role; /* as typed; NULL: as it was */
	struct digests seen;	 /* set: sessions to mark as SESSION_CHANGED */
};
int person_change(struct db *db, const struct actor *who,
		  struct person_change *change, struct arena *a,
		  struct fault *f);

/* FAULT_CONFLICT: as above, or it is so already.  Whoever has no session is
 * signed out already, which is no fault. */
enum person_action {
	PERSON_DISABLE,
	PERSON_ENABLE,
	PERSON_REMOVE,
	PERSON_SIGN_OUT /* of all sessions; anybody, also oneself */
};
struct person_step {
	int64_t user_id;
	enum person_action action;
	struct digests ended; /* set: sessions to mark as SESSION_ENDED */
};
int person_apply(struct db *db, const struct actor *who,
		 struct person_step *step, struct arena *a, struct fault *f);

/* Makes a link in place of an earlier one: by it who is invited accepts, and
 * anybody else sets a new password.  FAULT_CONFLICT: they are disabled. */
int person_link_make(struct db *db, const struct actor *who, int64_t user_id,
		     struct person_link *out, struct arena *a, struct fault *f);

#endif
