#include "dialler/queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NS_PER_S 1000000000L

void
queue_open(struct queue *q)
{
	pthread_condattr_t attr;

	memset(q, 0, sizeof(*q));
	q->last = &q->first;
	pthread_mutex_init(&q->lock, NULL);
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(&q->some, &attr);
	pthread_cond_init(&q->few, &attr);
	pthread_condattr_destroy(&attr);
}

void
queue_close(struct queue *q)
{
	struct msg *m = queue_take(q, 0);

	while (m) {
		struct msg *next = m->next;

		free(m);
		m = next;
	}
	pthread_cond_destroy(&q->some);
	pthread_cond_destroy(&q->few);
	pthread_mutex_destroy(&q->lock);
}

void
queue_poke(struct queue *q, void (*poke)(void *arg), void *arg)
{
	q->poke = poke;
	q->poke_arg = arg;
}

static void
put(struct queue *q, struct msg *m)
{
	m->next = NULL;
	*q->last = m;
	q->last = &m->next;
	if (q->count++ == 0)
		pthread_cond_signal(&q->some);
}

void
queue_put(struct queue *q, struct msg *m)
{
	bool was_empty;

	pthread_mutex_lock(&q->lock);
	was_empty = q->count == 0;
	put(q, m);
	pthread_mutex_unlock(&q->lock);
	if (was_empty && q->poke)
		q->poke(q->poke_arg);
}

bool
queue_put_bounded(struct queue *q, struct msg *m, size_t most)
{
	bool open;

	pthread_mutex_lock(&q->lock);
	while (q->count >= most && !q->closed)
		pthread_cond_wait(&q->few, &q->lock);
	open = !q->closed;
	if (open)
		put(q, m);
	pthread_mutex_unlock(&q->lock);
	if (!open)
		free(m);
	return open;
}

static void
wait_for_some(struct queue *q, int64_t wait_us)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += wait_us / 1000000;
	until.tv_nsec += wait_us % 1000000 * 1000;
	if (until.tv_nsec >= NS_PER_S) {
		until.tv_nsec -= NS_PER_S;
		until.tv_sec++;
	}
	while (q->count == 0 && !q->closed)
		if (pthread_cond_timedwait(&q->some, &q->lock, &until) ==
		    ETIMEDOUT)
			return;
}

struct msg *
queue_take(struct queue *q, int64_t wait_us)
{
	struct msg *all;

	pthread_mutex_lock(&q->lock);
	if (wait_us > 0 && q->count == 0)
		wait_for_some(q, wait_us);
	all = q->first;
	q->first = NULL;
	q->last = &q->first;
	q->count = 0;
	pthread_cond_broadcast(&q->few);
	pthread_mutex_unlock(&q->lock);
	return all;
}

void
queue_shut(struct queue *q)
{
	pthread_mutex_lock(&q->lock);
	q->closed = true;
	pthread_cond_broadcast(&q->some);
	pthread_cond_broadcast(&q->few);
	pthread_mutex_unlock(&q->lock);
}

bool
queue_has_ended(struct queue *q)
{
	bool ended;

	pthread_mutex_lock(&q->lock);
	ended = q->closed && q->count == 0;
	pthread_mutex_unlock(&q->lock);
	return ended;
}

size_t
queue_length(struct queue *q)
{
	size_t n;

	pthread_mutex_lock(&q->lock);
	n = q->count;
	pthread_mutex_unlock(&q->lock);
	return n;
}
