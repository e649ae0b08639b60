/*
 * What bots report of calls: before they end, after, at the same instant,
 * again, or never.  Whichever comes first, the books say the same.
 */
#include <pthread.h>

#include "campaign/call_result.h"
#include "campaign/follow.h"
#include "tests/ledger/trigger_bed.h"

#define FUTURE "2035-01-01T10:00:00Z"
#define CALLS 200

static struct result_answer answer;

static struct call_result
nothing(void)
{
	return (struct call_result){ .talk_ms = -1 };
}

static int
report(const struct call_id *id, const struct call_result *r)
{
	f = (struct fault){ 0 };
	return call_result_store(b.w.db, &b.w.who, id->b, r, &answer, &f);
}

/* A campaign with one contact, whose call is sent. */
static struct call_id
start(const char *settings)
{
	struct plan_result r;

	world_sql(&b.w, "DELETE FROM dnc");
	bed_start(&b, 1);
	world_sql(&b.w,
		  "UPDATE campaign SET retry_on = 1 << 2 | 1 << 7,"
		  " retry_dispositions = 'later,no_time', %s WHERE id = %lld",
		  settings, (long long)b.campaign);
	r = bed_plan(&b, 1);
	bed_send(&b, bed_ids(&b, &r), 1);
	return *bed_ids(&b, &r);
}

static const struct {
	const char *what, *settings;
	struct call_result said;
	enum outcome outcome;
	enum contact_state state;
	int answered;
} cases[] = {
	{ "a callback is scheduled",
	  "callbacks = 1",
	  { .callback_at = FUTURE, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_CALLBACK,
	  1 },
	{ "no callback is scheduled that the campaign does not detect",
	  "callbacks = 0",
	  { .callback_at = FUTURE, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  1 },
	{ "no callback is scheduled after the last attempt",
	  "callbacks = 1, max_attempts = 1",
	  { .callback_at = FUTURE, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  1 },
	{ "a disposition retries that the campaign lists",
	  "callbacks = 0",
	  { .disposition = "no_time", .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_RETRY,
	  1 },
	{ "a disposition that is part of another does not retry",
	  "callbacks = 0",
	  { .disposition = "no", .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  1 },
	{ "a machine is no answer",
	  "callbacks = 0",
	  { .answered_by = ANSWERED_MACHINE, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  0 },
	{ "a screening is no answer",
	  "callbacks = 0",
	  { .answered_by = ANSWERED_SCREENING, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  0 },
	{ "a person is an answer",
	  "callbacks = 0",
	  { .answered_by = ANSWERED_HUMAN, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  1 },
	{ "what was not picked up is no answer anyway",
	  "callbacks = 0",
	  { .answered_by = ANSWERED_MACHINE, .talk_ms = -1 },
	  OUTCOME_NO_ANSWER,
	  CONTACT_RETRY,
	  0 },
	{ "who opts out is not called again",
	  "callbacks = 1",
	  { .opt_out = true, .callback_at = FUTURE, .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_EXCLUDED,
	  1 },
	{ "who opts out does not wait for a retry",
	  "callbacks = 0",
	  { .opt_out = true, .talk_ms = -1 },
	  OUTCOME_NO_ANSWER,
	  CONTACT_EXCLUDED,
	  0 },
	{ "a report of nothing changes nothing",
	  "callbacks = 1",
	  { .talk_ms = -1 },
	  OUTCOME_COMPLETED,
	  CONTACT_COMPLETED,
	  1 },
};

static void
check(size_t i, bool before)
{
	struct call_id id = start(cases[i].settings);
	bool opts_out = cases[i].said.opt_out;

	if (before)
		world_need(report(&id, &cases[i].said), "report");
	bed_record(&b, &id, 1, cases[i].outcome);
	if (!before)
		world_need(report(&id, &cases[i].said), "report");
	is_int(answer.has_ended, !before, "the answer says whether it is over");
	is_int(CONTACT(&b, "state", 1), cases[i].state, cases[i].what);
	is_int(COUNTED(&b, "answered"), cases[i].answered,
	       "as often as it was answered");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM dnc"), opts_out,
	       "only who opts out is on the do-not-call list");
	bed_balance(&b, before ? "the books balance: report, end"
			       : "the books balance: end, report");
}

static void
test_orders(void)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		check(i, true);
		check(i, false);
	}
}

/* A callback is called when it is due, and before all others. */
static void
test_callback(void)
{
	struct call_result r = nothing();
	struct call_id id = start("callbacks = 1");

	r.callback_at = "2035-01-01T11:30:00+01:30";
	bed_record(&b, &id, 1, OUTCOME_COMPLETED);
	world_need(report(&id, &r), "report");
	is_int(answer.run_id, b.run, "the answer says which run to wake");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM due WHERE run_id = %lld AND"
			 " class = 0 AND due_at = '2035-01-01 10:00:00'",
			 (long long)b.run),
	       1, "an offset of the time is understood");
	is_int((int64_t)bed_calls(&b, 5, OUTCOME_COMPLETED), 0,
	       "a callback is not called before it is due");
	r.callback_at = "2020-01-01T10:00:00Z";
	world_need(report(&id, &r), "report");
	is_int((int64_t)bed_calls(&b, 5, OUTCOME_COMPLETED), 1,
	       "a later report moves it, and what is past is now");
	is_int(CONTACT(&b, "state", 1), CONTACT_COMPLETED,
	       "the call that was asked for is over");
	r.callback_at = FUTURE;
	world_need(report(&id, &r), "report");
	is_int(CONTACT(&b, "state", 1), CONTACT_COMPLETED,
	       "a report of an earlier call schedules nothing");
	is_int(COUNTED(&b, "callback"), 0, "nobody waits for a callback");
	bed_balance(&b, "the books balance after a callback");
}

static void
test_again(void)
{
	struct call_result r = nothing();
	struct call_id id = start("callbacks = 1");

	bed_record(&b, &id, 1, OUTCOME_COMPLETED);
	r.callback_at = FUTURE;
	r.answered_by = ANSWERED_MACHINE;
	world_need(report(&id, &r), "report");
	world_need(report(&id, &r), "report");
	is_int(COUNTED(&b, "callback"), 1, "the same report counts once");
	is_int(COUNTED(&b, "answered"), 0, "a machine is subtracted once");
	bed_balance(&b, "the books balance after the same report again");
	r = nothing();
	r.recording = "https://example.com/1.wav";
	world_need(report(&id, &r), "report");
	ok(COUNTED(&b, "callback") == 0 && COUNTED(&b, "answered") == 1 &&
		   CONTACT(&b, "state", 1) == CONTACT_COMPLETED,
	   "a later report replaces the one before");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM call_result WHERE"
			       " reports = 3 AND callback_at IS NULL AND"
			       " recording LIKE 'https:%%'"),
	       1, "the latest report is kept, and how many there were");
	bed_balance(&b, "the books balance after another report");
	world_apply(&b.w, b.campaign, ACTION_STOP);
	r.answered_by = ANSWERED_MACHINE;
	r.callback_at = FUTURE;
	world_need(report(&id, &r), "report");
	ok(COUNTED(&b, "callback") == 0 && COUNTED(&b, "answered") == 0,
	   "after the run a report only counts");
	bed_balance(&b, "the books balance after a report of a closed run");
}

static const struct {
	const char *what, *field;
	struct call_result said;
} bad[] = {
	{ "a link must be https",
	  "recording",
	  { .recording = "http://example.com/", .talk_ms = -1 } },
	{ "a link must have a host",
	  "transcript",
	  { .transcript = "https:///x", .talk_ms = -1 } },
	{ "a link has no spaces",
	  "recording",
	  { .recording = "https://example.com/a b", .talk_ms = -1 } },
	{ "a disposition is a word",
	  "disposition",
	  { .disposition = "No time!", .talk_ms = -1 } },
	{ "a callback is a time",
	  "callback_at",
	  { .callback_at = "tomorrow", .talk_ms = -1 } },
	{ "an offset is a time, too",
	  "callback_at",
	  { .callback_at = "2030-01-01T10:00:00+99:00", .talk_ms = -1 } },
	{ "data is JSON", "data", { .data = "{", .talk_ms = -1 } },
	{ "a talk time is not below -1", "talk_ms", { .talk_ms = -2 } },
};

static void
test_refused(void)
{
	struct call_result r = nothing();
	struct call_id id = start("callbacks = 0"), other = id;
	struct actor stranger = b.w.who;
	struct plan_result p;
	char *data = ARENA_ARRAY(b.w.a, RESULT_DATA_MOST + 2, char);

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		ok(report(&id, &bad[i].said) && f.code == FAULT_INVALID,
		   bad[i].what);
		is_str(f.field, bad[i].field, "the field is named");
	}
	memset(data, ' ', RESULT_DATA_MOST + 1);
	data[0] = '1';
	r.data = data;
	ok(report(&id, &r) && f.code == FAULT_INVALID,
	   "data of 8,193 bytes is refused");
	data[RESULT_DATA_MOST] = '\0';
	is_int(report(&id, &r), 0, "data of 8,192 bytes is kept");
	other.b[UUID_LEN - 1] ^= 1;
	ok(report(&other, &r) && f.code == FAULT_ABSENT,
	   "an id with another nonce is no call");
	stranger.workspace_id++;
	ok(call_result_store(b.w.db, &stranger, id.b, &r, &answer, &f) &&
		   f.code == FAULT_ABSENT,
	   "another workspace has no such call");
	bed_record(&b, &id, 1, OUTCOME_COMPLETED);
	ok(call_result_store(b.w.db, &stranger, id.b, &r, &answer, &f) &&
		   f.code == FAULT_ABSENT,
	   "another workspace has no such attempt");
	bed_start(&b, 1);
	p = bed_plan(&b, 1);
	ok(report(bed_ids(&b, &p), &r) && f.code == FAULT_ABSENT,
	   "a call that was not sent has no report");
}

/* Ends and reports of many calls at once. */
struct reporter {
	pthread_t thread;
	struct db *db;
	const struct call_id *ids;
	int failed, before, after;
};

static void *
report_all(void *arg)
{
	struct reporter *r = arg;

	for (size_t i = 0; i < CALLS; i++) {
		struct call_result said = { .callback_at = FUTURE,
					    .answered_by = ANSWERED_MACHINE,
					    .talk_ms = 1 };
		struct result_answer out;
		struct fault fault;

		r->failed += call_result_store(r->db, &b.w.who, r->ids[i].b,
					       &said, &out, &fault) != 0;
		r->before += !out.has_ended;
		r->after += out.has_ended;
	}
	return NULL;
}

static void
test_at_once(void)
{
	struct reporter r = { .db = bed_db(&b) };
	struct plan_result p;

	bed_start(&b, CALLS);
	world_sql(&b.w, "UPDATE campaign SET callbacks = 1 WHERE id = %lld",
		  (long long)b.campaign);
	p = bed_plan(&b, CALLS);
	r.ids = bed_ids(&b, &p);
	bed_send(&b, r.ids, CALLS);
	pthread_create(&r.thread, NULL, report_all, &r);
	for (size_t i = CALLS; i >= 5; i -= 5)
		bed_record(&b, r.ids + i - 5, 5, OUTCOME_COMPLETED);
	pthread_join(r.thread, NULL);
	is_int(r.failed, 0, "no report fails while its call ends");
	printf("# %d before the end, %d after\n", r.before, r.after);
	is_int(COUNTED(&b, "callback"), CALLS,
	       "each callback is scheduled once");
	is_int(COUNTED(&b, "answered"), 0, "each machine is counted once");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM due WHERE run_id = %lld",
			 (long long)b.run),
	       CALLS, "each waits once");
	bed_balance(&b, "the books balance when ends and reports met");
	db_free(r.db);
}

/* The bot of a person who was erased reports late. */
static void
test_erased(void)
{
	struct call_id id = start("callbacks = 0");
	struct call_result r = { .disposition = "no_deal",
				 .recording = "https://r.test/",
				 .transcript = "https://t.test/",
				 .data = "{}",
				 .talk_ms = -1 };

	bed_record(&b, &id, 1, OUTCOME_COMPLETED);
	world_need(report(&id, &r), "report");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM call_result WHERE run_id ="
			       " %lld AND recording <> '' AND body = '{}'",
			 (long long)b.run),
	       1, "links and data are kept");
	world_sql(&b.w, "UPDATE attempt SET phone = ''");
	world_need(report(&id, &r), "report");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM call_result WHERE run_id = %lld"
			 " AND disposition = 'no_deal' AND recording = ''"
			 " AND transcript = '' AND body IS NULL",
			 (long long)b.run),
	       1, "but not of a person who is erased");
}

int
main(void)
{
	bed_open(&b);
	test_orders();
	test_callback();
	test_again();
	test_refused();
	test_at_once();
	test_erased();
	return bed_close(&b);
}
