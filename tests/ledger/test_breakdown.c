/*
 * The sums that are written with the ledger, recounted from the attempts: by
 * pass, number, carrier and node, by quarter of an hour, by disposition.
 */
#include <inttypes.h>
#include <string.h>

#include "campaign/call_result.h"
#include "campaign/campaign_period.h"
#include "campaign/follow.h"
#include "report/breakdown.h"
#include "tests/ledger/ledger_bed.h"

#define CONTACTS 60
#define NOON "2026-11-23T12:00:00Z" /* a Monday */

static struct ledger_bed b;

static const struct {
	enum breakdown_by by;
	const char *what, *key;
} kinds[] = {
	{ BY_PASS, "pass",
	  "1 - a.counted + (SELECT COALESCE(SUM(p.counted), 0) FROM attempt p"
	  " WHERE p.run_id = a.run_id AND p.seg = a.seg AND p.ordinal ="
	  " a.ordinal AND p.seq <= a.seq)" },
	{ BY_NUMBER, "number", "a.number_id" },
	{ BY_CARRIER, "carrier", "a.carrier_id" },
	{ BY_NODE, "node", "a.slot" },
};

/* "1:60/31/20 2:..." of what is read, in the order of the key. */
static const char *
read_sums(enum breakdown_by by)
{
	struct breakdown_query q = { b.w.who.workspace_id, b.run, by };
	struct breakdown_row *rows;
	size_t count;
	const char *text = "";

	world_need(run_breakdown(b.w.db, &q, &rows, &count, b.w.a, &f), "read");
	for (size_t i = 0; i < count; i++)
		text = arena_printf(
			b.w.a,
			"%s%" PRId64 ":%" PRId64 "/%" PRId64 "/%" PRId64
			"/%" PRId64 "/%" PRId64 "/%" PRId64 "/%" PRId64 " ",
			text, rows[i].key, rows[i].ended, rows[i].answered,
			rows[i].connected, rows[i].brief, rows[i].blocked,
			rows[i].congested, rows[i].talk_ms);
	return text;
}

/* Says whether the attempts come to the same. */
static bool
is_recounted(const char *sums, const char *key)
{
	return world_int(
		&b.w,
		"SELECT '%s' = COALESCE(GROUP_CONCAT(CONCAT(k, ':', e, '/', p,"
		" '/', c, '/', s, '/', x, '/', g, '/', t, ' ') ORDER BY k"
		" SEPARATOR ''), '') FROM"
		" (SELECT %s AS k, SUM(counted) AS e,"
		" SUM(outcome IN (1, 7, 8)) AS p, SUM(outcome = 1) AS c,"
		" SUM(outcome = 1 AND talk_ms <= 6000) AS s,"
		" SUM(outcome = 13) AS x, SUM(outcome = 12) AS g,"
		" SUM(COALESCE(talk_ms, 0)) AS t"
		" FROM attempt a WHERE run_id = %lld GROUP BY k) z",
		sums, key, (long long)b.run);
}

static void
check_sums(const char *when)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *sums = read_sums(kinds[i].by);

		if (!ok(is_recounted(sums, kinds[i].key),
			arena_printf(b.w.a, "%s: by %s", when, kinds[i].what)))
			printf("# %s\n", sums);
	}
	bed_balance(&b, arena_printf(b.w.a, "%s: the books balance", when));
}

/* Every outcome, talks of 1 to 20 s, in one batch. */
static void
record_mixed(const struct plan_result *r)
{
	struct call_id *ids = bed_ids(&b, r);
	struct call_update *news =
		ARENA_ARRAY(b.w.a, r->count + 1, struct call_update);
	struct record_result out;

	bed_send(&b, ids, r->count);
	for (size_t i = 0; i < r->count; i++) {
		enum outcome o = (enum outcome)(i % (OUTCOME_MAX - 1) + 1);
		bool up = outcome_picked_up(o, false);

		news[i] = (struct call_update){
			.id = ids[i],
			.answered = up,
			.ended = true,
			.outcome = o,
			.sip = -1,
			.q850 = 16,
			.ring_ms = 4000,
			.talk_ms = up ? (int64_t)(i % 20 + 1) * 1000 : -1,
		};
	}
	world_need(
		ledger_record(b.w.db, &b.me, news, r->count, b.w.a, &out, &f),
		"record");
}

static void
check_run(void)
{
	struct plan_result r;

	bed_at(&b, NOON);
	bed_start(&b, CONTACTS);
	world_sql(&b.w,
		  "UPDATE campaign SET max_attempts = 4, retry_on = ~0 & 4095"
		  " WHERE id = %lld",
		  (long long)b.campaign);
	is_str(read_sums(BY_PASS), "", "no call, no sums");
	r = bed_plan(&b, 40);
	record_mixed(&r);
	check_sums("after the first calls");
	world_sql(&b.w, "UPDATE node SET slot = slot + 1");
	b.me.slot++; /* it counts as another node */
	bed_all_due(&b);
	r = bed_plan(&b, PLENTY);
	record_mixed(&r);
	bed_all_due(&b);
	r = bed_plan(&b, PLENTY);
	record_mixed(&r);
	check_sums("with second and third attempts");
	ok(strstr(read_sums(BY_PASS), " 3:") != NULL,
	   "there are calls of a third pass");
	ok(strchr(strchr(read_sums(BY_NUMBER), ' ') + 1, ':') != NULL,
	   "there are calls of several numbers");
}

/* "720:2/1/1/0 735:…" from noon on, in minutes of the day. */
static const char *
read_quarters(int64_t from, int64_t to)
{
	struct periods_query q = { .workspace_id = b.w.who.workspace_id,
				   .campaign_id = b.campaign };
	struct campaign_period *list;
	size_t count;
	int64_t day;
	const char *text = "";

	world_need(time_parse_iso("2026-11-23T00:00:00Z", &day), "day");
	day /= US_PER_MINUTE;
	q.from = day + from;
	q.to = day + to;
	world_need(campaign_periods(b.w.db, &q, &list, &count, b.w.a, &f),
		   "quarters");
	for (size_t i = 0; i < count; i++)
		text = arena_printf(b.w.a,
				    "%s%" PRId64 ":%" PRId64 "/%" PRId64
				    "/%" PRId64 "/%" PRId64 " ",
				    text, list[i].at - day, list[i].ended,
				    list[i].answered, list[i].picked_up,
				    list[i].abandoned);
	return text;
}

/* "abandoned/picked up" of 24 hours and of 30 days. */
static const char *
read_abandoned(const char *utc)
{
	struct abandoned n;
	int64_t now;

	world_need(time_parse_iso(utc, &now), utc);
	world_need(campaign_abandoned(b.w.db, b.w.who.workspace_id, b.campaign,
				      now, &n, &f),
		   "abandoned");
	return arena_printf(
		b.w.a, "%" PRId64 "/%" PRId64 " %" PRId64 "/%" PRId64,
		n.day_abandoned, n.day_picked_up, n.abandoned, n.picked_up);
}

static void
report(const struct call_id *id, const char *disposition, int64_t answered_by)
{
	struct call_result r = { .disposition = disposition,
				 .answered_by = answered_by,
				 .talk_ms = -1 };
	struct result_answer answer;

	world_need(call_result_store(b.w.db, &b.w.who, id->b, &r, &answer, &f),
		   "report");
}

static void
check_quarters(void)
{
	struct plan_result r;
	struct call_id *ids;

	bed_at(&b, NOON);
	bed_start(&b, 10);
	bed_calls(&b, 2, OUTCOME_COMPLETED);
	bed_at(&b, "2026-11-23T12:14:59Z");
	bed_calls(&b, 1, OUTCOME_ABANDONED);
	bed_at(&b, "2026-11-23T12:15:00Z");
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 2);
	bed_record(&b, ids, 2, OUTCOME_COMPLETED);
	is_str(read_quarters(0, 1440), "720:3/3/3/1 735:2/2/2/0 ",
	       "the calls are counted by quarter of an hour");
	is_str(read_quarters(735, 735), "735:2/2/2/0 ", "one of them");
	is_str(read_abandoned("2026-11-23T12:20:00Z"), "1/5 1/5",
	       "and by day, for the abandoned ones");
	is_str(read_abandoned("2026-11-24T12:20:00Z"), "0/0 1/5",
	       "24 hours later they are out of the 24 hours");
	is_str(read_abandoned("2026-12-22T23:59:59Z"), "0/0 1/5",
	       "but among 30 days");
	is_str(read_abandoned("2026-12-23T00:00:00Z"), "0/0 0/0",
	       "which are over then");
	report(ids, "", ANSWERED_MACHINE);
	is_str(read_quarters(735, 735), "735:2/1/2/0 ",
	       "a machine was no answer, but it picked up");
	report(ids, "", ANSWERED_HUMAN);
	is_str(read_quarters(735, 735), "735:2/2/2/0 ",
	       "and is one when it was a person after all");
	b.w.who.workspace_id++;
	is_str(read_quarters(0, 1440), "", "another workspace sees nothing");
	b.w.who.workspace_id--;
	bed_at(&b, "2026-12-25T12:15:00Z");
	world_need(campaign_period_sweep(b.w.db, &f), "sweep");
	is_str(read_quarters(0, 1440), "735:2/2/2/0 ",
	       "what is older than 32 days is swept");
}

static const char *
read_dispositions(void)
{
	struct dispositions d;
	const char *text = "";

	world_need(run_dispositions(
			   b.w.db,
			   &(struct dispositions_query){ b.w.who.workspace_id,
							 b.run, "later,kept" },
			   &d, b.w.a, &f),
		   "dispositions");
	for (size_t i = 0; i < d.count; i++)
		text = arena_printf(b.w.a, "%s%s=%" PRId64 " ", text,
				    d.list[i].disposition, d.list[i].n);
	return arena_printf(b.w.a, "%s%" PRId64 "/%" PRId64, text, d.goals,
			    d.all);
}

static void
check_dispositions(void)
{
	struct plan_result r;
	struct call_id *ids;

	bed_at(&b, NOON);
	bed_start(&b, 10);
	r = bed_plan(&b, 4);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 4);
	is_str(read_dispositions(), "0/0", "nobody has reported anything");
	report(&ids[0], "sold", 0);
	report(&ids[1], "sold", 0);
	is_str(read_dispositions(), "sold=2 0/2", "of calls that go on");
	bed_record(&b, ids, 4, OUTCOME_COMPLETED);
	report(&ids[2], "sold", 0);
	report(&ids[3], "later", 0);
	is_str(read_dispositions(), "sold=3 later=1 1/4",
	       "of calls that are over, the most frequent first");
	report(&ids[0], "later", 0);
	report(&ids[0], "later", 0);
	is_str(read_dispositions(), "later=2 sold=2 2/4",
	       "another report replaces the one before");
	report(&ids[3], "", 0);
	is_str(read_dispositions(), "sold=2 later=1 1/3",
	       "also one without a disposition");
	bed_balance(&b, "the books balance");
}

/* A call that was never placed had reported; its place is taken by another. */
static void
check_withdrawn(void)
{
	struct plan_result r;
	struct call_id *ids, old;

	bed_at(&b, NOON);
	bed_start(&b, 1);
	r = bed_plan(&b, 1);
	ids = bed_ids(&b, &r);
	bed_send(&b, ids, 1);
	old = ids[0];
	report(&old, "sold", 0);
	world_sql(&b.w, "UPDATE call_result SET nonce = nonce ^ 1");
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	report(ids, "later", ANSWERED_MACHINE);
	is_str(read_dispositions(), "later=1 1/1",
	       "the disposition of a withdrawn call is forgotten");
	is_int(COUNTED(&b, "answered"), 0, "and so is who answered it");
	bed_balance(&b, "the books balance");
}

/* Calls of two campaigns end in one batch. */
static void
check_two_runs(void)
{
	struct plan_result r;
	struct call_id ids[2];
	int64_t first;

	bed_at(&b, NOON);
	world_sql(&b.w, "DELETE FROM campaign_period");
	bed_start(&b, 1);
	first = b.campaign;
	r = bed_plan(&b, 1);
	ids[0] = *bed_ids(&b, &r);
	bed_send(&b, ids, 1);
	world_sql(&b.w, "UPDATE live_call SET phone = '1'");
	b.campaign = world_draft(&b.w, "Other", 1);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 0, window_end = 1440,"
		  " days = 127, zone = 'UTC' WHERE id = %lld",
		  (long long)b.campaign);
	world_apply(&b.w, b.campaign, ACTION_START);
	bed_lead(&b);
	r = bed_plan(&b, 1);
	ids[1] = *bed_ids(&b, &r);
	bed_send(&b, ids + 1, 1);
	bed_record(&b, ids, 2, OUTCOME_ABANDONED);
	is_str(read_abandoned(NOON), "1/1 1/1", "one campaign of a batch");
	b.campaign = first;
	is_str(read_abandoned(NOON), "1/1 1/1", "and the other one");
}

int
main(void)
{
	bed_open(&b);
	check_two_runs();
	check_run();
	check_quarters();
	check_dispositions();
	check_withdrawn();
	return bed_close(&b);
}
