/*
 * seats.h - how many conversations each run has and may have, as the loop
 * knows it: an answer without a free seat is hung up at once (abandoned).
 */
#ifndef DIALLER_SEATS_H
#define DIALLER_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seat {
	int64_t run_id;
	int64_t talking;   /* on this node */
	int64_t elsewhere; /* on others, a second ago */
};

struct seat_table {
	struct seat *all; /* sorted by run */
	size_t count, room;
};

void seats_free(struct seat_table *t);

/* The run's line; made when there is none. */
struct seat *seats_of(struct seat_table *t, int64_t run_id);

/* An answer: takes one of so many seats (0: not known, any number); false
 * when none is free. */
bool seats_take(struct seat_table *t, int64_t run_id, int64_t seats);
void seats_leave(struct seat_table *t, int64_t run_id);

/* Forgets what other nodes have, and runs without conversations here. */
void seats_sweep(struct seat_table *t);

#endif
