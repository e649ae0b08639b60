/*
 * count.h - how often each number was called: 8 bytes a slot, so that millions
 * of numbers fit.  Two numbers that share 56 bits of hash share their count,
 * which does not matter to the simulation.
 */
#ifndef CARRIER_SIM_COUNT_H
#define CARRIER_SIM_COUNT_H

#include <stddef.h>
#include <stdint.h>

struct sim_count {
	uint64_t *slots; /* hash in the upper 56 bits, count in the lower 8 */
	size_t cap, used;
};

/* Counts one more call; returns the count, at most 255. */
unsigned sim_count_up(struct sim_count *c, const char *number);

void sim_count_free(struct sim_count *c);

#endif
