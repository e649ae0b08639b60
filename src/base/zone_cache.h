/*
 * zone_cache.h - time zones that stay open, by name: opening one reads a file,
 * and the planner asks for the same few all the time.  When the system's
 * database is renewed, so is what is given from then on.  Belongs to one
 * thread.
 */
#ifndef BASE_ZONE_CACHE_H
#define BASE_ZONE_CACHE_H

struct zone;
struct zones;

struct zones *zones_new(void);
/* And every zone that was given. */
void zones_free(struct zones *z);

/* NULL: the system's database does not know that name (any more), and what
 * goes by it is closed (window.h). */
struct zone *zones_get(struct zones *z, const char *name);

/* To show times in: UTC for a name that is not known. */
struct zone *zones_shown(struct zones *z, const char *name);

#endif
