/*
 * dialler.h - one node: an event loop that owns the carriers, and threads that
 * own a connection each (doc/ledger.md 10).
 *
 *   loop     carriers and their calls, when a call leaves  call_control.c
 *   plan     which calls next; leases, shares, recovery    plan_loop.c,
 *                                                          heartbeat.c
 *   dispatch marks queued calls sent, or takes them back   dispatch.c
 *   record   records what became of calls                  record.c
 *   jobs     reads as many jobs as the loop has room for   job_reader.c
 *   wakeups  reads which runs are to be planned now        wakeups.c
 *   sweep    erases old data a little at a time            sweep.c
 *   imports  reads files that were uploaded to this node   imports.c
 *   hooks    sends events to endpoints                     hooks.c
 *
 * They share nothing but messages (message.h) and the values below.
 */
#ifndef DIALLER_DIALLER_H
#define DIALLER_DIALLER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/installation.h"
#include "campaign/event.h"
#include "dialler/queue.h"
#include "ledger/ledger.h"

struct arena;
struct config;
struct db;
struct fault;
struct redis;
struct credits;

/* A node whose last successful renewal began longer ago than this places no
 * calls; the lease itself holds 5 s. */
#define LEASE_FRESH_US 4000000
/*
 * The time from one batch to the next when planning a run, giving seats or
 * recording, unless a batch is full.  What comes meanwhile shares one
 * transaction.
 */
#define BATCH_US 10000

struct dialler {
	const struct config *config;
	const char *name; /* of this node, as carriers allow it */
	/* Read before this node joins, so before there are carriers or jobs. */
	struct installation installation;
	struct queue to_loop, to_plan, to_place, to_record;
	struct credits *credits;

	pthread_mutex_t me_lock;
	struct ledger_node me; /* boot 0: not joined yet */
	struct event_wants wants; /* as a second ago */

	_Atomic int64_t renewed_us;	  /* CLOCK_BOOTTIME; 0: never */
	atomic_bool stopping;		  /* plan and place nothing more */
	atomic_bool leader;		  /* has the lowest slot; it sweeps */
	atomic_bool alone;		  /* no other node a second ago */
	atomic_bool db_away, redis_away;  /* what was logged last */
	_Atomic int64_t placed, recorded; /* since start, for the log */
	_Atomic int64_t unrecorded;	  /* updates that wait */

	pthread_mutex_t stop_lock;
	pthread_cond_t stop;
};

void dialler_open(struct dialler *d);
void dialler_close(struct dialler *d);

/* Sets d->stopping and ends every dialler_pause(). */
void dialler_stop(struct dialler *d);
/* Sleeps, but not after dialler_stop(); false: it was called. */
bool dialler_pause(struct dialler *d, int64_t us);

struct ledger_node dialler_me(struct dialler *d);
void dialler_set_me(struct dialler *d, const struct ledger_node *me);

/* Which workspaces want events: a copy is kept, and made. */
void dialler_set_wants(struct dialler *d, const struct event_wants *w);
const struct event_wants *dialler_wants(struct dialler *d, struct arena *a);

bool dialler_lease_is_fresh(struct dialler *d, int64_t now);

struct db *dialler_db(struct dialler *d);
struct redis *dialler_redis(struct dialler *d);

/*
 * Logs once that a server does not respond, and once that it is back, whichever
 * thread notices.  'f' is NULL when it answered.  Other faults are logged each
 * time.
 */
void dialler_tell_db(struct dialler *d, const char *what,
		     const struct fault *f);
void dialler_tell_redis(struct dialler *d, const struct fault *f);

/* The functions of the threads; each ends when d->stopping is set and its queue
 * is shut. */
void *plan_thread(void *dialler);
void *place_thread(void *dialler);
void *record_thread(void *dialler);
void *jobs_thread(void *dialler);
void *wakes_thread(void *dialler);
void *sweep_thread(void *dialler);
void *imports_thread(void *dialler);
void *hooks_thread(void *dialler);

#endif
