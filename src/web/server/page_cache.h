/*
 * page_cache.h - what a thread has rendered or read lately, by name, so that it
 * need not be fetched again.  A name says which version its content is, so
 * nothing on a shelf is ever wrong; what was used least lately makes room.
 */
#ifndef WEB_SERVER_PAGE_CACHE_H
#define WEB_SERVER_PAGE_CACHE_H

#include <stddef.h>

#include "store/redis.h"

struct page_cache;

/* Keeps at most 'places' things, none larger than 'largest' bytes. */
struct page_cache *page_cache_new(size_t places, size_t largest);
void page_cache_free(struct page_cache *s);

/*
 * Content is followed by a NUL and stays where it is until as many other
 * things as there are places have been put or found.  data NULL: not there.
 */
struct bytes page_cache_get(struct page_cache *s, const char *name);
void page_cache_put(struct page_cache *s, const char *name, const char *data,
		    size_t len);

#endif
