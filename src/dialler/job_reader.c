/* Reads jobs, but only as many as the carriers can take right away. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "dialler/credit.h"
#include "dialler/dialler.h"
#include "dialler/message.h"
#include "ledger/job.h"
#include "store/redis.h"

/* How long a read waits for jobs: a shorter time while another carrier has no
 * room, because it may get some meanwhile. */
#define WAIT_MS 250
#define WAIT_SHORT_MS 20
#define AWAY_US 500000

static void
hand_on(struct dialler *d, const struct credit_offer *w, struct arena *a,
	struct stream_entry *jobs, size_t count)
{
	struct msg_jobs *m = MSG_NEW(MSG_JOBS, struct msg_jobs);

	m->arena = a;
	m->jobs = jobs;
	m->count = count;
	m->carriers = ARENA_ARRAY(a, count, int64_t);
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (strcmp(w->streams[k], jobs[i].stream) != 0)
			k++;
		m->carriers[i] = w->carriers[k];
		credit_take(d->credits, w->carriers[k]);
	}
	queue_put(&d->to_place, &m->m);
}

/* Returns false when Redis did not answer. */
static bool
read_jobs(struct dialler *d, struct redis *redis, struct arena *a,
	  const struct credit_offer *w, bool *kept)
{
	struct ledger_node me = dialler_me(d);
	char consumer[32];
	struct stream_query q = { .group = JOB_GROUP,
				  .consumer = consumer,
				  .streams = w->streams,
				  .counts = w->counts,
				  .n = w->n,
				  .wait_ms = w->all ? WAIT_MS : WAIT_SHORT_MS };
	struct stream_entry *jobs;
	size_t count = 0;
	struct fault f;

	snprintf(consumer, sizeof(consumer), "n%lld", (long long)me.slot);
	if (stream_read(redis, &q, &jobs, &count, a, &f)) {
		dialler_tell_redis(d, &f);
		return false;
	}
	dialler_tell_redis(d, NULL);
	if (count) {
		hand_on(d, w, a, jobs, count);
		*kept = true;
	}
	return true;
}

void *
jobs_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct redis *redis = dialler_redis(d);
	struct arena *a = arena_new();
	struct credit_offer w;

	while (credits_wait(d->credits, a, &w)) {
		bool kept = false;

		if (!read_jobs(d, redis, a, &w, &kept))
			dialler_pause(d, AWAY_US);
		/* Jobs that were handed on own the arena now. */
		if (kept)
			a = arena_new();
		else
			arena_reset(a);
	}
	arena_free(a);
	redis_free(redis);
	return NULL;
}
