/* The page of one campaign. */
#include "tests/view/campaigns_bed.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_monitor.h"
#include "web/pages/fill_pacing.h"
#include "workspace/dnc.h"

/* clang-format off */
static struct attempt_row calls[] = {
	{ .phone = "442079460000", .live = 1 + LIVE_RINGING,
	  .sent_at = NOW - 14 * INT64_C(1000000) },
	{ .phone = "442079460001", .live = 1 + LIVE_ANSWERED,
	  .sent_at = NOW - 3725 * INT64_C(1000000) },
};
static struct run_minute minutes[] = {
	{ .minute = NOW / 60000000 - 59, .ended = 12, .answered = 5,
	  .handled = 4, .ring_ms = 120000, .talk_ms = 200000 },
	{ .minute = NOW / 60000000, .ended = 33, .answered = 33,
	  .handled = 32 },
};
static struct disposition_count said[] = { { "sold", 20 },
				    { "call_later", 10 } };
static struct breakdown_row passes[] = {
	{ .key = 1, .ended = 30, .connected = 20, .talk_ms = 90000,
	  .first_at = NOW - 2 * HOUR, .last_at = NOW - HOUR },
	{ .key = 2, .ended = 10, .connected = 10, .talk_ms = 9000,
	  .first_at = NOW - HOUR, .last_at = NOW - MINUTE },
};
/* clang-format on */

/* What was read of a run that has calls. */
static void
add_calls(struct campaign_detail *d)
{
	d->minutes = (struct minutes_chart){ minutes, 2, NOW / 60000000 };
	d->dispositions = (struct dispositions){ said, 2, 40, 20 };
	d->passes = passes;
	d->pass_count = 2;
	d->abandoned = (struct abandoned){ 100, 1, 1000, 31 };
	d->calls = (struct live_calls){ { 1, 2, 3, 1004 }, { calls, 2 } };
	d->counts.of[COUNT_RETRY] = 1200;
	d->counts.of[COUNT_CALLBACK] = 3;
	d->counts.of[run_counter_of_outcome(OUTCOME_COMPLETED)] = 30;
	d->counts.of[run_counter_of_outcome(OUTCOME_BUSY)] = 10;
}

static void
test_detail(void)
{
	struct dnc_list old = { .name = "Registry <GB>", .max_age = 28,
				.imported_at = NOW - 40 * 24 * HOUR, .now = NOW };
	struct run_report before = { .run.no = 1,
				     .c.fig = { .total = 3050,
						.processed = 3000,
						.connected = 1204 } };
	struct campaign_detail d = {
		.c = &prepared, .viewer = &viewer, .tag = "17.-.2abcdef01",
		.setup = { .bot = "Renewal <assistant>", .numbers = 5,
			   .usable = 4, .phone_count = 3,
			   .phones = { "442079460000", "442079460001",
				       "442079460002" } },
	};

	d.before = &before;
	example("campaign-prepared", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.before = NULL;
	d.c = &waiting;
	d.setup = (struct campaign_setup){ .bot = "Bot", .numbers = 1,
					   .usable = 1, .phone_count = 1,
					   .phones = { "442079460000" } };
	add_calls(&d);
	example("campaign-waiting", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.lists = &old;
	d.list_count = 1;
	d.unsaved = waiting.created_at;
	example("campaign-unsaved", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.unsaved = 0;
	d.list_count = 0;
	d.c = &running;
	d.setup.cps = 10;
	d.partial = true;
	example("campaign-running", "part_campaign.tpl", fill_campaign_part,
		&d);
	d.partial = false;
	d.c = &failed;
	d.setup = (struct campaign_setup){ .bot = "" };
	example("campaign-failed", "part_campaign.tpl", fill_campaign_part, &d);
	agree("part_campaign.tpl");
	example("campaign", "page_campaign.tpl", fill_campaign, &d);
	agree("page_campaign.tpl");
}

/* How a run is paced, in the words of its page (doc/product.md 6.4). */
static void
test_pacing(void)
{
	struct run_minute m[] = {
		{ .minute = NOW / 60000000 - 40, .answered = 2900 },
		{ .minute = NOW / 60000000 - 20, .answered = 100 },
		{ .minute = NOW / 60000000, .answered = 600 },
	};
	struct campaign c = running;
	struct campaign_detail d = { .c = &c,
				     .viewer = &viewer,
				     .minutes = { m, 3, NOW / 60000000 } };

	c.started_at = NOW - HOUR;
	m[0].handled = 2840;
	m[1].handled = 12;
	is_str(pacing_words(&d),
	       "One call for each seat: 12 of 20 calls handled in 30 minutes.",
	       "too few are known");
	m[1].handled = 100;
	m[2].handled = 600;
	is_str(pacing_words(&d), "1.6% of this hour abandoned.",
	       "as it should be");
	m[0].handled = 2795;
	is_str(pacing_words(&d), "2.9% of this hour abandoned: careful.",
	       "more than is aimed at");
	m[0].handled = 2760;
	is_str(pacing_words(&d),
	       "3.8% of this hour abandoned: one call for each seat, as one "
	       "more could exceed 3%.",
	       "nothing is left of the hour");
	d.abandoned = (struct abandoned){ 0, 0, 1000, 31 };
	is_str(pacing_words(&d),
	       "Reserve: more than 3% of the calls of 30 days were abandoned, "
	       "so a call is placed only for a free seat.",
	       "30 days had too many");
	c.set.pacing = PACING_RESERVE;
	is_str(pacing_words(&d),
	       "Reserve: a call is placed only for a free seat.",
	       "a campaign wants it");
	c.set.pacing = PACING_PREDICTIVE;
	d.abandoned = (struct abandoned){ 0 };
	c.started_at = NOW - MINUTE / 2;
	is_str(pacing_words(&d), "One call for each seat in the first minute.",
	       "a run has just begun");
}

int
main(void)
{
	bed_open();
	test_detail();
	test_pacing();
	return bed_close();
}
