/*
 * Civil time both ways.  glibc reads the same database with other code, so it
 * is the judge of every zone; what a gap or an overlap means is checked by its
 * definition.
 */
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/tzif.h"
#include "base/zone.h"
#include "tests/tap.h"

#define HOUR 3600

/* Seconds of a civil time as if it were UTC: to compare and subtract. */
static int64_t
flat(const struct zone *z, int64_t at)
{
	struct civil c;

	zone_civil(z, at * US_PER_S, &c);
	return days_from_civil(c.year, c.month, c.day) * 86400 + c.minute * 60 +
	       c.second;
}

static bool
agrees(const struct zone *z, int64_t at)
{
	time_t t = (time_t)at;
	struct civil c;
	struct tm tm;

	zone_civil(z, at * US_PER_S, &c);
	localtime_r(&t, &tm);
	return c.year == tm.tm_year + 1900 && c.month == tm.tm_mon + 1 &&
	       c.day == tm.tm_mday && c.weekday == (tm.tm_wday + 6) % 7 &&
	       c.minute == tm.tm_hour * 60 + tm.tm_min && c.second == tm.tm_sec;
}

/* The first instant with this civil time, or the change that skips it. */
static bool
is_right_instant(const struct zone *z, int64_t local)
{
	int year, month, day;
	int64_t days = local / 86400, at;

	civil_from_days(days, &year, &month, &day);
	at = zone_instant(z, year, month, day,
			  (int)(local - days * 86400) / 60) /
	     US_PER_S;
	if (flat(z, at) != local)
		return flat(z, at) > local && flat(z, at - 1) < local;
	for (int64_t t = at - HOUR / 2; t > at - 26 * HOUR; t -= HOUR / 2) {
		if (flat(z, t) == local)
			return false;
	}
	return true;
}

struct tally {
	int zones, changes, offset_faults, instant_faults;
};

static void
check_change(const struct zone *z, int64_t change, struct tally *n)
{
	const int64_t minute = (flat(z, change) + 59) / 60 * 60;

	n->changes++;
	n->offset_faults += !agrees(z, change - 1) || !agrees(z, change) ||
			    !agrees(z, change + 40 * 86400);
	for (int64_t local = minute - 3 * HOUR; local <= minute + 3 * HOUR;
	     local += HOUR / 2)
		n->instant_faults += !is_right_instant(z, local);
}

static void
check_zone(const char *name, struct tally *n)
{
	const int64_t from = days_from_civil(1995, 1, 1) * 86400;
	const int64_t to = days_from_civil(2060, 1, 1) * 86400;
	struct zone *z = zone_open(name);
	struct tzif *rules = tzif_open(name);
	int64_t change = -days_from_civil(2100, 1, 1) * 86400;
	int before = n->offset_faults + n->instant_faults;

	if (!z || !rules) {
		printf("# %s cannot be opened\n", name);
		n->offset_faults++;
	}
	n->zones++;
	setenv("TZ", name, 1);
	tzset();
	while (rules && tzif_next(rules, change, &change) && change < to) {
		if (change >= from)
			check_change(z, change, n);
		else
			n->offset_faults +=
				!agrees(z, change - 1) || !agrees(z, change);
	}
	if (n->offset_faults + n->instant_faults > before)
		printf("# %s is wrong\n", name);
	tzif_close(rules);
	zone_close(z);
}

/* The database names its zones in "Z NAME ..." and links in "L ZONE NAME". */
static void
test_every_zone(void)
{
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
	struct tally n = { 0 };
	char line[512], name[64];

	while (file && fgets(line, sizeof(line), file)) {
		if ((sscanf(line, "Z %63s", name) == 1 ||
		     sscanf(line, "L %*s %63s", name) == 1) &&
		    strcmp(name, "Factory") != 0)
			check_zone(name, &n);
	}
	if (file)
		fclose(file);
	unsetenv("TZ");
	tzset();
	printf("# %d zones, %d changes\n", n.zones, n.changes);
	ok(n.zones > 400 && n.changes > 5000, "the database was read");
	is_int(n.offset_faults, 0, "every change of every zone is as by glibc");
	is_int(n.instant_faults, 0,
	       "civil times around the changes are read back");
}

/* clang-format off */
static const struct {
	const char *what, *zone;
	int year, month, day, minute;
	const char *instant;
} instants[] = {
	{ "a time in winter has its instant",
	  "Europe/Berlin", 2026, 1, 15, 540, "2026-01-15T08:00:00.000000Z" },
	{ "a time in summer has its instant",
	  "Europe/Berlin", 2026, 7, 15, 540, "2026-07-15T07:00:00.000000Z" },
	{ "a time before a gap has its instant",
	  "Europe/Berlin", 2026, 3, 29, 119, "2026-03-29T00:59:00.000000Z" },
	{ "the beginning of a gap is the change",
	  "Europe/Berlin", 2026, 3, 29, 120, "2026-03-29T01:00:00.000000Z" },
	{ "a time in a gap is the change",
	  "Europe/Berlin", 2026, 3, 29, 179, "2026-03-29T01:00:00.000000Z" },
	{ "the end of a gap is the change",
	  "Europe/Berlin", 2026, 3, 29, 180, "2026-03-29T01:00:00.000000Z" },
	{ "a time that comes twice is the first of the two",
	  "Europe/Berlin", 2026, 10, 25, 150, "2026-10-25T00:30:00.000000Z" },
	{ "a time after an overlap has its instant",
	  "Europe/Berlin", 2026, 10, 25, 180, "2026-10-25T02:00:00.000000Z" },
	{ "the end of a short day has its instant",
	  "Europe/Berlin", 2026, 3, 29, 1440, "2026-03-29T22:00:00.000000Z" },
	{ "the end of a year is the beginning of the next",
	  "UTC", 2026, 12, 31, 1440, "2027-01-01T00:00:00.000000Z" },
	{ "a midnight that is skipped is the change",
	  "America/Santiago", 2026, 9, 6, 0, "2026-09-06T04:00:00.000000Z" },
	{ "a time in a gap of half an hour is the change",
	  "Australia/Lord_Howe", 2026, 10, 4, 135, "2026-10-03T15:30:00.000000Z" },
	{ "an offset of 45 minutes is kept",
	  "Asia/Kathmandu", 2026, 6, 1, 0, "2026-05-31T18:15:00.000000Z" },
	{ "a day that never was is the change",
	  "Pacific/Apia", 2011, 12, 30, 720, "2011-12-30T10:00:00.000000Z" },
	{ "the day after one that never was is the change",
	  "Pacific/Apia", 2011, 12, 31, 0, "2011-12-30T10:00:00.000000Z" },
	{ "a time that comes twice in Adak is the first of the two",
	  "America/Adak", 2026, 11, 1, 90, "2026-11-01T10:30:00.000000Z" },
	{ "summer time that was given up is not kept",
	  "America/Mexico_City", 2026, 7, 1, 540, "2026-07-01T15:00:00.000000Z" },
	{ "a new zone is known",
	  "America/Ciudad_Juarez", 2026, 7, 1, 540, "2026-07-01T15:00:00.000000Z" },
	{ "a time far off has its instant",
	  "America/New_York", 2090, 7, 1, 540, "2090-07-01T13:00:00.000000Z" },
	{ "a time after all written rules has its instant",
	  "America/New_York", 2950, 7, 1, 540, "2950-07-01T13:00:00.000000Z" },
	{ "a winter time after all written rules has its instant",
	  "America/New_York", 2950, 1, 1, 540, "2950-01-01T14:00:00.000000Z" },
	{ "a time long ago has its instant",
	  "Europe/Berlin", 1890, 1, 1, 0, "1889-12-31T23:06:32.000000Z" },
};

static const struct {
	const char *name;
	bool exists;
} names[] = {
	{ "UTC", true }, { "Etc/GMT+12", true }, { "EST5EDT", true },
	{ "America/Argentina/ComodRivadavia", true },
	{ "", false }, { "Europe", false }, { "Europe/", false },
	{ "europe/berlin", false }, { "Europe/Berlin ", false },
	{ "/usr/share/zoneinfo/UTC", false }, { "../zoneinfo/UTC", false },
	{ "Europe//Berlin", false }, { "right/UTC", false },
	{ "posix/UTC", false }, { "posixrules", false }, { "localtime", false },
	{ "Factory", false }, { "tzdata.zi", false }, { "zone.tab", false },
	{ "GMT+5", false }, { "BST", false }, { "Mars/Olympus", false },
	{ "Europe/Berlin/Europe/Berlin/Europe/Berlin/Europe/Berlin/Europe/Berlin", false },
};

static const struct {
	const char *text;
	int64_t us; /* -1: refused */
} times[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "1970-01-01T00:00:00.000001Z", 1 },
	{ "1970-01-01T00:00:00.5Z", 500000 },
	{ "1970-01-01T00:00:00.1234567Z", 123456 },
	{ "2000-02-29T23:59:59Z", 951868799000000 },
	{ "9999-12-31T23:59:59.999999Z", 253402300799999999 },
	{ "2026-02-29T00:00:00Z", -1 }, { "1900-02-29T00:00:00Z", -1 },
	{ "2026-13-01T00:00:00Z", -1 }, { "2026-00-01T00:00:00Z", -1 },
	{ "2026-01-00T00:00:00Z", -1 }, { "2026-01-01T24:00:00Z", -1 },
	{ "2026-01-01T00:60:00Z", -1 }, { "2026-01-01T00:00:60Z", -1 },
	{ "2026-01-01T00:00:00", -1 }, { "2026-01-01 00:00:00Z", -1 },
	{ "2026-01-01T00:00:00.Z", -1 }, { "2026-01-01T00:00:00Zx", -1 },
	{ "2026-1-01T00:00:00Z", -1 }, { "", -1 }, { "2026", -1 },
};
/* clang-format on */

static void
test_tables(void)
{
	char iso[28];

	for (size_t i = 0; i < ARRAY_LEN(instants); i++) {
		struct zone *z = zone_open(instants[i].zone);

		time_iso(zone_instant(z, instants[i].year, instants[i].month,
				      instants[i].day, instants[i].minute),
			 iso);
		is_str(iso, instants[i].instant, instants[i].what);
		zone_close(z);
	}
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		ok(zone_exists(names[i].name) == names[i].exists,
		   names[i].name);
		if (!names[i].exists)
			ok(!zone_open(names[i].name),
			   "a name that does not exist does not open");
	}
	for (size_t i = 0; i < ARRAY_LEN(times); i++) {
		int64_t us = -1;

		is_int(time_parse_iso(times[i].text, &us),
		       times[i].us < 0 ? -1 : 0, times[i].text);
		is_int(us, times[i].us,
		       "the instant is read, or the value is untouched");
	}
}

static void
test_days(void)
{
	struct civil c = { .year = 2026, .month = 12, .day = 31 };
	int year, month, day;
	bool same = true;
	char iso[28];

	for (int64_t d = -800000; d < 800000; d += 13) {
		civil_from_days(d, &year, &month, &day);
		same = same && days_from_civil(year, month, day) == d;
	}
	ok(same, "4,000 years of days are read back");
	is_int(days_from_civil(2026, 11, 23), 20780, "a day has its number");
	civil_add_days(&c, 1);
	ok(c.year == 2027 && c.month == 1 && c.day == 1 && c.weekday == 4,
	   "the day after 31 December 2026 is a Friday");
	civil_add_days(&c, -307);
	ok(c.year == 2026 && c.month == 2 && c.day == 28 && c.weekday == 5,
	   "307 days before 1 January 2027 is 28 February 2026");
	time_iso(-1, iso);
	is_str(iso, "1969-12-31T23:59:59.999999Z",
	       "an instant just before 1970 is written");
	time_iso(INT64_MIN, iso);
	is_str(iso, "0000-01-01T00:00:00.000000Z", "the least instant is cut");
	time_iso(INT64_MAX, iso);
	is_str(iso, "9999-12-31T23:59:59.999999Z",
	       "the greatest instant is cut");
	zone_close(NULL);
}

int
main(void)
{
	test_tables();
	test_days();
	test_every_zone();
	return tap_done();
}
