/*
 * cps.h - limits the calls per second of one node on one carrier.  Pure.
 *
 * Keeps the instants of the last 'limit' calls: another call may leave when the
 * oldest of them is a second old, so no period of a second has more calls than
 * the limit.  Nor has a fifth of a second more than a fifth of the limit (2 at
 * least): a burst of a whole second's calls, read a little late, would look to
 * the carrier like too many.  A limit that grows counts as used up for its
 * first second, because the node that gave it up may just have used it.
 */
#ifndef DIALLER_CPS_H
#define DIALLER_CPS_H

#include <stddef.h>
#include <stdint.h>

struct cps {
	int64_t *at; /* instants of the last 'limit' calls, a ring */
	size_t limit;
	size_t oldest;
	size_t usable; /* limit, or less while the carrier is congested */
};

void cps_free(struct cps *c);

/* Changes the limit; 'now' in microseconds of any steady clock. */
void cps_set(struct cps *c, size_t limit, int64_t now);

/* Uses only 'usable' calls of the limit, but at least 1 of a limit above 0. */
void cps_brake(struct cps *c, size_t usable);

/* When the next call may leave after 'ahead' others; INT64_MAX: not known
 * yet. */
int64_t cps_next(const struct cps *c, size_t ahead);

/* How many calls in all may leave until 'by'. */
size_t cps_room(const struct cps *c, int64_t by);

/* Notes that a call has left. */
void cps_note(struct cps *c, int64_t now);

#endif
