/*
 * dial_state.h - whether a campaign dials, and what is in the way.  Pure.
 */
#ifndef CAMPAIGN_DIAL_STATE_H
#define CAMPAIGN_DIAL_STATE_H

#include <stdint.h>

struct arena;
struct campaign;
struct zones;

/* The first that applies, in this order. */
enum dial_state {
	DIAL_DRAFT,
	DIAL_PAUSED,
	DIAL_OVER,     /* completed, failed, archived */
	DIAL_HELD,     /* its workspace is on hold */
	DIAL_CLOSED,   /* outside its calling hours, or its zone is unknown */
	DIAL_CALLS,    /* it has calls up, whatever the rest waits for */
	DIAL_UNMANNED, /* no dialler runs */
	DIAL_CARRIER,  /* no node reaches a carrier */
	DIAL_WAITS,    /* enum run_wait says for what */
	DIAL_FREE,     /* nothing is in the way */
	DIAL_STATE_MAX
};
enum dial_state campaign_dial_state(const struct campaign *c,
				    struct zones *zones, int64_t now);

/*
 * A short note for the row, or "": why a running campaign calls nobody and
 * until when ("on hold", "opens 09:00 tomorrow", "next retry at 10:32"), "3
 * calls finishing" (completed), the reason of a failed one.
 */
const char *campaign_note(const struct campaign *c, struct zones *zones,
			  int64_t now, struct arena *a);

#endif
