#include "ledger/pacing.h"

#include <math.h>

#define LEARNT 20	/* completed calls before averages are used */
#define BRAKE_FROM 30	/* answers before the brake applies */
#define SHRINK_ABOVE 30 /* thousandths abandoned */
#define HALVE_ABOVE 50
#define MOST_PER_SEAT 10

int64_t
pacing_brake(const struct pacing *p)
{
	int64_t share;

	if (p->answered <= BRAKE_FROM)
		return 1000;
	share = p->abandoned * 1000 / p->answered;
	if (share > HALVE_ABOVE)
		return 500;
	if (share > SHRINK_ABOVE)
		return 1000 * SHRINK_ABOVE / share;
	return 1000;
}

/* Averages over the window. */
struct averages {
	double answers;	      /* share of calls */
	double handle, setup; /* ms */
};

static struct averages
estimate(const struct pacing *p)
{
	double handled = (double)p->handled, connected = (double)p->connected;
	double ended = (double)p->ended;

	return (struct averages){
		.answers = (handled + connected) / (ended + connected),
		.handle = (double)(p->talk_ms + p->talked_ms) / handled,
		.setup = (double)p->ring_ms / ended,
	};
}

/*
 * How many unanswered calls will probably find a seat: the expected answers and
 * half a standard deviation fit into the seats that are free by then.
 */
static double
safe_calls(const struct pacing *p, const struct averages *e)
{
	double connected = (double)p->connected;
	double free = (double)p->seats - connected +
		      connected * e->setup / (e->setup + e->handle);
	double root;

	if (free <= 0)
		return 0;
	root = sqrt(free + 0.0625) - 0.25;
	return root * root / e->answers;
}

int64_t
pacing_target(const struct pacing *p)
{
	double seats = (double)p->seats, rate, calls;
	struct averages e;

	if (p->completed < LEARNT || p->handled <= 0 || p->talk_ms <= 0)
		return p->seats;
	e = estimate(p);
	rate = seats / (e.handle * e.answers) * (double)pacing_brake(p) / 1000;
	calls = rate * (e.setup + e.answers * e.handle);
	calls = fmin(calls, (double)p->connected + safe_calls(p, &e));
	calls = fmin(calls, seats * MOST_PER_SEAT);
	return calls > seats ? (int64_t)calls : p->seats;
}
