/*
 * Once a second: renews the lease, declares nodes dead whose lease ran out,
 * takes over what they held, and finds what a lost wake-up left undone.
 */
#include <string.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "campaign/campaign.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"

#define BEAT_US US_PER_S
#define JOIN_US (500 * US_PER_MS)
/* A node declares others dead only when it has held its own lease for this
 * long: after an outage of the database all nodes must renew first. */
#define HELD_US (10 * US_PER_S)
#define REPAIR_MOST 50		 /* runs checked without a wake-up */
#define PAUSED_US (5 * US_PER_S) /* how often a paused run is checked */

static int
fence_former_lives(struct planner *p, struct fault *f)
{
	struct node_row *nodes;
	size_t n;

	if (p->lock.fd < 0)
		return 0;
	if (node_list(p->db, p->arena, &nodes, &n, f))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (strcmp(nodes[i].name, p->lock.name) == 0 &&
		    node_fence_self(p->db, nodes[i].boot, p->lock.name, f))
			return -1;
	return 0;
}

/* Reads the installation once; other threads read it from then on. */
static int
know_installation(struct planner *p, struct fault *f)
{
	struct installation *i = &p->d->installation;

	return *i->site ? 0 : installation_read(p->db, i, f);
}

static int
join(struct planner *p, struct fault *f)
{
	int64_t now = clock_boot_us();

	if (p->lock.fd < 0)
		process_lock_try(&p->lock, p->d->name, p->d->config);
	if (know_installation(p, f) || fence_former_lives(p, f) ||
	    node_join(p->db, p->lock.name, &p->me, f))
		return -1;
	dialler_set_me(p->d, &p->me);
	atomic_store(&p->d->renewed_us, now);
	p->held_us = now;
	p->beat_us = 0;
	log_info("This node has slot %lld.", (long long)p->me.slot);
	return 0;
}

bool
beat_join(struct planner *p)
{
	struct fault f;

	while (!atomic_load(&p->d->stopping)) {
		if (join(p, &f) == 0) {
			dialler_tell_db(p->d, "join", NULL);
			return true;
		}
		dialler_tell_db(p->d, "join", &f);
		arena_reset(p->arena);
		dialler_pause(p->d, JOIN_US);
	}
	return false;
}

void
beat_leave(struct planner *p)
{
	struct fault f;

	if (node_leave(p->db, &p->me, &f))
		dialler_tell_db(p->d, "leave", &f);
}

/* This node was declared dead: everything it held belongs to other nodes
 * now. */
static int
rejoin(struct planner *p, struct fault *f)
{
	static const struct ledger_node nobody;

	log_warn("This node was declared dead; it starts over.");
	dialler_set_me(p->d, &nobody);
	atomic_store(&p->d->renewed_us, 0);
	queue_put(&p->d->to_loop, MSG_NEW(MSG_FENCED, struct msg));
	while (p->run_count)
		planner_remove_run(p, p->runs[0]);
	for (size_t i = 0; i < p->carrier_count; i++)
		if (p->carriers[i].cell) {
			atomic_store(&p->carriers[i].cell->cps, 0);
			atomic_store(&p->carriers[i].cell->channels, 0);
			p->carriers[i].trouble[0] = '\0';
		}
	return join(p, f);
}

static int
renew(struct planner *p, struct fault *f)
{
	int64_t began = clock_boot_us();
	int64_t last = atomic_load(&p->d->renewed_us);
	bool alive;

	if (node_renew(p->db, &p->me, &alive, f))
		return -1;
	if (!alive)
		return rejoin(p, f);
	if (began - last > LEASE_FRESH_US)
		p->held_us = began;
	atomic_store(&p->d->renewed_us, began);
	return 0;
}

/* Also decides whether this node is the leader, which has the lowest slot. */
static int
watch_nodes(struct planner *p, struct fault *f)
{
	struct node_row *nodes;
	int64_t now;
	size_t n;

	if (node_list(p->db, p->arena, &nodes, &n, f))
		return -1;
	atomic_store(&p->d->leader, n > 0 && nodes[0].boot == p->me.boot);
	atomic_store(&p->d->alone, n == 1);
	now = clock_boot_us();
	/* A renewal that was asked for before an outage, and answered after it,
	 * is no sign that the others have renewed. */
	if (!dialler_lease_is_fresh(p->d, now) || now - p->held_us < HELD_US)
		return 0;
	for (size_t i = 0; i < n; i++) {
		bool fenced;

		if (!nodes[i].expired)
			continue;
		if (node_fence(p->db, nodes[i].boot, &fenced, f))
			return -1;
		if (fenced)
			log_warn("Node %lld (%s) is dead.",
				 (long long)nodes[i].slot, nodes[i].name);
		if (fenced && share_sweep(p->db, f))
			return -1;
	}
	return 0;
}

/* Updates what is known of a run; takes the run when no node plans it. */
static void
sync_run(struct planner *p, const struct open_run *o)
{
	struct plan_run *r = planner_run(p, o->id);
	bool taken = o->lease_boot == p->me.boot;
	struct fault f;

	if (!r)
		r = planner_add_run(p, o->id);
	r->seen = true;
	if (!taken && o->slot < 0 &&
	    run_take(p->db, &p->me, o->id, o->lease_boot, &taken, &f)) {
		dialler_tell_db(p->d, "take a run", &f);
		taken = false;
	}
	if (taken && !r->mine) {
		r->dirty = true;
		r->check_queued = true;
	}
	if (r->status != o->status || r->epoch != o->epoch ||
	    r->rest != o->rest || r->on_hold != o->on_hold)
		r->dirty = true;
	if (r->epoch != o->epoch)
		r->check_queued = true;
	r->mine = taken;
	r->workspace_id = o->workspace_id;
	r->campaign_id = o->campaign_id;
	r->status = o->status;
	r->rest = o->rest;
	r->epoch = o->epoch;
	r->on_hold = o->on_hold;
	r->lease_boot = taken ? p->me.boot : o->lease_boot;
	r->slot = taken ? p->me.slot : o->slot;
}

void
beat_runs(struct planner *p)
{
	struct open_run *open;
	size_t n;
	struct fault f;

	if (runs_open(p->db, p->arena, &open, &n, &f)) {
		dialler_tell_db(p->d, "read the runs", &f);
		return;
	}
	for (size_t i = 0; i < p->run_count; i++)
		p->runs[i]->seen = false;
	for (size_t i = 0; i < n; i++)
		sync_run(p, &open[i]);
	for (size_t i = p->run_count; i-- > 0;)
		if (!p->runs[i]->seen)
			planner_remove_run(p, p->runs[i]);
}

/* A paused run changes only when its last call or its day ends, so it is
 * checked less often. */
static int64_t
repair_after(const struct plan_run *r)
{
	return r->status == CAMPAIGN_RUNNING || r->rest != REST_OPEN
		       ? BEAT_US
		       : PAUSED_US;
}

/* Checks runs now and then, because a wake-up may be lost. */
static void
repair(struct planner *p)
{
	int64_t now = clock_boot_us();
	size_t first = planner_place(p, p->turn + 1), n = 0;

	p->starving = 0;
	for (size_t i = 0; i < p->run_count; i++) {
		struct plan_run *r = p->runs[(first + i) % p->run_count];

		p->starving += r->was_starved;
		r->was_starved = false;
		if (!r->mine || r->dirty ||
		    now - r->looked_us < repair_after(r))
			continue;
		if (n++ < REPAIR_MOST)
			r->dirty = true;
	}
}

/* Also covers changes by a web worker that died before it could report them. */
static void
tell_lists(struct planner *p)
{
	int64_t *recent;
	size_t n;
	struct fault f;

	for (size_t i = 0; i < p->workspace_count; i++)
		if (p->workspaces[i].dirty)
			planner_changed(p, p->workspaces[i].id, true);
	if (!atomic_load(&p->d->leader) ||
	    audit_recent(p->db, p->arena, &recent, &n, &f))
		return;
	for (size_t i = 0; i < n; i++)
		planner_changed(p, recent[i], true);
}

/* Which workspaces want events: recorder and planner write no others. */
static void
know_wants(struct planner *p)
{
	struct event_wants w;
	struct fault f;

	if (event_wants_read(p->db, &w, p->arena, &f))
		dialler_tell_db(p->d, "read who wants events", &f);
	else
		dialler_set_wants(p->d, &w);
}

void
beat(struct planner *p)
{
	struct fault f;

	p->beat_us = clock_boot_us() + BEAT_US;
	if (renew(p, &f) || watch_nodes(p, &f)) {
		dialler_tell_db(p->d, "renew the lease", &f);
		return;
	}
	dialler_tell_db(p->d, "renew the lease", NULL);
	know_wants(p);
	beat_carriers(p);
	beat_runs(p);
	beat_calls(p);
	beat_shares(p);
	repair(p);
	tell_lists(p);
}
