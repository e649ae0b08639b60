/*
 * workspace_hold.h - holds a whole workspace, and releases it again.
 *
 * A hold does not change statuses, epochs or runs.  While a workspace is on
 * hold, none of its calls are placed and queued ones are withdrawn; calls in
 * progress finish and are counted, windows close and runs complete as usual.
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
 * Holds or releases who->workspace_id and records it in the audit log, in one
 * transaction with a mark.  Returns 0, or -1 with *f set:
 *   FAULT_DENIED    the role is below supervisor
 *   FAULT_CONFLICT  it is already held, or not held
 *   FAULT_BUSY, FAULT_UNKNOWN, FAULT_BROKEN  the database
 * Once 0 is returned for a hold, no call is placed more than 250 ms later, on
 * any node.
 */
int workspace_hold(struct db *db, const struct actor *who, bool hold,
		   struct fault *f);

/*
 * The caller calls this after a hold or release, or after another change that
 * affects all campaigns of a workspace, such as its holidays.  It refreshes the
 * campaign lists that people watch, and wakes the planners of the newest 100
 * running campaigns.  These are only hints: the rest, or all of them when Redis
 * is away, see the change within a second.
 */
void workspace_tell(struct db *db, struct redis *redis, int64_t workspace_id);

#endif
