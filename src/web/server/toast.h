/*
 * toast.h - toasts that wait for the next page of the same sign-in.
 *
 * They lie in Redis under the session, so that any node may show them; a
 * cookie says that there are some.  While Redis is away the cookie itself
 * carries them, signed.
 */
#ifndef WEB_SERVER_TOAST_H
#define WEB_SERVER_TOAST_H

#include <stddef.h>

#include "web/server/reply.h"

struct request;

/* Puts away what the answer has not shown. */
void toast_keep(struct request *q, struct reply *r);

/* What waits for this session, into the answer; it is shown once. */
void toast_take(struct request *q, struct reply *r);

#endif
