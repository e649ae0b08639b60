/* What raises an alarm, who sees it and for how long, and what a dismissal
 * hides. */
#include "campaign/alarm.h"
#include "campaign/workspace_stats.h"
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

static struct alarm *
alarms(int64_t workspace_id, size_t *count)
{
	struct alarm *list = NULL;

	world_need(alarm_list(b.w.db, workspace_id, &list, count, b.w.a, &f),
		   "alarms");
	return list;
}

static size_t
shown(void)
{
	size_t count;

	alarms(b.w.who.workspace_id, &count);
	return count;
}

static void
check_raised(void)
{
	struct run_look l;
	struct alarm *list;
	size_t count;

	bed_start(&b, 3);
	is_int((int64_t)shown(), 0, "a workspace begins without alarms");
	bed_calls(&b, 1, OUTCOME_COMPLETED);
	l = bed_look(&b);
	world_need(ledger_close_window(b.w.db, &b.me, &l, &f), "close");
	list = alarms(b.w.who.workspace_id, &count);
	ok(count == 1 && list[0].kind == ALARM_LEFT && list[0].count == 2 &&
		   list[0].campaign_id == b.campaign &&
		   !strcmp(list[0].name, "Spring"),
	   "calling hours that end with contacts left raise an alarm");
	bed_start(&b, 3);
	l = bed_look(&b);
	world_need(ledger_fail(b.w.db, &b.me, &l, "The bot is gone.", &f),
		   "fail");
	list = alarms(b.w.who.workspace_id, &count);
	ok(count == 2 && list[0].kind == ALARM_FAILED &&
		   !strcmp(list[0].text, "The bot is gone."),
	   "a run that fails raises an alarm with its reason");
	bed_start(&b, 3);
	world_need(ledger_wait(b.w.db, &b.me, b.run, WAIT_CARRIER, 0, &f),
		   "wait");
	world_need(ledger_wait(b.w.db, &b.me, b.run, WAIT_CARRIER, 0, &f),
		   "wait again");
	list = alarms(b.w.who.workspace_id, &count);
	ok(count == 3 && list[0].kind == ALARM_CARRIER,
	   "a carrier that cannot be reached raises one alarm");
	world_need(ledger_wait(b.w.db, &b.me, b.run, WAIT_RETRY, 0, &f),
		   "retry");
	is_int((int64_t)shown(), 3, "other reasons to wait raise none");
	alarms(b.w.who.workspace_id + 1, &count);
	is_int((int64_t)count, 0, "another workspace sees none of them");
}

/* A run that is completed has nobody left. */
static void
check_not_raised(void)
{
	struct run_look l;
	size_t before = shown();

	bed_start(&b, 2);
	bed_calls(&b, 2, OUTCOME_COMPLETED);
	l = bed_look(&b);
	world_need(ledger_complete(b.w.db, &b.me, &l, &f), "complete");
	is_int((int64_t)shown(), (int64_t)before,
	       "a run that is completed raises no alarm");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id = %lld"
			 " AND action = 'complete' AND actor = '' AND behalf ="
			 " 'Ann' AND JSON_VALUE(was, '$.status') = 'running'"
			 " AND JSON_VALUE(became, '$.status') = 'completed'",
			 (long long)b.campaign),
	       1, "the audit log says for whom the dialler completed the run");
}

static void
check_dismissed(void)
{
	struct actor who = b.w.who;
	struct alarm *list;
	size_t count;

	list = alarms(who.workspace_id, &count);
	who.role = ROLE_VIEWER;
	is_int(alarm_dismiss(b.w.db, &who, list[0].at, &f), -1,
	       "a viewer may not dismiss alarms");
	who.role = ROLE_SUPERVISOR;
	world_need(alarm_dismiss(b.w.db, &who, list[1].at, &f), "dismiss");
	is_int((int64_t)shown(), 1, "an alarm that came since is not dismissed");
	world_need(alarm_dismiss(b.w.db, &who, list[2].at, &f), "dismiss less");
	is_int((int64_t)shown(), 1, "a stale form brings nothing back");
	world_need(alarm_dismiss(b.w.db, &who, list[0].at, &f), "dismiss all");
	is_int((int64_t)shown(), 0, "all are dismissed");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE action ="
			       " 'dismiss alarms' AND actor = 'Ann'"),
	       3, "the audit log says who dismissed them");
	world_need(ledger_wait(b.w.db, &b.me, b.run, WAIT_CARRIER, 0, &f),
		   "wait");
	world_sql(&b.w, "UPDATE alarm SET at = NOW(6) - INTERVAL 25 HOUR");
	world_sql(&b.w, "DELETE FROM alarm_dismissal");
	is_int((int64_t)shown(), 0, "an alarm is shown for a day");
	world_sql(&b.w, "UPDATE alarm SET at = NOW(6) - INTERVAL 23 HOUR");
	is_int((int64_t)shown(), 4, "and not for less");
	world_sql(&b.w, "UPDATE alarm SET at = NOW(6) - INTERVAL 31 DAY");
	world_need(alarm_sweep(b.w.db, &f), "sweep");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM alarm"), 0,
	       "alarms of a month ago are deleted");
}

int
main(void)
{
	bed_open(&b);
	check_raised();
	check_not_raised();
	check_dismissed();
	return bed_close(&b);
}
