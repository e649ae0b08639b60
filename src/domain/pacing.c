#include "domain/pacing.h"

#define LEARNT 20	/* completed calls before anything is presumed */
#define BRAKE_FROM 30	/* answers before the brake looks */
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

static double
least(double a, double b)
{
	return a < b ? a : b;
}

int64_t
pacing_target(const struct pacing *p)
{
	double seats = (double)p->seats, connected = (double)p->connected;
	double answers, handle, setup, rate, calls, expected;

	if (p->completed < LEARNT || p->handled <= 0 || p->talk_ms <= 0)
		return p->seats;
	answers = (double)p->handled / (double)p->ended;
	handle = (double)p->talk_ms / (double)p->handled;
	setup = (double)p->ring_ms / (double)p->ended;

	rate = seats / (handle * answers) * (double)pacing_brake(p) / 1000;
	calls = rate * (setup + answers * handle);

	/* Nor more than the seats that are free, or will be when these calls
	 * are answered, can take. */
	expected = seats - connected + connected * setup / handle;
	if (expected < 0)
		expected = 0;
	calls = least(calls, connected + expected / answers);
	calls = least(calls, seats * MOST_PER_SEAT);
	return calls > seats ? (int64_t)calls : p->seats;
}
