/*
 * exclude.h - numbers that a campaign may not call: they are excluded at once,
 * on every node, and the exclusion is lifted again (doc/product.md 6.10).
 */
#ifndef CAMPAIGN_EXCLUDE_H
#define CAMPAIGN_EXCLUDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;
struct record;

#define EXCLUDE_MOST 1000	/* numbers in a call */
#define EXCLUDE_REASON_MOST 200 /* characters */

struct exclude_order {
	int64_t campaign_id;
	const char *const *phones; /* as a person writes them */
	size_t count;
	const char *reason; /* NULL or "": none */
	bool only_new;	    /* leaves alone what is excluded already */
};
/* Of the members that are a field: the reason. */
extern const struct record exclude_record;

enum exclude_fate {
	EXCLUDE_EXCLUDED,	 /* a contact that is not called any more */
	EXCLUDE_IN_PROGRESS,	 /* its call goes on, and is the last one */
	EXCLUDE_ALREADY_FINAL,	 /* a contact that got no more calls anyway */
	EXCLUDE_NOT_IN_CAMPAIGN, /* and cannot be added */
	EXCLUDE_INVALID,	 /* no number: nothing is done */
	EXCLUDE_FATE_MAX
};
extern const char *const exclude_fate_words[];

struct exclude_result {
	enum exclude_fate fate;
	const char *text; /* why it is no number; "" */
	char phone[16];	  /* digits; "" */
};

struct exclude_answer {
	struct exclude_result *results; /* in the order of the numbers */
	/* Whether a call was sent and not over, and how long it took from the
	 * request until no node could place one any more. */
	bool in_flight;
	int64_t delay_us;
	size_t written; /* numbers that got an exclusion or a new reason */
};

/*
 * Excludes the numbers.  Once 0 is returned no call of the campaign to one of
 * them is placed, on any node (doc/ledger.md 5); that takes GATE_US at most
 * longer than the commit.  A number that is excluded already gets the new
 * reason, unless the order is for new ones only.  FAULT_ABSENT: no such campaign in who->workspace_id; FAULT_DENIED;
 * FAULT_INVALID: none, too many, or the reason.  After FAULT_BUSY the numbers
 * may be excluded all the same, so the caller asks again.
 */
int campaign_exclude(struct db *db, const struct actor *who,
		     const struct exclude_order *o, struct arena *a,
		     struct exclude_answer *out, struct fault *f);

enum lift_fate {
	LIFT_LIFTED,
	LIFT_NOT_EXCLUDED, /* there was no exclusion */
	LIFT_INVALID	   /* no number */
};
extern const char *const lift_fate_words[];

struct lift_result {
	enum lift_fate fate;
	const char *text; /* why it is no number; "" */
	char phone[16];	  /* digits; "" */
};

/* Lifts exclusions; *out: of each number, in their order.  Contacts that have
 * become excluded stay so in this run. */
int campaign_lift_exclusion(struct db *db, const struct actor *who,
			    const struct exclude_order *o, struct arena *a,
			    struct lift_result **out, struct fault *f);

/* Whether a number (digits) is excluded.  FAULT_ABSENT: no such campaign. */
int campaign_excludes(struct db *db, int64_t workspace_id, int64_t campaign_id,
		      const char *phone, bool *out, struct fault *f);

#endif
