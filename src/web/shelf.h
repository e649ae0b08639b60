/*
 * shelf.h - what a thread has rendered or read lately, by name, so that it
 * need not be fetched again.  A name says which version its content is, so
 * nothing on a shelf is ever wrong; what was used least lately makes room.
 */
#ifndef WEB_SHELF_H
#define WEB_SHELF_H

#include <stddef.h>

#include "store/redis.h"

struct shelf;

/* Keeps at most 'places' things, none larger than 'largest' bytes. */
struct shelf *shelf_new(size_t places, size_t largest);
void shelf_free(struct shelf *s);

/*
 * Content is followed by a NUL and stays where it is until as many other
 * things as there are places have been put or found.  data NULL: not there.
 */
struct bytes shelf_get(struct shelf *s, const char *name);
void shelf_put(struct shelf *s, const char *name, const char *data, size_t len);

#endif
