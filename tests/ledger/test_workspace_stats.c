/*
 * The summary's figures: each call counted once whatever its batches, windows
 * that open and close, midnights in zones, and two nodes.
 */
#include "base/civil.h"
#include "campaign/workspace_stats.h"
#include "tests/ledger/ledger_bed.h"
#include "workspace/workspace_hold.h"

#define MINUTE_US (60 * US_PER_S)

static struct ledger_bed b;

static int64_t
at(const char *iso)
{
	int64_t us = 0;

	if (time_parse_iso(iso, &us))
		printf("Bail out! %s is no time\n", iso);
	return us;
}

static struct workspace_stats
stats_in(const char *zone, int64_t now)
{
	struct workspace_stats_query q = { b.w.who.workspace_id, zone, b.zones,
					   now };
	struct workspace_stats p = { 0 };

	world_need(workspace_stats_read(b.w.db, &q, &p, b.w.a, &f), "stats");
	return p;
}

/* All that was ever counted in that grain. */
#define TOTAL(column, grain)                                   \
	world_int(&b.w,                                        \
		  "SELECT COALESCE(SUM(" column "), 0)"        \
		  " FROM workspace_count WHERE grain = %d AND" \
		  " workspace_id = %lld",                      \
		  (grain), (long long)b.w.who.workspace_id)

static void
totals(int64_t placed, int64_t ended, int64_t answered, const char *what)
{
	bool same = true;

	for (int grain = 1; grain <= 15; grain += 14)
		same &= TOTAL("placed", grain) == placed &&
			TOTAL("ended", grain) == ended &&
			TOTAL("answered", grain) == answered;
	if (!ok(same, what))
		printf("# placed %lld, ended %lld, answered %lld\n",
		       (long long)TOTAL("placed", 15),
		       (long long)TOTAL("ended", 15),
		       (long long)TOTAL("answered", 15));
}

static void
record_as(const struct ledger_node *me, const struct call_update *news,
	  size_t n)
{
	struct record_result r;

	world_need(ledger_record(b.w.db, me, news, n, b.w.a, &r, &f), "record");
}

static struct call_update
delta_of(struct call_id id, bool rang, bool answered, enum outcome o)
{
	return (struct call_update){ .id = id,
				     .rang = rang,
				     .answered = answered,
				     .ended = o != 0,
				     .outcome = o,
				     .sip = -1,
				     .q850 = -1,
				     .ring_ms = -1,
				     .talk_ms = -1 };
}

static void
clear(void)
{
	world_sql(&b.w, "DELETE FROM workspace_count");
}

/* Ringing, answered, ended: news by news, and some of it twice. */
static void
check_once(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct call_update n[4];

	clear();
	bed_start(&b, 6);
	r = bed_plan(&b, 6);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 6);
	totals(0, 0, 0, "calls that are only sent are not counted yet");
	n[0] = delta_of(ids[0], true, false, 0);
	n[1] = delta_of(ids[1], false, true, 0);
	record_as(&b.me, n, 2);
	totals(2, 0, 0, "a ringing and an answered call are counted as placed");
	record_as(&b.me, n, 2);
	totals(2, 0, 0, "the same updates are not counted again");
	n[0] = delta_of(ids[0], false, true, 0);
	n[1] = delta_of(ids[1], false, false, OUTCOME_COMPLETED);
	record_as(&b.me, n, 2);
	totals(2, 1, 1, "the end of a call is counted once");
	n[0] = delta_of(ids[0], false, false, OUTCOME_NO_ANSWER);
	n[1] = delta_of(ids[2], false, false, OUTCOME_BUSY);
	n[2] = delta_of(ids[3], false, false, OUTCOME_CONGESTION);
	n[3] = delta_of(ids[4], true, true, OUTCOME_VOICEMAIL);
	record_as(&b.me, n, 4);
	totals(5, 4, 2,
	       "calls that end at once count as placed, congestion not as "
	       "ended");
	record_as(&b.me, n, 4);
	totals(5, 4, 2, "ends that are recorded again are not counted again");
	is_int(TOTAL("ended", 1), COUNTED(&b, "ended"),
	       "the run counts the same number of ended calls");
	is_int(TOTAL("answered", 1), COUNTED(&b, "answered"),
	       "the run counts the same number of answered calls");
	bed_balance(&b, "the books balance after calls are counted once");
}

/* A dead node's calls are finished by another one. */
static void
check_adopted(void)
{
	struct ledger_node dead = b.me, heir;
	struct plan_result r;
	struct call_id *ids;
	struct orphan_call *strays;
	struct call_update n[3];
	bool *adopted;
	size_t count;

	clear();
	bed_start(&b, 3);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 3);
	n[0] = delta_of(ids[0], true, false, 0);
	record_as(&dead, n, 1);
	world_need(node_join(b.aux, "two", &heir, &f), "join");
	world_sql(&b.w, "DELETE FROM node WHERE boot = %lld",
		  (long long)dead.boot);
	world_need(calls_orphaned(b.w.db, &heir, b.w.a, &strays, &count, &f),
		   "stray");
	adopted = ARENA_ARRAY(b.w.a, count + 1, bool);
	world_need(
		calls_adopt(b.w.db, &heir, strays, count, adopted, b.w.a, &f),
		"adopt");
	is_int((int64_t)count, 3, "three calls are taken over");
	n[1] = delta_of(ids[1], true, false, 0);
	n[2] = delta_of(ids[2], false, false, OUTCOME_LOST);
	n[0] = delta_of(ids[0], false, false, OUTCOME_NO_ANSWER);
	record_as(&heir, n, 3);
	totals(3, 2, 0, "each adopted call is counted as placed once");
	record_as(&dead, n, 3);
	n[1] = delta_of(ids[1], false, false, OUTCOME_NO_ANSWER);
	record_as(&heir, n + 1, 1);
	totals(3, 3, 0, "updates of a dead node are not counted");
	is_int(world_int(&b.w, "SELECT COUNT(DISTINCT slot)"
			       " FROM workspace_count"),
	       2, "two nodes write rows of their own");
	bed_balance(&b, "the books balance after calls are adopted");
	world_sql(&b.w, "DELETE FROM node");
	world_need(node_join(b.w.db, "one", &b.me, &f), "join");
}

/* Recorded just before and just after a midnight in Kathmandu. */
static void
check_recorded_at(void)
{
	struct plan_result r;
	struct call_id *ids;
	struct workspace_stats p;

	clear();
	bed_start(&b, 3);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 3);
	world_need(db_set_now(b.w.db, at("2026-03-09T18:14:59Z"), &f), "now");
	bed_record(&b, ids, 1, OUTCOME_NO_ANSWER);
	world_need(db_set_now(b.w.db, at("2026-03-09T18:15:01Z"), &f), "now");
	bed_record(&b, ids + 1, 2, OUTCOME_COMPLETED);
	world_need(db_set_now(b.w.db, 0, &f), "now");
	p = stats_in("Asia/Kathmandu", at("2026-03-09T18:15:30Z"));
	ok(p.ended == 2 && p.answered == 2,
	   "only calls recorded after midnight count for today");
	is_int(p.per_minute, 3,
	       "calls per minute are two and a half, rounded up");
	p = stats_in("UTC", at("2026-03-09T18:15:30Z"));
	ok(p.ended == 3 && p.answered == 2,
	   "all three calls count for today in another zone");
}

static void
count_at(const char *iso, int grain, int slot, int placed, int ended)
{
	int64_t minute = at(iso) / MINUTE_US;

	world_sql(&b.w,
		  "INSERT INTO workspace_count VALUES (%lld, %d, %lld, %d, %d,"
		  " %d, %d)",
		  (long long)b.w.who.workspace_id, grain,
		  (long long)(minute - minute % grain), slot, placed, ended,
		  ended / 2);
}

static void
check_minutes(void)
{
	struct workspace_stats p;

	clear();
	count_at("2026-03-10T12:00:00Z", 1, 0, 40, 0);
	count_at("2026-03-10T12:00:00Z", 1, 1, 20, 0);
	count_at("2026-03-10T12:01:00Z", 1, 1, 9, 0);
	count_at("2026-03-10T11:59:00Z", 1, 0, 1000, 0);
	count_at("2026-03-10T12:00:00Z", 15, 0, 5000, 0);
	p = stats_in("UTC", at("2026-03-10T12:01:15Z"));
	is_int(p.per_minute, 9 + 45,
	       "calls per minute are this minute's and 45 s of the last");
	is_int(stats_in("UTC", at("2026-03-10T12:01:00Z")).per_minute, 69,
	       "all of the last minute counts at the start of a minute");
	is_int(stats_in("UTC", at("2026-03-10T12:01:59.999999Z")).per_minute, 9,
	       "none of the last minute counts at the end of a minute");
	is_int(stats_in("UTC", at("2026-03-10T12:03:00Z")).per_minute, 0,
	       "no calls per minute are left two minutes later");
	is_int(p.allowed, 600, "10 calls a second are allowed");
	world_sql(&b.w, "UPDATE carrier SET enabled = 0");
	is_int(stats_in("UTC", 0).allowed, 0,
	       "a disabled carrier allows no calls");
	world_sql(&b.w, "UPDATE carrier SET enabled = 1");
}

static void
today(const char *zone, const char *first, const char *before, const char *now,
      const char *what)
{
	struct workspace_stats p;

	clear();
	count_at(before, 15, 0, 0, 1000);
	count_at(first, 15, 0, 0, 6);
	count_at(first, 15, 7, 0, 4);
	count_at(now, 15, 0, 0, 20);
	p = stats_in(zone, at(now));
	ok(p.ended == 30 && p.answered == 15, what);
	if (p.ended != 30)
		printf("# ended %lld\n", (long long)p.ended);
}

static void
check_midnights(void)
{
	today("UTC", "2026-03-10T00:00:00Z", "2026-03-09T23:59:59Z",
	      "2026-03-10T18:00:00Z", "today begins at midnight in UTC");
	today("Asia/Kathmandu", "2026-03-09T18:15:00Z", "2026-03-09T18:14:59Z",
	      "2026-03-10T02:00:00Z",
	      "today begins at midnight in Kathmandu, 5:45 ahead");
	today("Asia/Kolkata", "2026-03-09T18:30:00Z", "2026-03-09T18:29:59Z",
	      "2026-03-10T18:00:00Z",
	      "today begins at midnight in Kolkata, 5:30 ahead");
	today("Australia/Eucla", "2026-03-09T15:15:00Z", "2026-03-09T15:14:59Z",
	      "2026-03-10T15:00:00Z",
	      "today begins at midnight in Eucla, 8:45 ahead");
	today("America/St_Johns", "2026-03-10T02:30:00Z",
	      "2026-03-10T02:29:59Z", "2026-03-10T12:00:00Z",
	      "today begins at midnight in St John's, 2:30 behind");
	today("America/New_York", "2026-03-08T05:00:00Z",
	      "2026-03-08T04:59:59Z", "2026-03-09T03:59:00Z",
	      "a day of 23 hours begins in winter time");
	today("America/New_York", "2026-11-01T04:00:00Z",
	      "2026-11-01T03:59:59Z", "2026-11-02T04:59:00Z",
	      "a day of 25 hours begins in summer time");
	/* 00:00 does not exist: the day begins at 01:00. */
	today("Africa/Cairo", "2026-04-23T22:00:00Z", "2026-04-23T21:59:59Z",
	      "2026-04-24T08:00:00Z",
	      "today begins at 01:00 when the clocks skip midnight");
}

/* A running campaign with that window; 09:00 is minute 540. */
static void
running(int start, int end, int days, const char *zone)
{
	int64_t id = world_draft(&b.w, "Window", 1);

	world_apply(&b.w, id, ACTION_START);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = %d, window_end = %d,"
		  " days = %d, zone = '%s' WHERE id = %lld",
		  start, end, days, zone, (long long)id);
}

static void
stop_all(void)
{
	world_sql(&b.w, "UPDATE campaign SET status = 3 WHERE status = 1");
}

static void
change(const struct workspace_stats *p, const char *iso, const char *zone,
       const char *what)
{
	bool good = p->changes_at == (iso ? at(iso) : INT64_MAX);
	char text[28];

	good &= zone ? p->zone && !strcmp(p->zone, zone) : !p->zone;
	if (!ok(good, what) && p->changes_at < INT64_MAX) {
		time_iso(p->changes_at, text);
		printf("# %s in %s\n", text, p->zone);
	}
}

static void
windows(const struct workspace_stats *p, int64_t all, int64_t open,
	const char *what)
{
	if (!ok(p->running == all && p->open == open, what))
		printf("# %lld of %lld\n", (long long)p->open,
		       (long long)p->running);
}

/* Tuesday, 10 March 2026; New York is 4 hours behind UTC. */
static void
check_windows(void)
{
	struct workspace_stats p;

	stop_all();
	p = stats_in("UTC", at("2026-03-10T12:00:00Z"));
	windows(&p, 0, 0, "no campaign runs");
	change(&p, NULL, NULL, "no window changes when no campaign runs");
	running(540, 1080, 31, "Europe/London");
	running(540, 1080, 31, "Europe/London");
	running(540, 1020, 31, "America/New_York");
	p = stats_in("UTC", at("2026-03-10T08:00:00Z"));
	windows(&p, 3, 0, "all three windows are closed in the morning");
	change(&p, "2026-03-10T09:00:00Z", "Europe/London",
	       "London opens first");
	p = stats_in("UTC", at("2026-03-10T09:00:00Z"));
	windows(&p, 3, 2, "the two windows in London are open from 9");
	change(&p, "2026-03-10T18:00:00Z", "Europe/London",
	       "the next change is that London closes, not that New York "
	       "opens");
	p = stats_in("UTC", at("2026-03-10T15:00:00Z"));
	windows(&p, 3, 3, "all three windows are open in the afternoon");
	p = stats_in("UTC", at("2026-03-10T19:00:00Z"));
	windows(&p, 3, 1, "one window is open in the evening");
	change(&p, "2026-03-10T21:00:00Z", "America/New_York",
	       "the window in New York closes last");
	p = stats_in("UTC", at("2026-03-13T22:00:00Z"));
	windows(&p, 3, 0, "no window is open on Friday night");
	change(&p, "2026-03-16T09:00:00Z", "Europe/London",
	       "the next window opens on Monday");
	stop_all();
	running(0, 1440, 127, "Asia/Kathmandu");
	p = stats_in("UTC", at("2026-03-10T12:00:00Z"));
	windows(&p, 1, 1, "a campaign without a window is always open");
	change(&p, NULL, NULL, "a window that is always open never closes");
	running(540, 1080, 31, "Europe/London");
	p = stats_in("UTC", at("2026-03-10T08:00:00Z"));
	windows(&p, 2, 1, "one of two windows is open");
	change(&p, NULL, NULL,
	       "no opening counts as a change while a window is open");
	stop_all();
}

static void
check_hold(void)
{
	struct workspace_stats_query unknown = { 99, "UTC", b.zones, 0 };
	struct workspace_stats p = stats_in("UTC", 0);

	ok(!p.held_at && !p.held_by, "a workspace is not on hold at first");
	world_need(workspace_hold(b.w.db, &b.w.who, true, &f), "hold");
	p = stats_in("UTC", 0);
	is_str(p.held_by, "Ann", "a workspace on hold says who holds it");
	is_int(p.held_at / US_PER_S,
	       world_int(&b.w, "SELECT UNIX_TIMESTAMP(held_at) DIV 1"
			       " FROM workspace"),
	       "a workspace on hold says since when");
	world_need(workspace_hold(b.w.db, &b.w.who, false, &f), "release");
	is_int(workspace_stats_read(b.w.db, &unknown, &p, b.w.a, &f), -1,
	       "the summary of an unknown workspace is not read");
	is_int(f.code, FAULT_ABSENT,
	       "an unknown workspace is reported as absent");
}

static void
check_sweep(void)
{
	clear();
	world_sql(&b.w,
		  "INSERT INTO workspace_count (workspace_id, grain, at, slot)"
		  " SELECT 1, 1, UNIX_TIMESTAMP() DIV 60 - seq, 0"
		  " FROM seq_1_to_3000");
	world_need(workspace_stats_sweep(b.w.db, &f), "sweep");
	ok(world_int(&b.w, "SELECT COUNT(*) BETWEEN 2878 AND 2881"
			   " FROM workspace_count"),
	   "counts older than two days are swept");
	ok(world_int(&b.w, "SELECT MIN(at) > UNIX_TIMESTAMP() DIV 60 - 2883"
			   " FROM workspace_count"),
	   "counts of the last two days are kept");
}

int
main(void)
{
	bed_open(&b);
	check_once();
	check_adopted();
	check_recorded_at();
	check_minutes();
	check_midnights();
	check_windows();
	check_hold();
	check_sweep();
	return bed_close(&b);
}
