#include "base/zone_cache.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/zone.h"

struct entry {
	char *name;
	int64_t stamp;
	struct zone *zone; /* NULL: no such zone */
	struct entry *next;
};

struct zones {
	struct entry *first; /* the most recently used one */
	struct entry *old;   /* outdated, but callers may still hold them */
};

struct zones *
zones_new(void)
{
	return xcalloc(1, sizeof(struct zones));
}

static void
free_all(struct entry *e)
{
	while (e) {
		struct entry *next = e->next;

		zone_close(e->zone);
		free(e->name);
		free(e);
		e = next;
	}
}

void
zones_free(struct zones *z)
{
	if (!z)
		return;
	free_all(z->first);
	free_all(z->old);
	free(z);
}

/* Finds an entry and takes it out of the list. */
static struct entry *
find(struct zones *z, const char *name)
{
	for (struct entry **at = &z->first; *at; at = &(*at)->next) {
		struct entry *e = *at;

		if (strcmp(e->name, name) == 0) {
			*at = e->next;
			return e;
		}
	}
	return NULL;
}

static struct entry *
put(struct entry **list, struct entry *e)
{
	e->next = *list;
	*list = e;
	return e;
}

struct zone *
zones_get(struct zones *z, const char *name)
{
	struct entry *e = find(z, name);
	int64_t stamp = zone_stamp(name);

	if (e && e->stamp != stamp) {
		put(&z->old, e);
		e = NULL;
	}
	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->name = xstrdup(name);
		e->stamp = stamp;
		e->zone = zone_open(name);
	}
	return put(&z->first, e)->zone;
}

struct zone *
zones_shown(struct zones *z, const char *name)
{
	struct zone *zone = zones_get(z, name);

	return zone ? zone : zone_utc();
}
