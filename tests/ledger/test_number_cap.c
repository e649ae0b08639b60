/*
 * How often a number may call in a day, and what day that is: the workspace's,
 * whatever the zone of the campaign or of the server.
 */
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

static void
test_caps(void)
{
	struct plan_result r;

	bed_start(&b, 8);
	world_sql(&b.w, "UPDATE number SET day_cap = 2");
	world_sql(&b.w, "DELETE FROM number_use");
	r = bed_plan(&b, 8);
	is_int((int64_t)r.count, 4, "two numbers may call twice a day each");
	ok(r.starved, "contacts without a number wait for one");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM number_use WHERE n = 2"),
	       2, "both caps are used up");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, bed_ids(&b, &r), 1,
				     LIVE_QUEUED),
	       1, "one call is withdrawn");
	is_int((int64_t)bed_plan(&b, 8).count, 1,
	       "the number of a withdrawn call may call again");
	bed_balance(&b, "the books balance after a cap is used up");
	world_sql(&b.w, "UPDATE number SET day_cap = 4294967295");
}

static int64_t
used_on(const char *day)
{
	return world_int(&b.w,
			 "SELECT COALESCE(SUM(n), 0) FROM number_use"
			 " WHERE day = '%s'",
			 day);
}

/* A day of the workspace: its last second, its first, and the one before the
 * next is over. */
struct night {
	const char *zone, *before, *first, *last;
	const char *was, *is; /* the two days */
};

static const struct night nights[] = {
	{ "Pacific/Auckland", "2026-11-23T10:59:58Z", "2026-11-23T11:00:00Z",
	  "2026-11-24T10:59:58Z", "2026-11-23", "2026-11-24" },
	/* clocks go forward, and the day has 23 hours */
	{ "Pacific/Auckland", "2026-09-26T11:59:58Z", "2026-09-26T12:00:00Z",
	  "2026-09-27T10:59:58Z", "2026-09-26", "2026-09-27" },
	{ "America/Los_Angeles", "2026-11-24T07:59:58Z", "2026-11-24T08:00:00Z",
	  "2026-11-25T07:59:58Z", "2026-11-23", "2026-11-24" },
	{ "UTC", "2026-11-23T23:59:58Z", "2026-11-24T00:00:00Z",
	  "2026-11-24T23:59:58Z", "2026-11-23", "2026-11-24" },
};

static void
check_night(const struct night *n)
{
	struct plan_result r;
	struct run_look l;

	world_sql(&b.w, "UPDATE workspace SET zone = '%s'", n->zone);
	world_sql(&b.w, "UPDATE number SET day_cap = 3");
	world_sql(&b.w, "DELETE FROM number_use");
	bed_at(&b, n->before);
	bed_start(&b, 50);
	r = bed_plan(&b, 5);
	is_int((int64_t)r.count, 5, n->zone);
	is_int(used_on(n->was), 5, "five of six calls of a day are used");
	l = bed_look(&b);
	bed_at(&b, n->first);
	is_int(bed_try_plan(&b, b.w.db, &l, 6, &(struct plan_result){ 0 }), -1,
	       "a plan from a look of the day before is refused");
	is_int(f.code, FAULT_CONFLICT,
	       "a plan from a look of the day before ends in a conflict");
	is_int((int64_t)bed_plan(&b, 20).count, 6,
	       "six more calls are planned in the first second of the next "
	       "day");
	is_int(used_on(n->is), 6, "six calls of the next day are used");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, bed_ids(&b, &r), 5,
				     LIVE_QUEUED),
	       5, "calls of the day before are taken back");
	is_int(used_on(n->was), 0,
	       "calls taken back are not counted on the day before");
	is_int(used_on(n->is), 6,
	       "calls taken back do not count for the next day");
	bed_at(&b, n->last);
	l = bed_look(&b);
	is_int((int64_t)bed_plan(&b, 20).count, 0,
	       "no more calls are planned until the next day is over");
	is_int(l.day_ends - l.now, 2 * US_PER_S,
	       "the next day is over in two seconds");
	world_need(db_set_now(b.w.db, 0, &f), "clock");
	bed_balance(&b, "the books balance after two days");
}

int
main(void)
{
	bed_open(&b);
	test_caps();
	for (size_t i = 0; i < ARRAY_LEN(nights); i++)
		check_night(&nights[i]);
	return bed_close(&b);
}
