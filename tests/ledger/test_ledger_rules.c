/*
 * Whom the planner calls, in which order, from which number, and what follows
 * each outcome: doc/product.md 6 on real rows.
 */
#include "campaign/campaign.h"
#include "contacts/import_rows.h"
#include "tests/ledger/ledger_bed.h"

#define HOUR_US (3600 * US_PER_S)
#define MINUTE_US (60 * US_PER_S)

static struct ledger_bed b;

static int64_t
phone_at(const struct plan_result *r, size_t i)
{
	return i < r->count ? strtoll(r->jobs[i].call.to, NULL, 10) : 0;
}

static void
test_order(void)
{
	struct plan_result r;

	bed_start(&b, 6);
	is_int((int64_t)bed_calls(&b, 3, OUTCOME_NO_ANSWER), 3,
	       "three of six contacts are called");
	bed_all_due(&b);
	/* One of them becomes a callback. */
	world_sql(&b.w,
		  "UPDATE run_contact SET state = 3, class = 0"
		  " WHERE run_id = %lld AND ordinal = 2",
		  (long long)b.run);
	world_sql(&b.w,
		  "UPDATE due SET class = 0 WHERE run_id = %lld"
		  " AND ordinal = 2",
		  (long long)b.run);
	world_sql(&b.w,
		  "UPDATE run_count SET retry = retry - 1,"
		  " callback = callback + 1 WHERE run_id = %lld"
		  " AND shard = 2",
		  (long long)b.run);
	bed_balance(&b, "the books balance with a callback made by hand");
	r = bed_plan(&b, 2);
	is_int(phone_at(&r, 0), 447700000002, "a callback is called first");
	is_int(phone_at(&r, 1), 447700000004,
	       "a contact never dialled follows the callback");
	r = bed_plan(&b, 6);
	is_int((int64_t)r.count, 4, "the other four contacts are planned next");
	is_int(phone_at(&r, 0), 447700000005,
	       "the rest of the list comes before retries");
	is_int(phone_at(&r, 2), 447700000001, "retries come last");
	bed_balance(&b, "the books balance after all contacts are planned");
}

static void
test_excluded(void)
{
	struct plan_result r;

	bed_start(&b, 5);
	world_exclude(&b.w, b.campaign, "447700000001", true);
	world_bar(&b.w, 1, 1, "447700000003");
	r = bed_plan(&b, 2);
	is_int((int64_t)r.count, 2,
	       "exclusions do not reduce the calls planned");
	is_int(phone_at(&r, 0), 447700000002, "an excluded contact is skipped");
	is_int(CONTACT(&b, "state", 1), CONTACT_EXCLUDED,
	       "an excluded contact is final");
	is_int((int64_t)r.excluded, 2,
	       "a contact on the do-not-call list counts as excluded");
	is_int(COUNTED(&b, "processed"), 2,
	       "both excluded contacts are counted as processed");
	bed_balance(&b, "the books balance with excluded contacts");
	world_sql(&b.w, "DELETE FROM dnc");
}

/* What no carrier takes is neither read nor tried, however it came there. */
static void
test_long_vars(void)
{
	struct plan_result r;

	bed_start(&b, 4);
	for (int i = 1; i <= 2; i++)
		world_sql(&b.w,
			  "UPDATE contact SET vars = CONCAT('{\"a\":\"',"
			  " REPEAT('x', %d), '\"}')"
			  " WHERE phone = '44770000000%d'",
			  CONTACT_VARS_MAX - (int)strlen("{\"a\":\"\"}") + i -
				  1,
			  i);
	r = bed_plan(&b, 2);
	is_int((int64_t)r.count, 2,
	       "long variables do not reduce the calls planned");
	is_int((int64_t)strlen(r.jobs[0].call.vars), CONTACT_VARS_MAX,
	       "a call carries variables of the greatest length");
	is_int(phone_at(&r, 1), 447700000003,
	       "a contact with too long variables is skipped");
	is_int(CONTACT(&b, "state", 2), CONTACT_EXHAUSTED,
	       "a contact with too long variables is final");
	is_int(CONTACT(&b, "tries", 2), 0,
	       "a contact with too long variables has no try");
	bed_balance(&b, "the books balance with too long variables");
	world_sql(&b.w, "UPDATE contact SET vars = NULL");
}

static void
test_busy(void)
{
	struct plan_result r;

	bed_start(&b, 3);
	world_sql(&b.w,
		  "INSERT INTO live_call (id, workspace_id, phone,"
		  " campaign_id, run_id, seg, ordinal, seq, class, epoch,"
		  " carrier_id, number_id, queued_at, not_after)"
		  " VALUES (0x01, %lld, '447700000002', 1, 0, 1, 1, 1, 1,"
		  " 1, 1, 1, NOW(6), NOW(6))",
		  (long long)b.w.who.workspace_id);
	r = bed_plan(&b, 10);
	is_int((int64_t)r.count, 2, "a contact in another call is not called");
	is_int((int64_t)r.held, 1, "a contact in another call counts as held");
	is_int(CONTACT(&b, "state", 2), CONTACT_HELD,
	       "a contact in another call is in the state held");
	is_int(world_int(&b.w,
			 "SELECT due_at > NOW(6) + INTERVAL 25 SECOND"
			 " FROM due WHERE run_id = %lld",
			 (long long)b.run),
	       1, "a held contact waits for 30 s");
	world_sql(&b.w, "DELETE FROM live_call WHERE run_id = 0");
	bed_balance(&b, "the books balance with a held contact");
	bed_all_due(&b);
	r = bed_plan(&b, 10);
	is_int(phone_at(&r, 0), 447700000002,
	       "a held contact is called when it is due");
	bed_balance(&b, "the books balance after a held contact is called");
}

/* Every outcome, on a contact that may be tried twice. */
static void
test_outcomes(void)
{
	static const struct {
		enum outcome o;
		enum contact_state first, second;
	} table[] = {
		{ OUTCOME_COMPLETED, CONTACT_COMPLETED, 0 },
		{ OUTCOME_NO_ANSWER, CONTACT_RETRY, CONTACT_EXHAUSTED },
		{ OUTCOME_BUSY, CONTACT_RETRY, CONTACT_EXHAUSTED },
		{ OUTCOME_UNREACHABLE, CONTACT_EXHAUSTED, 0 },
		{ OUTCOME_INVALID_NUMBER, CONTACT_INVALID, 0 },
		{ OUTCOME_VOICEMAIL, CONTACT_VOICEMAIL, 0 },
		{ OUTCOME_ABANDONED, CONTACT_ABANDONED, 0 },
		{ OUTCOME_LOST, CONTACT_EXHAUSTED, 0 },
		{ OUTCOME_CONGESTION, CONTACT_HELD, CONTACT_HELD },
		{ OUTCOME_CANCELLED, CONTACT_HELD, CONTACT_HELD },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *word = outcome_words[table[i].o];
		char what[80];

		bed_start(&b, 1);
		world_sql(&b.w,
			  "UPDATE campaign SET max_attempts = 2"
			  " WHERE id = %lld",
			  (long long)b.campaign);
		bed_calls(&b, 1, table[i].o);
		snprintf(what, sizeof(what),
			 "%s: the first outcome sets the state", word);
		is_int(CONTACT(&b, "state", 1), table[i].first, what);
		bed_all_due(&b);
		bed_calls(&b, 1, table[i].o);
		snprintf(what, sizeof(what),
			 "%s: the second outcome sets the state", word);
		is_int(CONTACT(&b, "state", 1),
		       table[i].second ? table[i].second : table[i].first,
		       what);
		bed_balance(&b, "the books balance after two outcomes");
	}
	is_int(CONTACT(&b, "tries", 1), 0,
	       "cancelled calls do not count as tries");
	is_int(CONTACT(&b, "seq", 1), 2, "cancelled calls count as attempts");
}

/* Excluded, or never to be called again, while the call is up: a call that
 * would be tried again is the last one. */
static void
test_barred_during_call(void)
{
	static const enum outcome again[] = { OUTCOME_NO_ANSWER,
					      OUTCOME_CONGESTION };

	for (size_t i = 0; i < ARRAY_LEN(again); i++) {
		struct plan_result r;
		struct call_id *ids;

		bed_start(&b, 3);
		world_sql(&b.w,
			  "UPDATE campaign SET max_attempts = 3"
			  " WHERE id = %lld",
			  (long long)b.campaign);
		r = bed_plan(&b, 3);
		ids = bed_ids(&b, &r);
		is_int((int64_t)bed_send(&b, ids, 3), 3, "three calls are up");
		world_exclude(&b.w, b.campaign, "447700000001", true);
		world_bar(&b.w, 1, 1, "447700000002");
		bed_record(&b, ids, 3, again[i]);
		is_int(CONTACT(&b, "state", 1), CONTACT_EXCLUDED,
		       "a contact excluded during its call is not called "
		       "again");
		is_int(CONTACT(&b, "state", 2), CONTACT_EXCLUDED,
		       "a contact on the do-not-call list meanwhile is not "
		       "called again");
		ok(CONTACT(&b, "state", 3) == CONTACT_RETRY ||
			   CONTACT(&b, "state", 3) == CONTACT_HELD,
		   "a contact that is not excluded waits for its next call");
		bed_all_due(&b);
		is_int((int64_t)bed_plan(&b, 3).count, 1,
		       "only the contact that is not excluded is called again");
		bed_balance(&b,
			    "the books balance after exclusions during calls");
		world_sql(&b.w, "DELETE FROM dnc");
	}
}

static void
test_retry_times(void)
{
	int64_t noon = 1795435200 * US_PER_S; /* Monday 2026-11-23 12:00 */
	int64_t due;

	bed_start(&b, 1);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 540,"
		  " window_end = 1080, days = 31, zone = 'UTC',"
		  " retry_delay = 300 WHERE id = %lld",
		  (long long)b.campaign);
	world_need(db_set_now(b.w.db, noon, &f), "clock");
	world_sql(&b.w, "UPDATE node SET lease_until = '2030-01-01'");
	bed_calls(&b, 1, OUTCOME_NO_ANSWER);
	due = world_int(
		&b.w,
		"SELECT CAST(UNIX_TIMESTAMP(due_at) * 1000000 AS SIGNED)"
		" FROM due WHERE run_id = %lld",
		(long long)b.run);
	is_int(due, noon + 5 * HOUR_US, "a retry is due after the retry delay");
	world_need(db_set_now(b.w.db, noon + 5 * HOUR_US, &f), "clock");
	bed_calls(&b, 1, OUTCOME_NO_ANSWER);
	due = world_int(
		&b.w,
		"SELECT CAST(UNIX_TIMESTAMP(due_at) * 1000000 AS SIGNED)"
		" FROM due WHERE run_id = %lld",
		(long long)b.run);
	is_int(due, noon + 10 * HOUR_US,
	       "a retry may be due while the window is closed");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
	bed_balance(&b, "the books balance after two retries");
}

static void
test_window_gate(void)
{
	int64_t noon = 1795435200 * US_PER_S;
	int64_t closes = noon + 6 * HOUR_US;
	struct plan_result r;
	struct call_id *ids;

	bed_start(&b, 2);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 540,"
		  " window_end = 1080, days = 31, zone = 'UTC'"
		  " WHERE id = %lld",
		  (long long)b.campaign);
	world_need(db_set_now(b.w.db, closes - 3 * US_PER_S, &f), "clock");
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	is_int((int64_t)r.count, 2,
	       "calls are planned 3 s before the window closes");
	is_int((int64_t)bed_send(&b, ids, 1), 1,
	       "a call is sent 3 s before the window closes");
	world_need(db_set_now(b.w.db, closes - US_PER_S, &f), "clock");
	is_int((int64_t)bed_send(&b, ids + 1, 1), 0,
	       "no call is sent 1 s before the window closes");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
}

/* The window is open on the next day, too, but the run's day is over. */
static void
test_single_day(void)
{
	int64_t midnight = (1795435200 + 12 * 3600) * US_PER_S;
	struct plan_result r;
	struct call_id *ids;

	bed_start(&b, 2);
	world_sql(&b.w, "UPDATE campaign SET mode = %d WHERE id = %lld",
		  MODE_SINGLE_DAY, (long long)b.campaign);
	world_sql(&b.w,
		  "UPDATE run SET started_at = '2026-11-23 10:00:00'"
		  " WHERE id = %lld",
		  (long long)b.run);
	world_need(db_set_now(b.w.db, midnight - 3 * US_PER_S, &f), "clock");
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	is_int((int64_t)r.count, 2,
	       "calls are planned 3 s before the run's day is over");
	is_int((int64_t)bed_send(&b, ids, 1), 1,
	       "a call is sent 3 s before the run's day is over");
	world_need(db_set_now(b.w.db, midnight - US_PER_S, &f), "clock");
	is_int((int64_t)bed_send(&b, ids + 1, 1), 0,
	       "no call is sent 1 s before the run's day is over");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
}

/* Refused once a minute, from 'from' to 'to' minutes ago. */
static void
refused(int from, int to)
{
	world_sql(&b.w,
		  "INSERT INTO run_minute (run_id, minute, slot, refused)"
		  " SELECT %lld, UNIX_TIMESTAMP() DIV 60 - seq, seq %% 2, 3"
		  " FROM seq_0_to_9000 WHERE seq BETWEEN %d AND %d",
		  (long long)b.run, to, from);
}

static bool
given_up(void)
{
	struct refusals r = { 0 };

	world_need(ledger_refusals(b.w.db, b.run, &r, &f), "refusals");
	return refusals_are_final(&r, bed_look(&b).now);
}

/* Failed is what carriers refused for 24 hours in which they were asked. */
static void
test_refusals(void)
{
	bed_start(&b, 1);
	ok(!given_up(), "a run does not fail when no carrier was asked");
	refused(1439, 0);
	ok(!given_up(),
	   "a run does not fail a minute before a day of refusals");
	refused(1440, 1440);
	ok(given_up(), "a run fails after a whole day of refusals");
	world_sql(&b.w,
		  "INSERT INTO run_minute (run_id, minute, slot, ended)"
		  " SELECT %lld, MAX(minute) - 700, 9, 1 FROM run_minute"
		  " WHERE run_id = %lld",
		  (long long)b.run, (long long)b.run);
	ok(!given_up(),
	   "a run does not fail when one call was taken meanwhile");

	bed_start(&b, 1);
	refused(3000, 3000);
	refused(0, 0);
	ok(!given_up(), "a long pause between two refusals does not count");
	refused(2999, 2950);
	refused(50, 1);
	ok(!given_up(), "short refusals around a long pause are not enough");

	bed_start(&b, 1);
	refused(8000, 7300);
	refused(600, 0);
	ok(!given_up(),
	   "1,300 minutes of refusals around a weekend are not enough");
	refused(7299, 7150);
	ok(given_up(), "refusals of two days add up to a whole day");

	bed_start(&b, 1);
	refused(1600, 100);
	ok(!given_up(),
	   "a run does not fail when the last refusal is long ago");
	refused(0, 0);
	ok(given_up(), "a run fails when the carrier refuses again");
}

int
main(void)
{
	bed_open(&b);
	test_order();
	test_excluded();
	test_long_vars();
	test_busy();
	test_outcomes();
	test_barred_during_call();
	test_retry_times();
	test_window_gate();
	test_single_day();
	test_refusals();
	return bed_close(&b);
}
