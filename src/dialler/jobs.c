/* Reads jobs: only as many as the carriers can be given within moments. */
#include "dialler/jobs.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "dialler/dialler.h"
#include "dialler/message.h"
#include "ledger/job.h"
#include "store/redis.h"

/* A read waits for jobs so long; shorter while another carrier has no room,
 * as it may get some meanwhile. */
#define WAIT_MS 250
#define WAIT_SHORT_MS 20
#define AWAY_US 500000

struct room {
	int64_t carrier_id;
	size_t room;  /* may be read */
	size_t taken; /* read, not claimed yet */
	char stream[32];
};

struct rooms {
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct room *all;
	size_t count;
	bool shut;
};

struct rooms *
rooms_new(void)
{
	struct rooms *r = xcalloc(1, sizeof(*r));

	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->more, NULL);
	return r;
}

void
rooms_free(struct rooms *r)
{
	if (!r)
		return;
	pthread_cond_destroy(&r->more);
	pthread_mutex_destroy(&r->lock);
	free(r->all);
	free(r);
}

/* With the lock held. */
static struct room *
room_of(struct rooms *r, int64_t carrier_id)
{
	struct room *room;

	for (size_t i = 0; i < r->count; i++)
		if (r->all[i].carrier_id == carrier_id)
			return &r->all[i];
	r->all = xrealloc(r->all, (r->count + 1) * sizeof(*r->all));
	room = &r->all[r->count++];
	*room = (struct room){ .carrier_id = carrier_id };
	job_stream(carrier_id, room->stream);
	return room;
}

void
rooms_offer(struct rooms *r, int64_t carrier_id, size_t calls)
{
	struct room *room;

	pthread_mutex_lock(&r->lock);
	room = room_of(r, carrier_id);
	room->room = calls > room->taken ? calls - room->taken : 0;
	if (room->room)
		pthread_cond_signal(&r->more);
	pthread_mutex_unlock(&r->lock);
}

void
rooms_claimed(struct rooms *r, int64_t carrier_id, size_t jobs)
{
	pthread_mutex_lock(&r->lock);
	room_of(r, carrier_id)->taken -= jobs;
	pthread_mutex_unlock(&r->lock);
}

bool
rooms_are_taken(struct rooms *r)
{
	bool taken = false;

	pthread_mutex_lock(&r->lock);
	for (size_t i = 0; i < r->count; i++)
		taken |= r->all[i].taken > 0;
	pthread_mutex_unlock(&r->lock);
	return taken;
}

static void
rooms_taken(struct rooms *r, int64_t carrier_id)
{
	struct room *room;

	pthread_mutex_lock(&r->lock);
	room = room_of(r, carrier_id);
	room->taken++;
	if (room->room)
		room->room--;
	pthread_mutex_unlock(&r->lock);
}

void
rooms_shut(struct rooms *r)
{
	pthread_mutex_lock(&r->lock);
	r->shut = true;
	pthread_cond_broadcast(&r->more);
	pthread_mutex_unlock(&r->lock);
}

/* What may be read now. */
struct read_request {
	const char **streams;
	size_t *counts;
	int64_t *carriers;
	size_t n;
	bool all; /* every carrier has room */
};

static bool
has_room(const struct rooms *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->all[i].room)
			return true;
	return false;
}

/* Waits for room; false: shut. */
static bool
rooms_wait(struct rooms *r, struct arena *a, struct read_request *w)
{
	bool open;

	pthread_mutex_lock(&r->lock);
	while (!r->shut && !has_room(r))
		pthread_cond_wait(&r->more, &r->lock);
	*w = (struct read_request){ .all = true };
	w->streams = ARENA_ARRAY(a, r->count + 1, const char *);
	w->counts = ARENA_ARRAY(a, r->count + 1, size_t);
	w->carriers = ARENA_ARRAY(a, r->count + 1, int64_t);
	for (size_t i = 0; i < r->count; i++) {
		const struct room *room = &r->all[i];

		if (!room->room) {
			w->all = false;
			continue;
		}
		w->streams[w->n] = arena_strdup(a, room->stream);
		w->counts[w->n] = room->room;
		w->carriers[w->n++] = room->carrier_id;
	}
	open = !r->shut;
	pthread_mutex_unlock(&r->lock);
	return open;
}

static void
hand_on(struct dialler *d, const struct read_request *w, struct arena *a,
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
		rooms_taken(d->rooms, w->carriers[k]);
	}
	queue_put(&d->to_place, &m->m);
}

/* Returns false when Redis did not answer. */
static bool
read_jobs(struct dialler *d, struct redis *redis, struct arena *a,
	  const struct read_request *w, bool *kept)
{
	struct ledger_node me = dialler_me(d);
	char consumer[32];
	struct stream_entry *jobs;
	size_t count = 0;
	struct fault f;

	snprintf(consumer, sizeof(consumer), "n%lld", (long long)me.slot);
	if (stream_read(redis, a, JOB_GROUP, consumer, w->streams, w->counts,
			w->n, w->all ? WAIT_MS : WAIT_SHORT_MS, &jobs, &count,
			&f)) {
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
	struct read_request w;

	while (rooms_wait(d->rooms, a, &w)) {
		bool kept = false;

		if (!read_jobs(d, redis, a, &w, &kept))
			dialler_pause(d, AWAY_US);
		/* Jobs handed on took the arena along. */
		if (kept)
			a = arena_new();
		else
			arena_reset(a);
	}
	arena_free(a);
	redis_free(redis);
	return NULL;
}
