/*
 * zone.h - civil time in a named zone (the system's tz database), both ways,
 * across daylight-saving changes.  Weekdays count from Monday = 0.
 */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct zone; /* never changes, so threads may share it */

struct civil {
	int year, month, day; /* month 1-12, day 1-31 */
	int weekday;	      /* 0 Monday ... 6 Sunday */
	int minute;	      /* of the day, 0-1439 */
	int second;
};

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

/* The day after (days may be negative); month and year roll over. */
void civil_add_days(struct civil *c, int days);

/* Fixed UTC: "2026-11-23T14:20:02.123456Z" and back (-1 on bad
 * text).  'out' takes 28 bytes. */
void time_iso(int64_t us, char out[static 28]);
int time_parse_iso(const char *text, int64_t *us);

/*
 * A date "2026-12-24" as days, and a date and time "2026-12-01T10:00" as
 * minutes since 1970-01-01, in no zone; and back.  -1 on any other text.
 * 'out' takes 17 bytes.
 */
int date_parse(const char *text, int64_t *days);
int date_time_parse(const char *text, int64_t *minutes);
void date_text(int64_t days, char out[static 17]);
void date_time_text(int64_t minutes, char out[static 17]);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. */
int64_t days_from_civil(int year, int month, int day);
void civil_from_days(int64_t days, int *year, int *month, int *day);

#endif
