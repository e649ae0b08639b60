/*
 * change_bed.h - what the tests of campaign_change() share.
 */
#ifndef TESTS_STORE_CHANGE_BED_H
#define TESTS_STORE_CHANGE_BED_H

#include "tests/store/ledger_bed.h"

/* Bits of what changed. */
#define CHANGED_NAME (1u << 0)
#define CHANGED_BOT (1u << 1)
#define CHANGED_CONCURRENCY (1u << 2)
#define CHANGED_RETRY_DELAY (1u << 10)
#define CHANGED_RING_TIMEOUT (1u << 12)
#define CHANGED_POOL (1u << 14)

static struct ledger_bed b;
static uint32_t changed;

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
