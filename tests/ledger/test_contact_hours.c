/*
 * Contacts of another zone than the campaign's: the window counts in their
 * zone, too, as it is now, not as it was when their last call ended.
 */
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

/* A running campaign of contacts in its own zone and in New York, where nine
 * in the morning is two in the afternoon. */
static void
start(int here, int there)
{
	int64_t list;

	b.campaign = world_draft(&b.w, "Zones", here);
	list = world_int(&b.w,
			 "SELECT list_id FROM segment"
			 " WHERE campaign_id = %lld AND upto > 0"
			 " ORDER BY seg DESC LIMIT 1",
			 (long long)b.campaign);
	world_sql(&b.w,
		  "INSERT INTO list_part VALUES"
		  " (%lld, 1, 'America/New_York', %d)",
		  (long long)list, there);
	world_sql(&b.w,
		  "INSERT INTO contact (list_id, part, ordinal, phone)"
		  " SELECT %lld, 1, seq, 12125550000 + seq"
		  " FROM seq_1_to_10000 WHERE seq <= %d",
		  (long long)list, there);
	world_sql(&b.w, "INSERT INTO segment VALUES (%lld, 2, %lld, 1, %d, 4)",
		  (long long)b.campaign, (long long)list, there);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 540,"
		  " window_end = 1080, days = 31, zone = 'UTC', mode = %d"
		  " WHERE id = %lld",
		  MODE_MULTI_DAY, (long long)b.campaign);
	world_sql(&b.w, "DELETE FROM live_call");
	world_sql(&b.w, "UPDATE node SET lease_until = '2030-01-01'");
	world_apply(&b.w, b.campaign, ACTION_START);
	bed_lead(&b);
}

/* Every contact is called at two on Monday, none answers, and all are due
 * again at 'due'. */
static void
call_all(int here, int there, const char *due)
{
	struct plan_result r;
	size_t n = 0;

	bed_at(&b, "2026-11-23T14:00:00Z");
	start(here, there);
	do {
		r = bed_plan(&b, here + there);
		n += r.count;
		bed_send(&b, bed_ids(&b, &r), r.count);
		bed_record(&b, bed_ids(&b, &r), r.count, OUTCOME_NO_ANSWER);
	} while (r.count);
	is_int((int64_t)n, here + there, "all contacts are called at 14:00");
	world_sql(&b.w, "UPDATE due SET due_at = '%s' WHERE run_id = %lld", due,
		  (long long)b.run);
	world_sql(&b.w,
		  "UPDATE run_contact SET due_at = '%s' WHERE run_id = %lld",
		  due, (long long)b.run);
}

/* How many are called at that moment. */
static int64_t
called(const char *utc, int64_t most)
{
	struct plan_result r;

	bed_at(&b, utc);
	r = bed_plan(&b, most);
	return (int64_t)r.count;
}

static void
test_first(void)
{
	struct plan_result r;

	start(2, 1);
	bed_at(&b, "2026-11-23T12:00:00Z");
	r = bed_plan(&b, 10);
	is_int((int64_t)r.count, 2,
	       "the contact in New York is not called at 7:00 there");
	bed_withdraw(&b, b.w.db, &b.me, bed_ids(&b, &r), r.count, LIVE_QUEUED);
	is_int(called("2026-11-23T14:00:00Z", 10), 3,
	       "the contact in New York is called at 9:00 there");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
	bed_balance(&b, "the books balance when all were planned");
}

/* Two here and one there wait since 10:00, when New York is closed. */
static const struct {
	const char *what, *set, *closed, *open;
} changes[] = {
	{ "two are called under a schedule that stays as it is", "ver = ver",
	  "2026-11-24T13:59:00Z", "2026-11-24T14:00:00Z" },
	{ "two are called before the start becomes earlier",
	  "window_start = 360", "2026-11-24T10:59:00Z",
	  "2026-11-24T11:00:00Z" },
	{ "two are called before the start becomes later", "window_start = 600",
	  "2026-11-24T14:59:00Z", "2026-11-24T15:00:00Z" },
	{ "two are called before the window becomes the whole day",
	  "window_start = 0, window_end = 1440", "2026-11-24T10:00:00Z",
	  "2026-11-24T10:01:00Z" },
	{ "two are called before the days become Thursday only", "days = 8",
	  "2026-11-26T13:59:00Z", "2026-11-26T14:00:00Z" },
};

static void
test_changes(void)
{
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		struct run_look l;
		bool closed = i != 3;

		call_all(2, 1, "2026-11-24 10:00:00");
		is_int(called("2026-11-24T10:00:00Z", 10), 2, changes[i].what);
		world_sql(&b.w, "UPDATE campaign SET %s WHERE id = %lld",
			  changes[i].set, (long long)b.campaign);
		bed_at(&b, changes[i].closed);
		l = bed_look(&b);
		if (closed)
			is_int(look_next(&l, b.zones) - (l.now + 60 * US_PER_S),
			       0,
			       "the next look is when the window in New York "
			       "opens");
		is_int(called(changes[i].closed, 10), !closed,
		       "New York is called only if its window is open");
		is_int(called(changes[i].open, 10), closed,
		       "New York is called once, as soon as its window opens");
		world_need(db_set_now(b.w.db, 0, &f), "clock");
		bed_balance(&b,
			    "the books balance after the change of schedule");
	}
}

/* More contacts in New York than a plan reads are due before the others. */
static void
test_many_closed(void)
{
	call_all(2, PLAN_MOST + 100, "2026-11-24 09:30:00");
	world_sql(&b.w,
		  "UPDATE run_contact t JOIN due d USING (run_id, seg, ordinal)"
		  " SET t.due_at = '2026-11-24 10:00:00',"
		  " d.due_at = '2026-11-24 10:00:00'"
		  " WHERE t.run_id = %lld AND seg <> 2",
		  (long long)b.run);
	is_int(called("2026-11-24T10:00:00Z", 10), 2,
	       "the contacts whose window is open are called at once");
	is_int(called("2026-11-24T14:00:00Z", 2 + PLAN_MOST), PLAN_MOST,
	       "the other contacts are called when their window opens");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
	bed_balance(&b, "the books balance when many contacts were closed");
}

int
main(void)
{
	bed_open(&b);
	test_first();
	test_changes();
	test_many_closed();
	return bed_close(&b);
}
