/*
 * session_copy.h - the copy of a signed-in person that lies in Redis, sealed
 * (base/seal.h): one field a line.
 */
#ifndef WEB_SERVER_SESSION_COPY_H
#define WEB_SERVER_SESSION_COPY_H

#include "base/bytes.h"

struct account;
struct arena;

/* In the arena.  The account's texts hold no line ends: every field of ours is
 * checked for controls. */
const char *session_copy_write(struct arena *a, const struct account *c);

/* Texts lie in the arena; -1: this is no such copy, or one of another form. */
int session_copy_read(struct arena *a, struct bytes copy, struct account *c);

#endif
