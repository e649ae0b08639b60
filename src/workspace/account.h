/*
 * account.h - people, their sessions, and the audit log.
 */
#ifndef WORKSPACE_ACCOUNT_H
#define WORKSPACE_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "workspace/workspace.h"

struct arena;
struct db;
struct fault;

enum role { ROLE_VIEWER, ROLE_SUPERVISOR, ROLE_ADMIN, ROLE_MAX };
extern const char *const role_words[];
enum { THEME_MAX = 3, DENSITY_MAX = 3 };  /* numbers of words */
extern const char *const theme_words[];	  /* "system", "light", "dark" */
extern const char *const density_words[]; /* "normal", ... */

/* The person or program that acts: for the audit log and the restart note. */
struct actor {
	int64_t user_id; /* 0: the command line or the dialler */
	int64_t workspace_id;
	enum role role;
	const char *name; /* as shown */
	/* The program through which the person acts, "command line"; "" is the
	 * dialler; NULL: the pages. */
	const char *via;
	int64_t campaign_id; /* the only one of a program's key; 0: all */
};

/* A signed-in person: one row with what every page needs. */
struct account {
	int64_t user_id, workspace_id;
	unsigned role, theme, density;
	bool letter_keys;
	const char *email, *name, *workspace, *zone;
	int64_t expires_at; /* of the session */
};

/* Loads an account and its password hash, which is "" for somebody who has not
 * accepted an invitation yet; FAULT_ABSENT when there is no such e-mail, or its
 * person is disabled. */
int account_by_email(struct db *db, const char *email, struct account *out,
		     const char **password_hash, struct arena *a,
		     struct fault *f);

struct session_from {
	const char *address, *agent; /* as people are shown them later */
};
#define SESSION_LIFE_S (12 * 3600)
#define SESSIONS_MOST 100 /* of a person; then the oldest ends */
int session_create(struct db *db, const uint8_t digest[static 32],
		   int64_t user_id, const struct session_from *from,
		   struct fault *f);
/* FAULT_ABSENT when the session is unknown or expired, or its person is
 * disabled. */
int session_load(struct db *db, const uint8_t digest[static 32],
		 struct account *out, struct arena *a, struct fault *f);
/* Keeps when and from where it was used, at most every 10 s. */
int session_seen(struct db *db, const uint8_t digest[static 32],
		 const char *address, struct fault *f);
int session_end(struct db *db, const uint8_t digest[static 32],
		struct fault *f);
/* Deletes expired sessions, at most 1,000 rows. */
int session_sweep(struct db *db, struct fault *f);

/* An e-mail address and a name; FAULT_INVALID names the field. */
struct user_entry {
	const char *email, *name;
};
int user_entry_read(const char *email, const char *name, struct user_entry *out,
		    struct arena *a, struct fault *f);

struct new_user {
	const char *email, *name;
	const char *password; /* NULL: set later, by a link (person_link.h) */
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
