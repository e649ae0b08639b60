/*
 * calls.h - the calls this node knows, by id.  A call is entered before its row
 * is marked sent, and stays until its end is recorded.  So this node will never
 * place a call that is not in the table.
 */
#ifndef DIALLER_CALLS_H
#define DIALLER_CALLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carrier/carrier.h"
#include "ledger/job.h"
#include "ledger/ledger.h"

struct trunk;

/* Changed by call_set_state() alone. */
enum call_state {
	CALL_NONE,     /* not known yet, or not any more */
	CALL_RESERVED, /* its row is being marked sent */
	CALL_GRANTED,  /* sent: waits in its trunk's queue to be placed */
	CALL_RECHECK,  /* sent: its gates are being asked again */
	CALL_PLACED,   /* placed, or taken over */
	CALL_ENDED     /* ended, not recorded yet */
};

enum call_seat {
	SEAT_NONE, /* not answered */
	SEAT_ASKED,
	SEAT_TAKEN,
	SEAT_REFUSED /* none is free: abandoned */
};

struct call {
	struct call *next;    /* in its chain */
	struct call *waiting; /* next in the trunk's queue */
	struct call_id id;
	enum call_state state;
	bool ringing, answered;
	enum call_seat seat;
	int asked;	 /* how often the gates were asked again */
	unsigned listed; /* the last list of its carrier that it was in */
	int64_t run_id;
	struct trunk *trunk;
	int64_t gate_us;  /* before the gates were read */
	int64_t retry_us; /* not before this, if the carrier was not ready */
	int64_t placed_us, answered_us;
	struct job_call job; /* texts live in 'texts' until it is placed */
	char *texts;
};

struct call_table {
	struct call **chains;
	size_t size, count; /* size: a power of two */
};

void call_table_open(struct call_table *t);
void call_table_close(struct call_table *t);

struct call *call_table_find(const struct call_table *t, const uint8_t *id);

/* Copies the job; the caller sets the trunk. */
struct call *call_new(const struct job_call *job);
void call_free(struct call *c);
/* Frees the job's texts once the call is placed; events do not need them. */
void call_forget_job(struct call *c);

void call_table_add(struct call_table *t, struct call *c);
void call_table_remove(struct call_table *t, struct call *c);

/* Calls 'fn' for each; it may remove the call it is given. */
void call_table_each(struct call_table *t,
		     void (*fn)(struct call *c, void *arg), void *arg);

#endif
