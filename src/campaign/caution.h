/*
 * caution.h - how careful a run must be, so that no hour has more abandoned
 * calls than the law allows (doc/product.md 6.3, 6.4).  Pure.
 *
 * It looks at the hour that ends in ten minutes: what was answered and
 * abandoned in the last 50, and what the next ten will probably bring, which is
 * what the last ten brought.  The share that is aimed at is below the limit, by
 * more where fewer calls make chance larger: 1.7 % with 10 seats, 2.4 % with
 * 50, 2.8 % with 500.  What the hour may still lose makes the caution.
 */
#ifndef CAMPAIGN_CAUTION_H
#define CAMPAIGN_CAUTION_H

#include <stdbool.h>
#include <stdint.h>

/* The share of answered calls, in an hour and in 30 days. */
#define ABANDONED_MOST 0.03

/* Calls handled, and seconds, before a run is believed to be known. */
#define CAUTION_HANDLED 20
#define CAUTION_AGE_S 60
/* The minutes whose handled calls are counted; those of the hour that have
 * passed, and those to come. */
#define CAUTION_HANDLED_MIN 30
#define CAUTION_PAST_MIN 50
#define CAUTION_AHEAD_MIN 10

struct caution_query {
	double limit;	  /* the share that may be abandoned; 0: nobody */
	int64_t age_s;	  /* since the run first dialled */
	int64_t handled;  /* talked and ended, in CAUTION_HANDLED_MIN minutes */
	int64_t answered; /* in CAUTION_PAST_MIN minutes */
	int64_t abandoned;   /* of these */
	int64_t answered_10; /* in CAUTION_AHEAD_MIN minutes */
};

/* From which on a call is placed only for a free seat: up to CAUTION_SPENT. */
enum caution_reason {
	CAUTION_RESERVE,  /* nobody may be abandoned */
	CAUTION_LEARNING, /* too little is known yet */
	CAUTION_SPENT,	  /* one more would break the hour's limit */
	CAUTION_CAREFUL,  /* more than is aimed at was abandoned */
	CAUTION_USUAL
};

struct caution {
	enum caution_reason reason;
	double share; /* abandoned, of those answered in 50 minutes; 0: none */
	/* Standard deviations by which seats must exceed the expected answers;
	 * 0: one call for one seat. */
	double z;
};

struct caution caution_of(const struct caution_query *q);

/* True when more than the limit was abandoned: for 30 days, in which case the
 * limit of an hour is 0. */
bool caution_is_over(int64_t answered, int64_t abandoned);

#endif
