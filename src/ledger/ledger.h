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
#include "campaign/run_counters.h"
#include "store/db.h"

struct arena;
struct event_wants;
struct fault;

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
	const struct event_wants *wants; /* campaign/event.h; NULL: nobody's */
};

/* The shard in which a node writes; SHARD_WEB belongs to none. */
int64_t shard_of(const struct ledger_node *me, enum shard who);

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
