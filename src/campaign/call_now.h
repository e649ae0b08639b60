/*
 * call_now.h - makes contacts that wait for a retry or a callback due at once
 * (doc/product.md 5.10).  Whether they are called then, every gate decides as
 * it does for all others; their place in the order of rule 6.1 stays.
 */
#ifndef CAMPAIGN_CALL_NOW_H
#define CAMPAIGN_CALL_NOW_H

#include <stddef.h>
#include <stdint.h>

struct actor;
struct db;
struct fault;

#define CALL_NOW_MOST 500 /* contacts that one transaction moves */

enum call_now_fate {
	CALL_NOW_MADE_DUE,
	CALL_NOW_WAS_DUE,
	CALL_NOW_IN_CALL,
	CALL_NOW_FINAL,
	CALL_NOW_AHEAD,	 /* never called, and its turn has not come */
	CALL_NOW_BACKOFF /* it is tried again by itself, after a pause */
};
/* Why not, by fate: a sentence; NULL: it is due. */
extern const char *const call_now_refusals[];

struct call_now_contact {
	int64_t ordinal;
	enum call_now_fate fate;
};

/* Contacts of one segment, by ordinal, each once; at most CALL_NOW_MOST. */
struct call_now_order {
	int64_t campaign_id, seg;
	struct call_now_contact *contacts; /* whose fates are set */
	size_t count;
};

/* *moved: how many are due now and were not; *run_id: to wake after the commit
 * if there are any.  FAULT_ABSENT: no such campaign; FAULT_DENIED;
 * FAULT_CONFLICT: it has no run that is open. */
struct call_now_answer {
	size_t moved;
	int64_t run_id;
};
int campaign_call_now(struct db *db, const struct actor *who,
		      const struct call_now_order *o,
		      struct call_now_answer *out, struct fault *f);

#endif
