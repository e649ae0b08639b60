/* outdial check: right books are found right, and each way to spoil them is
 * found by the check that is for it. */
#include "tests/store/verify_bed.h"

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
	{ "active", "one too many counted as active",
	  "UPDATE run_count SET active = active + 1 WHERE shard = 1" },
	{ "active", "a live call that vanished", "DELETE FROM live_call" },
	{ "active", "an active contact without a call",
	  "UPDATE run_contact SET state = 1, seq = 1, due_at = NULL WHERE ordinal = 3" },
	{ "states", "a retry not counted",
	  "UPDATE run_count SET retry = retry - 1 WHERE shard = 3" },
	{ "states", "a completed contact made exhausted",
	  "UPDATE run_contact SET state = 5 WHERE ordinal = 1" },
	{ "states", "all shards lost", "DELETE FROM run_count" },
	{ "stored_states", "a state that exists only on screens",
	  "UPDATE run_contact SET state = 10 WHERE ordinal = 8" },
	{ "behind", "a contact forgotten",
	  "DELETE FROM run_contact WHERE ordinal = 6" },
	{ "behind", "a cursor that jumped",
	  "UPDATE run_cursor SET next_ordinal = 10 WHERE seg = 1" },
	{ "ahead", "a contact ahead of its cursor",
	  "INSERT INTO run_contact (run_id, seg, ordinal, state) VALUES (RUN, 1, 9, 9)" },
	{ "ahead", "a contact of no segment",
	  "INSERT INTO run_contact (run_id, seg, ordinal, state) VALUES (RUN, 7, 1, 9)" },
	{ "beyond", "a cursor beyond its list",
	  "UPDATE run_cursor SET next_ordinal = 12 WHERE seg = 1" },
	{ "due_missing", "nobody will call back",
	  "DELETE FROM due WHERE class = 0" },
	{ "due_missing", "due at another time",
	  "UPDATE run_contact SET due_at = '2031-01-01' WHERE ordinal = 4" },
	{ "due_missing", "waiting without a time",
	  "UPDATE run_contact SET due_at = NULL WHERE ordinal = 3" },
	{ "due_missing", "a retry in the class of callbacks",
	  "UPDATE run_contact SET class = 0 WHERE ordinal = 4" },
	{ "due_missing", "the same in both tables",
	  "UPDATE run_contact t JOIN due d USING (run_id, seg, ordinal) SET t.class = 0, d.class = 0 WHERE ordinal = 4" },
	{ "due_extra", "a final contact that is due",
	  "INSERT INTO due VALUES (RUN, 2, '2030-01-01', 1, 1)" },
	{ "due_extra", "due twice",
	  "INSERT INTO due VALUES (RUN, 2, '2030-01-05', 1, 4)" },
	{ "outcomes", "an attempt that vanished",
	  "DELETE FROM attempt WHERE ordinal = 7" },
	{ "outcomes", "an outcome counted twice",
	  "UPDATE run_count SET o_12 = o_12 + 1 WHERE shard = 2" },
	{ "sums", "ended counted twice",
	  "UPDATE run_count SET ended = ended + 1 WHERE shard = 2" },
	{ "sums", "an answer not counted",
	  "UPDATE run_count SET answered = 1 WHERE shard = 2" },
	{ "sums", "an answer too many",
	  "UPDATE run_count SET answered = 4 WHERE shard = 2" },
	{ "sums", "a contact not processed",
	  "UPDATE run_count SET processed = 4 WHERE shard = 2" },
	{ "sums", "nobody connected",
	  "UPDATE run_count SET connected = 0 WHERE shard = 2" },
	{ "ahead", "an attempt ahead of its cursor",
	  "UPDATE attempt SET ordinal = 10 WHERE ordinal = 7" },
	{ "attempts", "an attempt of no contact",
	  "DELETE FROM run_contact WHERE ordinal = 7" },
	{ "attempts", "a refusal that counts",
	  "UPDATE attempt SET counted = 1 WHERE outcome = 12" },
	{ "attempts", "an outcome that there is not",
	  "UPDATE attempt SET outcome = 15 WHERE ordinal = 7" },
	{ "tries", "a try not counted",
	  "UPDATE run_contact SET tries = 1 WHERE ordinal = 1" },
	{ "tries", "a hole in the numbers",
	  "UPDATE attempt SET seq = 3 WHERE ordinal = 1 AND seq = 2" },
	{ "tries", "a number ahead of its attempt",
	  "UPDATE run_contact SET seq = 2 WHERE ordinal = 7" },
	{ "limit", "tried too often",
	  "UPDATE run r, campaign c SET r.settings = '{\"max_attempts\":1}', c.max_attempts = 1" },
	{ "tries", "who never spoke",
	  "UPDATE run_contact SET spoke = 1 WHERE ordinal = 8" },
	{ "live_finished", "a call live and finished",
	  "INSERT INTO attempt (run_id, seg, ordinal, seq, nonce, phone, carrier_id, number_id, slot, sent_at, outcome, counted)"
	  " VALUES (RUN, 1, 2, 1, 77, '1', 1, 1, 0, NOW(6), 2, 1)" },
	{ "live_contact", "a call to a contact that waits",
	  "UPDATE live_call SET ordinal = 3" },
	{ "live_contact", "a call under another number",
	  "UPDATE live_call SET seq = 2" },
	{ "live_contact", "an id of another run",
	  "UPDATE live_call SET id = CONCAT(UNHEX('7F000000'), SUBSTR(id, 5))" },
	{ "ended_live", "ended with a call up",
	  "UPDATE run SET rest = 2, ended_at = NOW(6)" },
	{ "done_waiting", "done, and somebody waits",
	  "UPDATE run SET rest = 1" },
	{ "status", "a campaign that runs on a closed run",
	  "UPDATE run SET rest = 2" },
	{ "status", "an open run of a completed campaign",
	  "UPDATE campaign SET status = 3" },
	{ "status", "an open run that nobody has",
	  "UPDATE campaign SET status = 0, current_run = NULL" },
	{ "status", "open and ended", "UPDATE run SET ended_at = NOW(6)" },
	{ "no_run", "a campaign that runs without a run",
	  "UPDATE campaign SET current_run = NULL" },
	{ "list_end", "a list shorter than it says",
	  "DELETE FROM contact WHERE list_id = LIST AND ordinal = 10" },
	{ "list_end", "a list longer than it says",
	  "UPDATE list_part SET n = 9 WHERE list_id = LIST" },
	{ "list_holes", "a hole in a list",
	  "DELETE FROM contact WHERE list_id = LIST AND ordinal = 5" },
	{ "list_refs", "a reference too many",
	  "UPDATE contact_list SET refs = 2 WHERE id = LIST" },
	{ "list_refs", "a list in use being erased",
	  "UPDATE contact_list SET dying = 1 WHERE id = LIST" },
	{ "segments", "a segment of no list",
	  "DELETE FROM list_part WHERE list_id = LIST" },
	{ "segments", "a segment beyond its list",
	  "UPDATE segment SET upto = 11 WHERE list_id = LIST" },
	{ "shares", "more calls per second than allowed",
	  "UPDATE carrier_share SET cps = 11 WHERE slot = 0" },
	{ "shares", "more channels than allowed",
	  "UPDATE carrier_share SET channels = 101 WHERE slot = 0" },
	{ "shares", "two nodes with all of it",
	  "INSERT INTO node VALUES (1, 43, 'm', NOW(6))" },
	{ "old_calls", "a call of yesterday",
	  "UPDATE live_call SET sent_at = NOW(6) - INTERVAL 1 DAY" },
	{ "old_calls", "a call queued for a minute",
	  "UPDATE live_call SET state = 0, queued_at = NOW(6) - INTERVAL 1 MINUTE" },
	{ "live_orphans", "a call of another campaign",
	  "UPDATE live_call SET campaign_id = 1" },
	{ "run_orphans", "the rows of a run that vanished",
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
	if (ok(has(&r, "live_twice"), "a contact on the phone twice"))
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
	is_int(r.runs, 1, "one run was counted");
	world_need(verify_check(w.db, &one, w.a, &r, &f), "check");
	is_int(r.found, 0, "so does one run of them");
	world_sql(&w, "UPDATE live_call SET sent_at = NOW(6) - INTERVAL 1 DAY");
	world_sql(&w, "DELETE FROM node");
	is_balanced("an old call while no node is there", false);
	write_books();
	world_apply(&w, campaign, ACTION_PAUSE);
	is_balanced("paused", true);
	world_apply(&w, campaign, ACTION_STOP);
	is_balanced("stopped, with a call up", true);
	world_apply(&w, campaign, ACTION_RESTART);
	is_balanced("restarted", true);
	write_books();
	world_sql(&w, "UPDATE campaign SET max_attempts = 1");
	is_balanced("a limit lowered in mid-run", true);
	world_sql(&w,
		  "INSERT INTO contact_list (workspace_id, created_at, dying)"
		  " VALUES (1, NOW(6), 1)");
	world_sql(&w, "INSERT INTO list_part SELECT MAX(id), 0, '', 500"
		      " FROM contact_list");
	is_balanced("a list half erased", true);
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
	is_int(r.found, 1499, "every violation");
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
