/* How many calls each carrier may be given ahead of time, and putting their
 * jobs into its stream. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/numeric.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "ledger/plan_calls.h"
#include "store/redis.h"
#include "base/seal.h"

/* Calls in a stream: half a second's worth, so that many campaigns get room in
 * turn, and never so many that calls are withdrawn for waiting too long. */
#define STREAM_MOST 1000
/* Calls beyond the free channels, so that the next ones are at hand when a call
 * ends. */
#define SPARE_MOST 8
/* How often room is checked: another node may take calls out of a stream
 * without telling this one. */
#define ROOM_US (50 * US_PER_MS)
/* Length to which streams are trimmed, in case no node reads them. */
#define STREAM_LEN 20000

/* Entries without a queued row: the fewest seen in the last beats. */
static int64_t
stale_entries(const struct plan_carrier *c)
{
	int64_t n = c->stale[0];

	for (int i = 1; i < STALE_BEATS; i++)
		n = int64_min(n, c->stale[i]);
	return n;
}

/* Calls that may wait in the carrier's stream. */
static int64_t
stream_most(const struct plan_carrier *c)
{
	int64_t most = int64_min(c->served / 2, STREAM_MOST);

	return most > 1 ? most : 1;
}

/* How much of the room one of the runs that share it may take. */
static int64_t
part_of(const struct planner *p, const struct plan_carrier *c)
{
	int64_t most = stream_most(c);
	int64_t part = p->starving > 1 ? most / p->starving : most;

	return part > 1 ? part : 1;
}

static int
room_of(struct planner *p, const struct plan_carrier *c, int64_t *room,
	struct fault *f)
{
	int64_t most = stream_most(c), waiting, free;
	char stream[32];

	job_stream(c->id, stream);
	if (stream_length(p->redis, stream, &waiting, f))
		return -1;
	free = c->channels - c->live + int64_min(most, SPARE_MOST);
	*room = int64_min(most - (waiting - stale_entries(c)), free);
	return 0;
}

bool
plan_room(struct planner *p, struct plan_run *r, bool *served)
{
	struct fault f;

	*served = false;
	for (size_t i = 0; i < r->pool.carrier_count; i++) {
		struct pool_carrier *k = &r->pool.carriers[i];
		const struct plan_carrier *c = planner_carrier(p, k->id);

		k->room = 0;
		if (!c || !c->enabled || !c->served)
			continue;
		*served = true;
		if (room_of(p, c, &k->room, &f)) {
			dialler_tell_redis(p->d, &f);
			return false;
		}
		k->room = int64_min(k->room, part_of(p, c));
	}
	return true;
}

void
plan_wait_for_room(struct plan_run *r)
{
	for (size_t i = 0; i < r->pool.carrier_count; i++)
		r->starved |= r->pool.carriers[i].room <= 0;
	r->was_starved |= r->starved;
}

static bool
waits_for(const struct plan_run *r, const struct plan_carrier *c)
{
	if (!r->mine || !r->starved)
		return false;
	for (size_t i = 0; i < r->pool.carrier_count; i++)
		if (r->pool.carriers[i].id == c->id)
			return r->pool.carriers[i].room <= 0;
	return false;
}

/* The next run in turn that waits for this carrier. */
static struct plan_run *
next_waiting(const struct planner *p, const struct plan_carrier *c)
{
	size_t first = planner_place(p, c->fed + 1);

	for (size_t i = 0; i < p->run_count; i++) {
		struct plan_run *r = p->runs[(first + i) % p->run_count];

		if (waits_for(r, c))
			return r;
	}
	return NULL;
}

void
plan_feed(struct planner *p, int64_t now)
{
	p->room_us = now + ROOM_US;
	for (size_t i = 0; i < p->carrier_count; i++) {
		struct plan_carrier *c = &p->carriers[i];
		struct plan_run *r;
		int64_t room;
		struct fault f;

		if (!c->enabled || !c->served || !next_waiting(p, c))
			continue;
		if (room_of(p, c, &room, &f)) {
			dialler_tell_redis(p->d, &f);
			return;
		}
		for (; room > 0 && (r = next_waiting(p, c));
		     room -= part_of(p, c)) {
			r->starved = false;
			r->dirty = true;
			c->fed = r->id;
		}
	}
}

static void
send_to(struct planner *p, int64_t carrier_id, const struct plan_job *jobs,
	size_t count)
{
	struct bytes *bodies = ARENA_ARRAY(p->arena, count, struct bytes);
	struct plan_carrier *c = planner_carrier(p, carrier_id);
	struct buf b = BUF_INIT;
	char stream[32];
	size_t n = 0;
	struct fault f;

	job_stream(carrier_id, stream);
	for (size_t i = 0; i < count; i++) {
		if (jobs[i].carrier_id != carrier_id)
			continue;
		buf_clear(&b);
		job_write(&b, &jobs[i].call);
		bodies[n++] = seal_put(
			p->d->installation.secret, stream, SEAL_FOR_EVER,
			(struct bytes){ b.data, b.len }, p->arena);
	}
	buf_free(&b);
	/* Calls whose jobs do not get there are withdrawn by their age. */
	if (stream_add(p->redis, stream, bodies, n, STREAM_LEN, &f))
		dialler_tell_redis(p->d, &f);
	if (c)
		c->live += (int64_t)n;
}

void
plan_send_jobs(struct planner *p, const struct plan_job *jobs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (jobs[k].carrier_id != jobs[i].carrier_id)
			k++;
		if (k == i)
			send_to(p, jobs[i].carrier_id, jobs, count);
	}
}
