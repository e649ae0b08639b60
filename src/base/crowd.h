/*
 * crowd.h - for long work that gives way: does anybody else want the processor
 * that the calling thread is on?
 *
 * Counted are the switches to others that were not the thread's own will
 * (getrusage(2), ru_nivcsw), which its own crowd_yield() leads to when somebody
 * waits.
 */
#ifndef BASE_CROWD_H
#define BASE_CROWD_H

#include <stdint.h>

/* Of the thread that asks. */
struct crowd {
	int64_t switches;
};

/* Lets whoever waits run; costs less than 1 us when nobody does. */
void crowd_yield(void);

/* How often others have run since it was last asked; of {0}: in the thread's
 * life, which tells nothing of now. */
int64_t crowd_count(struct crowd *c);

#endif
