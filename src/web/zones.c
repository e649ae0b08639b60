#include "web/zones.h"

#include <stdio.h>
#include <string.h>

#include "base/zone.h"

static struct zone *
keep(struct zones *z, const char *name, struct zone *zone)
{
	unsigned i = z->next++ % ZONES_KEPT;

	zone_close(z->at[i].zone);
	z->at[i].zone = zone;
	snprintf(z->at[i].name, sizeof(z->at[i].name), "%s", name);
	return zone;
}

struct zone *
zones_get(struct zones *z, const char *name)
{
	struct zone *zone;

	for (unsigned i = 0; i < ZONES_KEPT; i++) {
		if (z->at[i].zone && strcmp(z->at[i].name, name) == 0)
			return z->at[i].zone;
	}
	zone = zone_open(name);
	return zone ? keep(z, name, zone) : zones_get(z, "UTC");
}

void
zones_free(struct zones *z)
{
	for (unsigned i = 0; i < ZONES_KEPT; i++)
		zone_close(z->at[i].zone);
	memset(z, 0, sizeof(*z));
}
