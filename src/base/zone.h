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

/* The zone as the tz database writes it, whatever the case, with spaces for
 * underscores too: "america/new york"; NULL: there is none. */
const char *zone_name(const char *text, struct arena *a);

/* Those of the system's table of places, and UTC, sorted; names that it calls
 * otherwise exist as well. */
const char *const *zone_names(size_t *count, struct arena *a);

/* NULL when the zone does not exist. */
struct zone *zone_open(const char *name);
void zone_close(struct zone *z);

/* Known whatever the database lacks; not to be closed. */
struct zone *zone_utc(void);

/* Another number when the database says something else of that name; 0: it
 * does not know it. */
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
 * When the zone's clocks show a civil time from 'from' up to before 'to', in
 * minutes since 1970-01-01 as they count them; in order, and what meets is one.
 * Where clocks go back there may be several; how many.
 */
#define ZONE_STRETCHES 4
struct stretch {
	int64_t from, to;
};
size_t zone_stretches(const struct zone *z, int64_t from, int64_t to,
		      struct stretch out[static ZONE_STRETCHES]);

#endif
