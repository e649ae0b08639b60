/*
 * zones.h - time zones that stay open, by name: opening one reads a file, and
 * the planner asks for the same few all the time.  Belongs to one thread.
 */
#ifndef DOMAIN_ZONES_H
#define DOMAIN_ZONES_H

struct zone;
struct zones;

struct zones *zones_new(void);
void zones_free(struct zones *z);

/* UTC for a name that the system's database does not know (any more). */
struct zone *zones_get(struct zones *z, const char *name);

#endif
