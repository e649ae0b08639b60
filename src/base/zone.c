#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/arena.h"

#define MS_PER_HOUR (3600 * 1000LL)
#define MS_PER_DAY (24 * MS_PER_HOUR)
#define US_PER_DAY (MS_PER_DAY * 1000)
#define ZONE_NAME_MAX 64
/* No zone was ever further than this from UTC. */
#define WIDEST_OFFSET (16 * MS_PER_HOUR)

struct zone {
	UCalendar *calendar;
};

static int64_t
floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

/*
 * ICU also knows abbreviations that the tz database does not have, and some
 * mislead: its BST is Bangladesh.
 */
static bool
is_abbreviation(const char *name)
{
	static const char *const real[] = { "CET", "EET", "EST", "GMT", "HST",
					    "MET", "MST", "PRC", "ROC", "ROK",
					    "UCT", "UTC", "WET" };

	if (strlen(name) != 3)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(real); i++) {
		if (!strcmp(name, real[i]))
			return false;
	}
	return true;
}

/* The name as ICU takes it, or -1. */
static int
widen(const char *name, UChar out[static ZONE_NAME_MAX])
{
	size_t len = strlen(name);

	if (!len || len >= ZONE_NAME_MAX || is_abbreviation(name))
		return -1;
	for (const char *p = name; *p; p++) {
		if (*p <= ' ' || *p > '~')
			return -1;
	}
	u_charsToUChars(name, out, (int32_t)len + 1);
	return 0;
}

bool
zone_exists(const char *name)
{
	UChar id[ZONE_NAME_MAX], canonical[ZONE_NAME_MAX];
	UErrorCode bad = U_ZERO_ERROR;
	UBool is_system = false;

	if (widen(name, id) || !strcmp(name, "Etc/Unknown"))
		return false;
	ucal_getCanonicalTimeZoneID(id, -1, canonical, ZONE_NAME_MAX,
				    &is_system, &bad);
	return U_SUCCESS(bad) && is_system;
}

struct zone *
zone_open(const char *name)
{
	UErrorCode bad = U_ZERO_ERROR;
	UChar id[ZONE_NAME_MAX];
	UCalendar *calendar;
	struct zone *z;

	if (!zone_exists(name) || widen(name, id))
		return NULL;
	calendar = ucal_open(id, -1, "en_US", UCAL_GREGORIAN, &bad);
	if (U_FAILURE(bad))
		return NULL;
	z = xcalloc(1, sizeof(*z));
	z->calendar = calendar;
	return z;
}

void
zone_close(struct zone *z)
{
	if (!z)
		return;
	ucal_close(z->calendar);
	free(z);
}

/* Milliseconds east of UTC at an instant, which the calendar is left at. */
static int64_t
offset_at(struct zone *z, int64_t ms)
{
	UErrorCode bad = U_ZERO_ERROR;
	int64_t offset;

	ucal_setMillis(z->calendar, (UDate)ms, &bad);
	offset = (int64_t)ucal_get(z->calendar, UCAL_ZONE_OFFSET, &bad) +
		 ucal_get(z->calendar, UCAL_DST_OFFSET, &bad);
	if (U_FAILURE(bad))
		abort(); /* only a broken ICU cannot answer this */
	return offset;
}

/* The first change of the zone after where the calendar is. */
static bool
next_change(struct zone *z, int64_t *ms)
{
	UErrorCode bad = U_ZERO_ERROR;
	UDate at;

	if (!ucal_getTimeZoneTransitionDate(
		    z->calendar, UCAL_TZ_TRANSITION_NEXT, &at, &bad) ||
	    U_FAILURE(bad))
		return false;
	*ms = (int64_t)at;
	return true;
}

static int
weekday_of(int64_t days)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((days + 3) % 7 + 7) % 7);
}

void
zone_civil(struct zone *z, int64_t us, struct civil *out)
{
	int64_t local, days, rest;

	local = us + offset_at(z, floor_div(us, 1000)) * 1000;
	days = floor_div(local, US_PER_DAY);
	rest = (local - days * US_PER_DAY) / 1000000;
	civil_from_days(days, &out->year, &out->month, &out->day);
	out->weekday = weekday_of(days);
	out->minute = (int)(rest / 60);
	out->second = (int)(rest % 60);
}

/*
 * Between two changes of the zone the offset is one number.  Walk those
 * stretches, beginning before the earliest instant that the civil time can
 * mean; the first that contains it is the answer.  When a stretch begins after
 * the civil time, the change at its beginning has skipped it.
 */
int64_t
zone_instant(struct zone *z, int year, int month, int day, int minute)
{
	int64_t local = days_from_civil(year, month, day) * MS_PER_DAY +
			minute * 60000LL;
	int64_t begin = local - WIDEST_OFFSET, change;

	for (;;) {
		int64_t guess = local - offset_at(z, begin);

		if (guess < begin)
			return begin * 1000;
		if (!next_change(z, &change) || guess < change)
			return guess * 1000;
		begin = change;
	}
}

void
civil_add_days(struct civil *c, int days)
{
	int64_t day = days_from_civil(c->year, c->month, c->day) + days;

	civil_from_days(day, &c->year, &c->month, &c->day);
	c->weekday = weekday_of(day);
}

/*
 * Years are counted from March, so that the leap day is the last of its year
 * and every month begins at a fixed place; eras are 400 years, 146,097 days.
 */
int64_t
days_from_civil(int year, int month, int day)
{
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 +
			  day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t era = floor_div(days + 719468, 146097);
	int64_t of_era = days + 719468 - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 -
		     of_era / 146096) /
		    365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*year = (int)(y + era * 400 + (*month <= 2));
}

void
time_iso(int64_t us, char out[static 28])
{
	/* Four digits a year: 0000 to 9999. */
	const int64_t first = days_from_civil(0, 1, 1) * US_PER_DAY;
	const int64_t last = days_from_civil(10000, 1, 1) * US_PER_DAY - 1;
	int64_t days, rest;
	int year, month, day;

	us = us < first ? first : us > last ? last : us;
	days = floor_div(us, US_PER_DAY);
	rest = us - days * US_PER_DAY;
	civil_from_days(days, &year, &month, &day);
	snprintf(out, 28, "%04u-%02u-%02uT%02u:%02u:%02u.%06uZ",
		 (unsigned)year % 10000, (unsigned)month % 100,
		 (unsigned)day % 100, (unsigned)(rest / 3600000000) % 100,
		 (unsigned)(rest / 60000000 % 60),
		 (unsigned)(rest / 1000000 % 60), (unsigned)(rest % 1000000));
}

/* Reads exactly 'digits' digits and the text after them. */
static int
part(const char **at, int digits, const char *after, int *out)
{
	int n = 0;

	for (; digits; digits--, (*at)++) {
		if (**at < '0' || **at > '9')
			return -1;
		n = n * 10 + (**at - '0');
	}
	if (strncmp(*at, after, strlen(after)) != 0)
		return -1;
	*at += strlen(after);
	*out = n;
	return 0;
}

static bool
is_date(int year, int month, int day)
{
	int y, m, d;

	if (month < 1 || month > 12 || day < 1 || day > 31)
		return false;
	civil_from_days(days_from_civil(year, month, day), &y, &m, &d);
	return d == day;
}

int
time_parse_iso(const char *text, int64_t *us)
{
	int year, month, day, hour, minute, second, fraction = 0;

	if (part(&text, 4, "-", &year) || part(&text, 2, "-", &month) ||
	    part(&text, 2, "T", &day) || part(&text, 2, ":", &hour) ||
	    part(&text, 2, ":", &minute) || part(&text, 2, "", &second))
		return -1;
	if (*text == '.') {
		int scale = 1000000;

		for (text++; *text >= '0' && *text <= '9'; text++) {
			scale /= 10;
			fraction += (*text - '0') * scale;
		}
		if (scale == 1000000)
			return -1;
	}
	if (strcmp(text, "Z") != 0 || !is_date(year, month, day) ||
	    hour > 23 || minute > 59 || second > 59)
		return -1;
	*us = days_from_civil(year, month, day) * US_PER_DAY +
	      ((hour * 60LL + minute) * 60 + second) * 1000000 + fraction;
	return 0;
}
