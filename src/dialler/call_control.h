/*
 * call_control.h - the loop's side: the carriers of this node, the calls it
 * knows, and the moment at which a call leaves.
 *
 * A call may leave until GATE_US after the instant before its gates were read;
 * the clock is looked at directly before the bytes, by trunk_send_due() and
 * again by the carrier.  Later the gates are asked again, a few times.
 */
#ifndef DIALLER_CALL_CONTROL_H
#define DIALLER_CALL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dialler/calls.h"
#include "dialler/cps.h"
#include "dialler/message.h"
#include "dialler/seats.h"
#include "dialler/trunk_share.h"

struct dialler;
struct loop;
struct loop_watch;

/* A carrier as this node has it. */
struct trunk {
	struct call_control *control;
	struct trunk_share *cell;
	int64_t carrier_id;
	struct carrier *carrier;
	struct loop_watch *watch;
	char *address;
	bool up;
	struct cps cps;
	size_t channels_used; /* calls that take a channel: claimed, won or up
			       */
	size_t not_placed;    /* of these, not placed yet */
	struct call *first, **last; /* won, in the order they came */
	/* congestion: what left and what was refused since 'second' began */
	int64_t second, attempts_1s, congested_1s;
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
struct call_batch {
	enum msg_kind kind;
	int64_t delay_us;
	size_t count;
	struct call_id ids[200];
};

struct call_control {
	struct dialler *d;
	struct loop *loop;
	struct call_table calls;
	struct seats seats;
	struct trunk **trunks;
	size_t trunk_count;
	struct call_batch again, back; /* sent with the turn */
	int64_t stop_by;	       /* 0: not stopping */
};

void call_control_open(struct call_control *b, struct dialler *d);
void call_control_close(struct call_control *b);

/* Runs until SIGTERM or SIGINT and for a moment after. */
void call_control_run(struct call_control *b);

/* Hears what the other threads say and does what is due; the loop calls it. */
void call_control_turn(void *board);

struct trunk *trunk_of(struct call_control *b, int64_t carrier_id);

/* The gates must be asked again / nothing was placed: its row goes back, and
 * the contact waits for 'delay_us'. */
void call_recheck(struct call_control *b, struct call *c);
void call_withdraw(struct call_control *b, struct call *c, int64_t delay_us);

/* call_state.c */

/* The only place where a call's state changes, and with it the channels that
 * its trunk has in use, the calls that it has not placed, and its queue.  A
 * change that no call can make ends the process. */
void call_set_state(struct call *c, enum call_state state);

/* Forgets a call, whatever it holds. */
void call_drop(struct call_control *b, struct call *c);

/* Tells the recorder. */
void call_report(struct call_control *b, const struct call_update *news);

/* trunk.c */

/* NULL when the carrier's configuration cannot work. */
struct trunk *trunk_open(struct call_control *b, const struct msg_trunk *m);
/* The carrier is to be found elsewhere: calls that are up are asked for
 * there. */
void trunk_move(struct trunk *trunk, const struct msg_trunk *m);
void trunk_close(struct trunk *trunk);

/* Reads the carrier, places what may leave, offers room for more; returns
 * when the next turn is due at the latest. */
int64_t trunk_run(struct trunk *trunk, bool placing);

/* trunk_list.c */

/* Asks for all calls the carrier has of ours: to find those without a row, and
 * those of which it has told the end to somebody else. */
void trunk_ask_list(struct trunk *trunk, int64_t now);
/* These, sorted, had no row after the last list. */
void trunk_suspect(struct trunk *trunk, const struct msg_ids *m);
struct cr_event;
void trunk_listed(struct trunk *trunk, const struct cr_event *ev);
void trunk_list_ended(struct trunk *trunk);

/* trunk_resync.c */

/* Calls that this node has taken over. */
void trunk_adopt(struct trunk *trunk, const struct orphan_call *orphans,
		 size_t n);
/* All that are up, over a new connection. */
void trunk_ask_all(struct trunk *trunk);
/* Those that were up when the last list was asked, and are not in it. */
void trunk_ask_unlisted(struct trunk *trunk);

/* trunk_events.c */

void trunk_event(void *trunk, const struct cr_event *ev);

#endif
