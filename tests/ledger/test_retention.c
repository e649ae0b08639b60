/* What is forgotten when its time is over, what is not, and that the books
 * balance without it. */
#include "campaign/retention.h"
#include "tests/ledger/ledger_bed.h"

static struct ledger_bed b;

static bool
always(void *arg)
{
	(void)arg;
	return true;
}

/* Stops after so many pauses. */
static bool
a_few(void *arg)
{
	int *left = arg;

	return (*left)-- > 0;
}

static void
sweep(void)
{
	world_need(retention_sweep(b.w.db, always, NULL, &f), "sweep");
}

static int
set_days(const struct actor *who, int64_t was, int64_t days)
{
	struct retention from = { was }, to = { days };

	f = (struct fault){ 0 };
	return retention_change(b.w.db, who, &from, &to, b.w.a, &f);
}

static int64_t
numbers(const char *table, const char *where, int64_t id)
{
	return world_int(&b.w,
			 "SELECT COUNT(*) FROM %s WHERE %s = %lld"
			 " AND phone <> ''",
			 table, where, (long long)id);
}

static void
check_setting(void)
{
	struct actor who = b.w.who;
	struct retention now;

	is_int(set_days(&who, 0, 30), -1, "fewer than 31 days are refused");
	is_str(f.field, "keep_days", "the fault is of the field");
	is_int(set_days(&who, 0, 4000), -1, "more than ten years are refused");
	is_int(set_days(&who, 0, 31), 0, "31 days are accepted");
	is_int(set_days(&who, 0, 60), -1, "a stale form is refused");
	is_int(f.code, FAULT_CONFLICT, "a stale form is a conflict");
	who.role = ROLE_SUPERVISOR;
	is_int(set_days(&who, 31, 0), -1, "a supervisor may not change it");
	who = b.w.who;
	who.workspace_id++;
	is_int(set_days(&who, 31, 0), -1, "nor may another workspace");
	world_need(retention_load(b.w.db, b.w.who.workspace_id, &now, &f),
		   "load");
	is_int(now.keep_days, 31, "the number of days is kept");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE actor = 'Ann'"
			       " AND action = 'change retention' AND was ="
			       " '{\"keep_days\":0}' AND became ="
			       " '{\"keep_days\":31}'"),
	       1, "the audit log has the change");
}

/* A run of five, completed so many days ago; gives its list. */
static int64_t
old_run(int days)
{
	int64_t list;
	struct run_look l;

	bed_start(&b, 5);
	list = world_int(&b.w,
			 "SELECT list_id FROM segment WHERE campaign_id ="
			 " %lld AND seg = 1",
			 (long long)b.campaign);
	world_sql(&b.w,
		  "UPDATE contact SET vars = '{\"name\":\"Ann\"}', written ="
		  " '07700', external_id = 'x' WHERE list_id = %lld",
		  (long long)list);
	bed_calls(&b, 5, OUTCOME_COMPLETED);
	l = bed_look(&b);
	world_need(ledger_complete(b.w.db, &b.me, &l, &f), "complete");
	world_sql(&b.w,
		  "UPDATE run SET ended_at = NOW(6) - INTERVAL %d DAY"
		  " WHERE id = %lld",
		  days, (long long)b.run);
	world_sql(&b.w,
		  "UPDATE contact_list SET created_at = NOW(6) - INTERVAL"
		  " 100 DAY WHERE id = %lld",
		  (long long)list);
	return list;
}

static void
check_forgotten(void)
{
	int64_t list = old_run(32), run = b.run, figures;
	int64_t fresh, fresh_run;

	figures = COUNTED(&b, "connected");
	fresh = old_run(30);
	fresh_run = b.run;
	world_sql(&b.w,
		  "INSERT INTO call_result (run_id, seg, ordinal, seq, nonce,"
		  " at, disposition, answered_by, opt_out, recording,"
		  " transcript, body) SELECT run_id, seg, ordinal, seq, nonce,"
		  " NOW(6), '', 0, 0, 'https://r.test/', '', '{}'"
		  " FROM attempt");
	sweep();
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM call_result WHERE run_id = %lld"
			 " AND (recording <> '' OR body IS NOT NULL)",
			 (long long)run),
	       0, "so are the links of its reports");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM call_result WHERE run_id = %lld"
			 " AND recording <> '' AND body = '{}'",
			 (long long)fresh_run),
	       5, "those of a younger run are kept");
	is_int(numbers("contact", "list_id", list), 0,
	       "the numbers of an old run's contacts are forgotten");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM contact WHERE list_id = %lld"
			 " AND vars IS NULL AND written IS NULL AND"
			 " external_id IS NULL",
			 (long long)list),
	       5, "so is all else that is known of them");
	is_int(numbers("attempt", "run_id", run), 0,
	       "the numbers of an old run's attempts are forgotten");
	is_int(numbers("contact", "list_id", fresh), 5,
	       "the contacts of a younger run are kept");
	is_int(numbers("attempt", "run_id", fresh_run), 5,
	       "the attempts of a younger run are kept");
	b.run = run;
	is_int(COUNTED(&b, "connected"), figures, "the figures stay");
	bed_balance(&b, "the books balance without the numbers");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE actor = ''"
			       " AND action = 'forget contacts' AND became ="
			       " '{\"contact_lists\":1,\"runs\":1}'"),
	       1, "the audit log says what the dialler has forgotten");
	sweep();
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE action ="
			       " 'forget contacts'"),
	       1, "nothing is forgotten twice");
}

/* A list that a draft or a younger run needs is not forgotten. */
static void
check_shared(void)
{
	int64_t list = old_run(40), run = b.run, copy;

	world_need(campaign_clone(b.w.db, b.campaign, &b.w.who, &copy, b.w.a,
				  &f),
		   "clone");
	sweep();
	is_int(numbers("contact", "list_id", list), 5,
	       "a list that a draft needs is kept");
	is_int(numbers("attempt", "run_id", run), 0,
	       "the attempts of the old run are forgotten all the same");
	world_need(campaign_delete(b.w.db, copy, &b.w.who, b.w.a, &f),
		   "delete");
	sweep();
	is_int(numbers("contact", "list_id", list), 0,
	       "the list is forgotten when the draft is gone");
	list = old_run(40);
	world_apply(&b.w, b.campaign, ACTION_ARCHIVE);
	sweep();
	is_int(numbers("contact", "list_id", list), 0,
	       "an archived campaign keeps no list");
}

static void
check_stopped(void)
{
	int64_t list = old_run(50);

	for (int pauses = 0; pauses < 8; pauses++) {
		int left = pauses;

		world_need(retention_sweep(b.w.db, a_few, &left, &f), "some");
	}
	is_int(numbers("contact", "list_id", list) +
		       numbers("attempt", "run_id", b.run),
	       0, "a sweep that was stopped goes on where it was");
	is_int(set_days(&b.w.who, 31, 0), 0, "all is kept for ever");
	list = old_run(400);
	sweep();
	is_int(numbers("contact", "list_id", list), 5,
	       "then nothing is forgotten");
}

int
main(void)
{
	bed_open(&b);
	check_setting();
	check_forgotten();
	check_shared();
	check_stopped();
	return bed_close(&b);
}
