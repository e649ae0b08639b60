/*
 * A call's life in the ledger: planned, sent, recorded; or withdrawn; what
 * follows each outcome; and the end of a run.
 */
#include "tests/ledger/ledger_bed.h"

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
	is_int((int64_t)r.count, 3, "three calls are planned for three seats");
	ok(!r.more, "the plan says that there is nothing more to plan now");
	is_str(r.jobs[0].call.to, "447700000001",
	       "contacts are called in the order of the list");
	ok(r.jobs[0].call.from != r.jobs[1].call.from,
	   "caller numbers take turns");
	is_int(r.jobs[0].call.ring_ms, 45000,
	       "a call has the campaign's ring time");
	bed_balance(&b, "the books balance after calls are planned");
	is_int((int64_t)bed_plan(&b, 3).count, 0,
	       "no call is planned when no seat is free");
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, 3), 3,
	       "all three planned calls are sent");
	is_int((int64_t)bed_send(&b, ids, 3), 0, "no call is sent twice");
	bed_balance(&b, "the books balance after calls are sent");
	rec = bed_record(&b, ids, 2, OUTCOME_COMPLETED);
	is_int((int64_t)rec.ended, 2, "two calls end when they are recorded");
	is_int((int64_t)rec.run_count, 1, "both of them belong to one run");
	is_int(rec.carriers[0].calls, 2,
	       "both of them are counted for one carrier");
	bed_record(&b, ids + 2, 1, OUTCOME_NO_ANSWER);
	bed_balance(&b, "the books balance after calls are recorded");
	is_int(CONTACT(&b, "state", 1), CONTACT_COMPLETED,
	       "a contact whose call is completed is final");
	is_int(CONTACT(&b, "state", 3), CONTACT_RETRY,
	       "a contact that did not answer gets a retry");
	is_int(COUNTED(&b, "connected"), 2,
	       "two contacts are counted as connected");
	is_int(COUNTED(&b, "processed"), 3,
	       "three contacts are counted as processed");
	rec = bed_record(&b, ids, 3, OUTCOME_COMPLETED);
	is_int((int64_t)rec.dropped, 3,
	       "results that are recorded again are dropped");
	bed_balance(&b, "the books balance after results are dropped");
}

static void
test_rest_of_list(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct run_look l;

	r = bed_plan(&b, 100);
	is_int((int64_t)r.count, 2, "the rest of the list is planned");
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 2);
	bed_record(&b, ids, 2, OUTCOME_COMPLETED);
	is_int((int64_t)bed_plan(&b, 100).count, 0,
	       "a retry is not planned before it is due");
	l = bed_look(&b);
	ok(!look_is_done(&l), "a run with a retry to come is not done");
	ok(look_next(&l, b.zones) > l.now,
	   "a run with a retry to come is looked at again later");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), -1,
	       "a run with a retry to come cannot be completed");
	bed_balance(&b, "the books balance after a run could not be completed");
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
	is_int((int64_t)r.count, 1, "a retry that is due is planned");
	ids = bed_ids(&b, &r);
	bed_balance(&b, "the books balance after a retry is planned");
	bed_send(&b, ids, 1);
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	l = bed_look(&b);
	ok(look_is_done(&l), "a run is done when all its contacts are final");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), 0,
	       "a run that is done is completed");
	bed_balance(&b, "the books balance after a run is completed");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM run_count WHERE run_id"
			 " = %lld",
			 (long long)b.run),
	       1, "a completed run keeps one row of counters");
	is_int(world_int(&b.w, "SELECT status FROM campaign WHERE id = %lld",
			 (long long)b.campaign),
	       CAMPAIGN_COMPLETED,
	       "the campaign of a completed run is completed");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), -1,
	       "a completed run is not completed again");
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
	is_int(ledger_end(b.w.db, &l, &f), -1, "an open run cannot be ended");
	r = bed_plan(&b, 1);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 1);
	world_apply(&b.w, b.campaign, ACTION_STOP);
	l = bed_look(&b);
	is_int(ledger_end(b.w.db, &l, &f), -1,
	       "a stopped run with a live call cannot be ended");
	bed_balance(&b,
		    "the books balance while a stopped run has a live call");
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	l = bed_look(&b);
	is_int(ledger_end(b.w.db, &l, &f), 0,
	       "a stopped run ends when its last call has ended");
	bed_balance(&b, "the books balance after a run has ended");
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
