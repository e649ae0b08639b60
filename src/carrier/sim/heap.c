#include "carrier/sim/heap.h"

#include <stdlib.h>

#include "base/arena.h"

/* Places count from 1, so that a parent is half its child. */
static struct timer *
at(const struct heap *h, size_t place)
{
	return h->timers[place - 1];
}

static void
put(struct heap *h, size_t place, struct timer *t)
{
	h->timers[place - 1] = t;
	t->place = place;
}

static void
rise(struct heap *h, struct timer *t)
{
	size_t place = t->place;

	while (place > 1 && at(h, place / 2)->due > t->due) {
		put(h, place, at(h, place / 2));
		place /= 2;
	}
	put(h, place, t);
}

static void
sink(struct heap *h, struct timer *t)
{
	size_t place = t->place;

	for (;;) {
		size_t child = place * 2;

		if (child < h->count &&
		    at(h, child + 1)->due < at(h, child)->due)
			child++;
		if (child > h->count || at(h, child)->due >= t->due)
			break;
		put(h, place, at(h, child));
		place = child;
	}
	put(h, place, t);
}

void
heap_set(struct heap *h, struct timer *t, int64_t due)
{
	if (!t->place) {
		if (h->count == h->cap) {
			h->cap = h->cap ? h->cap * 2 : 64;
			h->timers = xrealloc(h->timers,
					     h->cap * sizeof(*h->timers));
		}
		t->place = ++h->count;
	}
	t->due = due;
	rise(h, t);
	sink(h, t);
}

void
heap_unset(struct heap *h, struct timer *t)
{
	struct timer *last;
	size_t place = t->place;

	if (!place)
		return;
	last = at(h, h->count--);
	t->place = 0;
	if (last == t)
		return;
	put(h, place, last);
	rise(h, last);
	sink(h, last);
}

struct timer *
heap_first(const struct heap *h)
{
	return h->count ? at(h, 1) : NULL;
}

void
heap_free(struct heap *h)
{
	free(h->timers);
	*h = (struct heap){ 0 };
}
