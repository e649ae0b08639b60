/*
 * page_cache.h - a thread's cache of what it has rendered or read, by name.  A
 * name includes the version of its content, so no entry is ever out of date;
 * the least recently used entry is replaced.
 */
#ifndef WEB_SERVER_PAGE_CACHE_H
#define WEB_SERVER_PAGE_CACHE_H

#include <stddef.h>

#include "store/redis.h"

struct page_cache;

/* Keeps at most 'places' entries, none larger than 'largest' bytes. */
struct page_cache *page_cache_new(size_t places, size_t largest);
void page_cache_free(struct page_cache *s);

/*
 * The content is NUL-terminated and stays valid until 'places' other entries
 * have been put or found.  data NULL: not there.
 */
struct bytes page_cache_get(struct page_cache *s, const char *name);
void page_cache_put(struct page_cache *s, const char *name, const char *data,
		    size_t len);

#endif
