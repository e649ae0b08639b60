/*
 * heap.h - finds what is due first: a binary heap of timers that are members of
 * the structs they belong to.
 */
#ifndef CARRIER_SIM_HEAP_H
#define CARRIER_SIM_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct timer {
	int64_t due;
	size_t place; /* in the heap, from 1; 0: not set */
};

struct heap {
	struct timer **timers;
	size_t count, cap;
};

/* Sets a timer, or moves one that is set. */
void heap_set(struct heap *h, struct timer *t, int64_t due);

/* Removes a timer; it need not be set. */
void heap_unset(struct heap *h, struct timer *t);

/* The timer that is due first, still in the heap; NULL when there is none. */
struct timer *heap_first(const struct heap *h);

void heap_free(struct heap *h);

#endif
