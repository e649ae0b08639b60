/*
 * trunk_share.h - what the loop and the planner's beat share about a carrier.
 * The beat lowers a share here before it writes the lower row, and raises it
 * after.  When the new share is below the channels in use, the row keeps those
 * in use; the share here does not.
 */
#ifndef DIALLER_TRUNK_SHARE_H
#define DIALLER_TRUNK_SHARE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct trunk_share {
	int64_t carrier_id;
	_Atomic int64_t cps, channels; /* this node's share */
	_Atomic int64_t in_use;	       /* channels */
	atomic_bool up;
};

#endif
