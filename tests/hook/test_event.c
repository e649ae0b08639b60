/* Events: written in the transaction that causes them, for those who want them,
 * and read with what the ledger has of them. */
#include "base/clock.h"
#include "campaign/event.h"
#include "campaign/result_address.h"
#include "hook/delivery.h"
#include "hook/endpoint.h"
#include "hook/event_read.h"
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

static int64_t
events(const char *where)
{
	return world_int(&b.w, "SELECT COUNT(*) FROM event WHERE %s", where);
}

/* What the heartbeat of a node does. */
static void
know(void)
{
	struct event_wants *wants = ARENA_NEW(b.w.a, struct event_wants);

	world_need(event_wants_read(b.w.db, wants, b.w.a, &f), "wants");
	b.me.wants = wants;
}

static int64_t
statements_of_a_call(void)
{
	struct plan_result r = bed_plan(&b, 1);
	struct call_id *ids = bed_ids(&b, &r);
	int64_t before;

	bed_send(&b, ids, r.count);
	before = db_stats(b.w.db)->statements;
	bed_record(&b, ids, r.count, OUTCOME_COMPLETED);
	return db_stats(b.w.db)->statements - before;
}

static void
test_nobody(void)
{
	struct event_want other[] = { { 999, EVENT_ALL } };
	struct event_wants wants = { other, 1 };
	int64_t cost;

	bed_start(&b, 40);
	cost = statements_of_a_call(); /* some are prepared for the first time
					*/
	cost = statements_of_a_call();
	b.me.wants = &wants;
	is_int(statements_of_a_call(), cost,
	       "a call costs no statement more when others want events");
	know();
	is_int((int64_t)b.me.wants->count, 0, "nobody wants events");
	is_int(statements_of_a_call(), cost,
	       "a call costs no statement more when nobody does");
	is_int(events("1"), 0, "no event is written when nobody wants any");
	world_sql(&b.w, "RENAME TABLE event TO no_event, event_seq TO no_seq");
	is_int(statements_of_a_call(), cost,
	       "a call asks no table of events when nobody wants any");
	world_sql(&b.w, "RENAME TABLE no_event TO event, no_seq TO event_seq");
	bed_balance(&b, "the books balance without events");
}

static void
test_written(void)
{
	int64_t cost, before;
	struct endpoint_made made;
	struct endpoint_entry e = { .url = "https://example.com/",
				    .description = "",
				    .kinds = { EVENT_ALL } };

	b.me.wants = NULL;
	cost = statements_of_a_call();
	world_need(endpoint_add(b.w.db, &b.w.who, &e, &made, b.w.a, &f),
		   "endpoint");
	know();
	before = events("1");
	is_int(statements_of_a_call(), cost + 2,
	       "events cost two statements a batch");
	is_int(events("1") - before, 4,
	       "answered, joined, finished and final are written");
	bed_calls(&b, 1, OUTCOME_BUSY);
	is_int(events("kind = 3"), 2, "each ended call has its event");
	bed_calls(&b, 1, OUTCOME_ABANDONED);
	is_int(events("kind = 1"), 2, "an abandoned call was answered");
	is_int(events("kind = 2"), 1, "an abandoned call was not joined");
	is_int(world_int(&b.w, "SELECT MAX(seq) - MIN(seq) + 1 - COUNT(*)"
			       " FROM event"),
	       0, "the numbers have no gap");
	bed_balance(&b, "the books balance with events");
}

/* A call whose transaction is rolled back leaves neither event nor gap. */
static void
test_rolled_back(void)
{
	struct plan_result r = bed_plan(&b, 2);
	struct call_id *ids = bed_ids(&b, &r);
	struct call_update news = { .id = ids[0],
				    .ended = true,
				    .outcome = OUTCOME_BUSY,
				    .sip = 486,
				    .q850 = -1,
				    .ring_ms = 10,
				    .talk_ms = -1 };
	struct record_result out;
	int64_t before = events("1");
	int64_t next = world_int(&b.w, "SELECT next FROM event_seq");

	bed_send(&b, ids, r.count);
	for (unsigned n = 1; n < 40; n++) {
		db_fail_at(b.w.db, n, 1054);
		if (ledger_record(b.w.db, &b.me, &news, 1, b.w.a, &out, &f) ==
		    0)
			break;
	}
	db_fail_at(b.w.db, 0, 0);
	is_int(events("1") - before, 1,
	       "however often it failed before, a call has one event");
	is_int(world_int(&b.w, "SELECT next FROM event_seq") - next, 1,
	       "and one number");
	bed_record(&b, ids + 1, r.count - 1, OUTCOME_BUSY);
}

static void
test_status(void)
{
	int64_t before = events("kind = 5");

	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	world_apply(&b.w, b.campaign, ACTION_RESUME);
	is_int(events("kind = 5") - before, 2,
	       "Pause and Resume have an event each");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM event e JOIN campaign c"
			       " ON c.id = e.campaign_id AND c.ver = e.ver"
			       " AND c.status = e.state WHERE kind = 5"),
	       1, "the last one has the campaign's version and status");
}

static void
test_excluded(void)
{
	struct plan_result r;
	int64_t before = events("kind = 4 AND state = 9");

	world_sql(&b.w,
		  "INSERT INTO exclusion (set_id, campaign_id, phone, at)"
		  " SELECT %lld, %lld, c.phone, NOW(6)"
		  " FROM run_cursor u JOIN contact c"
		  " ON c.list_id = u.list_id AND c.part = u.part"
		  " AND c.ordinal = u.next_ordinal WHERE u.run_id = %lld",
		  (long long)b.campaign, (long long)b.campaign,
		  (long long)b.run);
	r = bed_plan(&b, 1);
	is_int((int64_t)r.excluded, 1, "one contact is excluded");
	is_int(events("kind = 4 AND state = 9 AND attempt = 0") - before, 1,
	       "a contact that is excluded before any call is final");
	bed_withdraw(&b, b.w.db, &b.me, bed_ids(&b, &r), r.count, LIVE_QUEUED);
}

static struct event_page
page(int64_t workspace, int64_t after, size_t limit)
{
	static const uint8_t secret[DIGEST_LEN] = { 1 };
	const struct result_site site = { "https://calls.test", secret };
	struct events_query q = { workspace, after, limit, &site };
	struct event_page p = { .count = 0 };

	world_need(events_read(b.w.db, &q, &p, b.w.a, &f), "read");
	return p;
}

static void
test_read(void)
{
	struct event_page p;
	int64_t seq, all = events("1");

	p = page(b.w.who.workspace_id, 0, 1000);
	is_int((int64_t)p.count, all, "all events are read");
	is_int(p.next, p.list[p.count - 1].seq, "the next page follows");
	ok(!p.gap && p.oldest == 1, "nothing is missing");
	for (size_t i = 0; i < p.count; i++)
		if (p.list[i].kind == EVENT_FINISHED) {
			ok(strstr(p.list[i].data,
				  "\"outcome\":\"completed\"") != NULL,
			   p.list[i].data);
			ok(strstr(p.list[i].data,
				  "\"phone_number\":\"+4477000000") != NULL,
			   "an event has its contact");
			ok(strstr(p.list[i].data,
				  "\"result_url\":\"https://calls.test"
				  "/api/v1/results/") != NULL,
			   "an event has the address for the result");
			break;
		}
	p = page(b.w.who.workspace_id, p.next, 10);
	ok(p.count == 0 && !p.gap && p.next == all,
	   "after the last is nothing");
	p = page(2, 0, 10);
	is_int((int64_t)p.count, 0, "another workspace has none");
	world_sql(&b.w, "UPDATE event SET at = NOW(6) - INTERVAL 8 DAY"
			" WHERE seq <= 3");
	world_need(event_since(b.w.db, b.w.who.workspace_id,
			       clock_wall_us() - US_PER_DAY, &seq, &f),
		   "since");
	is_int(seq, 4, "the first event since a time is found");
	world_need(event_since(b.w.db, b.w.who.workspace_id,
			       clock_wall_us() + US_PER_DAY, &seq, &f),
		   "since");
	is_int(seq, all + 1, "after all events is the next one");
}

static void
test_sweep(void)
{
	struct event_page p;
	bool left = true;

	world_sql(&b.w, "INSERT INTO delivery (endpoint_id, seq, workspace_id,"
			" state, tries, first_at, at) VALUES (1, 1, 1, 1, 1,"
			" NOW(6), NOW(6) - INTERVAL 8 DAY), (1, 5, 1, 1, 1,"
			" NOW(6), NOW(6)), (77, 5, 1, 1, 1, NOW(6), NOW(6))");
	while (left)
		world_need(event_sweep(b.w.db, &left, b.w.a, &f), "sweep");
	is_int(world_int(&b.w, "SELECT MIN(seq) FROM event"), 4,
	       "events of a week ago are erased");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM delivery WHERE seq = 5"
			       " AND endpoint_id = 1"),
	       1, "newer deliveries stay");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM delivery"), 1,
	       "old deliveries, and those of nobody, are erased");
	p = page(b.w.who.workspace_id, 1, 10);
	ok(p.gap && p.oldest == 4 && p.list[0].seq == 4,
	   "a reader that comes too late is told");
	p = page(b.w.who.workspace_id, 3, 10);
	ok(!p.gap, "a reader that comes just in time is not");
}

static void
test_feed(void)
{
	world_sql(&b.w, "DELETE FROM endpoint");
	world_need(event_feed(b.w.db, &b.w.who, true, b.w.a, &f), "feed");
	know();
	is_int(event_wants_of(b.me.wants, b.w.who.workspace_id), EVENT_FEED,
	       "the feed alone wants what is finished, final and changed");
	world_need(event_feed(b.w.db, &b.w.who, false, b.w.a, &f), "feed");
	know();
	is_int(event_wants_of(b.me.wants, b.w.who.workspace_id), 0,
	       "without the feed nothing is wanted");
}

int
main(void)
{
	bed_open(&b);
	test_nobody();
	test_written();
	test_rolled_back();
	test_status();
	test_excluded();
	test_read();
	test_sweep();
	test_feed();
	return bed_close(&b);
}
