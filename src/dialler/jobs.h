/*
 * jobs.h - how many jobs of each carrier may be read: the loop offers, the
 * jobs thread takes.
 */
#ifndef DIALLER_JOBS_H
#define DIALLER_JOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rooms;

struct rooms *rooms_new(void);
void rooms_free(struct rooms *r);

/* So many calls may be on their way to this carrier, read and not claimed
 * ones included. */
void rooms_offer(struct rooms *r, int64_t carrier_id, size_t calls);

/* Jobs that were read have come to the loop as a claim. */
void rooms_claimed(struct rooms *r, int64_t carrier_id, size_t jobs);

/* True while jobs that were read have not come to the loop. */
bool rooms_are_taken(struct rooms *r);

/* Ends the waiting of the jobs thread. */
void rooms_shut(struct rooms *r);

#endif
