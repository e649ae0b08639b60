/*
 * credit.h - flow control of jobs: how many of each carrier may be read.  The
 * loop grants credit, the jobs thread takes it; safe to call from both.
 */
#ifndef DIALLER_CREDIT_H
#define DIALLER_CREDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct credits;

struct credits *credits_new(void);
void credits_free(struct credits *r);

/* So many calls may be on their way to this carrier, read and not claimed
 * ones included. */
void credit_set(struct credits *r, int64_t carrier_id, size_t calls);

/* Jobs that were read have come to the loop as a claim. */
void credit_return(struct credits *r, int64_t carrier_id, size_t jobs);

/* True while jobs that were read have not come to the loop. */
bool credits_in_use(struct credits *r);

/* Ends the waiting of the jobs thread. */
void credits_close(struct credits *r);

/* What may be read now: of each of 'n' carriers its stream and how many. */
struct credit_offer {
	const char **streams;
	size_t *counts;
	int64_t *carriers;
	size_t n;
	bool all; /* every carrier has room */
};

/* Waits until some may be read; false: closed. */
bool credits_wait(struct credits *r, struct arena *a, struct credit_offer *w);

/* One job of this carrier was read. */
void credit_take(struct credits *r, int64_t carrier_id);

#endif
