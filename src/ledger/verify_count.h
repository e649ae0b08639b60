/*
 * verify_count.h - the sums of one run: what the counters say, and what the
 * rows say, added up a piece at a time; and how a violation is noted.  For
 * verify.c and verify_sim_log.c.
 */
#ifndef LEDGER_VERIFY_COUNT_H
#define LEDGER_VERIFY_COUNT_H

#include "app/outcome.h"
#include "ledger/verify.h"

/* The columns of VERIFY_COUNTED; the sums of the rows are in the same order. */
enum sum {
	SUM_STATES = 0, /* by contact_state, 0 to 9 */
	SUM_PROCESSED = 10,
	SUM_CONNECTED,
	SUM_OUTCOMES, /* by outcome, from 1 */
	SUM_ENDED = SUM_OUTCOMES + OUTCOME_MAX - 1,
	SUM_ANSWERED,
	SUM_COUNT
};

/* The columns of VERIFY_BREAKDOWN: the sums of a run in its tables of parts. */
enum part_sum {
	PART_ENDED,
	PART_CONNECTED,
	PART_BLOCKED,
	PART_CONGESTED,
	PART_BRIEF,
	PART_TALK,
	PART_REPORTED,
	PART_COUNT
};

struct recount {
	int64_t counted[SUM_COUNT], found[SUM_COUNT];
	int64_t parts[PART_COUNT], found_parts[PART_COUNT];
	int64_t live, due, limit, most_tries, unanswered;
};

/* What is compared with what. */
enum balance {
	BALANCE_ACTIVE,
	BALANCE_STATES,
	BALANCE_DUE,
	BALANCE_OUTCOMES,
	BALANCE_SUMS,
	BALANCE_PARTS,
	BALANCE_LIMIT,
	BALANCE_MAX
};

struct verify_result {
	const struct verify_opts *opts;
	int64_t run_id; /* 0: the installation */
	struct arena *arena;
	struct verify_report *out;
	struct verify_report before; /* what a repeat starts from */
	struct recount tally;
};

/* Adds one violation to *out, for all checks. */
void verify_note(struct verify_report *out, struct arena *a, int no,
		 const char *name, int64_t run_id, const char *text);

/* Reads the counters of a run and empties the rest. */
int count_begin(struct db *db, struct recount *t, int64_t run_id,
		struct fault *f);

/* Adds the rows of a piece: run, segment, from, to. */
int count_piece(struct db *db, struct recount *t, const int64_t piece[4],
		struct fault *f);

/* Notes where counters and rows differ. */
void count_compare(struct verify_result *c, const struct verify_check *k);

#endif
