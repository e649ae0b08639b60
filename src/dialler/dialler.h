/*
 * dialler.h - one node: an event loop that owns the carriers, and threads that
 * own a connection each (doc/ledger.md 10).
 *
 *   loop     carriers and their calls, when a call leaves  call_control.c
 *   plan     which calls next; leases, shares, recovery    plan.c, heartbeat.c
 *   place    queued -> sent, and back                      dispatch.c
 *   record   what became of them                           record.c
 *   jobs     reads as many jobs as the loop has room for   job_reader.c
 *   wakeups  reads who wants a run planned now             wakeups.c
 *   sweep    erases what is over, when there is time       sweep.c
 *   imports  reads files that were uploaded to this node   imports.c
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
#include "dialler/queue.h"
#include "ledger/ledger.h"

struct config;
struct db;
struct fault;
struct redis;
struct credits;

/* A node whose last good renewal began longer ago places nothing; the lease
 * itself holds 5 s. */
#define LEASE_FRESH_US 4000000
/* From one batch to the next of planning a run, seating or recording, unless it
 * is full: what comes meanwhile is one transaction, not one each. */
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

	_Atomic int64_t renewed_us;	  /* CLOCK_BOOTTIME; 0: never */
	atomic_bool stopping;		  /* plan and place nothing more */
	atomic_bool leader;		  /* the lowest slot: sweeps for all */
	atomic_bool alone;		  /* no other node, a second ago */
	atomic_bool db_away, redis_away;  /* what was logged last */
	_Atomic int64_t placed, recorded; /* since start, for the log */
	_Atomic int64_t unrecorded;	  /* pieces of news that wait */

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

bool dialler_lease_is_fresh(struct dialler *d, int64_t now);

struct db *dialler_db(struct dialler *d);
struct redis *dialler_redis(struct dialler *d);

/*
 * Logs that a server is away, and that it is back, once each, whichever
 * thread sees it.  'f' NULL: it answered.  Other faults are logged as they
 * come.
 */
void dialler_tell_db(struct dialler *d, const char *what,
		     const struct fault *f);
void dialler_tell_redis(struct dialler *d, const struct fault *f);

/* One function a thread; they end when d->stopping is set and their queue is
 * shut. */
void *plan_thread(void *dialler);
void *place_thread(void *dialler);
void *record_thread(void *dialler);
void *jobs_thread(void *dialler);
void *wakes_thread(void *dialler);
void *sweep_thread(void *dialler);
void *imports_thread(void *dialler);

#endif
