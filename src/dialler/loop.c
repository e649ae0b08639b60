#include "dialler/loop.h"

#include <signal.h>
#include <stdlib.h>
#include <uv.h>

#include "base/arena.h"
#include "base/clock.h"

struct loop {
	uv_loop_t uv;
	uv_prepare_t prepare; /* before each wait: the turn */
	uv_timer_t timer;
	uv_async_t async;
	uv_signal_t term, intr;
	loop_fn *turn, *stop;
	void *arg;
};

struct loop_watch {
	uv_poll_t poll;
	loop_fn *ready;
	void *arg;
};

static void
on_prepare(uv_prepare_t *h)
{
	struct loop *l = h->data;

	l->turn(l->arg);
}

/* Nothing to do: the wake-up itself leads to a turn. */
static void
on_timer(uv_timer_t *h)
{
	(void)h;
}

static void
on_async(uv_async_t *h)
{
	(void)h;
}

static void
on_signal(uv_signal_t *h, int number)
{
	struct loop *l = h->data;

	(void)number;
	if (l->stop)
		l->stop(l->arg);
}

struct loop *
loop_new(loop_fn *turn, void *arg)
{
	struct loop *l = xcalloc(1, sizeof(*l));

	l->turn = turn;
	l->arg = arg;
	if (uv_loop_init(&l->uv) || uv_prepare_init(&l->uv, &l->prepare) ||
	    uv_timer_init(&l->uv, &l->timer) ||
	    uv_async_init(&l->uv, &l->async, on_async) ||
	    uv_signal_init(&l->uv, &l->term) ||
	    uv_signal_init(&l->uv, &l->intr))
		abort(); /* no descriptors left at the very start */
	l->prepare.data = l->term.data = l->intr.data = l;
	uv_prepare_start(&l->prepare, on_prepare);
	uv_signal_start(&l->term, on_signal, SIGTERM);
	uv_signal_start(&l->intr, on_signal, SIGINT);
	return l;
}

static void
close_handle(uv_handle_t *h, void *arg)
{
	(void)arg;
	if (!uv_is_closing(h))
		uv_close(h, NULL);
}

void
loop_free(struct loop *l)
{
	if (!l)
		return;
	uv_walk(&l->uv, close_handle, NULL);
	uv_run(&l->uv, UV_RUN_DEFAULT);
	uv_loop_close(&l->uv);
	free(l);
}

static void
on_ready(uv_poll_t *h, int status, int events)
{
	struct loop_watch *w = h->data;

	(void)status;
	(void)events;
	w->ready(w->arg);
}

struct loop_watch *
loop_watch(struct loop *l, int fd, loop_fn *ready, void *arg)
{
	struct loop_watch *w = xcalloc(1, sizeof(*w));

	w->ready = ready;
	w->arg = arg;
	w->poll.data = w;
	if (uv_poll_init(&l->uv, &w->poll, fd) ||
	    uv_poll_start(&w->poll, UV_READABLE, on_ready))
		abort(); /* not a descriptor */
	return w;
}

static void
free_watch(uv_handle_t *h)
{
	free(h->data);
}

void
loop_unwatch(struct loop_watch *w)
{
	uv_poll_stop(&w->poll);
	uv_close((uv_handle_t *)&w->poll, free_watch);
}

void
loop_until(struct loop *l, int64_t at)
{
	int64_t wait = at - clock_boot_us();

	if (at == INT64_MAX) {
		uv_timer_stop(&l->timer);
		return;
	}
	uv_update_time(&l->uv);
	/* Rounded up: a turn too early would find nothing to do. */
	uv_timer_start(
		&l->timer, on_timer,
		wait > 0 ? (uint64_t)(wait + US_PER_MS - 1) / US_PER_MS : 0, 0);
}

void
loop_poke(void *loop)
{
	uv_async_send(&((struct loop *)loop)->async);
}

void
loop_on_stop(struct loop *l, loop_fn *stop)
{
	l->stop = stop;
}

void
loop_run(struct loop *l)
{
	uv_run(&l->uv, UV_RUN_DEFAULT);
}

void
loop_end(struct loop *l)
{
	uv_stop(&l->uv);
}
