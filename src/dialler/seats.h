/*
 * seats.h - gives an answered call a seat of its run, if the database has one
 * free (ledger/seat.h).  Without a seat the call is hung up at once and counts
 * as abandoned.
 *
 * When the database does not answer within SEAT_WAIT_US, a node that is alone
 * counts its own conversations.  If there are other nodes the count is not
 * known, and the call is hung up.
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

/* A person who answers must hear a voice within 2 s. */
#define SEAT_WAIT_US 1000000

/* Answered calls in the order they came; for the first 'asked' of them the
 * database has been asked. */
struct seats {
	struct seat_wait {
		struct call_id id;
		int64_t until_us;
	} * all;
	size_t count, asked, room;
	int64_t asked_us; /* when it was asked last */
};

void seats_free(struct seats *s);

void seats_ask(struct seats *s, struct call *c);

/* Lets the call go on, or hangs it up. */
void seats_give(struct call_control *b, struct call *c, bool seated);

/* Handles the answer of the database. */
void seats_told(struct call_control *b, struct msg_sent *m);

/* Asks for seats for new calls, and decides about calls that have waited too
 * long; returns when there is something to do again. */
int64_t seats_turn(struct call_control *b, int64_t now);

#endif
