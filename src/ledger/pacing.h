/*
 * pacing.h - how many calls a run may have at a time (doc/product.md 6.3).
 * Pure.
 *
 * A seat is a conversation; not every call becomes one.  With fewer than 20
 * completed calls in the window there is one call for one seat, and nobody can
 * be abandoned.  With more, rate = seats / (handle time x answer rate) calls
 * a second keep the seats busy; by Little's law that is
 *
 *     rate x (set-up time + answer rate x handle time)
 *
 * calls at a time.  It is kept as a number of calls, not as a rate, so that a
 * freed seat has its next call at once, without a clock.  Two limits keep
 * abandoned calls few: the brake (doc/product.md 6.4), and the rule that there
 * are never more unanswered calls than the seats that are free, or will be by
 * then, can probably take.
 *
 * Conversations in progress count in the averages with their length so far;
 * otherwise the first ones to end, which are short, would stand for all.
 */
#ifndef LEDGER_PACING_H
#define LEDGER_PACING_H

#include <stdint.h>

/* The minutes that the averages cover, and those that the abandon brake looks
 * at. */
#define PACING_WINDOW_MIN 30
#define PACING_BRAKE_MIN 5

struct pacing {
	int64_t seats; /* the campaign's concurrency */
	/* now */
	int64_t connected; /* conversations */
	int64_t talked_ms; /* how long they have lasted, in total */
	/* in the last PACING_WINDOW_MIN minutes */
	int64_t completed;
	int64_t ended;	 /* counted attempts */
	int64_t handled; /* of these, picked up and not abandoned */
	int64_t ring_ms, talk_ms;
	/* in the last PACING_BRAKE_MIN minutes */
	int64_t answered, abandoned;
};

/*
 * How many calls the run may have, including queued and connected ones.  Never
 * fewer than its seats (then no call can be abandoned) and never more than 10
 * for a seat.
 */
int64_t pacing_target(const struct pacing *p);

/* The abandon brake: what is left of the rate, in thousandths. */
int64_t pacing_brake(const struct pacing *p);

#endif
