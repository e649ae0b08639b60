/*
 * run_counters.h - the counters of a run, as deltas in shards of which only the
 * sum has a meaning (doc/ledger.md 1).
 */
#ifndef CAMPAIGN_RUN_COUNTERS_H
#define CAMPAIGN_RUN_COUNTERS_H

#include <stddef.h>
#include <stdint.h>

#include "campaign/outcome.h"

struct db;
struct fault;

/* Counters of a run, in the order of the columns of run_count. */
enum run_counter {
	COUNT_ACTIVE,
	COUNT_HELD,
	COUNT_RETRY,
	COUNT_CALLBACK,
	COUNT_COMPLETED,
	COUNT_EXHAUSTED,
	COUNT_ABANDONED,
	COUNT_VOICEMAIL,
	COUNT_INVALID,
	COUNT_EXCLUDED,
	COUNT_PROCESSED,
	COUNT_CONNECTED,
	COUNT_ENDED,
	COUNT_ANSWERED,
	COUNT_OUTCOME_1,
	COUNT_MAX = COUNT_OUTCOME_1 + OUTCOME_MAX - 1
};

struct run_counters {
	int64_t run_id;
	int64_t of[COUNT_MAX];
};

enum run_counter run_counter_of_state(enum contact_state state);
enum run_counter run_counter_of_outcome(enum outcome o);

/* Who writes: the web, and each node as planner and as recorder. */
enum shard { SHARD_WEB, SHARD_PLANNER, SHARD_RECORDER };

/* Adds the counters that are not 0, inside a transaction. */
int run_counters_add(struct db *db, const struct run_counters *c, size_t runs,
		     int64_t shard, struct fault *f);

/* Finds the deltas of a run in a short array sorted by run; inserts them if
 * they are missing. */
struct run_counters *run_counters_of(struct run_counters *array, size_t *runs,
				     int64_t run_id);

#endif
