/*
 * A week in seconds: a seeded carrier and a stopped clock that is moved by
 * hand.  Nobody is called outside the window or before due, retries follow as
 * set, seats are kept, and in the end everybody is final.
 */
#include "tests/ledger/ledger_bed.h"

#define HOUR_US (3600 * US_PER_S)
#define MINUTE_US (60 * US_PER_S)
#define STEP_US (5 * MINUTE_US)
#define MONDAY (1795392000 * US_PER_S) /* 2026-11-23 00:00 UTC */
#define CONTACTS 400
#define SEATS 6
#define ATTEMPTS 3

static struct ledger_bed b;
static uint32_t dice = 20261123;

static uint32_t
roll(uint32_t below)
{
	dice = dice * 1664525 + 1013904223;
	return (dice >> 8) % below;
}

static enum outcome
fate(void)
{
	uint32_t n = roll(100);

	if (n < 35)
		return OUTCOME_COMPLETED;
	if (n < 65)
		return OUTCOME_NO_ANSWER;
	if (n < 80)
		return OUTCOME_BUSY;
	if (n < 85)
		return OUTCOME_CONGESTION;
	return n < 90 ? OUTCOME_VOICEMAIL : OUTCOME_UNREACHABLE;
}

/* 9:00 to 18:00 from Monday to Friday, in London: UTC in November. */
static bool
is_open(int64_t now)
{
	int64_t day = (now - MONDAY) / (24 * HOUR_US) % 7;
	int64_t time = (now - MONDAY) % (24 * HOUR_US);

	return day < 5 && time >= 9 * HOUR_US && time < 18 * HOUR_US;
}

static struct {
	int64_t calls, outside, early, late_sends, crowded;
} seen;

/* Due times of whom the plan takes are not in the future. */
static void
check_plan(const struct plan_result *r, int64_t now, int64_t active)
{
	seen.calls += (int64_t)r->count;
	seen.outside += r->count && !is_open(now);
	seen.crowded += active + (int64_t)r->count > SEATS;
}

/* One look: what a dialler does when it is woken. */
static void
step(int64_t now)
{
	struct run_look l = bed_look(&b);
	struct plan_result r = { .count = 0 };
	struct call_id *ids;

	if (!l.at.open) {
		seen.early += is_open(now);
		return;
	}
	world_need(bed_try_plan(&b, b.w.db, &l, SEATS, &r), "plan");
	check_plan(&r, now, l.active);
	if (!r.count)
		return;
	ids = bed_ids(&b, &r);
	seen.late_sends += (int64_t)(r.count - bed_send(&b, ids, r.count));
	for (size_t i = 0; i < r.count; i++)
		bed_record(&b, ids + i, 1, fate());
}

static void
test_week(void)
{
	int64_t now, weekend = 0;
	struct run_look l;

	bed_start(&b, CONTACTS);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 540,"
		  " window_end = 1080, days = 31,"
		  " mode = 1, zone = 'Europe/London', retry_delay = 120,"
		  " max_attempts = %d, concurrency = %d WHERE id = %lld",
		  ATTEMPTS, SEATS, (long long)b.campaign);
	/* It begins on Friday afternoon. */
	for (now = MONDAY + 4 * 24 * HOUR_US + 15 * HOUR_US;
	     now < MONDAY + 14 * 24 * HOUR_US; now += STEP_US) {
		world_need(db_set_now(b.w.db, now, &f), "clock");
		step(now);
		if ((now - MONDAY) / (24 * HOUR_US) % 7 >= 5)
			weekend++;
		l = bed_look(&b);
		if (look_is_done(&l))
			break;
		arena_reset(b.w.a);
	}
	ok(weekend > 500, "a weekend went by");
	ok(look_is_done(&l), "everybody is final in the second week");
	is_int(seen.outside, 0, "nobody was called outside the window");
	is_int(seen.early, 0, "the window is open whenever it should be");
	is_int(seen.late_sends, 0, "every call that was planned was sent");
	is_int(seen.crowded, 0, "there are never more calls than seats");
	ok(seen.calls > CONTACTS, "some contacts are called again");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM run_contact WHERE"
			 " run_id = %lld AND (tries > %d OR"
			 " state NOT IN (4, 5, 7))",
			 (long long)b.run, ATTEMPTS),
	       0, "nobody is tried too often and all have a final state");
	/* Counted attempts of a contact are two hours apart at least. */
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM attempt x JOIN attempt y"
			 " USING (run_id, seg, ordinal)"
			 " WHERE run_id = %lld AND y.seq = x.seq + 1"
			 " AND x.counted = 1 AND y.sent_at < x.sent_at"
			 " + INTERVAL 120 MINUTE",
			 (long long)b.run),
	       0, "nobody is called again before the delay is over");
	bed_balance(&b, "the books balance");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), 0,
	       "the run is completed after all contacts are final");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
}

int
main(void)
{
	bed_open(&b);
	test_week();
	return bed_close(&b);
}
