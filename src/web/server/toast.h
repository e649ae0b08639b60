/*
 * toast.h - toasts that wait for the next page of the same session.
 *
 * Redis holds them under the session, so that any node can show them; a cookie
 * says that there are some.  While Redis is away the cookie itself holds the
 * last one, signed.
 */
#ifndef WEB_SERVER_TOAST_H
#define WEB_SERVER_TOAST_H

#include <stddef.h>

#include "web/server/reply.h"

struct request;

/* Stores the toasts that the answer has not shown. */
void toast_keep(struct request *q, struct reply *r);

/* Moves the toasts that wait for this session into the answer. */
void toast_take(struct request *q, struct reply *r);

#endif
