/*
 * own_session.h - the sessions of one person: listed, and ended; and the marks
 * that tell every node at once.
 *
 * Redis holds copies of sessions for SESSION_COPY_MS (web/server/session.h).
 * When a session ends or its person changes, a mark takes the place of the
 * copy, and no copy replaces a mark.  A mark is a hint: without Redis there are
 * no copies either.
 */
#ifndef WORKSPACE_OWN_SESSION_H
#define WORKSPACE_OWN_SESSION_H

#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"

struct arena;
struct db;
struct fault;
struct redis;

#define SESSION_COPY_MS 45000

struct seen_session {
	const char *key; /* the digest of its token, in hexadecimal */
	int64_t created_at, seen_at; /* seen: at most a minute ago */
	const char *address, *agent;
};

/* The sessions of a person, the newest first. */
int session_list(struct db *db, int64_t user_id, struct seen_session **out,
		 size_t *count, struct arena *a, struct fault *f);

struct digests {
	uint8_t (*of)[DIGEST_LEN];
	size_t count;
};

/* The digests of a person's sessions, but for 'except' (NULL: of all). */
int session_digests(struct db *db, int64_t user_id, const uint8_t *except,
		    struct digests *out, struct arena *a, struct fault *f);

/* Ends these sessions of the person and adds what it has ended to *ended; the
 * caller marks them.  With 'except' NULL all of them; in a transaction or not.
 */
int session_end_all(struct db *db, int64_t user_id, const uint8_t *except,
		    struct digests *ended, struct arena *a, struct fault *f);

/* Ends one; FAULT_ABSENT when it is not a session of this person. */
int session_end_own(struct db *db, int64_t user_id, const char *key,
		    struct digests *ended, struct arena *a, struct fault *f);

enum session_mark {
	SESSION_ENDED,
	SESSION_CHANGED /* no copy is used until the mark has expired */
};

/* The key of a session's copy in Redis. */
const char *session_copy_key(const char *key, struct arena *a);

/* What is stored in the place of a copy. */
extern const char *const session_marks[];

/* Who may write marks: the secret of the installation, and the time (wall
 * clock) in microseconds. */
struct session_marker {
	struct redis *redis;
	const uint8_t *secret;
	int64_t now;
};
void session_mark_all(const struct session_marker *m, enum session_mark mark,
		      const struct digests *d, struct arena *a);

#endif
