/*
 * call_result_priv.h - shared by call_result.c (checks and stores a report) and
 * call_result_follow.c (what it changes after the call).
 */
#ifndef CAMPAIGN_CALL_RESULT_PRIV_H
#define CAMPAIGN_CALL_RESULT_PRIV_H

#include "campaign/call_id.h"
#include "campaign/call_result.h"
#include "campaign/follow.h"

struct report {
	const struct actor *who;
	const uint8_t *id;
	const struct call_result *result;
	struct arena *arena;
	struct result_answer *out;
	struct call_key key;
	struct call_said said, before; /* now, and in the report before */
	const char *counted; /* the disposition that the row of the call had:
				that report's, or a withdrawn call's */
	const char *phone;
	int64_t campaign_id;
	/* of a call that has ended */
	enum outcome outcome;
	bool run_is_open;
	int64_t now;
	struct follow_rules rules;
};

/* Whom a call that goes on, or one that has ended, is with; the second locks
 * its run if that is open.  FAULT_ABSENT: there is no such call. */
int report_live(struct db *db, struct report *r, struct fault *f);
int report_ended(struct db *db, struct report *r, struct fault *f);

/* What was said before, from the row of the call. */
int call_said_read(struct db *db, struct report *r, struct fault *f);

/* Changes contact and counters of a call that has ended. */
int report_follow(struct db *db, struct report *r, struct fault *f);

/* Counts its disposition, instead of the one before: the last write. */
int report_count(struct db *db, const struct report *r, struct fault *f);

#endif
