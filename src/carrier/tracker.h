/*
 * tracker.h - what every client of a carrier does alike (carrier.h, contract
 * 2 to 5): reports each call's phases forward and its end once, whatever the
 * carrier says or does not say; asks about calls that it has lost sight of.
 *
 * A kind embeds one and gives it two functions: ask about a call, hang it up.
 * Of a call it keeps a struct of its own that begins with struct cr_call.
 */
#ifndef CARRIER_TRACKER_H
#define CARRIER_TRACKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carrier/calls.h"
#include "carrier/carrier.h"

struct tracker {
	cr_event_fn *event;
	void *arg;
	int64_t (*clock)(void);
	int64_t stall_us, grace_us, margin_us, overrun_us, sweep_us;
	int64_t sweep_at;
	int64_t now, wall; /* of the dispatch() under way */
	bool up;	   /* the carrier can be asked */
	struct calls calls;
	uint64_t placed, ended, garbage;

	/* Ask what has become of a call: tracker_alive(), tracker_gone() or
	 * tracker_finish() answers.  Only while it is up. */
	void (*ask)(struct tracker *t, struct cr_call *call);
	void (*hangup)(struct tracker *t, struct cr_call *call);
};

/* 'call_size': of what the kind keeps of a call. */
void tracker_open(struct tracker *t, const struct cr_conf *conf,
		  size_t call_size);
void tracker_close(struct tracker *t);

/* FAULT_INVALID when node or site is not 1 to 32 of [A-Za-z0-9._-]. */
int tracker_check(const struct cr_conf *conf, struct fault *f);

/* True when one more call may be placed: fewer than 'window' are not confirmed,
 * and the oldest of them has not waited too long. */
bool tracker_is_ready(const struct tracker *t, int64_t now, unsigned window);

/* The call that place() has written. */
struct cr_call *tracker_placed(struct tracker *t, const struct cr_place *p,
			       int64_t now);

/* Notes the wish to end a call; NULL when it is not known here. */
struct cr_call *tracker_ending(struct tracker *t, const char *call_id,
			       bool before_answer, int q850);

/* An event of this moment, of the call unless it is NULL. */
struct cr_event tracker_event(const struct tracker *t, enum cr_event_kind kind,
			      const struct cr_call *call);

/* Reports one of the carrier. */
void tracker_tell(struct tracker *t, enum cr_event_kind kind);

/* A call rings, or is answered: reported when that is news. */
void tracker_advance(struct tracker *t, struct cr_call *call,
		     enum cr_phase phase);

/* Its bot was joined so long after the answer. */
void tracker_joined(struct tracker *t, struct cr_call *call, int64_t join_ms);

/* The end, with the facts that the event has: its outcome is found, the call
 * forgotten, then it is reported. */
void tracker_finish(struct tracker *t, struct cr_call *call,
		    struct cr_event *ev);

/* The end of a call that the carrier did not report. */
void tracker_conclude(struct tracker *t, struct cr_call *call,
		      enum cr_gone gone);

/* Answers to ask(): it is up, in this phase, for so long (-1: not known); or
 * the carrier does not know it, and may yet. */
void tracker_alive(struct tracker *t, struct cr_call *call, enum cr_phase phase,
		   int64_t age_us);
void tracker_gone(struct tracker *t, struct cr_call *call);

/* The connection is up, after a restart of the carrier or not; or lost.  A loss
 * is reported if it was up. */
void tracker_up(struct tracker *t, bool restarted);
void tracker_down(struct tracker *t);

/* carrier_ops of every kind. */
void tracker_resync(struct tracker *t, const struct cr_known *known, size_t n);
void tracker_forget(struct tracker *t, const char *call_id);
void tracker_stats(const struct tracker *t, struct cr_stats *out);

/* The watchdogs, when it is time. */
void tracker_sweep(struct tracker *t);

/* The earlier of 'at' and the next sweep. */
int64_t tracker_deadline(const struct tracker *t, int64_t at);

#endif
