/*
 * record_calls_priv.h - shared by record_calls.c (decides what becomes of a
 * call) and record_rows.c (writes that).
 */
#ifndef LEDGER_RECORD_CALLS_PRIV_H
#define LEDGER_RECORD_CALLS_PRIV_H

#include "campaign/follow.h"
#include "ledger/record_calls.h"

/* A call as its row has it, and what becomes of it. */
struct record_entry {
	const struct call_update *news;
	struct call_key key;
	int64_t workspace_id, campaign_id, tries, spoke, carrier_id, number_id;
	int64_t sent_at;
	const char *phone;
	enum due_class class;
	bool has_report;       /* of its bot */
	struct call_said said; /* in it */
	bool first;	       /* the first update of this call */
	bool rang_before, answered_before;
	bool answered, counts;
	enum contact_state state; /* afterwards */
	int64_t due_at;		  /* if it waits */
};

struct record_batch {
	const struct ledger_node *me;
	struct call_id *ids; /* sorted; 'news' has the same order */
	const struct call_update **news;
	size_t n;
	struct arena *arena;
	int64_t now;
	struct record_entry *all;
	size_t count;
	struct follow_rules *rules;
	size_t rule_count;
	struct run_counters *counts;
	size_t runs;
};

/* record_rows.c */

/* The smallest statements that take n ids; they take up to 'size'. */
struct record_family {
	int lock, said, barred, phase, ends;
	size_t size;
};
struct record_family record_family(size_t n);

/* Writes everything that the entries of a batch change, inside its
 * transaction. */
int record_rows_write(struct db *db, struct record_batch *b, struct fault *f);

/* record_breakdown.c: adds the ended calls to run_breakdown. */
int record_breakdown_write(struct db *db, struct record_batch *b,
			   struct fault *f);

/* record_events.c: writes the events of the batch that workspaces want; the last
 * writes of the transaction. */
int record_events_write(struct db *db, struct record_batch *b,
			struct fault *f);

#endif
