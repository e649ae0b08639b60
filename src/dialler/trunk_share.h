/*
 * trunk_share.h - what the loop and the planner's beat share about a carrier.
 * The beat lowers a share here before it writes the lower row, and raises it
 * after.  When the new share is below the channels in use, the row keeps those
 * in use; the share here does not.
 */
#ifndef DIALLER_TRUNK_SHARE_H
#define DIALLER_TRUNK_SHARE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct trunk_share {
	int64_t carrier_id;
	_Atomic int64_t cps, channels; /* this node's share */
	_Atomic int64_t in_use;	       /* channels */
	atomic_bool up;	    /* it can be asked about its calls */
	atomic_bool places; /* ... and given new ones */
	pthread_mutex_t lock;
	char trouble[160]; /* under the lock: why it is not up; "" */
};

struct trunk_share *trunk_share_new(int64_t carrier_id);
void trunk_share_free(struct trunk_share *s);

/* Why no calls are placed with it, in words; "": they are. */
void trunk_share_trouble(struct trunk_share *s, const char *text);
/* A copy of that. */
void trunk_share_told(struct trunk_share *s, char out[static 160]);

#endif
