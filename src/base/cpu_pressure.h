/*
 * cpu_pressure.h - tells whether other threads are waiting for the processor
 * that the calling thread runs on.  For long work that makes way for them.
 *
 * It counts the involuntary context switches of the thread (getrusage(2),
 * ru_nivcsw).  cpu_yield() causes one when another thread is waiting.
 */
#ifndef BASE_CPU_PRESSURE_H
#define BASE_CPU_PRESSURE_H

#include <stdint.h>

/* Belongs to the calling thread. */
struct cpu_pressure {
	int64_t switches;
};

/* Lets a waiting thread run; takes under 1 us when there is none. */
void cpu_yield(void);

/* How often the thread was preempted since the last call.  The first call, with
 * {0}, counts since the thread began, which says nothing about the present. */
int64_t cpu_pressure_count(struct cpu_pressure *c);

#endif
