/*
 * credit.h - flow control of jobs: how many jobs of each carrier may be read.
 * The loop grants credit, the jobs thread takes it; safe to call from both.
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

/* Sets how many calls may be on their way to this carrier, including jobs that
 * were read and are not claimed yet. */
void credit_set(struct credits *r, int64_t carrier_id, size_t calls);

/* Tells that jobs which were read have reached the loop as a claim. */
void credit_return(struct credits *r, int64_t carrier_id, size_t jobs);

/* True while jobs that were read have not reached the loop. */
bool credits_in_use(struct credits *r);

/* Ends the wait of the jobs thread. */
void credits_close(struct credits *r);

/* What may be read now: for each of 'n' carriers its stream and how many
 * jobs. */
struct credit_offer {
	const char **streams;
	size_t *counts;
	int64_t *carriers;
	size_t n;
	bool all; /* every carrier has room */
};

/* Waits until jobs may be read; false: closed. */
bool credits_wait(struct credits *r, struct arena *a, struct credit_offer *w);

/* Tells that one job of this carrier was read. */
void credit_take(struct credits *r, int64_t carrier_id);

#endif
