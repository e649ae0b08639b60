/*
 * ledger.h - what the parts of the ledger of calls share: who writes, how
 * counters are kept, and how lists of ids go into statements.
 *
 * The parts, in the order of a call's life: run_snapshot.h (what a run could
 * do), plan_calls.h (queued), send.h (sent, or withdrawn), record_calls.h
 * (ended), run_close.h (the end of a run), and node.h (which nodes are alive,
 * and what dead ones left behind).
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"
#include "campaign/call_id.h"
#include "campaign/gate.h"
#include "campaign/outcome.h"
#include "store/db.h"

struct arena;
struct fault;

/* live_call.state */
enum live_state { LIVE_QUEUED, LIVE_SENT, LIVE_RINGING, LIVE_ANSWERED };

/* due.class, live_call.class: what a contact waits for. */
enum due_class { DUE_CALLBACK, DUE_HELD, DUE_RETRY };

/* A call must leave at least this long before its window closes. */
#define WINDOW_MARGIN_US 1000000
/* A queued call that is not placed is withdrawn after this time. */
#define QUEUED_MAX_US 5000000
/* The longest a call may ring, whatever its campaign says, and the longest it
 * may last. */
#define RING_LONGEST_MS 120000
#define CALL_LONGEST_MS 7200000
/* The DATETIME that stands for "never": the last year of its range. */
#define TIME_FAR 253370764800000000

/* One life of a dialler process; its slot names its counters. */
struct ledger_node {
	int64_t slot, boot;
};

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

/* The state of a contact that waits in this class, and back. */
enum contact_state state_of_class(enum due_class class);
enum due_class class_of_state(enum contact_state state);

enum shard { SHARD_WEB, SHARD_PLANNER, SHARD_RECORDER };
int64_t shard_of(const struct ledger_node *me, enum shard who);

/* Adds the counters that are not 0, inside a transaction. */
int run_counters_add(struct db *db, const struct run_counters *c, size_t runs,
		     int64_t shard, struct fault *f);

/* Finds the deltas of a run in a short array sorted by run; inserts them if
 * they are missing. */
struct run_counters *run_counters_of(struct run_counters *array, size_t *runs,
				     int64_t run_id);

struct call_id {
	uint8_t b[UUID_LEN];
};

/* The first and the last id that a call of this run can have. */
void run_range(int64_t run_id, struct call_id *from, struct call_id *to);

/* Appends 'n' ids, padded to 'size' with the last one; returns where the next
 * argument goes. */
struct arg *args_ids(struct arg *at, const struct call_id *ids, size_t n,
		     size_t size);

/* Index of an id in an array sorted by call_id_compare(), or -1. */
int64_t call_id_find(const struct call_id *ids, size_t n, const uint8_t *id);
int call_id_compare(const void *a, const void *b);

/* Reads rows of ids to their end, and sets found[i] for each of 'ids' (sorted)
 * among them. */
int ledger_found(struct rows *rows, const struct call_id *ids, size_t n,
		 bool *found, struct fault *f);

/* FAULT_CONFLICT unless exactly 'meant' rows were changed. */
int ledger_all(int64_t changed, size_t meant, const char *what,
	       struct fault *f);

#endif
