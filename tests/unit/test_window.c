/* Windows: hours of working days in a zone, across midnight and DST. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/zone.h"
#include "campaign/window.h"
#include "campaign/window_text.h"
#include "tests/tap.h"

#define H(h, m) ((h)*60 + (m))
#define WEEK 0x1f
#define ALL 0x7f
#define MON 1
#define FRI 16
#define SAT 32
#define SUN 64
#define NEVER "never"
#define W(s, e, d) .start = (s), .end = (e), .days = (d)

#define AT(y, m, d, minute) (DAY(y, m, d) * 1440 + (minute))
/* Days since 1970-01-01, for initialisers; from March, as zone.c counts. */
#define DAY(y, m, d)                                                         \
	(INT64_C(365) * ((y) - ((m) < 3)) + ((y) - ((m) < 3)) / 4 -          \
	 ((y) - ((m) < 3)) / 100 + ((y) - ((m) < 3)) / 400 +                 \
	 (153 * ((m) + ((m) < 3 ? 9 : -3)) + 2) / 5 + (d)-1 - 719468)
#define TWO { 2, { { H(13, 0), H(17, 0) }, { H(19, 0), H(20, 30) } } }
#define NIGHT { 1, { { H(22, 0), H(6, 0) } } }

/* Tuesday; Thursday and Friday; Christmas Day. */
static const int64_t holy[] = { DAY(2026, 11, 24), DAY(2026, 11, 26), DAY(2026, 11, 27), DAY(2026, 12, 25) };
#define HOLY { holy, 4 }
static const int64_t mondays[] = { DAY(2026, 11, 23), DAY(2026, 11, 30), DAY(2026, 12, 7), DAY(2026, 12, 14), DAY(2026, 12, 21) };

/* clang-format off */
static const struct {
	const char *what, *zone;
	struct window w;
	const char *now;   /* UTC; 2026-11-23 is a Monday */
	bool open;
	const char *closes, *next, *note; /* closes if open, else next */
} cases[] = {
	{ "a window is closed before it opens",
	  "UTC", { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T08:59:59.999999Z", false, "", "2026-11-23T09:00:00.000000Z", "opens 09:00" },
	{ "a window is open at its first instant",
	  "UTC", { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T09:00:00Z", true, "2026-11-23T18:00:00.000000Z", "", "" },
	{ "a window is open at its last instant",
	  "UTC", { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T17:59:59.999999Z", true, "2026-11-23T18:00:00.000000Z", "", "" },
	{ "a window is closed on the dot",
	  "UTC", { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T18:00:00Z", false, "", "2026-11-24T09:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "a window stays closed over the weekend",
	  "UTC", { W(H(9, 30), H(18, 0), WEEK) },
	  "2026-11-27T19:00:00Z", false, "", "2026-11-30T09:30:00.000000Z", "opens Mon 09:30" },
	{ "the next opening may be a week away",
	  "UTC", { W(H(9, 0), H(18, 0), MON) },
	  "2026-11-23T18:00:00Z", false, "", "2026-11-30T09:00:00.000000Z", "opens Mon 09:00" },
	{ "a night is open before midnight",
	  "UTC", { W(H(22, 0), H(6, 0), FRI) },
	  "2026-11-27T23:00:00Z", true, "2026-11-28T06:00:00.000000Z", "", "" },
	{ "a night belongs to the day it opened", "UTC", { W(H(22, 0), H(6, 0), FRI) },
	  "2026-11-28T05:59:59Z", true, "2026-11-28T06:00:00.000000Z", "", "" },
	{ "a night of a day that is not worked stays closed", "UTC", { W(H(22, 0), H(6, 0), FRI) },
	  "2026-11-27T05:00:00Z", false, "", "2026-11-27T22:00:00.000000Z", "opens 22:00" },
	{ "a window may end at midnight, written 00:00",
	  "UTC", { W(H(9, 0), 0, ALL) },
	  "2026-11-23T23:59:59Z", true, "2026-11-24T00:00:00.000000Z", "", "" },
	{ "a window may end at 24:00", "UTC", { W(H(9, 0), H(24, 0), ALL) },
	  "2026-11-23T23:59:59Z", true, "2026-11-24T00:00:00.000000Z", "", "" },
	{ "a window round the clock never closes",
	  "UTC", { W(0, H(24, 0), ALL) },
	  "2026-11-23T23:59:59Z", true, NEVER, "", "" },
	{ "whole working days in a row are one opening",
	  "UTC", { W(0, H(24, 0), WEEK) },
	  "2026-11-24T12:00:00Z", true, "2026-11-28T00:00:00.000000Z", "", "" },
	{ "whole days around the weekend are one opening", "UTC", { W(0, H(24, 0), FRI | SAT | SUN | MON) },
	  "2026-11-28T12:00:00Z", true, "2026-12-01T00:00:00.000000Z", "", "" },
	{ "a window in Berlin keeps winter time",
	  "Europe/Berlin", { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T08:00:00Z", true, "2026-11-23T17:00:00.000000Z", "", "" },
	{ "a window in Berlin keeps summer time",
	  "Europe/Berlin", { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-07-20T06:59:59Z", false, "", "2026-07-20T07:00:00.000000Z", "opens 09:00" },
	{ "tomorrow is a day of the zone", "Pacific/Auckland", { W(H(9, 0), H(18, 0), ALL) },
	  "2026-11-23T10:00:00Z", false, "", "2026-11-23T20:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "an hour that the clocks skip does not open", "Europe/Berlin", { W(H(2, 0), H(3, 0), SUN) },
	  "2026-03-28T12:00:00Z", false, "", "2026-04-05T00:00:00.000000Z", "opens 02:00 on 5 Apr" },
	{ "a window that opens in the gap opens at the change", "Europe/Berlin", { W(H(2, 30), H(5, 0), SUN) },
	  "2026-03-29T00:30:00Z", false, "", "2026-03-29T01:00:00.000000Z", "opens 03:00" },
	{ "the longest day is open to its end",
	  "Europe/Berlin", { W(0, H(24, 0), SUN) },
	  "2026-10-25T12:00:00Z", true, "2026-10-25T23:00:00.000000Z", "", "" },
	{ "an opening two weeks away has its date", "UTC", { W(H(10, 0), H(18, 0), ALL), .not_before = AT(2026, 12, 10, H(0, 0)) },
	  "2026-11-23T18:00:00Z", false, "", "2026-12-10T10:00:00.000000Z", "opens 10:00 on 10 Dec" },
	{ "an opening in another year has its year", "UTC", { W(H(10, 0), H(18, 0), ALL), .not_before = AT(2027, 1, 4, H(11, 30)) },
	  "2026-11-23T18:00:00Z", false, "", "2027-01-04T11:30:00.000000Z", "opens 11:30 on 4 Jan 2027" },

	{ "the break between two windows is closed", "UTC", { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T12:00:00Z", false, "", "2026-11-23T13:00:00.000000Z", "opens 13:00" },
	{ "the second window is open", "UTC", { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T13:00:00Z", true, "2026-11-23T17:00:00.000000Z", "", "" },
	{ "the third window is open",
	  "UTC", { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T20:29:59Z", true, "2026-11-23T20:30:00.000000Z", "", "" },
	{ "a day is closed after its last window", "UTC", { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T20:30:00Z", false, "", "2026-11-24T09:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "the first window may stand between the others", "UTC", { W(H(18, 0), H(18, 30), WEEK), .more = TWO },
	  "2026-11-23T17:00:00Z", false, "", "2026-11-23T18:00:00.000000Z", "opens 18:00" },
	{ "windows without a gap are one opening", "UTC", { W(H(9, 0), H(13, 0), WEEK), .more = TWO },
	  "2026-11-23T09:00:00Z", true, "2026-11-23T17:00:00.000000Z", "", "" },
	{ "a second window may go across midnight", "UTC", { W(H(9, 0), H(12, 0), FRI), .more = NIGHT },
	  "2026-11-28T05:00:00Z", true, "2026-11-28T06:00:00.000000Z", "", "" },
	{ "two windows may be open round the clock", "UTC", { W(H(6, 0), H(22, 0), ALL), .more = NIGHT },
	  "2026-11-23T23:59:59Z", true, NEVER, "", "" },
	{ "two windows round the clock close for the weekend", "UTC", { W(H(6, 0), H(22, 0), WEEK), .more = NIGHT },
	  "2026-11-24T12:00:00Z", true, "2026-11-28T06:00:00.000000Z", "", "" },

	{ "a window is closed before its beginning", "UTC", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 23, H(14, 30)) },
	  "2026-11-23T10:00:00Z", false, "", "2026-11-23T14:30:00.000000Z", "opens 14:30" },
	{ "a window is open from its beginning on", "UTC", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 23, H(14, 30)) },
	  "2026-11-23T14:30:00Z", true, "2026-11-23T18:00:00.000000Z", "", "" },
	{ "a beginning after the window waits for the next one", "UTC", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 23, H(18, 0)) },
	  "2026-11-23T10:00:00Z", false, "", "2026-11-24T09:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "a beginning in a night opens that night", "UTC", { W(H(22, 0), H(6, 0), FRI), .not_before = AT(2026, 11, 28, H(3, 0)) },
	  "2026-11-28T02:00:00Z", false, "", "2026-11-28T03:00:00.000000Z", "opens 03:00" },
	{ "a beginning is a time of the zone", "America/New_York", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 23, H(10, 0)) },
	  "2026-11-23T14:00:00Z", false, "", "2026-11-23T15:00:00.000000Z", "opens 10:00" },
	{ "a window round the clock never closes after its beginning", "UTC", { W(0, H(24, 0), ALL), .not_before = AT(2026, 11, 23, H(10, 0)) },
	  "2026-11-23T10:00:00Z", true, NEVER, "", "" },

	{ "a window is open on the last day", "UTC", { W(H(9, 0), H(18, 0), ALL), .last_day = DAY(2026, 11, 24) },
	  "2026-11-24T17:00:00Z", true, "2026-11-24T18:00:00.000000Z", "", "" },
	{ "a window never opens after the last day", "UTC", { W(H(9, 0), H(18, 0), ALL), .last_day = DAY(2026, 11, 24) },
	  "2026-11-24T18:00:00Z", false, "", NEVER, "never opens" },
	{ "the night of the last day is open", "UTC", { W(H(22, 0), H(6, 0), ALL), .last_day = DAY(2026, 11, 24) },
	  "2026-11-25T05:00:00Z", true, "2026-11-25T06:00:00.000000Z", "", "" },
	{ "a window round the clock closes after the last day", "UTC", { W(0, H(24, 0), ALL), .last_day = DAY(2026, 12, 24) },
	  "2026-11-24T18:00:00Z", true, "2026-12-25T00:00:00.000000Z", "", "" },
	{ "a last day is a day of the zone", "Pacific/Auckland", { W(0, H(24, 0), ALL), .last_day = DAY(2026, 11, 23) },
	  "2026-11-23T11:00:00Z", false, "", NEVER, "never opens" },

	{ "a holiday is closed",
	  "UTC", { W(H(9, 0), H(18, 0), WEEK), .holidays = HOLY },
	  "2026-11-24T10:00:00Z", false, "", "2026-11-25T09:00:00.000000Z", "opens 09:00 tomorrow" },
	{ "two holidays and a weekend are closed", "UTC", { W(H(9, 0), H(18, 0), WEEK), .holidays = HOLY },
	  "2026-11-25T18:00:00Z", false, "", "2026-11-30T09:00:00.000000Z", "opens Mon 09:00" },
	{ "the night before a holiday goes on into it", "UTC", { W(H(22, 0), H(6, 0), ALL), .holidays = HOLY },
	  "2026-11-24T05:00:00Z", true, "2026-11-24T06:00:00.000000Z", "", "" },
	{ "the night of a holiday does not open", "UTC", { W(H(22, 0), H(6, 0), ALL), .holidays = HOLY },
	  "2026-11-24T23:00:00Z", false, "", "2026-11-25T22:00:00.000000Z", "opens 22:00 tomorrow" },
	{ "a window round the clock closes at a holiday", "UTC", { W(0, H(24, 0), ALL), .holidays = HOLY },
	  "2026-11-25T10:00:00Z", true, "2026-11-26T00:00:00.000000Z", "", "" },
	{ "a window round the clock closes at a holiday weeks away", "UTC", { W(0, H(24, 0), ALL), .holidays = { holy + 2, 2 } },
	  "2026-11-01T10:00:00Z", true, "2026-11-27T00:00:00.000000Z", "", "" },
	{ "a window round the clock never closes after all holidays", "UTC", { W(0, H(24, 0), ALL), .holidays = HOLY },
	  "2026-12-26T10:00:00Z", true, NEVER, "", "" },
	{ "two windows round the clock close at a holiday", "UTC", { W(H(6, 0), H(22, 0), ALL), .more = NIGHT, .holidays = HOLY },
	  "2026-11-25T10:00:00Z", true, "2026-11-26T06:00:00.000000Z", "", "" },
	{ "a last day that is a holiday never opens", "UTC", { W(H(9, 0), H(18, 0), ALL), .last_day = DAY(2026, 11, 24), .holidays = HOLY },
	  "2026-11-23T18:00:00Z", false, "", NEVER, "never opens" },
	{ "a month of Mondays that are holidays is closed", "UTC", { W(H(9, 0), H(18, 0), MON), .holidays = { mondays, 5 } },
	  "2026-11-23T08:00:00Z", false, "", "2026-12-28T09:00:00.000000Z", "opens 09:00 on 28 Dec" },

	{ "a window in London is right when clocks go forward", "Europe/London", { W(H(0, 30), H(9, 0), SUN) },
	  "2026-03-29T00:30:00Z", true, "2026-03-29T08:00:00.000000Z", "", "" },
	{ "a window in London is right when clocks go back", "Europe/London", { W(H(0, 30), H(9, 0), SUN) },
	  "2026-10-25T00:00:00Z", true, "2026-10-25T09:00:00.000000Z", "", "" },
	{ "the gap closes the break between two windows", "Europe/London", { W(H(0, 30), H(1, 0), SUN), .more = { 1, { { H(2, 0), H(4, 0) } } } },
	  "2026-03-29T00:45:00Z", true, "2026-03-29T03:00:00.000000Z", "", "" },
	{ "a window in Lord Howe is right when clocks go forward", "Australia/Lord_Howe", { W(H(1, 0), H(9, 0), SUN) },
	  "2026-10-03T14:30:00Z", true, "2026-10-03T22:00:00.000000Z", "", "" },
	{ "a window in Lord Howe is right when clocks go back", "Australia/Lord_Howe", { W(H(1, 0), H(9, 0), SUN) },
	  "2026-04-04T14:00:00Z", true, "2026-04-04T22:30:00.000000Z", "", "" },
	{ "a window without days never opens",
	  "UTC", { W(H(9, 0), H(18, 0), 0) },
	  "2026-11-23T12:00:00Z", false, "", NEVER, "never opens" },
};

static const struct {
	const char *what;
	struct window w;
	const char *field;
} checks[] = {
	{ "usual hours are valid", { W(H(9, 0), H(18, 0), WEEK) }, NULL },
	{ "a whole day is valid", { W(0, H(24, 0), ALL) }, NULL },
	{ "a window across midnight is valid",
	  { W(H(22, 0), H(6, 0), ALL) }, NULL },
	{ "equal hours are refused",
	  { W(H(9, 0), H(9, 0), ALL) }, "window_end" },
	{ "equal hours at midnight are refused",
	  { W(0, 0, ALL) }, "window_end" },
	{ "a window without days is refused",
	  { W(H(9, 0), H(18, 0), 0) }, "days" },
	{ "a day that does not exist is refused",
	  { W(H(9, 0), H(18, 0), 0x80) }, "days" },
	{ "a start at 24:00 is refused",
	  { W(H(24, 0), H(18, 0), ALL) }, "window_start" },
	{ "an end after 24:00 is refused",
	  { W(H(9, 0), H(24, 1), ALL) }, "window_end" },
	{ "three windows are valid",
	  { W(H(9, 0), H(12, 0), ALL), .more = TWO }, NULL },
	{ "windows side by side are valid",
	  { W(H(9, 0), H(13, 0), ALL), .more = TWO }, NULL },
	{ "a night beside a day is valid", { W(H(6, 0), H(22, 0), ALL), .more = NIGHT }, NULL },
	{ "an empty window is refused", { W(H(9, 0), H(12, 0), ALL), .more = { 1, { { H(13, 0), H(13, 0) } } } }, "more_windows" },
	{ "a window into the second is refused", { W(H(9, 0), H(13, 1), ALL), .more = TWO }, "more_windows" },
	{ "a window around the second is refused", { W(H(9, 0), H(18, 0), ALL), .more = TWO }, "more_windows" },
	{ "a window inside the second is refused", { W(H(14, 0), H(15, 0), ALL), .more = TWO }, "more_windows" },
	{ "a window equal to the second is refused", { W(H(13, 0), H(17, 0), ALL), .more = TWO }, "more_windows" },
	{ "further windows that overlap are refused", { W(H(9, 0), H(12, 0), ALL), .more = { 2, { { H(13, 0), H(17, 0) }, { H(16, 0), H(18, 0) } } } }, "more_windows" },
	{ "a night into the morning window is refused", { W(H(5, 59), H(9, 0), ALL), .more = NIGHT }, "more_windows" },
	{ "two nights that overlap are refused", { W(H(23, 0), H(1, 0), ALL), .more = NIGHT }, "more_windows" },
	{ "a window beside the whole day is refused", { W(0, H(24, 0), ALL), .more = { 1, { { H(13, 0), H(17, 0) } } } }, "more_windows" },
	{ "a last day on the day of the beginning is valid", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 23, H(20, 0)), .last_day = DAY(2026, 11, 23) }, NULL },
	{ "a last day before the beginning is refused", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 23, 0), .last_day = DAY(2026, 11, 22) }, "last_day" },
};

static const struct {
	const char *what;
	struct window w;
	const char *started, *end;
} single[] = {
	{ "a start inside the window ends that day",
	  { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T10:00:00Z", "2026-11-23T18:00:00.000000Z" },
	{ "a start before the window ends that day",
	  { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-23T08:00:00Z", "2026-11-23T18:00:00.000000Z" },
	{ "a start after the window ends at the next opening's end",
	  { W(H(9, 0), H(18, 0), WEEK) },
	  "2026-11-27T20:00:00Z", "2026-11-30T18:00:00.000000Z" },
	{ "a whole day ends at its midnight", { W(0, H(24, 0), ALL) },
	  "2026-11-23T20:00:00Z", "2026-11-24T00:00:00.000000Z" },
	{ "a single day ends with its last window", { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T10:00:00Z", "2026-11-23T20:30:00.000000Z" },
	{ "a start in a break ends that day",
	  { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T12:30:00Z", "2026-11-23T20:30:00.000000Z" },
	{ "a start after the last window ends the next day",
	  { W(H(9, 0), H(12, 0), WEEK), .more = TWO },
	  "2026-11-23T21:00:00Z", "2026-11-24T20:30:00.000000Z" },
	{ "a last window across midnight ends on the next day", { W(H(9, 0), H(12, 0), WEEK), .more = NIGHT },
	  "2026-11-23T10:00:00Z", "2026-11-24T06:00:00.000000Z" },
	{ "a start in a night ends with that night", { W(H(9, 0), H(12, 0), WEEK), .more = NIGHT },
	  "2026-11-24T05:00:00Z", "2026-11-24T06:00:00.000000Z" },
	{ "a start before the beginning ends on its day", { W(H(9, 0), H(18, 0), WEEK), .not_before = AT(2026, 11, 26, H(12, 0)) },
	  "2026-11-23T10:00:00Z", "2026-11-26T18:00:00.000000Z" },
	{ "a start before holidays ends on the first working day", { W(H(9, 0), H(18, 0), WEEK), .holidays = HOLY },
	  "2026-11-25T20:00:00Z", "2026-11-30T18:00:00.000000Z" },
	{ "a start after the last day never ends", { W(H(9, 0), H(18, 0), WEEK), .last_day = DAY(2026, 11, 20) },
	  "2026-11-23T10:00:00Z", NEVER },
};

/* The end of the last window. */
static const struct {
	const char *what, *zone;
	struct window w;
	const char *over;
} overs[] = {
	{ "a window without a last day is never over",
	  "UTC", { W(H(9, 0), H(18, 0), WEEK) }, NEVER },
	{ "a window is over at the end of the last day", "UTC", { W(H(9, 0), H(18, 0), WEEK), .last_day = DAY(2026, 11, 24) }, "2026-11-24T18:00:00.000000Z" },
	{ "a window is over at the end of the last day's last window", "UTC", { W(H(9, 0), H(12, 0), WEEK), .more = TWO, .last_day = DAY(2026, 11, 24) }, "2026-11-24T20:30:00.000000Z" },
	{ "a window is over at the end of the last day's night", "UTC", { W(H(22, 0), H(6, 0), WEEK), .last_day = DAY(2026, 11, 24) }, "2026-11-25T06:00:00.000000Z" },
	{ "a window is over before a last day that is not worked", "UTC", { W(H(9, 0), H(18, 0), WEEK), .last_day = DAY(2026, 11, 22) }, "2026-11-20T18:00:00.000000Z" },
	{ "a window is over before a last day that is a holiday", "UTC", { W(H(9, 0), H(18, 0), WEEK), .last_day = DAY(2026, 11, 27), .holidays = HOLY }, "2026-11-25T18:00:00.000000Z" },
	{ "a window is over before Mondays that are all holidays", "UTC", { W(H(9, 0), H(18, 0), MON), .last_day = DAY(2026, 12, 27), .holidays = { mondays, 5 } }, "2026-11-16T18:00:00.000000Z" },
	{ "a window is over in its zone", "America/New_York", { W(H(9, 0), H(18, 0), WEEK), .last_day = DAY(2026, 11, 24) }, "2026-11-24T23:00:00.000000Z" },
	{ "a longer last day is over at its midnight", "Europe/London", { W(0, H(24, 0), ALL), .last_day = DAY(2026, 10, 25) }, "2026-10-26T00:00:00.000000Z" },
	{ "a window that begins after the last day is long over", "UTC", { W(H(9, 0), H(18, 0), ALL), .not_before = AT(2026, 11, 24, H(18, 0)), .last_day = DAY(2026, 11, 24) }, "1970-01-01T00:00:00.000000Z" },
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
		is_str(instant(s.closes, text), cases[i].closes,
		       "an open window tells when it closes");
	else
		is_str(instant(s.next, text), cases[i].next,
		       "a closed window tells when it opens next");
	window_note(&s, z, now, note, sizeof(note));
	is_str(note, cases[i].note, "the note tells when a closed window opens");
	is_int(window_on_or_after(&cases[i].w, z, now), s.open ? now : s.next,
	       "window_on_or_after agrees with the state");
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
	is_str(text, "until 18:20", "a window that closes today tells the time");
	s.closes = now + 12 * hour;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "until 02:20 tomorrow",
	       "a window that closes tomorrow says tomorrow");
	s.closes = now + 72 * hour;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "until Thu 14:20",
	       "a window that closes on Thursday tells the day");
	s.closes = INT64_MAX;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "", "a window that never closes tells nothing");
	s.open = false;
	window_until(&s, z, now, text, sizeof(text));
	is_str(text, "", "a window that is not open tells nothing");
	zone_close(z);
}

static const struct {
	struct window w;
	const char *zone, *want;
} hours[] = {
	{ { W(H(9, 0), H(18, 0), WEEK) }, "Europe/London", "Mon–Fri 09:00–18:00, Europe/London" },
	{ { W(H(9, 0), H(12, 0), WEEK), .more = { 1, { { H(13, 0), H(17, 0) } } } }, "UTC", "Mon–Fri 09:00–12:00 and 13:00–17:00, UTC" },
	{ { W(H(18, 0), H(18, 30), ALL), .more = TWO }, "UTC", "every day 13:00–17:00, 18:00–18:30 and 19:00–20:30, UTC" },
	{ { W(0, H(24, 0), ALL) }, "UTC", "all day, every day, UTC" },
	{ { W(0, H(24, 0), MON | 4 | FRI) }, "UTC", "Mon, Wed and Fri all day, UTC" },
	{ { W(H(22, 0), H(6, 0), SAT | SUN) }, "UTC", "Sat and Sun 22:00–06:00, UTC" },
	{ { W(H(9, 0), H(18, 0), 0x77) }, "UTC", "Mon–Wed and Fri–Sun 09:00–18:00, UTC" },
	{ { W(H(9, 0), H(18, 0), 0x5b) }, "UTC", "Mon, Tue, Thu, Fri and Sun 09:00–18:00, UTC" },
	{ { W(H(9, 0), H(18, 0), SUN) }, "UTC", "Sun 09:00–18:00, UTC" },
};

static const struct {
	struct window w;
	const char *now, *want;
} nows[] = {
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-23T15:50:00Z", "open now, closes in 2 h 10 min (Mon 23 Nov, 18:00)" },
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-23T17:59:30Z", "open now, closes in 1 min (Mon 23 Nov, 18:00)" },
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-23T19:00:00Z", "closed now, opens in 14 h (Tue 24 Nov, 09:00)" },
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-28T09:00:00Z", "closed now, opens Mon 30 Nov, 09:00, in 2 days" },
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-27T18:00:00Z", "closed now, opens Mon 30 Nov, 09:00, in 3 days" },
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-28T09:01:00Z", "closed now, opens Mon 30 Nov, 09:00, in 2 days" },
	{ { W(H(9, 0), H(18, 0), WEEK), .not_before = AT(2027, 1, 4, 0) }, "2026-12-31T09:00:00Z", "closed now, opens Mon 4 Jan 2027, 09:00, in 4 days" },
	{ { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-22T08:00:00Z", "closed now, opens Mon 23 Nov, 09:00, tomorrow" },
	{ { W(0, H(12, 0), ALL) }, "2026-11-23T15:50:00Z", "closed now, opens in 8 h 10 min (Tue 24 Nov, 00:00)" },
	{ { W(H(12, 0), H(24, 0), ALL) }, "2026-11-23T15:50:00Z", "open now, closes in 8 h 10 min (Mon 23 Nov, 24:00)" },
	{ { W(0, H(24, 0), ALL) }, "2026-11-23T15:50:00Z", "open now, never closes" },
	{ { W(H(9, 0), H(18, 0), WEEK), .last_day = DAY(2026, 11, 20) }, "2026-11-23T15:50:00Z", "never opens" },
};

static const struct {
	const char *what, *zone;
	struct window w;
	const char *now;
	const char *want[4];
} lists[] = {
	{ "a running opening is listed first", "UTC", { W(H(9, 0), H(18, 0), WEEK) }, "2026-11-27T12:00:00Z",
	  { "Fri 27 Nov, 09:00–18:00", "Mon 30 Nov, 09:00–18:00", "Tue 1 Dec, 09:00–18:00", "Wed 2 Dec, 09:00–18:00" } },
	{ "two openings a day are listed", "UTC", { W(H(9, 0), H(12, 0), WEEK), .more = { 1, { { H(13, 0), H(17, 0) } } } }, "2026-11-27T12:00:00Z",
	  { "Fri 27 Nov, 13:00–17:00", "Mon 30 Nov, 09:00–12:00", "Mon 30 Nov, 13:00–17:00", "Tue 1 Dec, 09:00–12:00" } },
	{ "nights are listed until the next day", "UTC", { W(H(22, 0), H(6, 0), FRI | SAT), .last_day = DAY(2026, 11, 28) }, "2026-11-28T01:00:00Z",
	  { "Fri 27 Nov, 22:00–06:00 next day", "Sat 28 Nov, 22:00–06:00 next day", NULL } },
	{ "an opening until midnight is listed until 24:00", "UTC", { W(H(22, 0), 0, FRI | SAT), .last_day = DAY(2026, 11, 28) }, "2026-11-28T01:00:00Z",
	  { "Sat 28 Nov, 22:00–24:00", NULL } },
	{ "openings are listed from the beginning, without a holiday", "UTC", { W(0, H(24, 0), ALL), .not_before = AT(2026, 11, 23, H(10, 30)), .last_day = DAY(2026, 11, 25), .holidays = HOLY }, "2026-11-01T00:00:00Z",
	  { "Mon 23 Nov, 10:30–24:00", "Wed 25 Nov, all day", NULL } },
	{ "an opening in London tells the change in spring", "Europe/London", { W(H(9, 0), H(18, 0), ALL) }, "2026-03-28T12:00:00Z",
	  { "Sat 28 Mar, 09:00–18:00", "Sun 29 Mar, 09:00–18:00 (clocks go forward an hour)", "Mon 30 Mar, 09:00–18:00", "Tue 31 Mar, 09:00–18:00" } },
	{ "a whole day in London tells the change in autumn", "Europe/London", { W(0, H(24, 0), ALL) }, "2026-10-24T12:00:00Z",
	  { "Sat 24 Oct, all day", "Sun 25 Oct, all day (clocks go back an hour)", "Mon 26 Oct, all day", "Tue 27 Oct, all day" } },
	{ "a night in London tells the change in autumn", "Europe/London", { W(H(22, 0), H(6, 0), SAT | SUN) }, "2026-10-24T12:00:00Z",
	  { "Sat 24 Oct, 22:00–06:00 next day (clocks go back an hour)", "Sun 25 Oct, 22:00–06:00 next day (clocks go back an hour)", "Sat 31 Oct, 22:00–06:00 next day", "Sun 1 Nov, 22:00–06:00 next day" } },
	{ "a change of half an hour back is told", "Australia/Lord_Howe", { W(H(9, 0), H(18, 0), SUN) }, "2026-03-31T00:00:00Z",
	  { "Sun 5 Apr, 09:00–18:00 (clocks go back 30 minutes)", "Sun 12 Apr, 09:00–18:00", "Sun 19 Apr, 09:00–18:00", "Sun 26 Apr, 09:00–18:00" } },
	{ "a change of half an hour forward is told", "Australia/Lord_Howe", { W(H(9, 0), H(18, 0), SUN), .last_day = DAY(2026, 10, 4) }, "2026-10-01T00:00:00Z",
	  { "Sun 4 Oct, 09:00–18:00 (clocks go forward 30 minutes)", NULL } },
	{ "a change late on the day before is told", "America/Nuuk", { W(H(9, 0), H(18, 0), ALL) }, "2026-03-28T12:00:00Z",
	  { "Sat 28 Mar, 09:00–18:00", "Sun 29 Mar, 09:00–18:00 (clocks go forward an hour)", "Mon 30 Mar, 09:00–18:00", "Tue 31 Mar, 09:00–18:00" } },
	{ "no opening is listed after the last day", "UTC", { W(H(9, 0), H(18, 0), ALL), .last_day = DAY(2026, 11, 20) }, "2026-11-23T00:00:00Z", { NULL } },
};

static void
check_list(size_t i, struct arena *a)
{
	struct zone *z = zone_open(lists[i].zone);
	struct opening o[4];
	int64_t now = 0;
	size_t n, want = 0;

	time_parse_iso(lists[i].now, &now);
	n = window_openings(&lists[i].w, z, now, o, 4);
	while (want < 4 && lists[i].want[want])
		want++;
	is_int((int64_t)n, (int64_t)want, lists[i].what);
	for (size_t k = 0; k < n && k < want; k++)
		is_str(opening_words(&o[k], z, a), lists[i].want[k],
		       "an opening is told in words");
	zone_close(z);
}

static void
check_all_words(void)
{
	struct arena *a = arena_new();
	struct zone *z = zone_open("UTC");

	for (size_t i = 0; i < ARRAY_LEN(hours); i++)
		is_str(window_hours(&hours[i].w, hours[i].zone, a),
		       hours[i].want, "the hours are told in words");
	for (size_t i = 0; i < ARRAY_LEN(nows); i++) {
		struct window_state s;
		int64_t now = 0;

		time_parse_iso(nows[i].now, &now);
		s = window_at(&nows[i].w, z, now);
		is_str(window_now(&s, z, now, a), nows[i].want,
		       "the present state is told in words");
	}
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		check_list(i, a);
	is_str(day_words(DAY(2026, 12, 24), a), "Thu 24 Dec 2026",
	       "a day is told in words");
	zone_close(z);
	arena_free(a);
}

static void
check_overs(void)
{
	char text[28];

	for (size_t i = 0; i < ARRAY_LEN(overs); i++) {
		struct zone *z = zone_open(overs[i].zone);

		is_str(instant(window_over(&overs[i].w, z), text),
		       overs[i].over, overs[i].what);
		zone_close(z);
	}
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
	check_overs();
	check_all_words();
	return tap_done();
}
