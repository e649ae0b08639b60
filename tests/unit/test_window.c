/* Windows: hours of working days in a zone, across midnight and DST. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/zone.h"
#include "domain/window.h"
#include "tests/tap.h"

#define H(h, m) ((h)*60 + (m))
#define WEEK 0x1f
#define ALL 0x7f
#define MON 1
#define FRI 16
#define SAT 32
#define SUN 64
#define NEVER "never"

/* clang-format off */
static const struct {
	const char *what, *zone;
	struct window w;
	const char *now;   /* UTC; 2026-11-23 is a Monday */
	bool open;
	const char *closes, *next, *note; /* closes if open, else next */
} cases[] = {
	{ "before it opens", "UTC", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T08:59:59.999999Z", false, "", "2026-11-23T09:00:00.000000Z", "opens 09:00" },
	{ "the first instant", "UTC", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T09:00:00Z", true, "2026-11-23T18:00:00.000000Z", "", "" },
	{ "the last instant", "UTC", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T17:59:59.999999Z", true, "2026-11-23T18:00:00.000000Z", "", "" },
	{ "closed on the dot", "UTC", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T18:00:00Z", false, "", "2026-11-24T09:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "over the weekend", "UTC", { H(9, 30), H(18, 0), WEEK },
	  "2026-11-27T19:00:00Z", false, "", "2026-11-30T09:30:00.000000Z", "opens Mon 09:30" },
	{ "a week away", "UTC", { H(9, 0), H(18, 0), MON },
	  "2026-11-23T18:00:00Z", false, "", "2026-11-30T09:00:00.000000Z", "opens Mon 09:00" },
	{ "across midnight, before it", "UTC", { H(22, 0), H(6, 0), FRI },
	  "2026-11-27T23:00:00Z", true, "2026-11-28T06:00:00.000000Z", "", "" },
	{ "across midnight belongs to the day it opened", "UTC", { H(22, 0), H(6, 0), FRI },
	  "2026-11-28T05:59:59Z", true, "2026-11-28T06:00:00.000000Z", "", "" },
	{ "and the night before is not worked", "UTC", { H(22, 0), H(6, 0), FRI },
	  "2026-11-27T05:00:00Z", false, "", "2026-11-27T22:00:00.000000Z", "opens 22:00" },
	{ "until midnight, written 00:00", "UTC", { H(9, 0), 0, ALL },
	  "2026-11-23T23:59:59Z", true, "2026-11-24T00:00:00.000000Z", "", "" },
	{ "until 24:00", "UTC", { H(9, 0), H(24, 0), ALL },
	  "2026-11-23T23:59:59Z", true, "2026-11-24T00:00:00.000000Z", "", "" },
	{ "always", "UTC", { 0, H(24, 0), ALL },
	  "2026-11-23T23:59:59Z", true, NEVER, "", "" },
	{ "whole working days in a row", "UTC", { 0, H(24, 0), WEEK },
	  "2026-11-24T12:00:00Z", true, "2026-11-28T00:00:00.000000Z", "", "" },
	{ "whole days around the weekend", "UTC", { 0, H(24, 0), FRI | SAT | SUN | MON },
	  "2026-11-28T12:00:00Z", true, "2026-12-01T00:00:00.000000Z", "", "" },
	{ "in Berlin, winter", "Europe/Berlin", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T08:00:00Z", true, "2026-11-23T17:00:00.000000Z", "", "" },
	{ "in Berlin, summer", "Europe/Berlin", { H(9, 0), H(18, 0), WEEK },
	  "2026-07-20T06:59:59Z", false, "", "2026-07-20T07:00:00.000000Z", "opens 09:00" },
	{ "tomorrow is the zone's", "Pacific/Auckland", { H(9, 0), H(18, 0), ALL },
	  "2026-11-23T10:00:00Z", false, "", "2026-11-23T20:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "an hour that spring forward skips", "Europe/Berlin", { H(2, 0), H(3, 0), SUN },
	  "2026-03-28T12:00:00Z", false, "", "2026-04-05T00:00:00.000000Z", "opens Sun 02:00" },
	{ "opens in the gap: at the change", "Europe/Berlin", { H(2, 30), H(5, 0), SUN },
	  "2026-03-29T00:30:00Z", false, "", "2026-03-29T01:00:00.000000Z", "opens 03:00" },
	{ "the longest day", "Europe/Berlin", { 0, H(24, 0), SUN },
	  "2026-10-25T12:00:00Z", true, "2026-10-25T23:00:00.000000Z", "", "" },
	{ "no day at all", "UTC", { H(9, 0), H(18, 0), 0 },
	  "2026-11-23T12:00:00Z", false, "", NEVER, "never opens" },
};

static const struct {
	const char *what;
	struct window w;
	const char *field;
} checks[] = {
	{ "usual hours", { H(9, 0), H(18, 0), WEEK }, NULL },
	{ "the whole day", { 0, H(24, 0), ALL }, NULL },
	{ "across midnight", { H(22, 0), H(6, 0), ALL }, NULL },
	{ "equal", { H(9, 0), H(9, 0), ALL }, "window_end" },
	{ "nought", { 0, 0, ALL }, "window_end" },
	{ "no day", { H(9, 0), H(18, 0), 0 }, "days" },
	{ "a day that is none", { H(9, 0), H(18, 0), 0x80 }, "days" },
	{ "start too late", { H(24, 0), H(18, 0), ALL }, "window_start" },
	{ "end too late", { H(9, 0), H(24, 1), ALL }, "window_end" },
};

static const struct {
	const char *what;
	struct window w;
	const char *started, *end;
} single[] = {
	{ "started inside", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T10:00:00Z", "2026-11-23T18:00:00.000000Z" },
	{ "started before: that day", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-23T08:00:00Z", "2026-11-23T18:00:00.000000Z" },
	{ "started after: the next opening", { H(9, 0), H(18, 0), WEEK },
	  "2026-11-27T20:00:00Z", "2026-11-30T18:00:00.000000Z" },
	{ "a whole day ends at its midnight", { 0, H(24, 0), ALL },
	  "2026-11-23T20:00:00Z", "2026-11-24T00:00:00.000000Z" },
};
/* clang-format on */

static const char *
instant(int64_t us, char out[static 28])
{
	if (us == INT64_MAX)
		return NEVER;
	time_iso(us, out);
	return out;
}

static void
check_case(size_t i)
{
	struct zone *z = zone_open(cases[i].zone);
	struct window_state s;
	char text[28], note[64];
	int64_t now = 0;

	time_parse_iso(cases[i].now, &now);
	s = window_at(&cases[i].w, z, now);
	is_int(s.open, cases[i].open, cases[i].what);
	if (s.open)
		is_str(instant(s.closes, text), cases[i].closes, "closes");
	else
		is_str(instant(s.next, text), cases[i].next, "opens next");
	window_note(&s, z, now, note, sizeof(note));
	is_str(note, cases[i].note, "note");
	is_int(window_on_or_after(&cases[i].w, z, now), s.open ? now : s.next,
	       "on or after agrees");
	zone_close(z);
}

/* Monday, 23 November 2026, 14:20:02 UTC */
static void
check_until(void)
{
	const int64_t hour = INT64_C(3600000000);
	const int64_t now = INT64_C(1795443602) * 1000000;
	struct zone *z = zone_open("UTC");
	struct window_state s = { .open = true, .closes = now + 4 * hour };
	char text[64];

	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "until 18:20", "closes today");
	s.closes = now + 12 * hour;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "until 02:20 tomorrow", "closes tomorrow");
	s.closes = now + 72 * hour;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "until Thu 14:20", "closes on Thursday");
	s.closes = INT64_MAX;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "", "never closes");
	s.open = false;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "", "is not open");
	zone_close(z);
}

int
main(void)
{
	struct zone *utc = zone_open("UTC");
	struct fault f = { 0 };
	char text[28];
	int64_t at = 0;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_case(i);
	for (size_t i = 0; i < ARRAY_LEN(checks); i++) {
		bool good = !window_check(&checks[i].w, &f);

		is_str(good ? NULL : f.field, checks[i].field, checks[i].what);
	}
	for (size_t i = 0; i < ARRAY_LEN(single); i++) {
		time_parse_iso(single[i].started, &at);
		is_str(instant(window_single_day_end(&single[i].w, utc, at),
			       text),
		       single[i].end, single[i].what);
	}
	zone_close(utc);
	check_until();
	return tap_done();
}
