/* outdial check: right books are found right, and each way to spoil them is
 * found by the check that is for it. */
#include "tests/ledger/verify_bed.h"

static bool fired[64]; /* by line of the table */

static bool
has(const struct verify_report *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++) {
		if (strcmp(r->list[i].name, name) == 0)
			return true;
	}
	return false;
}

static void
is_balanced(const char *what, bool deep)
{
	struct verify_report r = count_again(deep, NULL);

	if (is_int(r.found, 0, what))
		return;
	for (size_t i = 0; i < r.count; i++)
		printf("# %d %s: %s\n", r.list[i].no, r.list[i].name,
		       r.list[i].text);
}

/* RUN and LIST stand for their ids. */
static const char *
filled(const char *text)
{
	char *out = arena_strdup(w.a, "");

	for (; *text; text++) {
		if (strncmp(text, "RUN", 3) == 0) {
			out = arena_printf(w.a, "%s%lld", out, RUN_ID);
			text += 2;
		} else if (strncmp(text, "LIST", 4) == 0) {
			out = arena_printf(w.a, "%s%lld", out, (long long)list);
			text += 3;
		} else {
			out = arena_printf(w.a, "%s%c", out, *text);
		}
	}
	return out;
}

/* clang-format off */
static const struct {
	const char *check, *what, *sql;
} spoilt[] = {
	{ "active", "a contact too many that is counted as active is found",
	  "UPDATE run_count SET active = active + 1 WHERE shard = 1" },
	{ "active", "a live call that vanished is found",
	  "DELETE FROM live_call" },
	{ "active", "an active contact without a call is found",
	  "UPDATE run_contact SET state = 1, seq = 1, due_at = NULL WHERE ordinal = 3" },
	{ "states", "a retry that is not counted is found",
	  "UPDATE run_count SET retry = retry - 1 WHERE shard = 3" },
	{ "states", "a completed contact made exhausted is found",
	  "UPDATE run_contact SET state = 5 WHERE ordinal = 1" },
	{ "states", "a run that lost all its counters is found",
	  "DELETE FROM run_count" },
	{ "stored_states", "a state that exists only on screens is found",
	  "UPDATE run_contact SET state = 10 WHERE ordinal = 8" },
	{ "behind", "a contact that was forgotten is found",
	  "DELETE FROM run_contact WHERE ordinal = 6" },
	{ "behind", "a cursor that jumped is found",
	  "UPDATE run_cursor SET next_ordinal = 10 WHERE seg = 1" },
	{ "ahead", "a contact ahead of its cursor is found",
	  "INSERT INTO run_contact (run_id, seg, ordinal, state) VALUES (RUN, 1, 9, 9)" },
	{ "ahead", "a contact of no segment is found",
	  "INSERT INTO run_contact (run_id, seg, ordinal, state) VALUES (RUN, 7, 1, 9)" },
	{ "beyond", "a cursor beyond its list is found",
	  "UPDATE run_cursor SET next_ordinal = 12 WHERE seg = 1" },
	{ "due_missing", "a callback missing from the due contacts is found",
	  "DELETE FROM due WHERE class = 0" },
	{ "due_missing", "a contact due at another time is found",
	  "UPDATE run_contact SET due_at = '2031-01-01' WHERE ordinal = 4" },
	{ "due_missing", "a contact that waits without a time is found",
	  "UPDATE run_contact SET due_at = NULL WHERE ordinal = 3" },
	{ "due_missing", "a retry in the class of callbacks is found",
	  "UPDATE run_contact SET class = 0 WHERE ordinal = 4" },
	{ "due_missing", "a retry in the wrong class in both tables is found",
	  "UPDATE run_contact t JOIN due d USING (run_id, seg, ordinal) SET t.class = 0, d.class = 0 WHERE ordinal = 4" },
	{ "due_extra", "a final contact that is due is found",
	  "INSERT INTO due VALUES (RUN, 2, '2030-01-01', 1, 1)" },
	{ "due_extra", "a contact that is due twice is found",
	  "INSERT INTO due VALUES (RUN, 2, '2030-01-05', 1, 4)" },
	{ "outcomes", "an attempt that vanished is found",
	  "DELETE FROM attempt WHERE ordinal = 7" },
	{ "outcomes", "an outcome that is counted twice is found",
	  "UPDATE run_count SET o_12 = o_12 + 1 WHERE shard = 2" },
	{ "sums", "an ended call that is counted twice is found",
	  "UPDATE run_count SET ended = ended + 1 WHERE shard = 2" },
	{ "sums", "an answer that is not counted is found",
	  "UPDATE run_count SET answered = 1 WHERE shard = 2" },
	{ "sums", "an answer too many is found",
	  "UPDATE run_count SET answered = 4 WHERE shard = 2" },
	{ "sums", "a contact not counted as processed is found",
	  "UPDATE run_count SET processed = 4 WHERE shard = 2" },
	{ "sums", "a contact not counted as connected is found",
	  "UPDATE run_count SET connected = 0 WHERE shard = 2" },
	{ "parts", "a call that is counted for two numbers is found",
	  "INSERT INTO run_breakdown SELECT run_id, slot, carrier_id, 2, pass, 1, 0, 0, 0, 0, 0, 0, first_at, last_at FROM run_breakdown WHERE pass = 1" },
	{ "parts", "a short call that is not counted is found",
	  "UPDATE run_breakdown SET brief = brief - 1 WHERE pass = 2" },
	{ "parts", "talk time that nobody talked is found",
	  "UPDATE run_breakdown SET talk_ms = 1 WHERE pass = 2" },
	{ "parts", "a congestion that is not counted is found",
	  "UPDATE run_breakdown SET congested = 0" },
	{ "parts", "a disposition that nobody reported is found",
	  "INSERT INTO run_disposition VALUES (RUN, 'sold', 0, 1)" },
	{ "periods", "a call of a quarter that is not of its day is found",
	  "INSERT INTO campaign_period VALUES (1, 15, UNIX_TIMESTAMP() DIV 86400 * 1440, 0, 1, 0, 0, 0)" },
	{ "ahead", "an attempt ahead of its cursor is found",
	  "UPDATE attempt SET ordinal = 10 WHERE ordinal = 7" },
	{ "attempts", "an attempt of no contact is found",
	  "DELETE FROM run_contact WHERE ordinal = 7" },
	{ "attempts", "a refusal that counts as a try is found",
	  "UPDATE attempt SET counted = 1 WHERE outcome = 12" },
	{ "attempts", "an outcome that does not exist is found",
	  "UPDATE attempt SET outcome = 200 WHERE ordinal = 7" },
	{ "tries", "a try that is not counted is found",
	  "UPDATE run_contact SET tries = 1 WHERE ordinal = 1" },
	{ "tries", "a gap in the numbers of attempts is found",
	  "UPDATE attempt SET seq = 3 WHERE ordinal = 1 AND seq = 2" },
	{ "tries", "a number ahead of its attempt is found",
	  "UPDATE run_contact SET seq = 2 WHERE ordinal = 7" },
	{ "limit", "a contact that was tried too often is found",
	  "UPDATE run r, campaign c SET r.settings = '{\"max_attempts\":1}', c.max_attempts = 1" },
	{ "tries", "a contact that is wrongly said to have spoken is found",
	  "UPDATE run_contact SET spoke = 1 WHERE ordinal = 8" },
	{ "live_finished", "a call that is both live and finished is found",
	  "INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome, counted)"
	  " VALUES (RUN, 1, 2, 1, 77, '1', 1, 1, 0, NOW(6), 2, 1)" },
	{ "live_contact", "a call to a contact that waits is found",
	  "UPDATE live_call SET ordinal = 3" },
	{ "live_contact", "a call under another attempt number is found",
	  "UPDATE live_call SET seq = 2" },
	{ "live_contact", "a call with the id of another run is found",
	  "UPDATE live_call SET id = CONCAT(UNHEX('7F000000'), SUBSTR(id, 5))" },
	{ "ended_live", "an ended run with a live call is found",
	  "UPDATE run SET rest = 2, ended_at = NOW(6)" },
	{ "done_waiting", "a run that is done while a contact waits is found",
	  "UPDATE run SET rest = 1" },
	{ "status", "a running campaign with a closed run is found",
	  "UPDATE run SET rest = 2" },
	{ "status", "an open run of a completed campaign is found",
	  "UPDATE campaign SET status = 3" },
	{ "status", "an open run of no campaign is found",
	  "UPDATE campaign SET status = 0, current_run = NULL" },
	{ "status", "a run that is both open and ended is found",
	  "UPDATE run SET ended_at = NOW(6)" },
	{ "no_run", "a running campaign without a run is found",
	  "UPDATE campaign SET current_run = NULL" },
	{ "list_end", "a list shorter than it says is found",
	  "DELETE FROM contact WHERE list_id = LIST AND ordinal = 10" },
	{ "list_end", "a list longer than it says is found",
	  "UPDATE list_part SET n = 9 WHERE list_id = LIST" },
	{ "list_holes", "a gap in a list is found",
	  "DELETE FROM contact WHERE list_id = LIST AND ordinal = 5" },
	{ "list_refs", "a reference too many is found",
	  "UPDATE contact_list SET refs = 2 WHERE id = LIST" },
	{ "list_refs", "a list that is erased while in use is found",
	  "UPDATE contact_list SET dying = 1 WHERE id = LIST" },
	{ "segments", "a segment of no list is found",
	  "DELETE FROM list_part WHERE list_id = LIST" },
	{ "segments", "a segment beyond its list is found",
	  "UPDATE segment SET upto = 11 WHERE list_id = LIST" },
	{ "shares", "more calls per second than allowed are found",
	  "UPDATE carrier_share SET cps = 11 WHERE slot = 0" },
	{ "shares", "more channels than allowed are found",
	  "UPDATE carrier_share SET channels = 101 WHERE slot = 0" },
	{ "shares", "two nodes with a share for one are found",
	  "INSERT INTO node VALUES (1, 43, 'm', NOW(6))" },
	{ "old_calls", "a call of yesterday is found",
	  "UPDATE live_call SET sent_at = NOW(6) - INTERVAL 1 DAY" },
	{ "old_calls", "a call queued for a minute is found",
	  "UPDATE live_call SET state = 0, queued_at = NOW(6) - INTERVAL 1 MINUTE" },
	{ "live_orphans", "a call of another campaign is found",
	  "UPDATE live_call SET campaign_id = 1" },
	{ "run_orphans", "rows of a run that vanished are found",
	  "DELETE FROM run" },
};
/* clang-format on */

static size_t
line_of(const char *name)
{
	size_t i = 0;

	while (i < verify_check_count && strcmp(verify_checks[i].name, name))
		i++;
	return i;
}

static void
test_spoilt(void)
{
	for (size_t i = 0; i < ARRAY_LEN(spoilt); i++) {
		struct verify_report r;

		write_books();
		world_sql(&w, "%s", filled(spoilt[i].sql));
		r = count_again(true, NULL);
		if (ok(has(&r, spoilt[i].check), spoilt[i].what))
			fired[line_of(spoilt[i].check)] = true;
	}
}

/* The unique key of phones does not stand in the way of this one. */
static void
test_twice(void)
{
	struct verify_report r;

	write_books();
	write_live(3, 1);
	world_sql(&w, "UPDATE live_call SET ordinal = 2");
	r = count_again(false, NULL);
	if (ok(has(&r, "live_twice"),
	       "a contact that is on the phone twice is found"))
		fired[line_of("live_twice")] = true;
}

static void
test_right(void)
{
	struct verify_report r;
	const struct verify_opts one = { .run_id = run };

	write_books();
	is_balanced("right books balance", true);
	r = count_again(false, NULL);
	is_int(r.runs, 1, "one run is counted");
	world_need(verify_check(w.db, &one, w.a, &r, &f), "check");
	is_int(r.found, 0, "one run checked by itself balances");
	world_sql(&w, "UPDATE live_call SET sent_at = NOW(6) - INTERVAL 1 DAY");
	world_sql(&w, "DELETE FROM node");
	is_balanced("books balance with an old call while no node is there",
		    false);
	write_books();
	world_apply(&w, campaign, ACTION_PAUSE);
	is_balanced("books of a paused campaign balance", true);
	world_apply(&w, campaign, ACTION_STOP);
	is_balanced("books of a stopped campaign with a live call balance",
		    true);
	world_apply(&w, campaign, ACTION_RESTART);
	is_balanced("books of a restarted campaign balance", true);
	write_books();
	world_sql(&w, "UPDATE campaign SET max_attempts = 1");
	is_balanced("books balance after a limit is lowered during a run",
		    true);
	world_sql(&w,
		  "INSERT INTO contact_list (workspace_id, created_at, dying)"
		  " VALUES (1, NOW(6), 1)");
	world_sql(&w, "INSERT INTO list_part SELECT MAX(id), 0, '', 500"
		      " FROM contact_list");
	is_balanced("books balance with a list half erased", true);
}

/* More than are kept; a run of one, and none at all. */
static void
test_many(void)
{
	struct verify_report r;

	write_books();
	world_sql(&w, "INSERT INTO run (workspace_id, campaign_id, no,"
		      " settings, started_at) SELECT 1, 1, seq, '{}', NOW(6)"
		      " FROM seq_2_to_1500");
	r = count_again(false, NULL);
	is_int(r.runs, 1500, "all runs are counted");
	is_int(r.found, 1499, "every violation is counted");
	is_int((int64_t)r.count, VERIFY_MOST, "not all of them are kept");
	world_sql(&w, "DELETE FROM run WHERE no > 1");
}

int
main(void)
{
	world_open(&w);
	test_right();
	test_spoilt();
	test_twice();
	for (size_t i = 0; i < verify_check_count; i++)
		ok(fired[i], arena_printf(w.a, "the check %s has fired",
					  verify_checks[i].name));
	test_many();
	return world_close(&w);
}
