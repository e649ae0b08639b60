/*
 * session.h - who has signed in.
 *
 * The cookie holds a token of 256 random bits; its SHA-256 is the key of the
 * session in MariaDB, which is the truth.  A copy in Redis saves that read for
 * SESSION_COPY_MS: so long may a session live on that was revoked elsewhere.
 * It is sealed (base/seal.h), and a forged one is as if it were not there.
 * Signing out leaves a mark in the place of the copy and ends it at once; a
 * copy never takes the place of a mark.
 *
 * Beside the token the cookie says which workspace and role it is for, so that
 * a page can ask Redis for its cached parts together with the session.  That
 * is only a guess until the session has been read.
 */
#ifndef WEB_SERVER_SESSION_H
#define WEB_SERVER_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/secret.h"
#include "workspace/account.h"

struct fault;
struct reply;
struct request;

#define SESSION_COPY_MS 45000
#define SESSION_LIFE_S (12 * 3600)

struct session {
	struct account account;
	uint8_t digest[DIGEST_LEN];
	char key[2 * DIGEST_LEN + 1];  /* hexadecimal: its name in Redis */
	uint8_t form[DIGEST_LEN];      /* the code of its forms ... */
	char csrf[4 * DIGEST_LEN + 1]; /* ... as their hidden field has it */
	uint8_t secret[DIGEST_LEN];    /* signs what a cookie carries */
	bool hint_ok; /* workspace and role of the cookie were right */
};

/*
 * Finds the session of the request's cookie, and what the route wants from
 * Redis along with it.  FAULT_DENIED with q->refused 401 when there is none;
 * FAULT_BUSY when neither Redis nor MariaDB can say.
 */
int session_open(struct request *q, struct fault *f);

/* True when the request says it has a session, whether or not it still is. */
bool session_is_claimed(struct request *q);

/* FAULT_DENIED: q->form is not from a page that this session was shown. */
int session_check_form(const struct request *q, struct fault *f);

/* Signs somebody in: the row, the copy, the cookie. */
int session_start(struct request *q, struct reply *r, const struct account *who,
		  struct fault *f);

/* Signs out: nobody can use the token again, on any node. */
int session_finish(struct request *q, struct reply *r, struct fault *f);

/* The person as the audit log wants it. */
struct actor session_actor(const struct session *s);

#endif
