/*
 * Windows against a clock on the wall, minute by minute through every change
 * of the clocks of two years: open when it says open, closed when it says
 * closed, and told beforehand until when.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "campaign/window.h"
#include "tests/tap.h"
#include "tests/wall_clock.h"

#define H(h, m) ((h)*60 + (m))
#define MINUTE_US (60 * US_PER_S)
#define FROM INT64_C(1767225600) /* 2026-01-01 00:00 UTC */
#define UPTO INT64_C(1830384000) /* 2028-01-02 */
#define AROUND (9 * 60)		 /* minutes before and after a change */
#define ALL 0x7f
#define W(s, e)                                       \
	{                                             \
		.start = (s), .end = (e), .days = ALL \
	}

static const char *const names[] = {
	"UTC",
	"Europe/London",
	"Europe/Berlin",
	"Europe/Dublin",
	"Europe/Chisinau",
	"Atlantic/Azores",
	"Africa/Cairo",
	"Africa/Casablanca",
	"Africa/El_Aaiun",
	"Asia/Beirut",
	"Asia/Gaza",
	"Asia/Jerusalem",
	"Asia/Kathmandu",
	"Australia/Lord_Howe",
	"Australia/Sydney",
	"Pacific/Chatham",
	"Pacific/Easter",
	"America/New_York",
	"America/Havana",
	"America/Santiago",
	"America/St_Johns",
	"America/Asuncion",
	"America/Nuuk",
	"America/Scoresbysund",
	"Antarctica/Troll",
};

static const struct window windows[] = {
	W(H(9, 0), H(18, 0)),
	W(H(23, 30), H(6, 0)),
	W(H(18, 0), H(23, 30)),
	W(H(22, 0), H(1, 30)),
	W(H(1, 30), H(2, 30)),
	W(H(2, 15), H(2, 45)),
	W(H(0, 0), H(24, 0)),
	W(H(0, 0), H(0, 30)),
	W(H(0, 30), H(0, 15)),
	W(H(1, 45), H(1, 15)),
	{ .start = H(22, 30),
	  .end = H(23, 15),
	  .days = ALL,
	  .more = { 2, { { H(0, 15), H(1, 15) }, { H(1, 40), H(3, 0) } } } },
	{ .start = H(23, 0), .end = H(2, 0), .days = 0x55 },
};

/* At every minute of [from, to): how often it is not as the wall clock says. */
static int64_t
compare(const struct window *w, struct zone *z, int64_t from, int64_t to)
{
	struct window_state s = { .next = 0 };
	int64_t wrong = 0;

	for (int64_t at = from; at < to; at += MINUTE_US) {
		bool open = wall_day(w, z, at) != 0;
		int64_t until = s.open ? s.closes : s.next;

		/* What was said the minute before holds. */
		if (at > from)
			wrong += (at >= until) != (open != s.open);
		s = window_at(w, z, at);
		wrong += s.open != open;
	}
	return wrong;
}

static int
offset(const struct zone *z, int64_t at)
{
	struct civil c;

	zone_civil(z, at, &c);
	return (int)(days_from_civil(c.year, c.month, c.day) * 1440 + c.minute -
		     at / MINUTE_US);
}

static void
check_zone(const char *name)
{
	struct zone *z = zone_open(name);
	int64_t wrong = 0, changes = 0;

	if (!z) {
		ok(false, name);
		return;
	}
	for (int64_t s = FROM; s < UPTO; s += 1800) {
		int64_t at = s * US_PER_S;

		if (s > FROM && offset(z, at) == offset(z, at - 30 * MINUTE_US))
			continue;
		changes++;
		for (size_t i = 0; i < ARRAY_LEN(windows); i++)
			wrong +=
				compare(&windows[i], z, at - AROUND * MINUTE_US,
					at + AROUND * MINUTE_US);
	}
	is_int(wrong, 0, name);
	printf("# %lld stretches\n", (long long)changes);
	zone_close(z);
}

/* The instant of the case that was found. */
static void
check_cairo(void)
{
	struct zone *z = zone_open("Africa/Cairo");
	struct window w = W(H(23, 30), H(6, 0));
	struct window_state s;
	int64_t at = 0;

	time_parse_iso("2026-10-29T20:45:00Z", &at);
	s = window_at(&w, z, at);
	ok(s.open, "23:45 in summer time is open");
	is_int(s.closes - at, 15 * MINUTE_US,
	       "a window is open until the clocks go back");
	s = window_at(&w, z, at + 15 * MINUTE_US);
	ok(!s.open, "a window is closed when it is 23:00 again");
	is_int(s.next - at, 45 * MINUTE_US,
	       "a window stays closed until half past");
	zone_close(z);
}

int
main(void)
{
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check_zone(names[i]);
	check_cairo();
	return tap_done();
}
