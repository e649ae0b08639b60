/*
 * seats.h - a person has answered: is a seat of the run free for them?  The
 * database says so (ledger/seat.h); without one the call is hung up at
 * once and counts as abandoned.
 *
 * When it does not say so within SEAT_WAIT_US, a node that is alone counts its
 * own conversations; among others nobody can know, and the call is hung up.
 */
#ifndef DIALLER_SEATS_H
#define DIALLER_SEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/ledger.h"

struct call_control;
struct call;
struct msg_sent;

/* Whoever answers must hear somebody within 2 s. */
#define SEAT_WAIT_US 1000000

/* Answered calls in the order they came; the first 'asked' were asked for. */
struct seats {
	struct seat_wait {
		struct call_id id;
		int64_t until_us;
	} * all;
	size_t count, asked, room;
	int64_t asked_us; /* when */
};

void seats_free(struct seats *s);

void seats_ask(struct seats *s, struct call *c);

/* The call goes on, or is hung up. */
void seats_give(struct call_control *b, struct call *c, bool seated);

/* What the database said. */
void seats_told(struct call_control *b, struct msg_sent *m);

/* Asks for those that came, and decides about those that wait for too long;
 * returns when there is something to do again. */
int64_t seats_turn(struct call_control *b, int64_t now);

#endif
