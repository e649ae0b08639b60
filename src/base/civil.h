/*
 * civil.h - dates and times of day of the Gregorian calendar, in no zone or in
 * UTC, as numbers and as text.  Weekdays count from Monday = 0.
 */
#ifndef BASE_CIVIL_H
#define BASE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
	int year, month, day; /* month 1-12, day 1-31 */
	int weekday;	      /* 0 Monday ... 6 Sunday */
	int minute;	      /* of the day, 0-1439 */
	int second;
};

/* Moves the date by 'days' (may be negative); month and year roll over. */
void civil_add_days(struct civil *c, int days);

/* The weekday of a day counted from 1970-01-01. */
int civil_weekday(int64_t days);

/* The quotient rounded down, also where 'n' is negative. */
int64_t floor_div(int64_t n, int64_t by);

/* A time in UTC as "2026-11-23T14:20:02.123456Z", and back (-1 on bad text).
 * 'out' takes 28 bytes. */
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

/*
 * A time of day as minutes; -1 on any other text.  Reads "9", "09:00", "9.00",
 * "9h00", "900", "0900", each also with the seconds ":00" that a form sends,
 * and with "am" or "pm".  Hours up to 99 are read, so the caller checks the
 * minutes.
 */
int clock_parse(const char *text, int64_t *minute);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back. */
int64_t days_from_civil(int year, int month, int day);
void civil_from_days(int64_t days, int *year, int *month, int *day);

#endif
