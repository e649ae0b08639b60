/*
 * session_copy.h - the copy of a signed-in person that Redis holds, sealed
 * (base/seal.h): one field a line.
 */
#ifndef WEB_SERVER_SESSION_COPY_H
#define WEB_SERVER_SESSION_COPY_H

#include "base/bytes.h"

struct account;
struct arena;

/* Returns text in the arena.  The account's texts hold no line ends, as every
 * field is checked for control characters when it is set. */
const char *session_copy_write(struct arena *a, const struct account *c);

/* The texts are in the arena; -1: not a copy, or one of another format. */
int session_copy_read(struct arena *a, struct bytes copy, struct account *c);

#endif
