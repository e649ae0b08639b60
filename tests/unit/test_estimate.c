/* How long a campaign will take: by rate, seats, hours, retries and its day. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/zone.h"
#include "campaign/campaign.h"
#include "campaign/estimate.h"
#include "tests/tap.h"

#define NINE (1795424400 * US_PER_S) /* Monday, 2026-11-23 09:00 UTC */
#define HOUR_US (3600 * US_PER_S)
#define DAY_US (24 * HOUR_US)
#define NEVER INT64_MAX

/* clang-format off */
static const struct {
	const char *what;
	int64_t contacts, cps, seats, attempts, delay;
	int start, end;
	unsigned days;
	int64_t closing;  /* hours from now; NEVER */
	int64_t minutes, working_days; /* of calling; on so many days */
	int once;
} cases[] = {
	{ "the calls a second limit the calling",
	  36000, 10, 10000, 1, 30, 0, 1440, 0x7f, NEVER, 60, 1, 100 },
	{ "the seats limit the calling: a minute for every other call",
	  1200, 100, 10, 1, 30, 540, 1080, 0x1f, NEVER, 60, 1, 100 },
	/* 200,000 with 5 seats: 333 hours of talk in weeks of 45 hours */
	{ "a long campaign takes weeks",
	  200000, 40, 5, 1, 30, 540, 1080, 0x1f, NEVER, 20000, 38, 100 },
	{ "retries are half as many each time", 1200, 100, 10, 3, 1, 540, 1080, 0x1f, NEVER, 105, 1, 100 },
	{ "retries wait for their delay",
	  10, 100, 10, 2, 120, 540, 1080, 0x1f, NEVER, 0, 1, 100 },
	{ "a day that is too short leaves contacts uncalled",
	  36000, 1, 10000, 1, 30, 540, 1080, 0x1f, 5, 600, 2, 50 },
	{ "windows across midnight are counted",
	  36000, 1, 10000, 1, 30, 1320, 360, 0x1f, NEVER, 600, 2, 100 },
};
/* clang-format on */

int
main(void)
{
	struct arena *a = arena_new();
	struct zone *utc = zone_open("UTC");

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct campaign_settings set = { 0 };
		struct window w;
		struct estimate e;
		int64_t closing = cases[i].closing;

		record_defaults(&campaign_settings_record, &set, a);
		set.concurrency = cases[i].seats;
		set.max_attempts = cases[i].attempts;
		set.retry_delay = cases[i].delay;
		set.window_start = cases[i].start;
		set.window_end = cases[i].end;
		set.days.bits = cases[i].days;
		w = campaign_window(&set, NO_HOLIDAYS);
		if (closing < NEVER)
			closing = NINE + closing * HOUR_US;
		e = estimate_run(&(struct estimate_query){
			&set, &w, utc, cases[i].contacts, cases[i].cps, NINE,
			closing, ESTIMATE_USUAL });
		is_int(e.called_us / (60 * US_PER_S), cases[i].minutes,
		       cases[i].what);
		is_int(e.days, cases[i].working_days,
		       "the working days are counted");
		is_int(e.once, cases[i].once,
		       "the percentage called once is right");
		if (cases[i].delay == 120)
			ok(e.end >= NINE + 2 * HOUR_US,
			   "the campaign ends after the delay");
	}
	zone_close(utc);
	arena_free(a);
	return tap_done();
}
