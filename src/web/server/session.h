/*
 * session.h - the session of a signed-in person.
 *
 * The cookie holds a token of 256 random bits; its SHA-256 is the key of the
 * session in MariaDB, which is authoritative.  A copy in Redis saves that read
 * for SESSION_COPY_MS.  The copy is sealed (base/seal.h); a forged one is
 * ignored.  What ends a session, or changes its person, puts a mark in the
 * place of the copy (workspace/own_session.h), so that it counts at once.
 *
 * The cookie also holds the workspace and role, so that a page can read its
 * cached parts from Redis together with the session.  They are only a hint
 * until the session has been read.
 */
#ifndef WEB_SERVER_SESSION_H
#define WEB_SERVER_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/secret.h"
#include "web/server/request.h"
#include "workspace/account.h"
#include "workspace/own_session.h"

struct fault;
struct reply;

struct session {
	struct account account;
	uint8_t digest[DIGEST_LEN];
	char key[2 * DIGEST_LEN + 1];  /* hexadecimal: its name in Redis */
	uint8_t form[DIGEST_LEN];      /* the CSRF token of its forms ... */
	char csrf[4 * DIGEST_LEN + 1]; /* ... masked, for the hidden field */
	uint8_t secret[DIGEST_LEN];    /* signs the toast cookie */
	bool hint_ok; /* workspace and role of the cookie were right */
};

/*
 * Finds the session of the request's cookie, and reads from Redis along with it
 * what 'prefetch' names (NULL: nothing).  FAULT_DENIED with q->refused 401 when
 * there is none; FAULT_BUSY when neither Redis nor MariaDB can tell.
 */
int session_open(struct request *q, prefetch_fn *prefetch, struct fault *f);

/* Reads the secret that seals, as session_open() does, where there may be no
 * session. */
int session_secret(struct request *q, struct fault *f);

/* True when the request has a session cookie, valid or not. */
bool session_is_claimed(struct request *q);

/* Checks the CSRF token of q->form; FAULT_DENIED: it is not this session's. */
int session_check_form(const struct request *q, struct fault *f);

/* Signs a person in: creates the row and sets the cookie. */
int session_start(struct request *q, struct reply *r, const struct account *who,
		  struct fault *f);

/* Signs out: the token is no longer valid on any node. */
int session_finish(struct request *q, struct reply *r, struct fault *f);

/* Tells all nodes at once that these sessions have ended or changed; and the
 * sessions of a person, which have changed. */
void session_tell(struct request *q, enum session_mark mark,
		  const struct digests *d);
void session_tell_changed(struct request *q, int64_t user_id);

/* Takes the cookie away: its session has ended. */
void session_forget(const struct request *q, struct reply *r);

/* The person as the audit log records it. */
struct actor session_actor(const struct session *s);

#endif
