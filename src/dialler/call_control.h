/*
 * call_control.h - call control, which runs in the loop: this node's trunks,
 * the calls it knows, and the moment at which a call leaves.
 *
 * A call may leave until GATE_US after the instant before its gates were read.
 * trunk_send_due(), and then the carrier, read the clock directly before the
 * bytes are written.  After that time the gates are checked again, a few times.
 */
#ifndef DIALLER_CALL_CONTROL_H
#define DIALLER_CALL_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carrier/carrier.h"
#include "dialler/call_report.h"
#include "dialler/calls.h"
#include "dialler/cps.h"
#include "dialler/message.h"
#include "dialler/seats.h"
#include "dialler/trunk_guard.h"
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
	struct trunk_conf *conf; /* with which it was opened */
	bool up;
	struct cps cps;
	size_t channels_used; /* calls from CALL_RESERVED to CALL_PLACED */
	size_t not_placed;    /* of these, not placed yet */
	struct call *first, **last; /* granted, in the order they came */
	/* congestion: calls placed and calls refused since 'second' began */
	int64_t second, attempts_1s, congested_1s;
	struct trunk_guard guard;
	/* ends that are reported when it is known what they mean */
	struct held_end {
		struct cr_event ev;
		int64_t until;
	} *held;
	size_t held_count, held_room;
	/* our calls on the carrier, which is asked for them now and then */
	int64_t list_at, list_asked_us;
	unsigned list_no;
	bool listing;		/* asked, and the answer is not complete yet */
	struct call_id *listed; /* calls in it that are not known here */
	size_t listed_count, listed_room;
	/* calls that had no row: hung up if the next list still has them */
	struct msg_ids *suspects;
	bool suspects_asked;
};

struct call_control {
	struct dialler *d;
	struct loop *loop;
	struct call_table calls;
	struct seats seats;
	struct trunk **trunks;
	size_t trunk_count;
	struct call_batch again, back; /* sent at the end of a turn */
	int64_t stop_by;	       /* 0: not stopping */
};

void call_control_open(struct call_control *b, struct dialler *d);
void call_control_close(struct call_control *b);

/* Runs until SIGTERM or SIGINT, and until work in progress is finished or 2 s
 * have passed. */
void call_control_run(struct call_control *b);

/* Handles the other threads' messages and does what is due; the loop calls
 * it. */
void call_control_turn(void *board);

struct trunk *trunk_of(struct call_control *b, int64_t carrier_id);

/* call_state.c */

/* The only place where a call's state changes, and with it the channels that
 * its trunk has in use, the calls that it has not placed, and its queue.  A
 * change that no call can make ends the process. */
void call_set_state(struct call *c, enum call_state state);

/* Forgets a call in any state. */
void call_drop(struct call_control *b, struct call *c);

/* trunk.c */

/* Both take the message's conf.  NULL when it cannot work. */
struct trunk *trunk_open(struct call_control *b, const struct msg_trunk *m);
/* Connects with the new settings, and asks there about the calls in
 * progress. */
void trunk_move(struct trunk *trunk, const struct msg_trunk *m);
void trunk_close(struct trunk *trunk);

/* Reads from the carrier, places the calls that may leave and offers room for
 * more; returns when the next turn is due at the latest. */
int64_t trunk_run(struct trunk *trunk, bool placing);

/* trunk_list.c */

/* Asks the carrier for all our calls, to find those without a row, and those
 * whose end it reported to another connection. */
void trunk_ask_list(struct trunk *trunk, int64_t now);
/* Takes the ids, sorted, of calls in the last list that had no row. */
void trunk_suspect(struct trunk *trunk, const struct msg_ids *m);
void trunk_listed(struct trunk *trunk, const struct cr_event *ev);
void trunk_list_ended(struct trunk *trunk);

/* trunk_resync.c */

/* Takes over calls, and asks the carrier what has become of them. */
void trunk_adopt(struct trunk *trunk, const struct orphan_call *orphans,
		 size_t n);
/* Asks about all calls in progress, over a new connection. */
void trunk_ask_all(struct trunk *trunk);
/* Asks about calls that were in progress when the last list was asked for and
 * are not in it. */
void trunk_ask_unlisted(struct trunk *trunk);

/* trunk_ends.c */

void trunk_call_ended(struct trunk *trunk, struct call *c,
		      const struct cr_event *ev);
/* Reports ends whose time has come; returns when the next one's does. */
int64_t trunk_release_held(struct trunk *trunk, int64_t now);
/* Says why no calls are placed with it, or that they are. */
void trunk_say_trouble(struct trunk *trunk, int64_t now);

/* trunk_events.c */

void trunk_event(void *trunk, const struct cr_event *ev);

#endif
