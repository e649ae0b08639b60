#include "domain/zones.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/zone.h"

struct entry {
	char *name;
	struct zone *zone; /* NULL: no such zone */
	struct entry *next;
};

/* The most recently used one comes first. */
struct zones {
	struct entry *first;
};

struct zones *
zones_new(void)
{
	return xcalloc(1, sizeof(struct zones));
}

void
zones_free(struct zones *z)
{
	while (z && z->first) {
		struct entry *e = z->first;

		z->first = e->next;
		zone_close(e->zone);
		free(e->name);
		free(e);
	}
	free(z);
}

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

struct zone *
zones_get(struct zones *z, const char *name)
{
	struct entry *e = find(z, name);

	if (!e) {
		e = xcalloc(1, sizeof(*e));
		e->name = xstrdup(name);
		e->zone = zone_open(name);
	}
	e->next = z->first;
	z->first = e;
	return e->zone ? e->zone : zones_get(z, "UTC");
}
