/*
 * zones.h - the time zones that a thread has needed lately: opening one is
 * slow.
 */
#ifndef WEB_ZONES_H
#define WEB_ZONES_H

struct zone;

#define ZONES_KEPT 8

struct zones {
	struct {
		char name[64];
		struct zone *zone;
	} at[ZONES_KEPT];
	unsigned next;
};

/* UTC when there is no such zone. */
struct zone *zones_get(struct zones *z, const char *name);
void zones_free(struct zones *z);

#endif
