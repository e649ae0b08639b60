/*
 * Reads which runs are to be planned now: from "wake" those of lifecycle
 * actions and triggers, and from "wake:{slot}" those that other nodes passed on
 * to this one.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "dialler/dialler.h"
#include "dialler/message.h"
#include "dialler/wakeups.h"
#include "store/redis.h"

#define WAIT_MS 250
#define AWAY_US 500000
#define READ_MOST 500
#define QUEUED_MOST 1000 /* the planner is behind: let Redis keep them */

void
wake_stream(int64_t slot, char out[static 32])
{
	snprintf(out, 32, WAKE_STREAM ":%lld", (long long)slot);
}

static void
hand_on(struct dialler *d, const struct stream_entry *jobs, size_t count)
{
	struct msg_runs *m = MSG_NEW(MSG_WAKE, struct msg_runs);

	m->runs = xcalloc(count, sizeof(*m->runs));
	for (size_t i = 0; i < count; i++) {
		char text[24] = "";
		size_t len = jobs[i].body.len;

		if (len < sizeof(text))
			memcpy(text, jobs[i].body.data, len);
		if (text_int(text, &m->runs[m->run_count]) == 0)
			m->run_count++;
	}
	queue_put_bounded(&d->to_plan, &m->m, QUEUED_MOST);
}

static int
read_wakes(struct dialler *d, struct redis *redis, struct arena *a)
{
	struct ledger_node me = dialler_me(d);
	const size_t counts[] = { READ_MOST, READ_MOST };
	char consumer[32], own[32];
	const char *streams[] = { WAKE_STREAM, own };
	struct stream_query q = { .group = WAKE_GROUP,
				  .consumer = consumer,
				  .streams = streams,
				  .counts = counts,
				  .n = 2,
				  .wait_ms = WAIT_MS };
	struct stream_entry *jobs;
	size_t count = 0;
	struct fault f;

	wake_stream(me.slot, own);
	snprintf(consumer, sizeof(consumer), "n%lld", (long long)me.slot);
	if (stream_read(redis, &q, &jobs, &count, a, &f))
		return -1;
	if (count) {
		hand_on(d, jobs, count);
		stream_done(redis, WAKE_GROUP, jobs, count, &f);
	}
	return 0;
}

void *
wakes_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct redis *redis = dialler_redis(d);
	struct arena *a = arena_new();

	while (!atomic_load(&d->stopping)) {
		/* Without a slot the node has no stream of its own. */
		if (!dialler_me(d).boot || read_wakes(d, redis, a))
			dialler_pause(d, AWAY_US);
		arena_reset(a);
	}
	arena_free(a);
	redis_free(redis);
	return NULL;
}
