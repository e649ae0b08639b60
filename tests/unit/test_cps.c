/* No second holds more calls than the limit, whatever happens to it. */
#include "base/clock.h"
#include "dialler/cps.h"
#include "tests/tap.h"

#define MS US_PER_MS
#define SENT_MAX 100000

static void
test_few(void)
{
	struct cps c = { 0 };

	is_int(cps_next(&c, 0), INT64_MAX,
	       "no call may ever leave without a share");
	is_int((int64_t)cps_room(&c, INT64_MAX / 2), 0,
	       "a node without a share has no room");
	cps_note(&c, 0);
	cps_set(&c, 2, 10 * US_PER_S);
	is_int(cps_next(&c, 0), 11 * US_PER_S,
	       "a new share waits for its second");
	is_int((int64_t)cps_room(&c, 11 * US_PER_S - 1), 0,
	       "a new share has no room before its second");
	is_int((int64_t)cps_room(&c, 11 * US_PER_S), 2,
	       "the share is whole after its second");
	cps_note(&c, 11 * US_PER_S);
	is_int((int64_t)cps_room(&c, 11 * US_PER_S), 1,
	       "one call uses half of a share of two");
	cps_note(&c, 11 * US_PER_S + 400 * MS);
	is_int((int64_t)cps_room(&c, 11 * US_PER_S + 900 * MS), 0,
	       "two calls use all of a share of two");
	is_int((int64_t)cps_room(&c, 12 * US_PER_S), 1,
	       "the first call's room is free again after a second");
	is_int(cps_next(&c, 1), 12 * US_PER_S + 400 * MS,
	       "the second call's room is free again after a second");
	is_int(cps_next(&c, 2), INT64_MAX,
	       "nobody knows when a third call may leave");
	cps_set(&c, 1, 11 * US_PER_S + 500 * MS);
	is_int(cps_next(&c, 0), 12 * US_PER_S + 400 * MS,
	       "a smaller share keeps the latest call");
	cps_free(&c);
}

static void
test_burst(void)
{
	struct cps c = { 0 };

	cps_set(&c, 50, 0);
	is_int((int64_t)cps_room(&c, US_PER_S), 10,
	       "a fifth of the share may leave at once");
	for (int i = 0; i < 10; i++)
		cps_note(&c, US_PER_S);
	is_int((int64_t)cps_room(&c, US_PER_S + 199 * MS), 0,
	       "there is no room right after a burst");
	is_int(cps_next(&c, 0), US_PER_S + 200 * MS,
	       "the next call waits for a fifth of a second");
	is_int((int64_t)cps_room(&c, US_PER_S + 200 * MS), 10,
	       "another fifth may leave after a fifth of a second");
	cps_free(&c);
	cps_set(&c, 4, 0);
	is_int((int64_t)cps_room(&c, US_PER_S), 2,
	       "two of four calls may leave at once");
	cps_free(&c);
}

static void
test_brake(void)
{
	struct cps c = { 0 };

	cps_set(&c, 50, 0);
	cps_brake(&c, 20);
	is_int((int64_t)cps_room(&c, US_PER_S), 4,
	       "a share braked to 20 lets 4 leave at once");
	for (int i = 0; i < 20; i++)
		cps_note(&c, US_PER_S + i * 50 * MS);
	is_int((int64_t)cps_room(&c, 2 * US_PER_S - 1), 0,
	       "there is no room once the braked rate is used");
	is_int(cps_next(&c, 0), 2 * US_PER_S,
	       "the next call waits for a second after the first");
	cps_brake(&c, 0);
	is_int((int64_t)cps_room(&c, 9 * US_PER_S), 1,
	       "the brake always leaves one call");
	cps_brake(&c, 99);
	is_int((int64_t)cps_room(&c, 9 * US_PER_S), 10,
	       "the brake never raises the share");
	cps_free(&c);
}

static uint32_t dice = 1;

static uint32_t
roll(uint32_t below)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % below;
}

/* Two nodes hand shares of one limit of 20 to and fro and send when they may.
 */
static void
test_every_second(void)
{
	static int64_t sent[SENT_MAX];
	struct cps c[2] = { { 0 }, { 0 } };
	size_t share[2] = { 20, 0 }, n = 0, from = 0, most = 0;
	int64_t now = 0;

	cps_set(&c[0], 20, now);
	while (n < SENT_MAX) {
		size_t who = roll(2);

		now += roll(30) * MS;
		if (roll(50) == 0) {
			size_t give = roll(2), left = share[give];

			share[give] = left - roll((uint32_t)left + 1);
			cps_set(&c[give], share[give], now);
			share[!give] = 20 - share[give];
			cps_set(&c[!give], share[!give], now);
		}
		while (n < SENT_MAX && cps_next(&c[who], 0) <= now) {
			cps_note(&c[who], now);
			sent[n++] = now;
		}
	}
	for (size_t i = 0; i < n; i++) {
		while (sent[i] - sent[from] >= US_PER_S)
			from++;
		if (i - from + 1 > most)
			most = i - from + 1;
	}
	ok(most <= 20, "the busiest second has no more than the limit");
	ok(most > 15, "the busiest second uses most of the limit");
	cps_free(&c[0]);
	cps_free(&c[1]);
}

int
main(void)
{
	test_few();
	test_burst();
	test_brake();
	test_every_second();
	return tap_done();
}
