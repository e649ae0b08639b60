/*
 * zone_cache.h - keeps time zones open, by name: opening one reads a file, and
 * the planner asks for the same few all the time.  After the system's database
 * is updated, later calls return the new zones.  Belongs to one thread.
 */
#ifndef BASE_ZONE_CACHE_H
#define BASE_ZONE_CACHE_H

struct zone;
struct zones;

struct zones *zones_new(void);
/* Frees every zone that was returned, too. */
void zones_free(struct zones *z);

/* NULL when the system's database does not (or no longer) know that name;
 * windows in such a zone stay closed (window.h). */
struct zone *zones_get(struct zones *z, const char *name);

/* A zone for showing times: UTC for an unknown name. */
struct zone *zones_shown(struct zones *z, const char *name);

#endif
