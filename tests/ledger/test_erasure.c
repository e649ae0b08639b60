/*
 * One person is erased everywhere while a campaign calls: history keeps that
 * there were calls, the books balance after every step, and nobody is called
 * who was erased.
 */
#include "campaign/erasure.h"
#include "tests/ledger/ledger_bed.h"
#include "workspace/dnc.h"

#define PERSON "447700000002"

static struct ledger_bed b;

static int64_t
mentions(const char *table)
{
	return world_int(&b.w,
			 "SELECT COUNT(*) FROM %s WHERE phone = '" PERSON "'",
			 table);
}

/* Steps until it is done or waits; returns its state. */
static int64_t
go_on(int64_t id)
{
	struct erasure e;
	bool left = true;

	while (left) {
		world_need(erasure_step(b.w.db, id, &left, b.w.a, &f), "step");
		bed_balance(&b, "the books balance after a step of an erasure");
	}
	world_need(erasure_load(b.w.db, id, &e, b.w.a, &f), "load");
	return e.state;
}

static int64_t
begin(const struct actor *who, const char *phone)
{
	int64_t id = 0;

	world_need(erasure_begin(b.w.db, who, phone, &id, b.w.a, &f), "begin");
	return id;
}

static void
check_refused(void)
{
	struct actor who = b.w.who;
	int64_t id;

	is_int(erasure_begin(b.w.db, &who, "12", &id, b.w.a, &f), -1,
	       "what is no phone number is refused");
	is_str(f.field, "phone", "the fault is of the field");
	who.role = ROLE_SUPERVISOR;
	is_int(erasure_begin(b.w.db, &who, PERSON, &id, b.w.a, &f), -1,
	       "a supervisor may not erase anybody");
	is_int(f.code, FAULT_DENIED, "the fault says that it is not allowed");
}

/* What bots reported of all calls so far. */
static void
add_reports(void)
{
	world_sql(&b.w,
		  "INSERT INTO call_result (run_id, seg, ordinal, seq, nonce,"
		  " at, disposition, answered_by, opt_out, recording,"
		  " transcript, body) SELECT run_id, seg, ordinal, seq, nonce,"
		  " NOW(6), 'promised', 0, 0, 'https://r.test/',"
		  " 'https://t.test/', '{}' FROM attempt WHERE run_id = %lld",
		  (long long)b.run);
	world_sql(&b.w,
		  "INSERT INTO run_disposition SELECT run_id, disposition, 0,"
		  " COUNT(*) FROM call_result WHERE run_id = %lld",
		  (long long)b.run);
}

/* A call is in flight: it ends as any other, and then loses its number. */
static void
check_call_in_flight(void)
{
	struct plan_result r;
	struct call_id *ids;
	int64_t id;
	struct erasure e;

	bed_start(&b, 5);
	bed_calls(&b, 5, OUTCOME_NO_ANSWER);
	bed_all_due(&b);
	add_reports();
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, r.count), 2, "two calls are placed");
	id = begin(&b.w.who, "+44 7700 000002");
	is_int(begin(&b.w.who, "07700000002"), id,
	       "the same person in another spelling is the same erasure");
	is_int(go_on(id), ERASURE_CALLS, "an erasure waits for the call");
	is_int(mentions("contact"), 1, "nothing is erased before it ends");
	bed_record(&b, ids, r.count, OUTCOME_BUSY);
	is_int(go_on(id), ERASURE_DONE, "the erasure goes on when it has ended");
	is_int(mentions("contact") + mentions("attempt") +
		       mentions("live_call") + mentions("erasure"),
	       0, "the number is nowhere any more");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM attempt WHERE run_id = %lld"
			 " AND phone = '' AND ordinal = 2",
			 (long long)b.run),
	       2, "history keeps both attempts without a number");
	is_int(world_int(&b.w,
			 "SELECT CAST(SUM(ordinal) AS SIGNED) FROM"
			 " call_result WHERE"
			 " run_id = %lld AND disposition = 'promised' AND"
			 " recording = '' AND transcript = '' AND body IS NULL",
			 (long long)b.run),
	       2, "of the report only its disposition is left");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM contact WHERE phone = '' AND"
			 " vars IS NULL"),
	       1, "the contact keeps its place in the list");
	world_need(erasure_load(b.w.db, id, &e, b.w.a, &f), "load");
	ok(e.contacts == 1 && e.attempts == 2 && e.done_at > 0 && !*e.phone,
	   "the report says what was erased");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE"
			 " CONCAT(COALESCE(was, ''), COALESCE(became, ''))"
			 " LIKE '%%700000002%%'"),
	       0, "the audit log does not have the number");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE actor = '' AND"
			 " behalf = 'Ann' AND action = 'person erased' AND"
			 " JSON_VALUE(became, '$.attempts') = 2"),
	       1, "the audit log says what was erased, and for whom");
}

/* Who was erased is not called again: not as a retry, nor ahead of the cursor,
 * and a queued call is not placed. */
static void
check_not_called(void)
{
	struct plan_result r;
	struct call_id *ids;
	int64_t id;

	bed_all_due(&b);
	r = bed_plan(&b, 10);
	is_int((int64_t)r.count, 4, "an erased contact is not planned");
	is_int(CONTACT(&b, "state", 2), CONTACT_EXCLUDED,
	       "an erased contact is excluded");
	bed_balance(&b, "the books balance after an erased contact is passed");
	ids = bed_ids(&b, &r);
	id = begin(&b.w.who, "447700000003");
	is_int((int64_t)bed_send(&b, ids, r.count), 3,
	       "a queued call to a person who is being erased is not placed");
	bed_record(&b, ids, r.count, OUTCOME_COMPLETED);
	is_int(go_on(id), ERASURE_CALLS, "it is withdrawn first");
	bed_withdraw(&b, b.w.db, &b.me, ids, r.count, LIVE_QUEUED);
	is_int(go_on(id), ERASURE_DONE, "then the person is erased");
	bed_all_due(&b);
	is_int((int64_t)bed_plan(&b, 10).count, 0, "and not called again");
	is_int(CONTACT(&b, "state", 3), CONTACT_EXCLUDED,
	       "the withdrawn contact is excluded");
	bed_balance(&b, "the books balance after all of this");
}

static bool
is_kept(const char *row)
{
	const char *body = arena_printf(
		b.w.a, "phone,name,line,reason\r\n07700 900999,Bob,1,x\r\n%s",
		row);
	size_t len;

	erasure_filter(body, strlen(body), PERSON, &len, b.w.a);
	return len == strlen(body);
}

/* What a file wrote of the person, and excluded numbers. */
static void
check_traces(void)
{
	static const char body[] = "phone,name\r\n+44 (0)7700 000-002,\"An\n n\""
				   "\r\n1,Bob\r\n";
	int64_t id;
	struct erasure e;

	ok(!is_kept("07700 000002,Ann,2,y\r\n") &&
		   !is_kept("+44 (0)7700-000-002,Ann,2,y\r\n") &&
		   !is_kept("Ann,\"x\n447700000002\",2,y\r\n") &&
		   !is_kept("\xd9\xa0\xd9\xa7\xd9\xa7\xd9\xa0\xd9\xa0\xd9\xa0"
			    "\xd9\xa0\xd9\xa0\xd9\xa0\xd9\xa0\xd9\xa2,"
			    "Ann,2,y\r\n"),
	   "rows with the number in any spelling are taken out");
	ok(is_kept("07700 000003,Ann,2,y\r\n") && is_kept(""),
	   "rows with other numbers stay");
	world_sql(&b.w,
		  "INSERT INTO upload (id, workspace_id, state, name, node,"
		  " preview, created_at, created_by) VALUES (501, %lld, 2,"
		  " 'a.csv', '', '{\"rows\":[[\"07700000002\"]]}', NOW(6),"
		  " 'Ann'), (502, %lld + 1, 2, 'b.csv', '',"
		  " '{\"rows\":[[\"07700000002\"]]}', NOW(6), 'Eve')",
		  (long long)b.w.who.workspace_id,
		  (long long)b.w.who.workspace_id);
	world_sql(&b.w,
		  "INSERT INTO upload_reject (upload_id, n, body) VALUES"
		  " (501, 1, '%s'), (502, 1, '%s')",
		  body, body);
	world_exclude(&b.w, b.campaign, PERSON, true);
	id = begin(&b.w.who, PERSON);
	is_int(go_on(id), ERASURE_DONE, "traces in files are erased");
	world_need(erasure_load(b.w.db, id, &e, b.w.a, &f), "load");
	ok(e.exclusions == 1 && e.uploads == 1,
	   "the report counts exclusions and files");
	is_int(mentions("exclusion"), 0, "the exclusion is gone");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM upload_reject WHERE"
			       " upload_id = 501 AND body ="
			       " 'phone,name\\r\\n1,Bob\\r\\n'"),
	       1, "the rejected row is gone, the others are not");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM upload WHERE id = 501 AND"
			       " preview IS NULL"),
	       1, "the first rows of the file are gone");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM upload u JOIN"
			       " upload_reject r ON r.upload_id = u.id WHERE"
			       " u.id = 502 AND preview IS NOT NULL AND body"
			       " LIKE '%%000-002%%'"),
	       1, "another workspace's files are as they were");
}

/* Whoever is on a do-not-call list stays there, or the next file would have the
 * person called again; what a list and its files say else is gone. */
static void
check_do_not_call(void)
{
	struct dnc_entry e = { .phone = PERSON, .reason = "Ann asked us" };
	struct dnc_found found;

	world_need(dnc_add(b.w.db, &b.w.who, DNC_OWN_LIST, &e, b.w.a, &f),
		   "add");
	world_sql(&b.w,
		  "INSERT INTO dnc_import (id, workspace_id, list_id, replaces,"
		  " state, name, rejects, created_at, created_by, beat_at)"
		  " VALUES (601, %lld, 1, 0, 1, 'a.csv', 'phone,until\r\n"
		  "07700 000002,never\r\n1,x\r\n', NOW(6), 'Ann', NOW(6))",
		  (long long)b.w.who.workspace_id);
	is_int(go_on(begin(&b.w.who, PERSON)), ERASURE_DONE,
	       "a person who is on a do-not-call list is erased");
	world_need(dnc_lookup(b.w.db, b.w.who.workspace_id, PERSON, &found,
			      b.w.a, &f),
		   "look up");
	ok(found.count == 1 && found.entries->bars && !*found.entries->reason,
	   "the number is still not called, and does not say why");
	is_int(world_int(&b.w, "SELECT rejects = 'phone,until\r\n1,x\r\n'"
			       " FROM dnc_import WHERE id = 601"),
	       1, "rejected rows of do-not-call files lose the person");
}

/* Any statement of a step fails, any commit is lost: it can be done again, and
 * counts nothing twice. */
static void
check_crashes(void)
{
	struct erasure e;
	unsigned n = 1;
	int64_t id, attempts;
	bool left = true;

	bed_start(&b, 3);
	bed_calls(&b, 3, OUTCOME_COMPLETED);
	attempts = world_int(&b.w, "SELECT COUNT(*) FROM attempt WHERE phone ="
				   " '447700000001'");
	id = begin(&b.w.who, "447700000001");
	while (left && n < 200) {
		db_fail_at(b.w.db, n % 5 + 1, 1047);
		if (erasure_step(b.w.db, id, &left, b.w.a, &f))
			left = true;
		db_fail_at(b.w.db, 0, 0);
		if (n % 5 == 4 &&
		    erasure_step(b.w.db, id, &left, b.w.a, &f))
			left = true;
		n++;
	}
	is_int(go_on(id), ERASURE_DONE, "an erasure survives crashes");
	world_need(erasure_load(b.w.db, id, &e, b.w.a, &f), "load");
	is_int(e.attempts, attempts, "an erasure that crashed counts nothing twice");
}

int
main(void)
{
	bed_open(&b);
	check_refused();
	check_call_in_flight();
	check_not_called();
	check_traces();
	check_do_not_call();
	check_crashes();
	return bed_close(&b);
}
