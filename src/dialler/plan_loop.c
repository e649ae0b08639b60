/* The plan thread: its messages, and which run is looked at next. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/zone_cache.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "dialler/wakeups.h"
#include "store/db.h"
#include "store/redis.h"

#define DIRTY_MOST 64 /* runs looked at before messages are read again */

/* Tells the node that plans this run. */
static void
pass_on(struct planner *p, const struct plan_run *r)
{
	char stream[32], text[24];
	struct bytes body = { .data = text };
	struct fault f;

	wake_stream(r->slot, stream);
	body.len =
		(size_t)snprintf(text, sizeof(text), "%lld", (long long)r->id);
	stream_add(p->redis, stream, &body, 1, 1000, &f);
}

static void
on_wake(struct planner *p, const struct msg_runs *m)
{
	bool unknown = false;

	for (size_t i = 0; i < m->run_count; i++)
		unknown |= !planner_run(p, m->runs[i]);
	if (unknown)
		beat_runs(p);
	for (size_t i = 0; i < m->run_count; i++) {
		struct plan_run *r = planner_run(p, m->runs[i]);

		if (r && r->mine)
			r->dirty = true;
		else if (r && r->slot >= 0)
			pass_on(p, r);
		if (r && m->carrier_count)
			planner_changed(p, r->workspace_id, false);
	}
	for (size_t i = 0; i < m->carrier_count; i++) {
		struct plan_carrier *c =
			planner_carrier(p, m->carriers[i].carrier_id);

		if (c)
			c->live -= m->carriers[i].calls;
		p->room_us = 0;
	}
}

static void
on_drained(struct planner *p, const struct msg_carrier *m)
{
	const struct plan_carrier *c = planner_carrier(p, m->carrier_id);

	if (c && c->cell && !c->served)
		beat_shares(p);
	p->room_us = 0;
}

static void
handle(struct planner *p, struct msg *m)
{
	switch (m->kind) {
	case MSG_WAKE:
		on_wake(p, (struct msg_runs *)m);
		break;
	case MSG_DRAINED:
		on_drained(p, (struct msg_carrier *)m);
		break;
	case MSG_CARRIER_CALLS:
		beat_listed(p, (struct msg_ids *)m);
		break;
	default:
		break;
	}
	msg_free(m);
	arena_reset(p->arena);
}

static int64_t
run_due_at(const struct plan_run *r)
{
	return r->dirty ? r->looked_us + BATCH_US : r->next_us;
}

/* When to look again if no message comes. */
static int64_t
next_look(const struct planner *p)
{
	int64_t next = p->beat_us;

	for (size_t i = 0; i < p->run_count; i++) {
		const struct plan_run *r = p->runs[i];

		if (r->mine && run_due_at(r) < next)
			next = run_due_at(r);
		if (r->mine && r->starved && p->room_us < next)
			next = p->room_us;
	}
	return next;
}

/*
 * Looks once at each run that is dirty or due, in turn.  It begins after the
 * run that was looked at last, even if it had to stop for messages or the beat.
 * Returns when to look again.
 */
static int64_t
plan_dirty(struct planner *p)
{
	int64_t now = clock_boot_us();
	size_t first = planner_place(p, p->turn + 1), count = p->run_count;
	size_t done = 0;

	if (now >= p->room_us)
		plan_feed(p, now);
	for (size_t i = 0; i < count; i++) {
		struct plan_run *r = p->runs[(first + i) % count];

		if (!r->mine || run_due_at(r) > now)
			continue;
		p->turn = r->id;
		r->dirty = false;
		plan_run_step(p, r);
		arena_reset(p->arena);
		if (++done == DIRTY_MOST || p->run_count != count ||
		    clock_boot_us() >= p->beat_us)
			return 0;
	}
	return next_look(p);
}

static void
run(struct planner *p)
{
	int64_t next = 0;

	while (!atomic_load(&p->d->stopping)) {
		int64_t wait = next - clock_boot_us();
		struct msg *m = queue_take(&p->d->to_plan, wait > 0 ? wait : 0);

		while (m) {
			struct msg *after = m->next;

			handle(p, m);
			m = after;
		}
		if (clock_boot_us() >= p->beat_us) {
			beat(p);
			arena_reset(p->arena);
		}
		next = plan_dirty(p);
	}
}

/* Waits until the loop and the other threads are done, because this node may
 * leave only then. */
static void
wait_for_end(struct planner *p)
{
	while (!queue_has_ended(&p->d->to_plan))
		msg_free_all(queue_take(&p->d->to_plan, 100 * US_PER_MS));
}

static void
plan_carrier_free(struct plan_carrier *c)
{
	trunk_share_free(c->cell);
	free(c->settings);
}

void *
plan_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct planner p = { .d = d, .db = dialler_db(d) };

	p.lock.fd = -1;
	p.redis = dialler_redis(d);
	p.zones = zones_new();
	p.arena = arena_new();
	if (beat_join(&p)) {
		run(&p);
		wait_for_end(&p);
		beat_leave(&p);
	}
	process_lock_release(&p.lock);
	while (p.run_count)
		planner_remove_run(&p, p.runs[0]);
	free(p.runs);
	for (size_t i = 0; i < p.carrier_count; i++)
		plan_carrier_free(&p.carriers[i]);
	free(p.carriers);
	free(p.workspaces);
	arena_free(p.arena);
	zones_free(p.zones);
	redis_free(p.redis);
	db_free(p.db);
	return NULL;
}
