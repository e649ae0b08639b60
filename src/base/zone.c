#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/tzif.h"

#define S_PER_DAY 86400LL
#define MINUTES_PER_DAY 1440
#define US_PER_DAY (S_PER_DAY * US_PER_S)
/* No zone was ever further than this from UTC. */
#define WIDEST_OFFSET (16 * 3600)

struct zone {
	struct tzif *rules; /* NULL: UTC */
};

static int64_t
floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
}

bool
zone_exists(const char *name)
{
	struct tzif *rules = tzif_open(name);

	tzif_close(rules);
	return rules != NULL;
}

struct zone *
zone_open(const char *name)
{
	struct tzif *rules = tzif_open(name);
	struct zone *z;

	if (!rules)
		return NULL;
	z = xmalloc(sizeof(*z));
	z->rules = rules;
	return z;
}

struct zone *
zone_utc(void)
{
	static struct zone utc;

	return &utc;
}

int64_t
zone_stamp(const char *name)
{
	return tzif_stamp(name);
}

static int64_t
offset_at(const struct zone *z, int64_t at)
{
	return z->rules ? tzif_offset(z->rules, at) : 0;
}

void
zone_close(struct zone *z)
{
	if (!z)
		return;
	tzif_close(z->rules);
	free(z);
}

static int
weekday_of(int64_t days)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((days + 3) % 7 + 7) % 7);
}

void
zone_civil(const struct zone *z, int64_t us, struct civil *out)
{
	int64_t at = floor_div(us, US_PER_S);
	int64_t local = at + offset_at(z, at);
	int64_t days = floor_div(local, S_PER_DAY);
	int64_t rest = local - days * S_PER_DAY;

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
zone_instant(const struct zone *z, int year, int month, int day, int minute)
{
	int64_t local =
		days_from_civil(year, month, day) * S_PER_DAY + minute * 60LL;
	int64_t begin = local - WIDEST_OFFSET, change;

	for (;;) {
		int64_t guess = local - offset_at(z, begin);

		if (guess < begin)
			return begin * US_PER_S;
		if (!z->rules || !tzif_next(z->rules, begin, &change) ||
		    guess < change)
			return guess * US_PER_S;
		begin = change;
	}
}

size_t
zone_stretches(const struct zone *z, int64_t from, int64_t to,
	       struct stretch out[static ZONE_STRETCHES])
{
	int64_t begin = from * 60 - WIDEST_OFFSET, end, a, b;
	size_t n = 0;

	for (; begin < to * 60 + WIDEST_OFFSET; begin = end) {
		if (!z->rules || !tzif_next(z->rules, begin, &end))
			end = to * 60 + WIDEST_OFFSET;
		a = from * 60 - offset_at(z, begin);
		b = to * 60 - offset_at(z, begin);
		a = a < begin ? begin : a;
		b = b > end ? end : b;
		if (a >= b)
			continue;
		if (n && out[n - 1].to == a * US_PER_S)
			out[n - 1].to = b * US_PER_S;
		else if (n < ZONE_STRETCHES)
			out[n++] =
				(struct stretch){ a * US_PER_S, b * US_PER_S };
	}
	return n;
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
	int64_t of_year =
		(153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

void
civil_from_days(int64_t days, int *year, int *month, int *day)
{
	int64_t era = floor_div(days + 719468, 146097);
	int64_t of_era = days + 719468 - era * 146097;
	int64_t y =
		(of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) /
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

/* What may follow the seconds: ".123456" in microseconds, then "Z". */
static int
fraction(const char *text, int *us)
{
	int scale = 100000;

	*us = 0;
	if (*text == '.') {
		if (text[1] < '0' || text[1] > '9')
			return -1;
		for (text++; *text >= '0' && *text <= '9'; text++) {
			*us += (*text - '0') * scale;
			scale /= 10;
		}
	}
	return strcmp(text, "Z") ? -1 : 0;
}

int
time_parse_iso(const char *text, int64_t *us)
{
	int year, month, day, hour, minute, second, rest;

	if (part(&text, 4, "-", &year) || part(&text, 2, "-", &month) ||
	    part(&text, 2, "T", &day) || part(&text, 2, ":", &hour) ||
	    part(&text, 2, ":", &minute) || part(&text, 2, "", &second) ||
	    fraction(text, &rest))
		return -1;
	if (!is_date(year, month, day) || hour > 23 || minute > 59 ||
	    second > 59)
		return -1;
	*us = days_from_civil(year, month, day) * US_PER_DAY +
	      ((hour * 60LL + minute) * 60 + second) * US_PER_S + rest;
	return 0;
}

int
date_parse(const char *text, int64_t *days)
{
	int year, month, day;

	if (part(&text, 4, "-", &year) || part(&text, 2, "-", &month) ||
	    part(&text, 2, "", &day) || *text || !is_date(year, month, day))
		return -1;
	*days = days_from_civil(year, month, day);
	return 0;
}

int
date_time_parse(const char *text, int64_t *minutes)
{
	int year, month, day, hour, minute;

	if (part(&text, 4, "-", &year) || part(&text, 2, "-", &month) ||
	    part(&text, 2, "T", &day) || part(&text, 2, ":", &hour) ||
	    part(&text, 2, "", &minute) || *text ||
	    !is_date(year, month, day) || hour > 23 || minute > 59)
		return -1;
	*minutes = days_from_civil(year, month, day) * MINUTES_PER_DAY +
		   hour * 60 + minute;
	return 0;
}

void
date_text(int64_t days, char out[static 17])
{
	int year, month, day;

	civil_from_days(days, &year, &month, &day);
	snprintf(out, 17, "%04u-%02u-%02u", (unsigned)year % 10000,
		 (unsigned)month % 100, (unsigned)day % 100);
}

void
date_time_text(int64_t minutes, char out[static 17])
{
	int64_t days = floor_div(minutes, MINUTES_PER_DAY);
	unsigned rest = (unsigned)(minutes - days * MINUTES_PER_DAY);

	date_text(days, out);
	snprintf(out + 10, 7, "T%02u:%02u", rest / 60 % 24, rest % 60);
}
