/* What pacing reads of a run, and calls that have their seat before they are
 * answered: doc/product.md 6.3, 6.4. */
#include "ledger/pacing_memory.h"
#include "ledger/pacing_read.h"
#include "ledger/seat.h"
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;
static int64_t since;

static struct pacing_reading
read_now(void)
{
	struct pacing_reading r;

	world_need(ledger_pacing_calls(b.w.db, b.run, &since, &r, &f), "read");
	return r;
}

/* Of ordinal n. */
static void
make(int n, const char *what)
{
	world_sql(&b.w,
		  "UPDATE live_call SET %s WHERE run_id = %lld AND ordinal = %d",
		  what, (long long)b.run, n);
}

static void
test_calls(void)
{
	struct pacing_reading r;
	struct plan_result planned;

	bed_at(&b, "2026-11-23T10:00:00Z");
	bed_start(&b, 20);
	since = 0;
	r = read_now();
	is_int(r.sent + r.queued, 0, "a run without calls has none");
	is_int(r.now_s, 1795428000, "the time is the database's");
	planned = bed_plan(&b, 8);
	bed_send(&b, bed_ids(&b, &planned), 7);
	world_sql(&b.w, "UPDATE live_call SET state = 1, boot = %lld,"
			" sent_at = '2026-11-23 10:00:00' WHERE ordinal < 8",
		  (long long)b.me.boot);
	world_sql(&b.w, "UPDATE live_call SET state = 0 WHERE ordinal = 8");
	make(2, "state = 2");
	make(3, "state = 3, seated = 1, answered_at = '2026-11-23 10:00:09.9'");
	make(4, "state = 3, answered_at = '2026-11-23 10:00:09.2'");
	make(5, "state = 3, seated = 2, answered_at = '2026-11-23 10:00:10'");
	make(6, "sent_at = '2026-11-23 09:50:00'");
	make(7, "sent_at = '2026-11-23 10:00:11.5'");
	bed_at(&b, "2026-11-23T10:00:11Z");
	r = read_now();
	is_int(r.queued, 1, "one is queued");
	is_int(r.ring[11], 2, "two ring for 11 s");
	is_int(r.ring[PACING_RING_S - 1], 1, "one rings for very long");
	is_int(r.ring[0], 1, "one was sent after the reading began");
	is_int(r.connected, 2, "two talk");
	is_int(r.talked_ms, 1100 + 1800, "for so long");
	is_int(r.waiting, 1, "one waits for a seat");
	is_int(r.delays[9], 2, "both talkers are new, after 9 s");
	is_int(r.sent, 7, "seven were sent");
	is_int(r.answered, 3, "three were answered");
	is_int(r.queued_held, 0, "no call has a seat of its own");
	make(8, "seated = 1");
	make(6, "seated = 1");
	bed_at(&b, "2026-11-23T10:00:12Z");
	r = read_now();
	is_int(r.queued + r.queued_held, 2, "the one that is queued has now");
	is_int(r.ring_held[PACING_RING_S - 1], 1, "and one that rings");
	is_int(r.ring[PACING_RING_S - 1], 1, "which still rings");
	is_int(r.sent, 7, "no more were sent");
	is_int(r.delays[9], 0, "a talker is new once");
	is_int(r.connected, 2, "and talks on");
}

static void
test_ended(void)
{
	struct pacing_reading r;

	bed_at(&b, "2026-11-23T11:00:00Z");
	bed_start(&b, 20);
	since = 0;
	bed_calls(&b, 3, OUTCOME_COMPLETED);
	bed_calls(&b, 2, OUTCOME_ABANDONED);
	bed_calls(&b, 4, OUTCOME_BUSY);
	bed_calls(&b, 1, OUTCOME_CONGESTION);
	r = read_now();
	is_int(r.sent, 10, "calls that ended were sent");
	is_int(r.answered, 5, "completed and abandoned ones were answered");
	is_int(r.connected + r.queued, 0, "they are over");
}

static void
test_hour(void)
{
	struct pacing p = { .seats = 1 };

	bed_at(&b, "2026-11-23T12:00:00Z");
	bed_start(&b, 20);
	bed_calls(&b, 1, OUTCOME_ABANDONED);
	bed_at(&b, "2026-11-23T12:25:00Z");
	bed_calls(&b, 2, OUTCOME_COMPLETED);
	bed_at(&b, "2026-11-23T12:45:00Z");
	bed_calls(&b, 4, OUTCOME_COMPLETED);
	world_need(ledger_pacing_hour(b.w.db, b.run,
				      1795438140 * US_PER_S, &p, &f),
		   "hour");
	is_int(p.hour.answered, 7, "seven were answered in 50 minutes");
	is_int(p.hour.abandoned, 1, "one was abandoned");
	is_int(p.hour.handled, 6, "six were handled in 30 minutes");
	is_int(p.talk_ms, 6 * 30000, "and talked");
	is_int(p.hour.answered_10, 4, "four were answered in ten minutes");
	world_need(ledger_pacing_hour(b.w.db, b.run, 1795438200 * US_PER_S, &p, &f),
		   "hour");
	is_int(p.hour.answered, 6, "a minute later the first is forgotten");
}

/* --- calls that are planned with their seat ------------------------------ */

static struct plan_result
plan(int64_t target, bool seated)
{
	struct run_look l = bed_look(&b);
	struct number_pool pool = bed_pool(&b, &l);
	struct plan_order order = { .me = &b.me,
				    .look = &l,
				    .pool = &pool,
				    .target = target,
				    .seated = seated };
	struct plan_result r;

	world_need(ledger_plan(b.w.db, &order, b.w.a, &r, &f), "plan");
	return r;
}

static bool
gets_seat(struct call_id id)
{
	bool seated;

	world_need(ledger_seat(b.w.db, &b.me, &id, 1, &seated, &f), "seat");
	return seated;
}

/* Two seats and three calls, of which one had its seat when it was planned. */
static void
test_seated(void)
{
	struct plan_result with, without;
	struct call_id *a, *c;

	bed_at(&b, "2026-11-24T10:00:00Z");
	bed_start(&b, 20);
	world_sql(&b.w, "UPDATE campaign SET concurrency = 2 WHERE id = %lld",
		  (long long)b.campaign);
	with = plan(1, true);
	a = bed_ids(&b, &with);
	ok(with.jobs[0].call.seated, "the job says that it has a seat");
	is_int(world_int(&b.w, "SELECT seated FROM live_call"), 1,
	       "and so does its row");
	without = plan(3, false);
	c = bed_ids(&b, &without);
	is_int((int64_t)without.count, 2, "two more are planned");
	ok(!without.jobs[0].call.seated, "without a seat");
	bed_send(&b, a, 1);
	bed_send(&b, c, 2);
	ok(gets_seat(c[0]), "the first of them that answers gets the other");
	ok(!gets_seat(c[1]), "the second none, though only one talks");
	ok(gets_seat(a[0]), "whoever has a seat gets it");
	bed_record(&b, c + 1, 1, OUTCOME_ABANDONED);
	bed_record(&b, a, 1, OUTCOME_NO_ANSWER);
	without = plan(3, false);
	c = bed_ids(&b, &without);
	is_int((int64_t)without.count, 2, "two more are planned again");
	bed_send(&b, c, 2);
	ok(gets_seat(c[0]), "the end of a call frees its seat");
	ok(!gets_seat(c[1]), "which is one");
	bed_balance(&b, "the books balance");
}

int
main(void)
{
	bed_open(&b);
	test_seated();
	test_calls();
	test_ended();
	test_hour();
	return bed_close(&b);
}
