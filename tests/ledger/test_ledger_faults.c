/*
 * Where a step of a call's life stops, and what is found after: each crash
 * point of the ledger that can be made to happen on one server.
 */
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

static size_t
live(const char *where)
{
	return (size_t)world_int(&b.w,
				 "SELECT COUNT(*) FROM live_call"
				 " WHERE run_id = %lld AND %s",
				 (long long)b.run, where);
}

/* A plan whose n-th statement fails, for every n, leaves no trace. */
static void
test_plan_fails(void)
{
	struct plan_result r;
	int n, bad = 0;

	bed_start(&b, 10);
	for (n = 1; n < 40; n++) {
		struct run_look l = bed_look(&b);
		int64_t contacts;

		db_fail_at(b.w.db, (unsigned)n, 1064);
		if (bed_try_plan(&b, b.w.db, &l, 3, &r) == 0)
			break;
		db_fail_at(b.w.db, 0, 0);
		contacts = world_int(&b.w,
				     "SELECT COUNT(*) FROM run_contact"
				     " WHERE run_id = %lld",
				     (long long)b.run);
		bad += contacts || live("1");
	}
	db_fail_at(b.w.db, 0, 0);
	ok(n > 8 && n < 40, "every statement of a plan was made to fail");
	is_int(bad, 0, "a plan that fails leaves no rows behind");
	is_int((int64_t)r.count, 3,
	       "a plan without a failure plans three calls");
	bed_balance(&b, "the books balance after failed plans");
}

/* A deadlock runs the whole transaction again. */
static void
test_plan_deadlock(void)
{
	struct plan_result r;
	int bad = 0;

	bed_start(&b, 100);
	for (unsigned n = 2; n < 10; n++) {
		struct run_look l = bed_look(&b);

		db_fail_at(b.w.db, n, 1213);
		bad += bed_try_plan(&b, b.w.db, &l, l.active + 2, &r) != 0 ||
		       r.count != 2;
		db_fail_at(b.w.db, 0, 0);
	}
	is_int(bad, 0, "after a deadlock anywhere the plan is made again");
	is_int((int64_t)live("1"), 16,
	       "each call is planned once in spite of deadlocks");
	bed_balance(&b, "the books balance after deadlocks");
}

static void
test_plan_unknown(void)
{
	for (int done = 0; done < 2; done++) {
		struct plan_result r;
		struct run_look l;

		bed_start(&b, 10);
		l = bed_look(&b);
		db_lose_commit(b.w.db, 1, done);
		is_int(bed_try_plan(&b, b.w.db, &l, 4, &r), -1,
		       "a plan fails when the answer to its COMMIT is lost");
		is_int(f.code, FAULT_UNKNOWN,
		       "the outcome of a plan without an answer is unknown");
		is_int((int64_t)live("state = 0"), done ? 4 : 0,
		       done ? "calls are queued when COMMIT was done"
			    : "no call is queued when COMMIT was not done");
		r = bed_plan(&b, 4);
		is_int((int64_t)r.count, done ? 0 : 4,
		       "the next plan makes only the calls that are missing");
		bed_balance(&b,
			    "the books balance after a lost answer to a plan");
	}
}

/* Queued without a job: found by age, withdrawn, planned again. */
static void
test_lost_job(void)
{
	struct plan_result r;
	struct call_id old;
	struct orphan_call *strays;
	size_t n;

	bed_start(&b, 1);
	r = bed_plan(&b, 1);
	old = *bed_ids(&b, &r);
	world_need(calls_orphaned(b.w.db, &b.me, b.w.a, &strays, &n, &f),
		   "strays");
	is_int((int64_t)n, 0, "a call queued just now is not an orphan");
	world_sql(&b.w, "UPDATE live_call SET queued_at = queued_at"
			" - INTERVAL 6 SECOND");
	world_need(calls_orphaned(b.w.db, &b.me, b.w.a, &strays, &n, &f),
		   "strays");
	is_int((int64_t)n, 1, "a call queued 6 s ago is found as an orphan");
	is_int(strays[0].state, LIVE_QUEUED,
	       "the orphan is in the state queued");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, &strays[0].id, 1,
				     LIVE_QUEUED),
	       1, "the orphan is withdrawn");
	is_int(CONTACT(&b, "seq", 1), 0,
	       "the contact of a withdrawn call has no attempt");
	bed_balance(&b, "the books balance after a lost job");
	r = bed_plan(&b, 1);
	is_int((int64_t)r.count, 1,
	       "a contact whose job was lost is planned again");
	is_int((int64_t)bed_send(&b, &old, 1), 0,
	       "the job that comes late sends nothing");
	is_int((int64_t)bed_send(&b, bed_ids(&b, &r), 1), 1,
	       "the new job sends its call");
	bed_balance(&b, "the books balance after the new job");
}

/* Between plan and sent: everything that closes a gate. */
static void
test_gates(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct ledger_node dead;

	bed_start(&b, 4);
	r = bed_plan(&b, 4);
	ids = bed_ids(&b, &r);
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	is_int((int64_t)bed_send(&b, ids, 4), 0,
	       "no call is sent while the campaign is paused");
	world_apply(&b.w, b.campaign, ACTION_RESUME);
	is_int((int64_t)bed_send(&b, ids, 4), 0,
	       "no call planned before a pause is sent after Resume");
	bed_balance(&b, "the books balance after Pause and Resume");

	bed_start(&b, 4);
	r = bed_plan(&b, 4);
	ids = bed_ids(&b, &r);
	world_exclude(&b.w, b.campaign, r.jobs[0].call.to, true);
	world_bar(&b.w, 1, 1, r.jobs[1].call.to);
	is_int((int64_t)bed_send(&b, ids, 2), 0,
	       "no call is sent to a contact that was excluded meanwhile");
	world_sql(&b.w, "DELETE FROM dnc");
	world_sql(&b.w, "UPDATE node SET lease_until = NOW(6)");
	is_int((int64_t)bed_send(&b, ids + 2, 2), 0,
	       "a node whose lease has run out sends no call");
	dead = b.me;
	bed_reborn(&b);
	{
		bool won[1];

		world_need(ledger_send(b.w.db, &dead, ids + 2, 1, won, &f),
			   "send");
		ok(!won[0], "a node that was declared dead sends no call");
	}
	world_apply(&b.w, b.campaign, ACTION_STOP);
	is_int((int64_t)bed_send(&b, ids + 2, 2), 0,
	       "no call is sent after Stop");
	bed_balance(&b, "the books balance after calls were not sent");
}

static void
test_ask_again(void)
{
	struct plan_result r;
	struct call_id *ids;
	bool open[2] = { false };

	bed_start(&b, 2);
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 2);
	world_need(ledger_ask_again(b.w.db, &b.me, ids, 2, open, &f), "ask");
	ok(open[0] && open[1], "calls just sent may still be placed");
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	world_need(ledger_ask_again(b.w.db, &b.me, ids, 2, open, &f), "ask");
	ok(!open[0] && !open[1],
	   "calls that were sent may not be placed after Pause");
	world_apply(&b.w, b.campaign, ACTION_RESUME);
	world_sql(&b.w,
		  "UPDATE live_call SET epoch = (SELECT epoch FROM campaign"
		  " WHERE id = %lld)",
		  (long long)b.campaign);
	world_need(ledger_ask_again(b.w.db, &b.me, ids, 2, open, &f), "ask");
	ok(open[0] && open[1],
	   "calls of the current epoch may be placed after Resume");
	world_sql(&b.w, "UPDATE node SET lease_until = NOW(6)");
	world_need(ledger_ask_again(b.w.db, &b.me, ids, 2, open, &f), "ask");
	ok(!open[0] && !open[1],
	   "a node whose lease has run out may not place its calls");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, ids, 2, LIVE_SENT), 2,
	       "both calls that may not be placed are withdrawn");
	bed_balance(&b, "the books balance after both calls are withdrawn");
}

/* The answer to sent is lost: never placed, withdrawn by the owner. */
static void
test_sent_unknown(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct orphan_call *strays;
	size_t n;
	bool won[2];

	bed_start(&b, 2);
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	db_fail_at(b.w.db, 1, 2013);
	is_int(ledger_send(b.w.db, &b.me, ids, 2, won, &f), -1,
	       "sending fails when its answer is lost");
	db_fail_at(b.w.db, 0, 0);
	is_int(f.code, FAULT_UNKNOWN,
	       "the outcome of a send without an answer is unknown");
	/* It was done: */
	bed_send(&b, ids, 2);
	world_sql(&b.w, "UPDATE live_call SET sent_at = sent_at"
			" - INTERVAL 3 SECOND");
	world_need(calls_orphaned(b.w.db, &b.me, b.w.a, &strays, &n, &f),
		   "strays");
	is_int((int64_t)n, 2, "the owner finds its calls as orphans");
	ok(!strays[0].adopted && !strays[0].dead,
	   "the owner's calls are neither adopted nor of a dead node");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, ids, 2, LIVE_SENT), 2,
	       "the owner withdraws the calls it does not know");
	bed_balance(&b, "the books balance after a lost answer to a send");
}

/* Only who sent a call knows that it was not placed. */
static void
test_withdraw_others(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct ledger_node other;

	bed_start(&b, 2);
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 2);
	world_need(node_join(b.w.db, "two", &other, &f), "join");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &other, ids, 2, LIVE_SENT), 0,
	       "another node withdraws nothing that this one sent");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, ids, 2, LIVE_QUEUED), 0,
	       "a call that was sent is not withdrawn as queued");
	is_int((int64_t)live("state = 1"), 2,
	       "both calls are still in the state sent");
	world_need(node_leave(b.w.db, &other, &f), "leave");
	bed_balance(&b, "the books balance after nothing was withdrawn");
}

static size_t
dead_calls(struct orphan_call **out)
{
	size_t n, count = 0;

	world_need(calls_orphaned(b.w.db, &b.me, b.w.a, out, &n, &f), "strays");
	for (size_t i = 0; i < n; i++)
		if ((*out)[i].dead)
			(*out)[count++] = (*out)[i];
	return count;
}

/* Thousands of calls of a dead node: some in each transaction. */
static void
test_adopt_many(void)
{
	enum { CALLS = 2 * ADOPT_AT_ONCE + 10 };
	static bool mine[CALLS];
	struct plan_result r;
	struct orphan_call *strays;
	size_t n, total = 0, pieces = 0, wrong = 0;
	int failed = -1;

	bed_start(&b, CALLS);
	do {
		r = bed_plan(&b, CALLS);
		bed_send(&b, bed_ids(&b, &r), r.count);
	} while (r.count);
	bed_reborn(&b);
	n = dead_calls(&strays);
	is_int((int64_t)n, CALLS, "all calls of a dead node are found");
	for (unsigned at = 1; failed && at < 50; at++) {
		size_t count = 0;

		db_fail_at(b.w.db, at, 1064);
		failed = calls_adopt(b.w.db, &b.me, strays, n, mine, b.w.a, &f);
		db_fail_at(b.w.db, 0, 0);
		for (size_t i = 0; i < n; i++)
			count += mine[i];
		total += count;
		pieces += count == ADOPT_AT_ONCE;
		wrong += live("token = 0") != total;
		n = dead_calls(&strays);
	}
	ok(pieces > 0, "what one transaction took stays when the next fails");
	is_int((int64_t)wrong, 0, "the caller is told which calls it adopted");
	is_int((int64_t)live("token = 0"), CALLS,
	       "all calls of a dead node are adopted in the end");
	bed_balance(&b, "the books balance after many calls are adopted");
}

/* A node that cannot reach the carrier leaves its calls to others. */
static void
test_give(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct ledger_node other;
	struct orphan_call *strays;
	bool mine[2];
	size_t n;

	bed_start(&b, 2);
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 2);
	world_sql(&b.w, "UPDATE live_call SET state = 3,"
			" answered_at = NOW(6) - INTERVAL 90 SECOND,"
			" sent_at = NOW(6) - INTERVAL 99 SECOND");
	world_need(node_join(b.w.db, "two", &other, &f), "join");
	world_need(calls_give(b.w.db, &other, ids, 2, b.w.a, &f), "give");
	world_need(calls_orphaned(b.w.db, &other, b.w.a, &strays, &n, &f),
		   "strays");
	is_int((int64_t)n, 0, "a node cannot give away another node's calls");
	world_need(calls_give(b.w.db, &b.me, ids, 2, b.w.a, &f), "give");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, ids, 2, LIVE_SENT), 0,
	       "a node cannot withdraw calls it has given away");
	world_need(calls_orphaned(b.w.db, &other, b.w.a, &strays, &n, &f),
		   "strays");
	is_int((int64_t)n, 2,
	       "another node finds the calls that were given away");
	ok(strays[0].dead && strays[0].adopted,
	   "a call given away counts as a dead node's, perhaps placed");
	is_int(strays[0].talk_us / US_PER_S, 90,
	       "a call given away was answered 90 s ago");
	is_int(strays[0].age_us / US_PER_S, 99,
	       "a call given away was sent 99 s ago");
	world_need(calls_adopt(b.w.db, &other, strays, n, mine, b.w.a, &f),
		   "adopt");
	ok(mine[0] && mine[1],
	   "another node adopts the calls that were given away");
	world_need(node_leave(b.w.db, &other, &f), "leave");
	bed_balance(&b, "the books balance after calls are given away");
}

/* The owner dies; another takes its calls over and ends them. */
static void
test_adopt(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct ledger_node dead;
	struct orphan_call *strays;
	struct record_result rec;
	struct call_update news = { .ended = true,
				    .outcome = OUTCOME_COMPLETED };
	bool mine[3];
	size_t n;

	bed_start(&b, 3);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 3);
	dead = b.me;
	bed_reborn(&b);
	world_need(calls_orphaned(b.w.db, &b.me, b.w.a, &strays, &n, &f),
		   "strays");
	is_int((int64_t)n, 3, "the calls of a dead node are found");
	ok(strays[0].dead && strays[0].state == LIVE_SENT,
	   "the call found is a dead node's in the state sent");
	is_int(strays[0].talk_us, 0,
	       "a call that was not answered has no talk time");
	world_need(calls_adopt(b.w.db, &b.me, strays, n, mine, b.w.a, &f),
		   "adopt");
	ok(mine[0] && mine[1] && mine[2],
	   "all calls of a dead node are adopted");
	world_need(calls_adopt(b.w.db, &dead, strays, n, mine, b.w.a, &f),
		   "adopt");
	ok(!mine[0] && !mine[1] && !mine[2], "a dead node adopts nothing");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, ids, 3, LIVE_SENT), 0,
	       "an adopted call is not withdrawn, it may have been placed");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &dead, ids, 3, LIVE_SENT), 0,
	       "a dead node withdraws nothing");
	news.id = ids[0];
	world_need(ledger_record(b.w.db, &dead, &news, 1, b.w.a, &rec, &f),
		   "record");
	ok(rec.dropped == 1 && rec.gone[0],
	   "results that a dead node records are dropped");
	bed_record(&b, ids, 3, OUTCOME_LOST);
	is_int(CONTACT(&b, "state", 1), CONTACT_EXHAUSTED,
	       "a contact whose call is lost is not called again");
	bed_balance(&b, "the books balance after adopted calls have ended");
}

static void
test_record_unknown(void)
{
	for (int done = 0; done < 2; done++) {
		struct plan_result r;
		struct call_id *ids;
		struct call_update news = { .ended = true,
					    .outcome = OUTCOME_BUSY,
					    .sip = 486,
					    .q850 = 17,
					    .ring_ms = -1 };
		struct record_result rec;

		bed_start(&b, 1);
		r = bed_plan(&b, 1);
		ids = bed_ids(&b, &r);
		bed_send(&b, ids, 1);
		news.id = ids[0];
		db_lose_commit(b.w.db, 1, done);
		is_int(ledger_record(b.w.db, &b.me, &news, 1, b.w.a, &rec, &f),
		       -1,
		       "recording fails when the answer to its COMMIT is lost");
		is_int(f.code, FAULT_UNKNOWN,
		       "the outcome of a record without an answer is unknown");
		world_need(
			ledger_record(b.w.db, &b.me, &news, 1, b.w.a, &rec, &f),
			"record");
		is_int((int64_t)rec.ended, !done,
		       "recording again ends the call only if COMMIT was not "
		       "done");
		is_int(COUNTED(&b, "ended"), 1,
		       "the end of the call is counted once");
		bed_balance(
			&b,
			"the books balance after a lost answer to a record");
	}
}

int
main(void)
{
	bed_open(&b);
	b.pool_db = b.aux;
	test_plan_fails();
	test_plan_deadlock();
	test_plan_unknown();
	test_lost_job();
	test_gates();
	test_ask_again();
	test_sent_unknown();
	test_withdraw_others();
	test_adopt_many();
	test_give();
	test_adopt();
	test_record_unknown();
	return bed_close(&b);
}
