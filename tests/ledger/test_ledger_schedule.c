/*
 * A schedule that is changed while contacts wait: every setting of it, in a
 * run of one day and of several, changed in a pause that ends at once, later,
 * or before what was set begins.  A stopped clock is moved by hand, and a wall
 * clock that knows nothing of windows says who could be called.  Nobody is
 * called while that is closed, and nobody is left who could be called.
 */
#include <dirent.h>
#include <unistd.h>

#include "base/zone.h"
#include "tests/ledger/change_bed.h"
#include "tests/temp.h"
#include "tests/wall_clock.h"
#include "workspace/holiday.h"

#define MINUTE_US (60 * US_PER_S)
#define MONDAY (1795392000 * US_PER_S) /* 2026-11-23 00:00 UTC */
#define STEP 10			       /* minutes */
#define DAYS 9
#define CONTACTS 6
#define DELAY 45 /* minutes; the calls are made at 11:40, 12:00 is the end */
#define CALLED (11 * 60 + 40)
#define CHANGED (11 * 60 + 50)

/* What is changed: columns before, and settings or holidays after. */
struct schedule_change {
	const char *what, *before;
	const char *set[2][2];
	const char *add, *drop, *kept; /* holidays */
};

static const struct schedule_change changes[] = {
	{ .what = "a later end", .set = { { "window_end", "18:00" } } },
	{ .what = "an earlier end",
	  .before = "window_end = 1080",
	  .set = { { "window_end", "12:20" } } },
	{ .what = "an earlier start", .set = { { "window_start", "07:00" } } },
	{ .what = "a start in the evening",
	  .set = { { "window_start", "20:00" } } },
	{ .what = "a second window",
	  .set = { { "more_windows", "13:00-14:00" } } },
	{ .what = "more days",
	  .before = "days = 1",
	  .set = { { "days", "mon,tue,sat" } } },
	{ .what = "other days",
	  .before = "days = 1",
	  .set = { { "days", "wed" } } },
	{ .what = "a zone in the west",
	  .set = { { "zone", "America/New_York" } } },
	{ .what = "a zone in the east",
	  .before = "window_end = 1080",
	  .set = { { "zone", "Asia/Tokyo" } } },
	{ .what = "a holiday more", .add = "2026-11-24" },
	{ .what = "a holiday less", .drop = "2026-11-24" },
	{ .what = "holidays not kept",
	  .kept = "2026-11-24",
	  .set = { { "holidays", "no" } } },
	{ .what = "a later beginning",
	  .before = "window_end = 1080",
	  .set = { { "not_before", "2026-11-24T10:30" } } },
	{ .what = "an earlier beginning",
	  .before = "window_end = 1080, not_before = 20780 * 1440 + 690",
	  .set = { { "not_before", "" } } },
	{ .what = "a later last day",
	  .before = "last_day = 20780",
	  .set = { { "last_day", "2026-11-25" } } },
	{ .what = "an earlier last day",
	  .before = "window_end = 1080, last_day = 20782",
	  .set = { { "last_day", "2026-11-23" } } },
};

/* The pause begins before the change; how long it goes on after it. */
static const int pauses[] = { 0, 70, 11 * 60 };

#define MINUTES ((DAYS + 4) * 1440)

/* The day (since 1970) whose hours each minute from Monday on belongs to; 0:
 * closed. */
static int64_t day_at[MINUTES];

/* What a wall clock says; a run of one day has that of the first minute from
 * 'from' on. */
static void
read_wall_clock(int from)
{
	struct campaign c = load(b.campaign);
	struct window w = campaign_window(&c.set, c.holidays);
	struct zone *z = zone_open(c.set.zone);
	int64_t only = 0;

	for (int i = 0; i < MINUTES; i++)
		day_at[i] = wall_day(&w, z, MONDAY + i * MINUTE_US);
	for (int i = from; i < MINUTES && !only; i++)
		only = day_at[i];
	for (int i = 0; c.set.mode == MODE_SINGLE_DAY && i < MINUTES; i++)
		if (i < from || day_at[i] != only)
			day_at[i] = 0;
	zone_close(z);
}

static bool
opens_again(int minute)
{
	while (minute < MINUTES && !day_at[minute])
		minute++;
	return minute < MINUTES;
}

static struct {
	int64_t calls, closed, left, wrong_ends, unended;
} seen;

static void
set_minute(int minute)
{
	world_need(db_set_now(b.w.db, MONDAY + minute * MINUTE_US, &f),
		   "clock");
}

/* Who waits although the delay since the last call is over. */
static int64_t
ready(int minute)
{
	int64_t since = (MONDAY + (minute - DELAY) * MINUTE_US) / US_PER_S;

	return world_int(&b.w,
			 "SELECT (SELECT COUNT(*) FROM run_contact t"
			 " WHERE t.run_id = %lld AND t.state IN (0, 2, 3)"
			 " AND NOT EXISTS (SELECT 1 FROM attempt x"
			 " WHERE x.run_id = t.run_id AND x.seg = t.seg"
			 " AND x.ordinal = t.ordinal"
			 " AND x.sent_at > FROM_UNIXTIME(%lld)))"
			 " + (SELECT SUM(GREATEST(upto + 1, next_ordinal)"
			 " - next_ordinal) FROM run_cursor"
			 " WHERE run_id = %lld AND upto IS NOT NULL)",
			 (long long)b.run, (long long)since, (long long)b.run);
}

/* Calls who is found, up to 'most'. */
static void
dial(int minute, const struct run_look *l, int64_t most, enum outcome o)
{
	struct plan_result r = { .count = 0 };
	struct call_id *ids;

	world_need(bed_try_plan(&b, b.w.db, l, most, &r), "plan");
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, r.count);
	bed_record(&b, ids, r.count, o);
	seen.calls += (int64_t)r.count;
	seen.closed += r.count && !day_at[minute];
}

/* One look of a dialler; false: the run is over. */
static bool
step(int minute)
{
	struct run_look l;

	set_minute(minute);
	l = bed_look(&b);
	switch (look_judge(&l, b.zones)) {
	case LOOK_DONE:
		world_need(ledger_complete(b.w.db, &b.me, &l, &f), "complete");
		return false;
	case LOOK_OVER:
		seen.wrong_ends += opens_again(minute);
		world_need(ledger_close_window(b.w.db, &b.me, &l, &f), "close");
		return false;
	case LOOK_HALTED:
		return true;
	case LOOK_RUNS:
		break;
	}
	if (l.at.open)
		dial(minute, &l, CONTACTS, OUTCOME_COMPLETED);
	if (day_at[minute])
		seen.left += ready(minute);
	return true;
}

static void
put_holiday(const char *day)
{
	struct holiday h;

	world_need(holiday_read(day, "A holiday", &h, b.w.a, &f) ||
			   holiday_put(b.w.db, &b.w.who, &h, 1, b.w.a, &f),
		   day);
}

static void
apply(const struct schedule_change *k)
{
	struct campaign_settings s = load(b.campaign).set;
	int64_t day;

	for (int i = 0; i < 2 && k->set[i][0]; i++)
		world_need(field_set(record_find(&campaign_settings_record,
						 k->set[i][0]),
				     &s, k->set[i][1], b.w.a, &f),
			   k->what);
	if (k->set[0][0])
		world_need(change(b.campaign, -1, &s), k->what);
	if (k->add)
		put_holiday(k->add);
	if (k->drop) {
		world_need(date_parse(k->drop, &day), "a day");
		world_need(holiday_delete(b.w.db, &b.w.who, day, b.w.a, &f),
			   k->what);
	}
}

/* From half past eleven on Monday: five of six are called, and nobody
 * answers. */
static void
begin(const struct schedule_change *k, unsigned mode)
{
	struct run_look l;

	world_sql(&b.w, "DELETE FROM holiday");
	if (k->drop || k->kept)
		put_holiday(k->drop ? k->drop : k->kept);
	set_minute(CALLED - STEP);
	bed_start(&b, CONTACTS);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 540, window_end = 720,"
		  " days = 31, zone = 'Europe/London', mode = %u,"
		  " retry_delay = %d%s%s WHERE id = %lld",
		  mode, DELAY, k->before ? ", " : "",
		  k->before ? k->before : "", (long long)b.campaign);
	set_minute(CALLED);
	read_wall_clock(CALLED - STEP);
	l = bed_look(&b);
	dial(CALLED, &l, CONTACTS - 1, OUTCOME_NO_ANSWER);
}

static void
run_change(const struct schedule_change *k, unsigned mode, int pause)
{
	int minute = CHANGED;

	begin(k, mode);
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	set_minute(CHANGED);
	apply(k);
	read_wall_clock(CALLED - STEP);
	for (; minute < CHANGED + pause; minute += STEP)
		if (!step(minute))
			return;
	set_minute(minute);
	/* Refused when nothing opens any more until the last day. */
	if (campaign_apply(b.w.db, b.campaign, ACTION_RESUME, -1, &b.w.who,
			   b.w.a, &f))
		seen.wrong_ends += opens_again(minute);
	while (minute < DAYS * 1440 && step(minute))
		minute += STEP;
	seen.unended += load(b.campaign).status != CAMPAIGN_COMPLETED;
}

static void
check_change(const struct schedule_change *k, unsigned mode, int pause)
{
	memset(&seen, 0, sizeof(seen));
	run_change(k, mode, pause);
	ok(!seen.closed && !seen.left && !seen.wrong_ends && !seen.unended,
	   arena_printf(b.w.a,
			"%s, %s, resumed %d min later: calls keep to the hours",
			k->what, campaign_mode_words[mode], pause));
	if (seen.closed || seen.left || seen.wrong_ends || seen.unended)
		printf("# of %lld calls %lld while closed; left %lld, ended"
		       " too early %lld, never %lld\n",
		       (long long)seen.calls, (long long)seen.closed,
		       (long long)seen.left, (long long)seen.wrong_ends,
		       (long long)seen.unended);
	world_need(db_set_now(b.w.db, 0, &f), "clock");
	arena_reset(b.w.a);
}

/* Everything before this change of the schema. */
static const char *
old_schema(void)
{
	static char dir[TEMP_MAX];
	struct dirent **list = NULL;
	int n = mkdtemp(temp_template(dir, "due"))
			? scandir(sql_dir, &list, NULL, NULL)
			: -1;

	if (n < 0)
		world_need(-1, "a temporary directory");
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;

		if (*name != '.' && strcmp(name, "012") < 0)
			world_need(symlink(arena_printf(b.w.a, "%s/%s", sql_dir,
							name),
					   arena_printf(b.w.a, "%s/%s", dir,
							name)),
				   name);
		free(list[i]);
	}
	free(list);
	return dir;
}

static int64_t
wait_of(const struct world *old, int ordinal)
{
	return world_int(old,
			 "SELECT TIMESTAMPDIFF(SECOND, '2026-11-23 12:00',"
			 " d.due_at) FROM due d JOIN run_contact t USING"
			 " (run_id, class, due_at, seg, ordinal)"
			 " WHERE d.ordinal = %d",
			 ordinal);
}

/* Who waited for an opening before is due when the delay is over. */
static void
check_migration(void)
{
	struct world old = { .conf = bed_server(), .a = b.w.a };
	const char *dir = old_schema();
	int applied;

	old.conf.database = arena_printf(b.w.a, "%s_old", b.w.conf.database);
	world_need(migrate_run(&old.conf, dir, NULL, NULL, &applied, b.w.a, &f),
		   "the old schema");
	world_sql(&old, "INSERT INTO campaign (id, workspace_id, name, hay,"
			" status, own_list, bot_id, concurrency, mode,"
			" always_on, window_start, window_end, zone, days,"
			" max_attempts, retry_delay, retry_on, ring_timeout,"
			" callbacks, created_at, created_by, retry_delays)"
			" VALUES (7, 1, 'Old', 'old', 1, 1, 1, 50, 1, 0, 540,"
			" 1080, 'UTC', 31, 3, 30, 0, 45, 0, NOW(6), 'Ann',"
			" 'no_answer=120,busy=5')");
	world_sql(&old, "INSERT INTO run (id, workspace_id, campaign_id, no,"
			" settings, started_at)"
			" VALUES (3, 1, 7, 1, '{}', NOW(6))");
	/* busy, rejected, congestion: each after 6 s of ringing */
	world_sql(&old, "INSERT INTO attempt (run_id, seg, ordinal, seq, nonce,"
			" phone, carrier_id, number_id, slot, sent_at, ring_ms,"
			" outcome, counted) SELECT 3, 1, seq, 1, 0, seq, 1, 1,"
			" 0, '2026-11-23 12:00', 6000,"
			" ELT(seq, 3, 4, 12), seq < 3 FROM seq_1_to_3");
	world_sql(&old, "INSERT INTO run_contact (run_id, seg, ordinal, state,"
			" class, due_at, seq) SELECT 3, 1, seq, IF(seq < 3, 2,"
			" 0), IF(seq < 3, 2, 1), '2026-11-24 09:00', 1"
			" FROM seq_1_to_3");
	world_sql(&old, "INSERT INTO due SELECT run_id, class, due_at, seg,"
			" ordinal FROM run_contact");
	world_need(migrate_run(&old.conf, sql_dir, NULL, NULL, &applied, b.w.a,
			       &f),
		   "migrate");
	is_int(wait_of(&old, 1), 6 + 5 * 60,
	       "a busy contact is due after its own delay");
	is_int(wait_of(&old, 2), 6 + 30 * 60,
	       "a rejected contact is due after the usual delay");
	is_int(wait_of(&old, 3), 6 + 10 * 60,
	       "a contact that met congestion is due after 10 minutes");
	world_sql(&b.w, "DROP DATABASE %s", old.conf.database);
}

int
main(void)
{
	bed_open(&b);
	check_migration();
	for (size_t i = 0; i < ARRAY_LEN(changes); i++)
		for (unsigned mode = MODE_SINGLE_DAY; mode <= MODE_MULTI_DAY;
		     mode++)
			for (size_t k = 0; k < ARRAY_LEN(pauses); k++)
				check_change(&changes[i], mode, pauses[k]);
	return bed_close(&b);
}
