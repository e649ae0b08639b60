/*
 * trunk_guard.h - what the ends of calls say of their carrier rather than of
 * the people called.  Pure.
 *
 * - Many calls that end with 480 at once, within a second of dialling and
 *   without ringing: the trunk is full, which is congestion.
 * - Refusals that are about us: credentials, credit, the caller ID, or a PBX
 *   that cannot dial.  Then no calls are placed for a minute, and after that one,
 *   and the next one when that was refused, until a phone rings or answers, or
 *   another end comes.  What becomes of calls that were placed before says
 *   nothing.
 */
#ifndef DIALLER_TRUNK_GUARD_H
#define DIALLER_TRUNK_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cr_event;

#define GUARD_BURST 5		/* calls that end with 480 at once */
#define GUARD_WITHIN_US 1000000 /* ... within this time */
#define GUARD_ENDS 64		/* of these ends, at least half */
#define GUARD_REFUSALS 5	/* in a row, of those that may be the number's */
#define GUARD_PAUSE_US 60000000
#define GUARD_REASON 160

struct trunk_guard {
	struct guard_end {
		int64_t at;
		bool at_once;
	} ends[GUARD_ENDS]; /* a ring; 'at' 0: none yet */
	size_t next;
	int in_row;
	int64_t paused_until;
	bool probing;	/* one call at a time, from paused_until on */
	bool probe_out; /* that one was placed */
	char reason[GUARD_REASON];
};

/* True for an end that may be part of a burst: 480, so soon after dialling. */
bool guard_is_at_once(const struct cr_event *ev, int64_t since_placed_us);

/* A call leaves; one that was placed then rings, or was answered. */
void guard_placed(struct trunk_guard *g);
void guard_heard(struct trunk_guard *g, int64_t placed_us);

/* Notes the end of a call; true when it has begun a pause. */
struct guard_call {
	int64_t placed_us;
	bool at_once;
};
bool guard_note(struct trunk_guard *g, const struct cr_event *ev,
		struct guard_call call, int64_t now);

/* True while there are so many of them that they are congestion. */
bool guard_is_burst(const struct trunk_guard *g, int64_t now);

bool guard_is_paused(const struct trunk_guard *g, int64_t now);

/* How many calls may be placed, by the guard. */
size_t guard_room(const struct trunk_guard *g, int64_t now);

#endif
