/*
 * loop.h - the event loop: descriptors to read, one timer, signals that end it,
 * and a poke from other threads.  The turn function runs once after each
 * wake-up, before the loop waits again.
 */
#ifndef DIALLER_LOOP_H
#define DIALLER_LOOP_H

#include <stdint.h>

struct loop;
struct loop_watch;

typedef void loop_fn(void *arg);

struct loop *loop_new(loop_fn *turn, void *arg);
void loop_free(struct loop *l);

/* Calls 'ready' whenever the descriptor is readable. */
struct loop_watch *loop_watch(struct loop *l, int fd, loop_fn *ready,
			      void *arg);
void loop_unwatch(struct loop_watch *w);

/* Sets the next turn to this instant (clock_boot_us()) at the latest;
 * INT64_MAX: only when something happens. */
void loop_until(struct loop *l, int64_t at);

/* Requests a turn as soon as possible; safe from any thread. */
void loop_poke(void *loop);

/* 'stop' is called for SIGTERM and SIGINT. */
void loop_on_stop(struct loop *l, loop_fn *stop);

void loop_run(struct loop *l);
/* Leaves loop_run() after this turn. */
void loop_end(struct loop *l);

#endif
