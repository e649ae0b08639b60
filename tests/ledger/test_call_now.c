/*
 * Contacts that wait are made due at once: each is called once, every gate is
 * asked as before, and the books balance.
 */
#include "campaign/call_now.h"
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;
static struct call_now_contact some[CALL_NOW_MOST];
static struct call_now_answer out;

/* The contacts 'from' and those after it, of segment 1. */
static int
try_now(int64_t from, size_t n, const struct actor *who)
{
	struct call_now_order o = { b.campaign, 1, some, n };

	for (size_t i = 0; i < n; i++)
		some[i].ordinal = from + (int64_t)i;
	return campaign_call_now(b.w.db, who, &o, &out, &f);
}

static int64_t
now(int64_t from, size_t n)
{
	world_need(try_now(from, n, &b.w.who), "call now");
	return (int64_t)out.moved;
}

static int64_t
notes(void)
{
	return world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id = %lld"
			 " AND action = 'call now'",
			 (long long)b.campaign);
}

static void
test_one(void)
{
	struct plan_result r;

	bed_start(&b, 4);
	bed_calls(&b, 4, OUTCOME_NO_ANSWER);
	is_int((int64_t)bed_plan(&b, 4).count, 0, "all wait for their delay");
	is_int(now(2, 1), 1, "one is made due");
	is_int(out.run_id, b.run, "its run is to be woken");
	bed_balance(&b, "the books balance when it is due");
	is_int(now(2, 1), 0, "a second press changes nothing");
	is_int(some[0].fate, CALL_NOW_WAS_DUE, "it is due already");
	is_int(notes(), 1, "the audit log has it once");
	r = bed_plan(&b, 4);
	is_int((int64_t)r.count, 1, "it is called");
	is_int(now(2, 1), 0, "a contact in a call is left alone");
	is_int(some[0].fate, CALL_NOW_IN_CALL, "and that is told");
	bed_send(&b, bed_ids(&b, &r), r.count);
	bed_record(&b, bed_ids(&b, &r), r.count, OUTCOME_COMPLETED);
	is_int(now(2, 1), 0, "a contact that is final is left alone");
	is_int(some[0].fate, CALL_NOW_FINAL, "and that is told");
	is_int((int64_t)bed_plan(&b, 4).count, 0, "nobody else is called");
	bed_balance(&b, "the books balance when it was called");
}

static void
test_many(void)
{
	bed_start(&b, 9);
	bed_calls(&b, 3, OUTCOME_NO_ANSWER);
	bed_calls(&b, 1, OUTCOME_CONGESTION);
	world_sql(&b.w,
		  "UPDATE run_contact SET state = 3, class = 0"
		  " WHERE run_id = %lld AND ordinal = 1",
		  (long long)b.run);
	world_sql(
		&b.w,
		"UPDATE due SET class = 0 WHERE run_id = %lld AND ordinal = 1",
		(long long)b.run);
	world_sql(&b.w,
		  "UPDATE run_count SET retry = retry - 1,"
		  " callback = callback + 1 WHERE run_id = %lld LIMIT 1",
		  (long long)b.run);
	is_int(now(1, 9), 3, "callbacks and retries are made due");
	is_int(some[0].fate, CALL_NOW_MADE_DUE, "a callback is");
	is_int(some[3].fate, CALL_NOW_BACKOFF,
	       "a call that the carrier did not take keeps its pause");
	is_int(some[4].fate, CALL_NOW_AHEAD,
	       "one that was never called waits for its turn");
	is_int(notes(), 1, "one entry of the audit log for all");
	bed_balance(&b, "the books balance for many");
	is_int((int64_t)bed_plan(&b, 1).count, 1, "the callback goes first");
	is_int(world_int(&b.w, "SELECT ordinal FROM live_call"), 1,
	       "before those never dialled");
}

static void
test_gates(void)
{
	bed_start(&b, 2);
	bed_calls(&b, 2, OUTCOME_NO_ANSWER);
	world_exclude(&b.w, b.campaign, "447700000001", true);
	is_int(now(1, 1), 1, "an excluded number is made due");
	is_int((int64_t)bed_plan(&b, 2).count, 0, "and is not called");
	is_int(world_int(&b.w,
			 "SELECT state FROM run_contact WHERE run_id = %lld"
			 " AND ordinal = 1",
			 (long long)b.run),
	       CONTACT_EXCLUDED, "it becomes excluded");
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	is_int(now(2, 1), 1, "a paused campaign takes it for later");
	bed_balance(&b, "the books balance behind gates");
}

static void
test_refusals(void)
{
	struct actor other = b.w.who, viewer = b.w.who;

	viewer.role = ROLE_VIEWER;
	ok(try_now(2, 1, &viewer) && f.code == FAULT_DENIED,
	   "a viewer may not");
	other.workspace_id++;
	ok(try_now(2, 1, &other) && f.code == FAULT_ABSENT,
	   "another workspace has no such campaign");
	ok(try_now(1, 0, &b.w.who) && f.code == FAULT_INVALID,
	   "nobody is too few");
	world_apply(&b.w, b.campaign, ACTION_STOP);
	ok(try_now(2, 1, &b.w.who) && f.code == FAULT_CONFLICT &&
		   strstr(f.text, "run is over"),
	   "a run that is over calls nobody");
	world_apply(&b.w, b.campaign, ACTION_RESTART);
	ok(try_now(2, 1, &b.w.who) && f.code == FAULT_CONFLICT &&
		   strstr(f.text, "not been started"),
	   "nor does a draft");
}

/* A planner that has looked already meets it in the run's row. */
static void
test_race(void)
{
	struct run_look l;
	struct plan_result r;

	bed_start(&b, 2);
	bed_calls(&b, 2, OUTCOME_NO_ANSWER);
	bed_all_due(&b);
	world_sql(&b.w, "UPDATE due SET due_at = '2099-01-01'"
			" WHERE ordinal = 2");
	world_sql(&b.w, "UPDATE run_contact SET due_at = '2099-01-01'"
			" WHERE ordinal = 2");
	l = bed_look(&b);
	is_int(now(2, 1), 1, "it is made due while a plan is made");
	world_need(bed_try_plan(&b, b.w.db, &l, 2, &r), "plan");
	is_int((int64_t)(r.count + bed_plan(&b, 2).count), 2,
	       "both are called, each once");
	bed_balance(&b, "the books balance after both");
}

int
main(void)
{
	bed_open(&b);
	test_one();
	test_many();
	test_gates();
	test_refusals();
	test_race();
	return bed_close(&b);
}
