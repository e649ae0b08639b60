/*
 * The schedule of a campaign on real rows: Start, what a run looks at, how it
 * closes, when a contact is due again, the list, the summary, and a database
 * that had campaigns before there were schedules.
 */
#include "campaign/dial_state.h"
#include <unistd.h>

#include "base/civil.h"
#include "campaign/workspace_stats.h"
#include "listing/campaign_list.h"
#include "tests/ledger/change_bed.h"
#include "tests/temp.h"
#include "workspace/holiday.h"

#define HOUR_US (3600 * US_PER_S)
#define MINUTE_US (60 * US_PER_S)
#define NOON (1795435200 * US_PER_S) /* Monday, 2026-11-23 12:00 UTC */

static void
set_now(int64_t us)
{
	world_need(db_set_now(b.w.db, us, &f), "clock");
}

/* Columns of a campaign. */
#define SET(id, columns)                                 \
	world_sql(&b.w,                                  \
		  "UPDATE campaign SET " columns         \
		  ", epoch = epoch + 1 WHERE id = %lld", \
		  (long long)(id))

static void
holiday(const char *day, const char *name)
{
	struct holiday h;

	world_need(holiday_read(day, name, &h, b.w.a, &f) ||
			   holiday_put(b.w.db, &b.w.who, &h, 1, b.w.a, &f),
		   day);
}

static void
no_holidays(void)
{
	world_sql(&b.w, "DELETE FROM holiday");
}

/* A running campaign from 9 to 18 on working days. */
static void
start(int contacts)
{
	bed_start(&b, contacts);
	SET(b.campaign, "window_start = 540, window_end = 1080, days = 31");
}

static void
check_created(void)
{
	struct campaign_settings s = world_settings(&b.w, "Created"), got;
	int64_t id = 0;

	set_schedule(&s);
	world_need(
		campaign_create(b.w.db, &b.w.who,
				&(struct campaign_edit){ .set = &s,
							 .numbers = b.w.numbers,
							 .count = 2 },
				&id, b.w.a, &f),
		"create");
	got = load(id).set;
	is_str(campaign_settings_json(&got, NULL, 0, b.w.a),
	       campaign_settings_json(&s, NULL, 0, b.w.a),
	       "a schedule is created as it was written");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id = %lld"
			 " AND JSON_VALUE(became, '$.last_day') ="
			 " '2026-12-24'",
			 (long long)id),
	       1, "the audit log has the schedule of a new campaign");
}

static void
refused(int64_t id, enum campaign_action action, const char *says)
{
	int rc;

	f = (struct fault){ 0 };
	rc = campaign_apply(b.w.db, id, action, -1, &b.w.who, b.w.a, &f);
	ok(rc == -1 && f.code == FAULT_INVALID && !strcmp(f.field, "last_day"),
	   "an action without hours up to the last day is refused");
	is_str(f.text, says,
	       "the refusal says what is wrong with the last day");
}

static void
allowed(int64_t id, enum campaign_action action, const char *what)
{
	fine(campaign_apply(b.w.db, id, action, -1, &b.w.who, b.w.a, &f), what);
	is_int(load(id).status, CAMPAIGN_RUNNING, "the campaign is running");
}

static void
check_start(void)
{
	int64_t id = world_draft(&b.w, "Start", 1);

	set_now(NOON);
	SET(id, "zone = 'UTC', last_day = 20779"); /* Sunday, 22 November */
	refused(id, ACTION_START,
		"The last day, Sun 22 Nov 2026, is over. Choose a later one.");
	SET(id, "last_day = 20780");
	set_now(NOON + 6 * HOUR_US);
	refused(id, ACTION_START,
		"There are no calling hours left up to the last day, Mon 23 "
		"Nov 2026."
		" Choose a later one.");
	holiday("2026-11-24", "Tuesday");
	SET(id, "last_day = 20781");
	refused(id, ACTION_START,
		"There are no calling hours left up to the last day, Tue 24 "
		"Nov 2026."
		" Choose a later one.");
	SET(id, "holidays = 0");
	allowed(id, ACTION_START,
		"Start succeeds when the campaign does not keep holidays");
	world_apply(&b.w, id, ACTION_PAUSE);
	SET(id, "holidays = 1");
	refused(id, ACTION_RESUME,
		"There are no calling hours left up to the last day, Tue 24 "
		"Nov 2026."
		" Choose a later one.");
	no_holidays();
	allowed(id, ACTION_RESUME,
		"Resume succeeds when there are no holidays");
	world_apply(&b.w, id, ACTION_STOP);
	id = world_draft(&b.w, "Later", 1);
	SET(id, "not_before = 20820 * 1440");
	world_apply(&b.w, id, ACTION_START);
	is_int(load(id).status, CAMPAIGN_RUNNING,
	       "a campaign can be started before its beginning");
	set_now(0);
}

static void
look_at(int64_t now, bool open, int64_t until, const char *what)
{
	struct run_look l;

	set_now(now);
	l = bed_look(&b);
	ok(l.at.open == open, what);
	is_int(look_next(&l, b.zones), until,
	       "the look says until when it stays open or closed");
}

static void
check_looks(void)
{
	struct run_look l;

	set_now(NOON);
	start(1);
	SET(b.campaign, "mode = 1, window_end = 720,"
			" more_windows = '13:00-17:00'");
	look_at(NOON, false, NOON + HOUR_US,
		"a run is closed in the break between two windows");
	look_at(NOON + HOUR_US, true, NOON + 5 * HOUR_US,
		"a run is open after the break");
	SET(b.campaign, "not_before = 20780 * 1440 + 14 * 60");
	look_at(NOON + HOUR_US, false, NOON + 2 * HOUR_US,
		"a run is closed before its beginning");
	look_at(NOON + 2 * HOUR_US, true, NOON + 5 * HOUR_US,
		"a run is open from its beginning on");
	holiday("2026-11-24", "Tuesday");
	look_at(NOON + 5 * HOUR_US, false, NOON + 45 * HOUR_US,
		"a run stays closed on a holiday");
	SET(b.campaign, "holidays = 0");
	look_at(NOON + 5 * HOUR_US, false, NOON + 21 * HOUR_US,
		"a run that does not keep holidays opens on one");
	SET(b.campaign, "last_day = 20780");
	look_at(NOON + 4 * HOUR_US, true, NOON + 5 * HOUR_US,
		"a run is open in the last hour of its last day");
	no_holidays();

	/* 09:30 in New York; the campaign may begin at 10:00 in its zone. */
	start(1);
	SET(b.campaign, "not_before = 20780 * 1440 + 600, last_day = 20780");
	world_sql(&b.w,
		  "UPDATE run_cursor SET zone = 'America/New_York' WHERE"
		  " run_id = %lld AND upto IS NOT NULL",
		  (long long)b.run);
	set_now(NOON + 150 * MINUTE_US);
	l = bed_look(&b);
	ok(l.at.open && l.cursors[1].at.open,
	   "the beginning is one instant for contacts of all zones");
	bed_balance(&b, "the books balance with a beginning in another zone");
	set_now(0);
}

/* Of a day that had a holiday long ago. */
static void
check_single_day(void)
{
	struct run_look l;

	start(1);
	holiday("2026-11-23", "Monday");
	holiday("2026-11-24", "Tuesday");
	holiday("2026-11-25", "Wednesday");
	world_sql(&b.w,
		  "UPDATE run SET started_at = '2026-11-20 20:00' WHERE"
		  " id = %lld",
		  (long long)b.run);
	set_now(NOON + 70 * HOUR_US); /* Thursday, 10:00 */
	l = bed_look(&b);
	is_int(look_closing(&l, b.zones), NOON + 78 * HOUR_US,
	       "a run's only day begins after three holidays");
	SET(b.campaign, "more_windows = '19:00-20:00'");
	l = bed_look(&b);
	is_int(look_closing(&l, b.zones), NOON + 80 * HOUR_US,
	       "a run's only day ends with its last window");
	SET(b.campaign, "last_day = 20780");
	l = bed_look(&b);
	is_int(look_closing(&l, b.zones), NOON - 64 * HOUR_US,
	       "a run without hours up to its last day closes at once");
	no_holidays();
	set_now(0);
}

static void
check_closing(const char *what, bool paused, const char *settings)
{
	struct run_look l, old;

	set_now(NOON);
	start(3);
	world_sql(&b.w,
		  "UPDATE campaign SET %s, last_day = 20780 WHERE"
		  " id = %lld",
		  settings, (long long)b.campaign);
	bed_calls(&b, 1, OUTCOME_NO_ANSWER);
	l = bed_look(&b);
	is_int(look_closing(&l, b.zones), NOON + 6 * HOUR_US, what);
	old = l;
	if (paused)
		world_apply(&b.w, b.campaign, ACTION_PAUSE);
	set_now(NOON + 6 * HOUR_US);
	if (paused) {
		is_int(ledger_close_window(b.w.db, &b.me, &old, &f), -1,
		       "a run that was paused since the look is not closed");
		is_int(f.code, FAULT_CONFLICT,
		       "closing a run after an old look is a conflict");
	}
	l = bed_look(&b);
	is_int(look_over(&l, b.zones), l.now,
	       "a run is over when its last window has closed");
	is_int(ledger_close_window(b.w.db, &b.me, &l, &f), 0,
	       "a run that is over is closed");
	is_int(load(b.campaign).status, CAMPAIGN_COMPLETED,
	       "the campaign of a closed run is completed");
	is_int(load(b.campaign).rest, REST_WINDOW_CLOSED,
	       "the closed window is the reason of the end");
	ok(!load(b.campaign).paused_at,
	   "a completed campaign is not paused any more");
	l = bed_look(&b);
	is_int(ledger_end(b.w.db, &l, &f), 0, "the closed run can be ended");
	bed_balance(&b, "the books balance after a run is closed");
	set_now(0);
}

static int64_t
due_of(int64_t seat)
{
	return world_int(&b.w,
			 "SELECT TIMESTAMPDIFF(SECOND, FROM_UNIXTIME(%lld),"
			 " due_at) FROM due WHERE run_id = %lld"
			 " AND ordinal = %lld",
			 (long long)(NOON / US_PER_S), (long long)b.run,
			 (long long)seat);
}

static void
check_delays(void)
{
	struct plan_result r;
	struct call_id *ids;

	set_now(NOON);
	start(4);
	SET(b.campaign, "retry_delays = 'no_answer=90,busy=5'");
	r = bed_plan(&b, 4);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 4);
	bed_record(&b, ids, 1, OUTCOME_BUSY);
	bed_record(&b, ids + 1, 1, OUTCOME_NO_ANSWER);
	bed_record(&b, ids + 2, 1, OUTCOME_REJECTED);
	bed_record(&b, ids + 3, 1, OUTCOME_VOICEMAIL);
	is_int(due_of(1), 5 * 60, "a busy contact is due after its own delay");
	is_int(due_of(2), 90 * 60,
	       "a contact that did not answer is due after its own delay");
	is_int(due_of(3), 30 * 60,
	       "a contact that rejected is due after the usual delay");
	is_int(CONTACT(&b, "state", 4), CONTACT_VOICEMAIL,
	       "a contact reached by voicemail is final");
	holiday("2026-11-24", "Tuesday");
	start(1);
	SET(b.campaign, "retry_delays = 'busy=400', max_attempts = 2");
	bed_calls(&b, 1, OUTCOME_BUSY);
	is_int(due_of(1), 400 * 60,
	       "a retry may be due while the window is closed");
	no_holidays();
	set_now(NOON + 5 * HOUR_US);
	start(1);
	SET(b.campaign, "retry_delays = 'busy=90', last_day = 20780");
	bed_calls(&b, 1, OUTCOME_BUSY);
	is_int(due_of(1), 390 * 60,
	       "a retry may be due when the window never opens again");
	bed_balance(&b, "the books balance after retries with own delays");
	set_now(0);
}

static void
check_list(void)
{
	struct campaign_query q = { .workspace_id = b.w.who.workspace_id,
				    .status = CAMPAIGN_RUNNING,
				    .limit = 25 };
	struct campaign_page page;
	const struct campaign *c;

	world_sql(&b.w, "UPDATE campaign SET status = 3");
	start(1);
	holiday("2026-11-20", "Over");
	holiday("2026-11-25", "Wednesday");
	holiday("2026-11-24", "Tuesday");
	set_now(NOON);
	world_need(campaign_list(b.w.db, &q, &page, b.w.a, &f), "list");
	c = page.rows;
	is_int((int64_t)c->holidays.count, 2, "a row has the holidays to come");
	is_str(campaign_note(c, b.zones, NOON + 8 * HOUR_US, b.w.a),
	       "opens Thu 09:00",
	       "a row says when it opens after the holidays");
	SET(b.campaign, "holidays = 0, more_windows = '20:30-21:00'");
	world_need(campaign_list(b.w.db, &q, &page, b.w.a, &f), "list");
	is_str(campaign_note(page.rows, b.zones, NOON + 8 * HOUR_US, b.w.a),
	       "opens 20:30", "a row says when its second window opens");
	SET(b.campaign, "not_before = 20801 * 1440 + 600");
	world_need(campaign_list(b.w.db, &q, &page, b.w.a, &f), "list");
	is_str(campaign_note(page.rows, b.zones, NOON, b.w.a),
	       "opens 10:00 on 14 Dec",
	       "a row says when it opens after its beginning");
	SET(b.campaign, "not_before = 0, last_day = 20779");
	world_need(campaign_list(b.w.db, &q, &page, b.w.a, &f), "list");
	is_str(campaign_note(page.rows, b.zones, NOON, b.w.a), "never opens",
	       "a row says that it never opens after its last day");
	no_holidays();
	set_now(0);
}

static void
stats_at(int64_t now, int64_t open, int64_t changes, const char *what)
{
	struct workspace_stats_query q = { b.w.who.workspace_id, "UTC", b.zones,
					   now };
	struct workspace_stats p;

	world_need(workspace_stats_read(b.w.db, &q, &p, b.w.a, &f), "stats");
	is_int(p.open, open, what);
	is_int(p.changes_at, changes,
	       "the summary says when the next window opens or closes");
}

static void
check_stats(void)
{
	world_sql(&b.w, "UPDATE campaign SET status = 3");
	start(1);
	SET(b.campaign, "window_end = 720, more_windows = '13:00-17:00'");
	stats_at(NOON, 0, NOON + HOUR_US, "the summary knows the break");
	stats_at(NOON + HOUR_US, 1, NOON + 5 * HOUR_US,
		 "the summary knows the hours after the break");
	start(1);
	SET(b.campaign, "not_before = 20780 * 1440 + 750");
	stats_at(NOON, 0, NOON + 30 * MINUTE_US,
		 "the summary knows a campaign that begins in the break");
	holiday("2026-11-23", "Monday");
	stats_at(NOON + HOUR_US, 0, NOON + 21 * HOUR_US,
		 "the summary knows a holiday");
	SET(b.campaign, "holidays = 0");
	stats_at(NOON + HOUR_US, 1, NOON + 6 * HOUR_US,
		 "the summary knows that one of two campaigns keeps holidays");
	SET(b.campaign, "last_day = 20779");
	stats_at(NOON + HOUR_US, 0, NOON + 21 * HOUR_US,
		 "the summary knows that a last day is over");
	no_holidays();
}

/* A database as it was before, with a campaign that runs. */
static void
check_migration(void)
{
	struct world old = { .conf = bed_server(), .a = b.w.a };
	char dir[TEMP_MAX];
	static const char *const files[] = { "001-schema.sql", "002-hold.sql",
					     "003-pulse.sql",
					     "004-list-order.sql" };
	int applied;

	old.conf.database = arena_printf(b.w.a, "%s_old", b.w.conf.database);
	if (!mkdtemp(temp_template(dir, "schedule")))
		world_need(-1, "a temporary directory");
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		world_need(
			symlink(arena_printf(b.w.a, "%s/%s", sql_dir, files[i]),
				arena_printf(b.w.a, "%s/%s", dir, files[i])),
			files[i]);
	world_need(migrate_run(&old.conf, dir, NULL, NULL, &applied, b.w.a, &f),
		   "the old schema");
	world_sql(&old, "INSERT INTO campaign (id, workspace_id, name, hay,"
			" status, own_list, bot_id, concurrency, mode,"
			" always_on, window_start, window_end, zone, days,"
			" max_attempts, retry_delay, retry_on, ring_timeout,"
			" callbacks, created_at, created_by) VALUES"
			" (7, 1, 'Old', 'old', 1, 1, 1, 50, 1, 0, 540, 1080,"
			" 'UTC', 31, 3, 30, 0, 45, 0, NOW(6), 'Ann')");
	world_need(migrate_run(&old.conf, sql_dir, NULL, NULL, &applied, b.w.a,
			       &f),
		   "migrate");
	ok(applied >= 1, "a migration adds the schedule");
	is_int(world_int(&old, "SELECT COUNT(*) FROM campaign FORCE INDEX"
			       " (by_window) WHERE workspace_id = 1 AND status"
			       " = 1 AND more_windows = '' AND not_before = 0"
			       " AND last_day = 0 AND holidays = 1 AND"
			       " retry_delays = '' AND retry_dispositions ="
			       " ''"),
	       1, "an old campaign has no schedule and keeps holidays");
	for (size_t i = 0; i < ARRAY_LEN(files); i++)
		unlink(arena_printf(b.w.a, "%s/%s", dir, files[i]));
	rmdir(dir);
	world_sql(&b.w, "DROP DATABASE %s", old.conf.database);
}

int
main(void)
{
	bed_open(&b);
	check_created();
	check_start();
	check_looks();
	check_single_day();
	check_closing("a run closes at the end of its last day", false,
		      "mode = 1");
	check_closing("an always-on run closes at the end of its last day",
		      false, "mode = 1, always_on = 1");
	check_closing("a paused run closes at the end of its last day", true,
		      "mode = 1");
	check_delays();
	check_list();
	check_stats();
	check_migration();
	return bed_close(&b);
}
