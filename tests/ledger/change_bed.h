/*
 * change_bed.h - what the tests of campaign_change() share.
 */
#ifndef TESTS_LEDGER_CHANGE_BED_H
#define TESTS_LEDGER_CHANGE_BED_H

#include "tests/ledger/ledger_bed.h"

/* Bits of what changed. */
#define CHANGED_NAME changed_bit("name")
#define CHANGED_BOT changed_bit("bot_id")
#define CHANGED_CONCURRENCY changed_bit("concurrency")
#define CHANGED_RETRY_DELAY changed_bit("retry_delay")
#define CHANGED_RING_TIMEOUT changed_bit("ring_timeout")
#define CHANGED_POOL (1u << campaign_settings_record.count)
#define CHANGED_ALL (2 * CHANGED_POOL - 1)

static struct ledger_bed b;
static uint32_t changed;

static inline uint32_t
changed_bit(const char *name)
{
	const struct record *r = &campaign_settings_record;

	return 1u << (record_find(r, name) - r->fields);
}

/* Every setting of the schedule, and words of a bot. */
static inline void
set_schedule(struct campaign_settings *s)
{
	static const char *const values[][2] = {
		{ "more_windows", "05:00-06:00,02:30-04:00" },
		{ "not_before", "2026-12-01T10:00" },
		{ "last_day", "2026-12-24" },
		{ "holidays", "no" },
		{ "retry_delays", "busy=5,no_answer=60" },
		{ "retry_dispositions", "call_later,no-time" },
		{ "goal_dispositions", "sold" },
	};

	for (size_t i = 0; i < ARRAY_LEN(values); i++)
		world_need(field_set(record_find(&campaign_settings_record,
						 values[i][0]),
				     s, values[i][1], b.w.a, &f),
			   values[i][0]);
}

static inline struct campaign
load(int64_t id)
{
	struct campaign c = { 0 };

	world_need(
		campaign_load(b.w.db, b.w.who.workspace_id, id, &c, b.w.a, &f),
		"load");
	return c;
}

static inline int
change_pool(int64_t id, int64_t ver, const struct campaign_settings *s,
	    const int64_t *numbers, size_t count)
{
	struct campaign_edit e = {
		.ver = ver, .set = s, .numbers = numbers, .count = count
	};

	f = (struct fault){ 0 };
	changed = UINT32_MAX;
	return campaign_change(b.w.db, id, &b.w.who, &e, &changed, b.w.a, &f);
}

static inline int
change(int64_t id, int64_t ver, const struct campaign_settings *s)
{
	return change_pool(id, ver, s, b.w.numbers, 2);
}

#endif
