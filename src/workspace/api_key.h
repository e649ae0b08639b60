/*
 * api_key.h - the keys by which programs use the API (doc/product.md 11.2).
 *
 * A key is 256 random bits, shown once; the table has its SHA-256.  It belongs
 * to a workspace, perhaps to one campaign of it, may do what its scopes say,
 * and acts for the person who made it.  Each request reads it from MariaDB, so a
 * key that is revoked ends at once, on every node.
 */
#ifndef WORKSPACE_API_KEY_H
#define WORKSPACE_API_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/field.h"
#include "base/secret.h"
#include "workspace/account.h"

struct arena;
struct db;
struct fault;

/* clang-format off */
/* X(name, word, least role of a person who could do the same, what it allows) */
#define API_SCOPES(X) \
	X(READ,     "read",     VIEWER,     "Read campaigns, contacts, attempts and reports") \
	X(TRIGGER,  "trigger",  SUPERVISOR, "Add contacts to campaigns") \
	X(EXCLUDE,  "exclude",  SUPERVISOR, "Exclude numbers, and lift that again") \
	X(RESULT,   "result",   SUPERVISOR, "Report the results of bots") \
	X(CONTROL,  "control",  SUPERVISOR, "Start, pause, resume, stop and restart campaigns") \
	X(EDIT,     "edit",     SUPERVISOR, "Create, change and clone campaigns and their contact lists") \
	X(SETTINGS, "settings", ADMIN,      "Delete drafts; change bots, carriers, numbers and do-not-call lists") \
	X(USERS,    "users",    ADMIN,      "Invite, change, sign out, disable and remove users, but make no administrators")
/* clang-format on */

enum api_scope {
#define X(name, ...) SCOPE_##name,
	API_SCOPES(X)
#undef X
	SCOPE_MAX
};
extern const char *const api_scope_words[]; /* "read", ... */
extern const char *const api_scope_texts[]; /* what each allows */

struct api_key {
	int64_t id, workspace_id;
	int64_t campaign_id; /* 0: every campaign */
	const char *name, *hint;
	struct wordset scopes;
	int64_t user_id;	/* 0: made by the command line */
	const char *created_by; /* the person whom it acts for */
	int64_t created_at;
	int64_t expires_at, revoked_at, used_at; /* 0: never */
	const char *used_from;
	const char *zone, *country; /* of its workspace; api_key_find() only */
};
extern const struct record api_key_record; /* what a person enters */

#define API_KEY_PREFIX "od_" /* so that scanners for secrets know it */
#define API_KEY_TEXT (TOKEN_TEXT + 3)

/*
 * Makes a key from k's name, scopes, campaign_id and expires_at; out->text is
 * the key itself, which cannot be read again.  FAULT_DENIED: not an
 * administrator; FAULT_INVALID names the field; FAULT_ABSENT: no such campaign.
 */
struct new_api_key {
	int64_t id;
	char text[API_KEY_TEXT];
};
int api_key_create(struct db *db, const struct actor *who,
		   const struct api_key *k, struct new_api_key *out,
		   struct arena *a, struct fault *f);

/* At most q->limit keys, newest first, those before the id q->before (0: all);
 * revoked and expired ones as well. */
struct api_key_query {
	int64_t workspace_id, before, limit;
};
int api_key_list(struct db *db, const struct api_key_query *q,
		 struct api_key **out, size_t *count, struct arena *a,
		 struct fault *f);

/* From now on no request with this key is answered.  FAULT_ABSENT;
 * FAULT_CONFLICT: it was revoked already. */
int api_key_revoke(struct db *db, const struct actor *who, int64_t id,
		   struct arena *a, struct fault *f);

/* FAULT_ABSENT: no such key, or it is revoked or expired. */
int api_key_find(struct db *db, const char *text, struct api_key *out,
		 struct arena *a, struct fault *f);

/* Notes when and from where a key was used, once a minute. */
int api_key_used(struct db *db, const struct api_key *k, const char *address,
		 int64_t now, struct fault *f);

/* Erases stored answers that are older than 24 hours, at most 1,000. */
int api_answers_sweep(struct db *db, struct fault *f);

/* For whom it acts, and as what role: the least that has all its scopes. */
struct actor api_key_actor(const struct api_key *k, struct arena *a);

#endif
