/*
 * A call's life in the ledger: planned, sent, recorded; or withdrawn; what
 * follows each outcome; and the end of a run.
 */
#include "tests/store/ledger_bed.h"

static struct ledger_bed b;

static void
test_first_calls(void)
{
	struct plan_result r;
	struct record_result rec;
	struct call_id *ids;

	bed_start(&b, 5);
	bed_balance(&b, "a new run balances");
	r = bed_plan(&b, 3);
	is_int((int64_t)r.count, 3, "three seats: three calls planned");
	ok(!r.more, "and no more for now");
	is_str(r.jobs[0].call.to, "447700000001", "in the order of the list");
	ok(r.jobs[0].call.from != r.jobs[1].call.from, "numbers take turns");
	is_int(r.jobs[0].call.ring_ms, 45000, "with the campaign's ring time");
	bed_balance(&b, "planned");
	is_int((int64_t)bed_plan(&b, 3).count, 0, "no seat is free: none");
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, 3), 3, "all are sent");
	is_int((int64_t)bed_send(&b, ids, 3), 0, "and none again");
	bed_balance(&b, "sent");
	rec = bed_record(&b, ids, 2, OUTCOME_COMPLETED);
	is_int((int64_t)rec.ended, 2, "two calls ended");
	is_int((int64_t)rec.run_count, 1, "of one run");
	is_int(rec.carriers[0].calls, 2, "on one carrier");
	bed_record(&b, ids + 2, 1, OUTCOME_NO_ANSWER);
	bed_balance(&b, "recorded");
	is_int(CONTACT(&b, "state", 1), CONTACT_COMPLETED, "completed");
	is_int(CONTACT(&b, "state", 3), CONTACT_RETRY, "no answer: a retry");
	is_int(COUNTED(&b, "connected"), 2, "two connected");
	is_int(COUNTED(&b, "processed"), 3, "three processed");
	rec = bed_record(&b, ids, 3, OUTCOME_COMPLETED);
	is_int((int64_t)rec.dropped, 3, "told again: dropped");
	bed_balance(&b, "which changes nothing");
}

static void
test_rest_of_list(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct run_look l;

	r = bed_plan(&b, 100);
	is_int((int64_t)r.count, 2, "the rest of the list");
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 2);
	bed_record(&b, ids, 2, OUTCOME_COMPLETED);
	is_int((int64_t)bed_plan(&b, 100).count, 0, "the retry is not due yet");
	l = bed_look(&b);
	ok(!look_is_done(&l), "not done");
	ok(look_next(&l, b.zones) > l.now, "it says when to look again");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), -1, "cannot complete");
	bed_balance(&b, "and nothing has changed");
}

static void
test_retry_and_end(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct run_look l;

	world_sql(&b.w, "UPDATE due SET due_at = '2020-01-01'");
	world_sql(&b.w, "UPDATE run_contact SET due_at = '2020-01-01'"
			" WHERE due_at IS NOT NULL");
	r = bed_plan(&b, 100);
	is_int((int64_t)r.count, 1, "the retry is due");
	ids = bed_ids(&b, &r);
	bed_balance(&b, "retry planned");
	bed_send(&b, ids, 1);
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	l = bed_look(&b);
	ok(look_is_done(&l), "all are final");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), 0, "completed");
	bed_balance(&b, "completed: balanced");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM run_count WHERE run_id"
			 " = %lld",
			 (long long)b.run),
	       1, "one row of counters is left");
	is_int(world_int(&b.w, "SELECT status FROM campaign WHERE id = %lld",
			 (long long)b.campaign),
	       CAMPAIGN_COMPLETED, "the campaign is completed");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), -1, "only once");
}

/* The end is stamped when nothing is left to come, and not before. */
static void
test_end(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct run_look l;

	bed_start(&b, 3);
	l = bed_look(&b);
	is_int(ledger_end(b.w.db, &l, &f), -1, "an open run has no end");
	r = bed_plan(&b, 1);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 1);
	world_apply(&b.w, b.campaign, ACTION_STOP);
	l = bed_look(&b);
	is_int(ledger_end(b.w.db, &l, &f), -1, "nor one with a call up");
	bed_balance(&b, "balanced");
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	l = bed_look(&b);
	is_int(ledger_end(b.w.db, &l, &f), 0, "then it ends");
	bed_balance(&b, "and is balanced");
}

int
main(void)
{
	bed_open(&b);
	test_first_calls();
	test_rest_of_list();
	test_retry_and_end();
	test_end();
	return bed_close(&b);
}
