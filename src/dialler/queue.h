/*
 * queue.h - messages from thread to thread: the thread that takes a message
 * owns it.  Threads of the dialler share nothing else but the few values in
 * dialler.h.
 */
#ifndef DIALLER_QUEUE_H
#define DIALLER_QUEUE_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* First member of every message (message.h). */
struct msg {
	struct msg *next;
	int kind;
};

struct queue {
	pthread_mutex_t lock;
	pthread_cond_t some, few;
	struct msg *first, **last;
	size_t count;
	bool closed;
	void (*poke)(void *arg); /* wakes a reader that is an event loop */
	void *poke_arg;
};

void queue_open(struct queue *q);
/* Frees messages that were not taken, but nothing that they point to. */
void queue_close(struct queue *q);

/* For a reader that is an event loop: 'poke' is called when the queue is no
 * longer empty. */
void queue_poke(struct queue *q, void (*poke)(void *arg), void *arg);

void queue_put(struct queue *q, struct msg *m);

/* Waits while the queue holds 'most' or more; false: it was shut, and the
 * message is freed. */
bool queue_put_bounded(struct queue *q, struct msg *m, size_t most);

/*
 * Takes everything, in the order it was put: a list, NULL when nothing came
 * in 'wait_us' (0: does not wait) or the queue was shut.
 */
struct msg *queue_take(struct queue *q, int64_t wait_us);

/* Ends all waiting; messages in the queue can still be taken. */
void queue_shut(struct queue *q);

/* Messages waiting. */
size_t queue_length(struct queue *q);

/* Shut, and nothing is left in it. */
bool queue_has_ended(struct queue *q);

#endif
