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

#define LIST_EVERY_US US_PER_S
#define DIRTY_MOST 64 /* runs looked at before messages are read again */

size_t
planner_place(const struct planner *p, int64_t run_id)
{
	size_t low = 0, high = p->run_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->runs[middle]->id < run_id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct plan_run *
planner_run(struct planner *p, int64_t run_id)
{
	size_t i = planner_place(p, run_id);

	return i < p->run_count && p->runs[i]->id == run_id ? p->runs[i] : NULL;
}

struct plan_run *
planner_add_run(struct planner *p, int64_t run_id)
{
	size_t i = planner_place(p, run_id);
	struct plan_run *r = xcalloc(1, sizeof(*r));

	r->id = run_id;
	r->next_us = INT64_MAX;
	if (p->run_count == p->run_room) {
		p->run_room = p->run_room ? 2 * p->run_room : 32;
		p->runs = xrealloc(p->runs, p->run_room * sizeof(*p->runs));
	}
	memmove(&p->runs[i + 1], &p->runs[i],
		(p->run_count - i) * sizeof(*p->runs));
	p->runs[i] = r;
	p->run_count++;
	return r;
}

void
planner_remove_run(struct planner *p, struct plan_run *r)
{
	size_t i = planner_place(p, r->id);

	memmove(&p->runs[i], &p->runs[i + 1],
		(p->run_count - i - 1) * sizeof(*p->runs));
	p->run_count--;
	arena_free(r->pool_arena);
	free(r);
}

struct plan_carrier *
planner_carrier(struct planner *p, int64_t carrier_id)
{
	for (size_t i = 0; i < p->carrier_count; i++)
		if (p->carriers[i].id == carrier_id)
			return &p->carriers[i];
	return NULL;
}

static struct plan_workspace *
workspace_of(struct planner *p, int64_t id)
{
	for (size_t i = 0; i < p->workspace_count; i++)
		if (p->workspaces[i].id == id)
			return &p->workspaces[i];
	p->workspaces = xrealloc(p->workspaces, (p->workspace_count + 1) *
							sizeof(*p->workspaces));
	p->workspaces[p->workspace_count] = (struct plan_workspace){ .id = id };
	return &p->workspaces[p->workspace_count++];
}

void
planner_changed(struct planner *p, int64_t workspace_id, bool now)
{
	struct plan_workspace *w = workspace_of(p, workspace_id);
	int64_t time = clock_boot_us();

	w->dirty = true;
	if (now || time - w->bumped_us >= LIST_EVERY_US) {
		list_invalidate(p->redis, workspace_id);
		w->bumped_us = time;
		w->dirty = false;
	}
}

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
	free(c->cell);
	free(c->address);
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
