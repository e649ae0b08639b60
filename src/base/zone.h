/*
 * zone.h - civil time in a named zone (the system's tz database), both ways,
 * across daylight-saving changes.  Weekdays count from Monday = 0.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/civil.h"

struct arena;
struct zone; /* never changes, so threads may share it */

bool zone_exists(const char *name);

/* The zone's name as the tz database writes it, for a text in any case and with
 * spaces for underscores: "america/new york"; NULL: there is no such zone. */
const char *zone_name(const char *text, struct arena *a);

/* The names in the system's table of places (zone.tab), and UTC, sorted.  The
 * database has more names than that table. */
const char *const *zone_names(size_t *count, struct arena *a);

/* NULL when the zone does not exist. */
struct zone *zone_open(const char *name);
void zone_close(struct zone *z);

/* UTC, which exists even without the database; the caller does not close it. */
struct zone *zone_utc(void);

/* A number that changes when the database's data for that name changes; 0: it
 * does not know the name. */
int64_t zone_stamp(const char *name);

void zone_civil(const struct zone *z, int64_t us, struct civil *out);

/*
 * The instant of a civil time (minute may be 1440: the end of the day).
 * A time that a spring-forward gap skips is the instant of the change; one
 * that occurs twice is the first of the two.
 */
int64_t zone_instant(const struct zone *z, int year, int month, int day,
		     int minute);

/*
 * The stretches of time in which the zone's clocks show a civil time from
 * 'from' (included) to 'to' (excluded), in civil minutes since 1970-01-01; in
 * order, adjacent ones joined.  There may be several where clocks go back.
 * Returns their number.
 */
#define ZONE_STRETCHES 4
struct stretch {
	int64_t from, to;
};
size_t zone_stretches(const struct zone *z, int64_t from, int64_t to,
		      struct stretch out[static ZONE_STRETCHES]);

#endif
