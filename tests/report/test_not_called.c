/*
 * Why a contact is not being called: each reason, as the ledger leaves it.
 */
#include "campaign/exclude.h"
#include "report/contacts.h"
#include "report/not_called.h"
#include "tests/ledger/ledger_bed.h"
#include "workspace/workspace_hold.h"

static struct ledger_bed b;
static int64_t at; /* 0: now */

/* Sees whether the sentence about a contact of the first list has 'want' in
 * it. */
static void
says(int64_t ordinal, const char *want, struct not_called how, const char *what)
{
	struct contact_query q = { .workspace_id = b.w.who.workspace_id,
				   .campaign_id = b.campaign,
				   .run_id = b.run,
				   .seg = 1,
				   .ordinal = ordinal };
	struct contact_row row;
	struct campaign c;
	const char *vars, *got;

	world_need(campaign_load(b.w.db, q.workspace_id, q.campaign_id, &c,
				 b.w.a, &f),
		   "campaign");
	world_need(contact_load(b.w.db, &q, &row, &vars, b.w.a, &f), "contact");
	how.c = &c;
	how.contact = &row;
	how.zones = b.zones;
	how.now = at ? at : clock_wall_us();
	world_need(not_called_read(b.w.db, &q, &how, b.w.a, &f), "read");
	got = not_called_words(&how, b.w.a);
	if (!ok(strstr(got, want) != NULL, what))
		printf("# %s\n", got);
}
#define SAYS(ordinal, want, what) \
	says(ordinal, want, (struct not_called){ .c = NULL }, what)

static void
set(const char *what)
{
	world_sql(&b.w, "UPDATE campaign SET %s WHERE id = %lld", what,
		  (long long)b.campaign);
}

static void
test_turns(void)
{
	bed_start(&b, 1500);
	SAYS(1, "as soon as the Concurrency Limit", "the first is next");
	SAYS(1300, "about 1,299 contacts are called before it",
	     "those before it in the list are counted");
	bed_calls(&b, 2, OUTCOME_NO_ANSWER);
	SAYS(4, "about 1 contact is called before it",
	     "those behind the cursor are not");
	SAYS(1, "waits for the end of the retry delay", "a retry waits");
	bed_all_due(&b);
	SAYS(1, "called once: about 1,498 contacts are left",
	     "a retry that is due waits for the first pass");
	world_sql(&b.w, "UPDATE run_cursor SET zone = 'Asia/Tokyo'");
	set("window_start = 0, window_end = 1439");
	SAYS(5, "about 2 contacts are called before it",
	     "hours that are open at its place are no reason");
	world_sql(&b.w, "UPDATE run_cursor SET zone = 'Never/Land'");
	SAYS(5, "its time zone Never/Land is unknown",
	     "a zone that nobody knows");
	world_sql(&b.w, "UPDATE run_cursor SET zone = ''");
}

static void
test_calls(void)
{
	struct plan_result r;

	bed_start(&b, 9);
	r = bed_plan(&b, 1);
	SAYS(1, "queued or up now", "it is in a call");
	world_sql(&b.w,
		  "UPDATE contact SET phone = (SELECT phone FROM live_call)"
		  " WHERE ordinal = 2");
	SAYS(2, "in a call of the campaign “Spring”",
	     "another call to its number is up");
	bed_send(&b, bed_ids(&b, &r), r.count);
	bed_record(&b, bed_ids(&b, &r), r.count, OUTCOME_COMPLETED);
	SAYS(1, "the bot has spoken to it", "it is completed");
	bed_calls(&b, 1, OUTCOME_INVALID_NUMBER);
	SAYS(2, "the number does not exist", "it is invalid");
	bed_calls(&b, 1, OUTCOME_CONGESTION);
	SAYS(3, "The carrier did not take its last call",
	     "its last call was not counted");
	set("retry_on = 0");
	bed_calls(&b, 1, OUTCOME_BUSY);
	SAYS(4, "ended with “Busy”, which the campaign does not retry",
	     "the outcome is not retried");
	set("retry_on = 65535, max_attempts = 1");
	SAYS(4, "it has had 1 attempt, and Max Attempts is 1",
	     "Max Attempts was lowered");
	set("max_attempts = 3");
	SAYS(4, "settings of the campaign were different",
	     "the settings have changed since");
	bed_calls(&b, 1, OUTCOME_NO_ANSWER);
	set("max_attempts = 1");
	SAYS(5, "it has had 1 attempt, and Max Attempts is 1",
	     "no attempt is left for one that waits");
	set("max_attempts = 3");
	world_sql(&b.w,
		  "UPDATE run_contact SET state = 3 WHERE run_id = %lld"
		  " AND ordinal = 5",
		  (long long)b.run);
	SAYS(5, "waits for the time of its callback", "a callback waits");
}

static void
test_barred(void)
{
	bed_start(&b, 5);
	says(2, "excluded from this campaign",
	     (struct not_called){ .excluded = true }, "it is excluded");
	says(2, "do-not-call list “TPS”", (struct not_called){ .list = "TPS" },
	     "its number is on a list");
	world_sql(
		&b.w,
		"INSERT INTO erasure (workspace_id, phone, asked_by, asked_at)"
		" VALUES (%lld, '447700000002', 'Ann', NOW(6))",
		(long long)b.w.who.workspace_id);
	SAYS(2, "is being erased", "an erasure has begun");
	world_sql(&b.w, "DELETE FROM erasure");
	world_exclude(&b.w, b.campaign, "447700000001", true);
	bed_plan(&b, 1);
	world_exclude(&b.w, b.campaign, "447700000001", false);
	SAYS(1, "when its turn came", "it was excluded at its turn");
	world_sql(&b.w, "UPDATE contact SET phone = '' WHERE ordinal = 4");
	SAYS(4, "the person was erased", "it is erased");
	world_sql(&b.w, "UPDATE contact SET gone = 1 WHERE ordinal = 5");
	SAYS(5, "was taken back", "it was taken back");
}

static void
test_campaign(void)
{
	bed_start(&b, 5);
	world_need(workspace_hold(b.w.db, &b.w.who, true, &f), "hold");
	SAYS(2, "Nobody is called now: on hold", "the workspace is on hold");
	world_need(workspace_hold(b.w.db, &b.w.who, false, &f), "release");
	set("not_before = 63115200");
	SAYS(2, "Nobody is called now: opens", "the hours are over");
	set("not_before = 0");
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	SAYS(2, "the campaign is paused", "it is paused");
	world_apply(&b.w, b.campaign, ACTION_STOP);
	SAYS(2, "the run was stopped before its turn came", "it was stopped");
	world_sql(&b.w, "UPDATE run SET rest = 3");
	SAYS(2, "the last calling hours ended", "its window has closed");
	world_sql(&b.w, "UPDATE run SET rest = 4, reason = 'No bot.'");
	SAYS(2, "the run failed. No bot.", "the run failed");
	world_sql(&b.w, "UPDATE run SET rest = 2");
	world_apply(&b.w, b.campaign, ACTION_RESTART);
	SAYS(2, "the run was stopped", "an earlier run stays as it was");
	b.run = 0;
	SAYS(2, "is a draft and has not been started", "it is a draft");
}

/* Nine in the morning in the campaign's zone is four in New York. */
static void
test_place(void)
{
	bed_start(&b, 5);
	world_need(time_parse_iso("2026-11-23T09:00:00Z", &at), "time");
	set("window_start = 480, window_end = 1200");
	world_sql(&b.w, "UPDATE run_cursor SET zone = 'America/New_York'");
	SAYS(1, "over at its place (America/New_York opens 08:00)",
	     "the hours are over at its place");
	world_sql(&b.w, "UPDATE run_cursor SET zone = ''");
	world_sql(&b.w,
		  "INSERT INTO run_cursor (run_id, seg, list_id, part, zone,"
		  " upto, prio) SELECT run_id, 7, list_id, part, '', upto, 0"
		  " FROM run_cursor WHERE run_id = %lld AND seg = 1",
		  (long long)b.run);
	SAYS(2, "about 6 contacts are called before it",
	     "those of a higher priority come first");
	world_sql(&b.w, "UPDATE run_cursor SET zone = 'America/New_York'"
			" WHERE seg = 7");
	SAYS(2, "about 1 contact is called before it",
	     "but not while their hours are over");
	world_sql(&b.w, "UPDATE run_cursor SET zone = '', prio = 9"
			" WHERE seg = 7");
	SAYS(2, "about 1 contact is called before it",
	     "those of a lower priority come later");
	world_sql(&b.w, "UPDATE run SET wait = 3, wait_until = '2026-11-24'");
	SAYS(2, "about 1 contact is called before it",
	     "what others wait for is no reason");
	world_sql(&b.w, "UPDATE run SET wait = 5");
	SAYS(2, "Nobody is called now: numbers at their daily limit",
	     "what all wait for is one");
}

int
main(void)
{
	bed_open(&b);
	test_turns();
	test_calls();
	test_barred();
	test_campaign();
	test_place();
	return bed_close(&b);
}
