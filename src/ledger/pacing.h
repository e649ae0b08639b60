/*
 * pacing.h - how many calls a run may have at a time (doc/product.md 6.3).
 * Pure.
 *
 * A seat is a conversation; not every call becomes one.  A run may have as many
 * calls as leave the last one a seat when it is answered: at three instants (at
 * which 10, 50 and 90 % of those who answer will have done so) the conversations
 * and answers to be expected, and as many standard deviations as the caution
 * says (campaign/caution.h), must fit into the seats.  The least of the three
 * counts; a single one lets a large run swing.
 *
 * What is expected of a call that rings depends on how long it has rung: after
 * 8 s it may well be answered now, after 30 s hardly any more.  How long people
 * take to answer, and calls to fail, is learnt (ledger/pacing_memory.h), and so
 * is the share that answers, by exposure: answers, divided by the chances that
 * the calls sent so far have had.  Of talk times only the mean counts, with
 * conversations in progress at their length so far.
 *
 * Whoever answers and finds no seat waits PACING_GRACE_S for one before the
 * call is abandoned, so a seat that is freed by then counts.  Where they wait
 * for less, more are abandoned, and the caution makes up for it: without any
 * wait a simulated day loses 2.4 % instead of 2.0 %.
 *
 * What the simulated days have not (tests/bench/pacing): carriers whose calls a
 * second run out, so that calls are queued for long (they count as new ones);
 * several carriers with delays of their own (which are mixed); people who answer
 * together.  Seats that come and go are only kept within the bounds below.
 */
#ifndef LEDGER_PACING_H
#define LEDGER_PACING_H

#include <stdbool.h>
#include <stdint.h>

#include "campaign/caution.h"

/* Ages and delays are whole seconds; the last one stands for longer, too.  A
 * phone rings for two minutes at most (Ring Timeout). */
#define PACING_RING_S 121
/* The answer rate is learnt from half an hour at most. */
#define PACING_RATE_S 1800
#define PACING_PAST_S (PACING_RATE_S + PACING_RING_S)
/* Seconds that a caller waits for a seat. */
#define PACING_GRACE_S 2
/* Calls for a seat, at most. */
#define PACING_MOST 12

/* What was learnt; counts. */
struct pacing_past {
	/* calls by the seconds until they were answered, or ended without */
	double ans_at[PACING_RING_S], fail_at[PACING_RING_S];
	/* calls sent and answered, by second, newest first; complete seconds */
	float sent[PACING_PAST_S], answered[PACING_PAST_S];
};

struct pacing {
	int64_t seats; /* the campaign's concurrency */
	/* now */
	int64_t connected; /* conversations */
	int64_t talked_ms; /* how long they have lasted, in total */
	int64_t waiting;   /* answered, without a seat */
	int64_t held;	   /* not answered, each with a seat of its own */
	/* the others, by the seconds since they were sent; queued: 0 */
	int64_t ring[PACING_RING_S];
	int64_t talk_ms; /* of hour.handled, in total */
	struct caution_query hour;
	const struct pacing_past *past;
};

/*
 * How many calls the run may have, including queued and connected ones.  Never
 * fewer than its seats, and exactly as many while nobody may be abandoned
 * (caution, or nothing learnt); never more than PACING_MOST for a seat.
 */
int64_t pacing_target(const struct pacing *p);

/* False while nobody may be abandoned: then each call is given its seat when it
 * is placed.  A call that is not counts as one that may find none, even when
 * there are no more calls than seats. */
bool pacing_predicts(const struct pacing *p);

/* The same with a given caution, whatever the hour; any number. */
int64_t pacing_calls(const struct pacing *p, double z);

#endif
