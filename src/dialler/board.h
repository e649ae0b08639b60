/*
 * board.h - the loop's side: the carriers of this node, the calls it knows,
 * and the moment at which a call leaves.
 *
 * A call may leave until GATE_US after the instant before its gates were read;
 * the clock is looked at directly before the bytes, by line_pump() and again
 * by the carrier.  Later the gates are asked again, a few times.
 */
#ifndef DIALLER_BOARD_H
#define DIALLER_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dialler/calls.h"
#include "dialler/cps.h"
#include "dialler/line_cell.h"
#include "dialler/message.h"
#include "dialler/seats.h"

struct dialler;
struct loop;
struct loop_watch;

/* A carrier as this node has it. */
struct line {
	struct board *board;
	struct line_cell *cell;
	int64_t carrier_id;
	struct carrier *carrier;
	struct loop_watch *watch;
	char *address;
	bool up;
	struct cps cps;
	size_t used;   /* calls that take a channel: claimed, won or up */
	size_t unsent; /* of these, not placed yet */
	struct call *first, **last; /* won, in the order they came */
	/* congestion: what left and what was refused since 'second' began */
	int64_t second, left, refused;
	struct call_id *listed; /* calls that the carrier holds of ours */
	size_t listed_count, listed_room;
	int64_t list_at;
};

struct board {
	struct dialler *d;
	struct loop *loop;
	struct call_table calls;
	struct seat_table seats;
	struct line **lines;
	size_t line_count;
	struct call_id again[64]; /* to be asked again, sent with the turn */
	size_t again_count;
	int64_t stop_by; /* 0: not stopping */
};

void board_open(struct board *b, struct dialler *d);
void board_close(struct board *b);

/* Runs until SIGTERM or SIGINT and for a moment after. */
void board_run(struct board *b);

struct line *board_line(struct board *b, int64_t carrier_id);

/* The gates must be asked again / nothing was placed: its row goes back, and
 * the contact waits for 'delay_us'. */
void board_again(struct board *b, struct call *c);
void board_back(struct board *b, struct call *c, int64_t delay_us);

/* Forgets a call, whatever it holds. */
void board_drop(struct board *b, struct call *c);

/* Tells the recorder. */
void board_news(struct board *b, const struct call_news *news);

/* line.c */

/* NULL when the carrier's configuration cannot work. */
struct line *line_open(struct board *b, const struct msg_line *m);
/* The carrier is to be found elsewhere: calls that are up are asked for
 * there. */
void line_move(struct line *line, const struct msg_line *m);
void line_close(struct line *line);

/* A won call gets into line. */
void line_add(struct line *line, struct call *c);
void line_remove(struct line *line, struct call *c);

/* Reads the carrier, places what may leave, offers room for more; returns
 * when the next turn is due at the latest. */
int64_t line_turn(struct line *line, bool placing);

/* line_adopt.c */

/* Calls that this node has taken over. */
void line_adopt(struct line *line, const struct stray *strays, size_t n);
/* All that are up, over a new connection. */
void line_ask_all(struct line *line);

/* line_events.c */

struct cr_event;
void line_event(void *line, const struct cr_event *ev);

#endif
