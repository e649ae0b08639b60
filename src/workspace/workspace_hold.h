/*
 * workspace_hold.h - one switch holds a whole workspace and lets it go again.
 *
 * Statuses, epochs and runs are untouched by it: while a workspace is held no
 * call of it is placed, and queued ones are withdrawn; calls in progress
 * finish and are counted, windows close and runs complete as ever.
 */
#ifndef WORKSPACE_WORKSPACE_HOLD_H
#define WORKSPACE_WORKSPACE_HOLD_H

#include <stdbool.h>
#include <stdint.h>

struct actor;
struct db;
struct fault;
struct redis;

/*
 * Holds or releases who->workspace_id and notes it in the audit log, in one
 * transaction with a mark.  Returns 0, or -1 with *f set and nothing done:
 *   FAULT_DENIED    the role is below supervisor
 *   FAULT_CONFLICT  it is so already
 *   FAULT_BUSY, FAULT_UNKNOWN, FAULT_BROKEN  the database
 * Once 0 is returned for a hold, no call is placed more than 250 ms later, on
 * any node.
 */
int workspace_hold(struct db *db, const struct actor *who, bool hold,
		   struct fault *f);

/*
 * After it, or after what else concerns all campaigns of a workspace, such as
 * its holidays: tells whoever watches the list, and wakes the planners of the
 * newest 100 running campaigns.  Hints only: the rest, or all of them when
 * Redis is away, see it within a second.
 */
void workspace_tell(struct db *db, struct redis *redis, int64_t workspace_id);

#endif
