#include "dialler/cps.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"

#define FIFTH_US (US_PER_S / 5)

void
cps_free(struct cps *c)
{
	free(c->at);
	*c = (struct cps){ 0 };
}

/* The i-th call, counted from the oldest. */
static int64_t
call_at(const struct cps *c, size_t i)
{
	return c->at[(c->oldest + i) % c->limit];
}

void
cps_set(struct cps *c, size_t limit, int64_t now)
{
	int64_t *at;
	size_t keep = limit < c->limit ? limit : c->limit;

	if (limit == c->limit)
		return;
	at = limit ? xmalloc(limit * sizeof(*at)) : NULL;
	for (size_t i = 0; i < keep; i++)
		at[i] = call_at(c, c->limit - keep + i);
	for (size_t i = keep; i < limit; i++)
		at[i] = now;
	free(c->at);
	*c = (struct cps){ .at = at, .limit = limit, .usable = limit };
}

void
cps_brake(struct cps *c, size_t usable)
{
	if (usable > c->limit)
		usable = c->limit;
	c->usable = usable == 0 && c->limit > 0 ? 1 : usable;
}

/* Calls that may leave in a fifth of a second. */
static size_t
burst_of(const struct cps *c)
{
	size_t n = (c->usable + 4) / 5;

	if (n < 2)
		n = 2;
	return n < c->usable ? n : c->usable;
}

int64_t
cps_next(const struct cps *c, size_t ahead)
{
	size_t burst = burst_of(c);
	int64_t second, fifth;

	if (ahead >= burst)
		return INT64_MAX;
	second = call_at(c, c->limit - c->usable + ahead) + US_PER_S;
	fifth = call_at(c, c->limit - burst + ahead) + FIFTH_US;
	return second > fifth ? second : fifth;
}

/* How many of the last 'n' calls left at 'by' or before.  The ring is sorted
 * from the oldest on. */
static size_t
old_enough(const struct cps *c, size_t n, int64_t by)
{
	size_t low = c->limit - n, high = c->limit;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (call_at(c, middle) <= by)
			low = middle + 1;
		else
			high = middle;
	}
	return low - (c->limit - n);
}

size_t
cps_room(const struct cps *c, int64_t by)
{
	size_t second = old_enough(c, c->usable, by - US_PER_S);
	size_t fifth = old_enough(c, burst_of(c), by - FIFTH_US);

	return second < fifth ? second : fifth;
}

void
cps_note(struct cps *c, int64_t now)
{
	if (c->limit == 0)
		return;
	c->at[c->oldest] = now;
	c->oldest = (c->oldest + 1) % c->limit;
}
