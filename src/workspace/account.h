/*
 * account.h - workspaces, people, sessions.
 */
#ifndef WORKSPACE_ACCOUNT_H
#define WORKSPACE_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

enum role { ROLE_VIEWER, ROLE_SUPERVISOR, ROLE_ADMIN, ROLE_MAX };
extern const char *const role_words[];
enum { THEME_MAX = 3, DENSITY_MAX = 3 }; /* numbers of words */

/* The person or program that acts: for the audit log and the restart note. */
struct actor {
	int64_t user_id; /* 0: the command line or the dialler */
	int64_t workspace_id;
	enum role role;
	const char *name; /* as shown */
	/* The program through which the person acts, "command line"; "" is the
	 * dialler; NULL: the pages. */
	const char *via;
};

/* A signed-in person: one row with what every page needs. */
struct account {
	int64_t user_id, workspace_id;
	unsigned role, theme, density;
	bool letter_keys;
	const char *email, *name, *workspace, *zone;
	int64_t expires_at; /* of the session */
};

/* Loads an account and its password hash; FAULT_ABSENT when there is no such
 * e-mail. */
int account_by_email(struct db *db, const char *email, struct account *out,
		     const char **password_hash, struct arena *a,
		     struct fault *f);

int session_create(struct db *db, const uint8_t digest[static 32],
		   int64_t user_id, int64_t lifetime_s, struct fault *f);
/* FAULT_ABSENT when the session is unknown or expired. */
int session_load(struct db *db, const uint8_t digest[static 32],
		 struct account *out, struct arena *a, struct fault *f);
int session_end(struct db *db, const uint8_t digest[static 32],
		struct fault *f);
/* Deletes expired sessions, at most 1,000 rows. */
int session_sweep(struct db *db, struct fault *f);

/* FAULT_INVALID: the name, zone or country is not valid (for "UK" the text
 * suggests GB); FAULT_CONFLICT: the name is taken. */
int workspace_create(struct db *db, const char *name, const char *zone,
		     const char *country, int64_t *id, struct fault *f);
/* Finds a workspace by name; FAULT_ABSENT. */
int workspace_find(struct db *db, const char *name, int64_t *id,
		   struct fault *f);
struct workspace {
	int64_t id;
	const char *name, *zone, *country;
	bool held;
};
int workspace_list(struct db *db, struct workspace **out, size_t *count,
		   struct arena *a, struct fault *f);
/* The people of a workspace, sorted by e-mail. */
int user_list(struct db *db, int64_t workspace_id, struct account **out,
	      size_t *count, struct arena *a, struct fault *f);
struct new_user {
	const char *email, *name, *password;
	enum role role;
};
/* FAULT_CONFLICT: the e-mail is taken; FAULT_INVALID names the field. */
int user_create(struct db *db, int64_t workspace_id,
		const struct new_user *user, int64_t *id, struct fault *f);
int user_set_password(struct db *db, int64_t user_id, const char *password,
		      struct fault *f);

/* FAULT_DENIED when the role of 'who' is below 'least'. */
int actor_check(const struct actor *who, enum role least, struct fault *f);

/* Adds a line to the audit log, inside the caller's transaction; was and became
 * are JSON objects, or NULL. */
int audit_add(struct db *db, const struct actor *who, int64_t campaign_id,
	      const char *action, const char *was, const char *became,
	      struct fault *f);
/* The dialler as an actor, for the person who started the campaign last. */
int audit_dialler(struct db *db, int64_t workspace_id, int64_t campaign_id,
		  struct actor *out, struct arena *a, struct fault *f);

#endif
