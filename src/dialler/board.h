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
	/* what the carrier holds of ours: asked every now and then */
	int64_t list_at, list_asked_us;
	unsigned list_no;
	bool listing;		/* asked, and not answered to the end yet */
	struct call_id *listed; /* of these, what is not known here */
	size_t listed_count, listed_room;
	/* had no row: hung up if a list that is asked for now has them yet */
	struct msg_ids *suspects;
	bool suspects_asked;
};

/* Ids on their way to the place thread, many in one message. */
struct batch {
	enum msg_kind kind;
	int64_t delay_us;
	size_t count;
	struct call_id ids[200];
};

struct board {
	struct dialler *d;
	struct loop *loop;
	struct call_table calls;
	struct seats seats;
	struct line **lines;
	size_t line_count;
	struct batch again, back; /* sent with the turn */
	int64_t stop_by;	  /* 0: not stopping */
};

void board_open(struct board *b, struct dialler *d);
void board_close(struct board *b);

/* Runs until SIGTERM or SIGINT and for a moment after. */
void board_run(struct board *b);

/* Hears what the other threads say and does what is due; the loop calls it. */
void board_turn(void *board);

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

/* line_list.c */

/* Asks for all calls the carrier has of ours: to find those without a row, and
 * those of which it has told the end to somebody else. */
void line_ask_list(struct line *line, int64_t now);
/* These, sorted, had no row after the last list. */
void line_suspect(struct line *line, const struct msg_ids *m);
struct cr_event;
void line_listed(struct line *line, const struct cr_event *ev);
void line_list_ended(struct line *line);

/* line_adopt.c */

/* Calls that this node has taken over. */
void line_adopt(struct line *line, const struct stray *strays, size_t n);
/* All that are up, over a new connection. */
void line_ask_all(struct line *line);
/* Those that were up when the last list was asked, and are not in it. */
void line_ask_unlisted(struct line *line);

/* line_events.c */

void line_event(void *line, const struct cr_event *ev);

#endif
