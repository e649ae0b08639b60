#include "base/civil.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"

int64_t
floor_div(int64_t n, int64_t by)
{
	return n / by - (n % by < 0);
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

int
civil_weekday(int64_t days)
{
	/* 1970-01-01 was a Thursday. */
	return (int)(((days + 3) % 7 + 7) % 7);
}

void
civil_add_days(struct civil *c, int days)
{
	int64_t day = days_from_civil(c->year, c->month, c->day) + days;

	civil_from_days(day, &c->year, &c->month, &c->day);
	c->weekday = civil_weekday(day);
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

/* Reads exactly 'digits' digits and then the text 'after'. */
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

#define DIGITS "0123456789"

/* Reads "am", "PM" or "p.m." after an hour from 1 to 12, or nothing. */
static int
read_half(const char *s, int64_t *hour)
{
	bool late = (*s | 0x20) == 'p';

	if (!*s)
		return 0;
	if ((*s | 0x20) != 'a' && !late)
		return -1;
	s += s[1] == '.' ? 2 : 1;
	if ((*s | 0x20) != 'm' || *hour < 1 || *hour > 12)
		return -1;
	s += s[1] == '.' ? 2 : 1;
	*hour = *hour % 12 + (late ? 12 : 0);
	return *s ? -1 : 0;
}

int
clock_parse(const char *s, int64_t *minute)
{
	size_t digits = strspn(s, DIGITS);
	int64_t hour = 0, past = 0;

	if (!digits || digits > 4 || (digits == 3 && *s == '0'))
		return -1;
	for (size_t i = 0; i < digits; i++)
		hour = hour * 10 + *s++ - '0';
	if (digits > 2) {
		past = hour % 100;
		hour /= 100;
	} else if (*s && strchr(":.hH", *s)) {
		if (strspn(s + 1, DIGITS) != 2)
			return -1;
		past = (s[1] - '0') * 10 + s[2] - '0';
		s += strncmp(s + 3, ":00", 3) ? 3 : 6;
	}
	if (past > 59 || read_half(s + strspn(s, " "), &hour))
		return -1;
	*minute = hour * 60 + past;
	return 0;
}
