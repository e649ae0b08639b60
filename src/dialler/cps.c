#include "dialler/cps.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"

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

int64_t
cps_next(const struct cps *c, size_t ahead)
{
	if (ahead >= c->usable)
		return INT64_MAX;
	return call_at(c, c->limit - c->usable + ahead) + US_PER_S;
}

size_t
cps_room(const struct cps *c, int64_t by)
{
	size_t low = c->limit - c->usable, high = c->limit;
	size_t first = low;

	/* Instants only grow from the oldest on: how many are old enough? */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (call_at(c, middle) + US_PER_S <= by)
			low = middle + 1;
		else
			high = middle;
	}
	return low - first;
}

void
cps_note(struct cps *c, int64_t now)
{
	if (c->limit == 0)
		return;
	c->at[c->oldest] = now;
	c->oldest = (c->oldest + 1) % c->limit;
}
