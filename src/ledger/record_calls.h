/*
 * record_calls.h - writes what the carriers reported into the ledger, many
 * calls in one transaction: phases in live_call and, for a call that has ended,
 * its attempt, contact, counters and retry.
 */
#ifndef LEDGER_RECORD_CALLS_H
#define LEDGER_RECORD_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/ledger.h"

struct arena;
struct db;
struct fault;

/* Calls in one transaction, at most. */
#define RECORD_MOST 500

/* Everything that is new about one call. */
struct call_update {
	struct call_id id;
	bool rang, answered, ended;
	/* once it has ended */
	enum outcome outcome;
	int sip, q850; /* -1: not reported */
	int hung_by;
	int64_t ring_ms, talk_ms, join_ms; /* -1: not reported */
	char phrase[64]; /* of the SIP response; "": none */
	int amd;	 /* enum cr_amd (carrier/outcome.h) */
};

struct carrier_ends {
	int64_t carrier_id, calls;
};

struct record_result {
	size_t ended;	/* attempts written */
	size_t dropped; /* calls that are not this node's any more */
	bool *gone;	/* for each update: it was dropped */
	int64_t *runs;	/* those in which calls have ended */
	size_t run_count;
	struct carrier_ends *carriers;
	size_t carrier_count;
};

/*
 * At most one update for each call.  FAULT_UNKNOWN: record the same again,
 * because calls already recorded as ended are not found any more.
 */
int ledger_record(struct db *db, const struct ledger_node *me,
		  const struct call_update *news, size_t n, struct arena *a,
		  struct record_result *out, struct fault *f);

#endif
