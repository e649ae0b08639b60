/*
 * seats.h - gives an answered call a seat of its run, if the database has one
 * free (ledger/seat.h), and then its bot.  Without one it waits, and asks again:
 * other conversations end.  When its time is over the carrier plays its message
 * and hangs up, and the call counts as abandoned (carrier.h, contract 7).  A
 * call that was planned with its seat asks for none.
 *
 * When the database does not answer within SEAT_ANSWER_US, a node that is alone
 * counts its own conversations.  If there are other nodes the count is not
 * known, and the call gets no seat.
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

#define SEAT_ANSWER_US 1000000
/* A person who answers must hear a voice within 2 s (CR_JOIN_MS): this leaves
 * half a second to join the bot. */
#define SEAT_PATIENCE_US 1400000
#define SEAT_AGAIN_US 50000 /* between two questions about a call */

/* Answered calls in the order they came. */
struct seats {
	struct seat_wait {
		struct call_id id;
		int64_t since_us;
		int64_t ask_us;	 /* INT64_MAX: asked, not answered yet */
		bool no_answer; /* the database has never answered */
	} * all;
	size_t count, room;
	int64_t asked_us; /* when it was asked last */
};

void seats_free(struct seats *s);

void seats_ask(struct seats *s, struct call *c);

/* The call has its seat, or will get none. */
void seats_give(struct call_control *b, struct call *c, bool seated);

/* Handles the answer of the database. */
void seats_told(struct call_control *b, struct msg_sent *m);

/* Asks for seats for new calls, and decides about calls that have waited too
 * long; returns when there is something to do again. */
int64_t seats_turn(struct call_control *b, int64_t now);

#endif
