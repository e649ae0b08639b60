#include "web/server/page_cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

struct cache_entry {
	char *name; /* NULL: empty */
	char *data;
	size_t len;
	uint64_t used;
};

struct page_cache {
	size_t places, largest;
	uint64_t clock; /* counts uses */
	struct cache_entry at[];
};

struct page_cache *
page_cache_new(size_t places, size_t largest)
{
	struct page_cache *s =
		xcalloc(1, sizeof(*s) + places * sizeof(struct cache_entry));

	s->places = places;
	s->largest = largest;
	return s;
}

void
page_cache_free(struct page_cache *s)
{
	for (size_t i = 0; s && i < s->places; i++) {
		free(s->at[i].name);
		free(s->at[i].data);
	}
	free(s);
}

struct bytes
page_cache_get(struct page_cache *s, const char *name)
{
	for (size_t i = 0; i < s->places; i++) {
		struct cache_entry *p = &s->at[i];

		if (!p->name || strcmp(p->name, name) != 0)
			continue;
		p->used = ++s->clock;
		return (struct bytes){ .data = p->data, .len = p->len };
	}
	return (struct bytes){ .data = NULL };
}

void
page_cache_put(struct page_cache *s, const char *name, const char *data,
	       size_t len)
{
	struct cache_entry *oldest = &s->at[0];

	if (len > s->largest)
		return;
	for (size_t i = 1; i < s->places; i++) {
		if (s->at[i].used < oldest->used)
			oldest = &s->at[i];
	}
	free(oldest->name);
	free(oldest->data);
	oldest->name = xstrdup(name);
	oldest->data = xmalloc(len + 1);
	memcpy(oldest->data, data, len);
	oldest->data[len] = '\0';
	oldest->len = len;
	oldest->used = ++s->clock;
}
