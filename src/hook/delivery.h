/*
 * delivery.h - the log of what was sent to an endpoint, a row an event, kept as
 * long as events are (event_read.h); and sending again.
 */
#ifndef HOOK_DELIVERY_H
#define HOOK_DELIVERY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct arena;
struct db;
struct fault;

/* Stored in delivery.state. */
enum delivery_state { DELIVERY_WAITS, DELIVERY_DONE, DELIVERY_GIVEN_UP };
extern const char *const delivery_state_words[]; /* "waiting", ... */
extern const char *const delivery_state_filter[]; /* the same after "any" */

struct delivery {
	int64_t seq;
	int64_t kind;	  /* enum event_kind, or -1: the event is gone */
	const char *type; /* "attempt.finished"; "" */
	unsigned state;
	int64_t at;	   /* the last try */
	int64_t tries;	   /* 0: sent again, and not tried yet */
	int64_t status;	   /* of HTTP; 0: no answer */
	const char *error; /* why there was none; "" */
	int64_t ms;
	int64_t next_at; /* the next try, if it waits */
};

/* A page of the log, newest first. */
struct delivery_query {
	int64_t workspace_id, endpoint_id;
	int64_t before; /* the lowest number of the page before; 0: the first */
	int state;	/* enum delivery_state; -1: all */
	size_t limit;
};
int delivery_list(struct db *db, const struct delivery_query *q,
		  struct delivery **out, size_t *count, struct arena *a,
		  struct fault *f);

/*
 * Sends the events of an endpoint again that it asks for and that have a number
 * from 'from' to 'to', at most REPLAY_MOST numbers; *count is how many.  What
 * it has not been sent yet comes anyway and is left out.  FAULT_DENIED below
 * administrator, FAULT_ABSENT, FAULT_CONFLICT: the endpoint is off,
 * FAULT_INVALID: the range, field from or to.
 */
#define REPLAY_MOST 100000
struct replay {
	int64_t endpoint_id;
	int64_t from, to; /* to 0: the last that was sent */
	int64_t since;	  /* a time instead of 'from'; 0: none */
};
int delivery_replay(struct db *db, const struct actor *who,
		    const struct replay *which, int64_t *count, struct arena *a,
		    struct fault *f);

#endif
