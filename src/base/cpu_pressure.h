/*
 * cpu_pressure.h - is another thread waiting for the processor that the calling
 * one runs on?  For long work that gives way.
 *
 * Counted are the involuntary context switches of the thread (getrusage(2),
 * ru_nivcsw).  cpu_yield() leads to one when another thread is waiting.
 */
#ifndef BASE_CPU_PRESSURE_H
#define BASE_CPU_PRESSURE_H

#include <stdint.h>

/* Of the thread that asks. */
struct cpu_pressure {
	int64_t switches;
};

/* Lets another thread run that waits; under 1 us when none does. */
void cpu_yield(void);

/* How often other threads ran since the last call; the first call, with {0},
 * gives the whole life of the thread and says nothing of now. */
int64_t cpu_pressure_count(struct cpu_pressure *c);

#endif
