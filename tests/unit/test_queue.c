/* Messages arrive in order, each once; a full queue holds its writer up. */
#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "dialler/queue.h"
#include "tests/tap.h"

#define EACH 20000
#define MOST 100

static struct queue q;

static void
put(int kind)
{
	struct msg *m = xcalloc(1, sizeof(*m));

	m->kind = kind;
	queue_put(&q, m);
}

static void *
write_some(void *arg)
{
	for (int i = 0; i < EACH; i++) {
		struct msg *m = xcalloc(1, sizeof(*m));

		m->kind = *(int *)arg * EACH + i;
		if (!queue_put_bounded(&q, m, MOST))
			return arg;
	}
	return NULL;
}

static void
test_order(void)
{
	struct msg *m;
	int n = 0;

	ok(!queue_take(&q, 0), "an empty queue gives nothing");
	ok(!queue_take(&q, 1000),
	   "an empty queue gives nothing after a short wait, too");
	for (int i = 0; i < 3; i++)
		put(i);
	is_int((int64_t)queue_length(&q), 3, "three messages are in the queue");
	for (m = queue_take(&q, 0); m; n++) {
		struct msg *next = m->next;

		is_int(m->kind, n, "messages are taken in order");
		free(m);
		m = next;
	}
	is_int(n, 3, "all messages are taken");
}

static void
test_threads(void)
{
	pthread_t threads[2];
	int names[2] = { 0, 1 }, next[2] = { 0, 0 }, wrong = 0;
	size_t most = 0;

	for (int i = 0; i < 2; i++)
		pthread_create(&threads[i], NULL, write_some, &names[i]);
	while (next[0] < EACH || next[1] < EACH) {
		struct msg *m = queue_take(&q, 1000000);
		size_t n = 0;

		while (m) {
			struct msg *after = m->next;
			int who = m->kind / EACH;

			wrong += m->kind % EACH != next[who]++;
			free(m);
			m = after;
			n++;
		}
		if (n > most)
			most = n;
	}
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	is_int(wrong, 0,
	       "each of two writers keeps its order, and nothing is lost");
	ok(most <= MOST, "the queue never holds more than its limit");
}

static int poked;

static void
poke(void *arg)
{
	(void)arg;
	poked++;
}

static void
test_end(void)
{
	pthread_t thread;
	void *gave_up;
	int name = 0;

	queue_poke(&q, poke, NULL);
	put(1);
	put(2);
	is_int(poked, 1, "a loop is poked for the first message only");
	queue_poke(&q, NULL, NULL);
	pthread_create(&thread, NULL, write_some, &name);
	while (queue_length(&q) < MOST)
		sched_yield();
	queue_shut(&q);
	pthread_join(thread, &gave_up);
	ok(gave_up != NULL,
	   "a writer that waits for room is released at the end");
	ok(!queue_has_ended(&q),
	   "messages in the queue can still be taken at the end");
	queue_close(&q);
}

int
main(void)
{
	queue_open(&q);
	test_order();
	test_threads();
	test_end();
	return tap_done();
}
