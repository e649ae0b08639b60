/* Finds orphan calls and handles them, and counts the calls on each carrier. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "dialler/dialler.h"
#include "dialler/planner.h"
#include "dialler/trunk_share.h"
#include "ledger/job.h"
#include "ledger/send.h"
#include "store/redis.h"

#define WITHDRAW_MOST 500
#define ADOPT_MOST (2 * ADOPT_AT_ONCE) /* a beat must renew the lease */
/* How long a node keeps calls whose carrier is down: it may be restarting. */
#define DOWN_US (10 * US_PER_S)
/* How long a dead node's call may be up if no node reaches its carrier. */
#define UNSERVED_US ((CALL_LONGEST_MS + 180000) * US_PER_MS)

/* Withdraws calls queued for 5 s: their jobs are lost. */
static void
withdraw_old(struct planner *p, const struct orphan_call *all, size_t n)
{
	struct call_id *ids =
		ARENA_ARRAY(p->arena, WITHDRAW_MOST, struct call_id);
	struct withdrawal w = { .from = LIVE_QUEUED };
	size_t count = 0;
	struct fault f;

	for (size_t i = 0; i < n && count < WITHDRAW_MOST; i++) {
		const struct plan_run *r;

		if (all[i].state != LIVE_QUEUED)
			continue;
		r = planner_run(p, call_id_run(all[i].id.b));
		if (r && r->mine)
			ids[count++] = all[i].id;
	}
	if (!count)
		return;
	w.runs = ARENA_ARRAY(p->arena, count + 1, int64_t);
	if (ledger_withdraw(p->db, &p->me, ids, count, &w, p->arena, &f)) {
		dialler_tell_db(p->d, "withdraw", &f);
		return;
	}
	log_info("%zu calls that were never placed are planned again.",
		 w.withdrawn);
	for (size_t i = 0; i < w.run_count; i++)
		planner_run(p, w.runs[i])->dirty = true;
}

static struct msg_orphans *
orphans_new(enum msg_kind kind, size_t n)
{
	return MSG_NEW_ARRAY(kind, struct msg_orphans, struct orphan_call, n);
}

/* Sends the rows of this node to the loop, which checks whether it knows
 * them. */
static void
check_own(struct planner *p, const struct orphan_call *all, size_t n)
{
	struct msg_orphans *m = orphans_new(MSG_RECONCILE, n);

	for (size_t i = 0; i < n; i++)
		if (all[i].state != LIVE_QUEUED && all[i].boot == p->me.boot)
			m->orphans[m->count++] = all[i];
	queue_put(&p->d->to_loop, &m->m);
}

/* A node takes over a call if it reaches the carrier, or if the call must be
 * over. */
static bool
may_adopt(struct planner *p, const struct orphan_call *s)
{
	const struct plan_carrier *c = planner_carrier(p, s->carrier_id);

	return (c && c->cell && atomic_load(&c->cell->up)) ||
	       s->age_us > UNSERVED_US;
}

static void
adopt_dead(struct planner *p, const struct orphan_call *all, size_t n)
{
	struct orphan_call *dead =
		ARENA_ARRAY(p->arena, n + 1, struct orphan_call);
	bool *mine = ARENA_ARRAY(p->arena, n + 1, bool);
	struct msg_orphans *m;
	size_t count = 0;
	struct fault f;

	for (size_t i = 0; i < n && count < ADOPT_MOST; i++)
		if (all[i].state != LIVE_QUEUED && all[i].dead &&
		    may_adopt(p, &all[i]))
			dead[count++] = all[i];
	if (!count)
		return;
	if (calls_adopt(p->db, &p->me, dead, count, mine, p->arena, &f))
		dialler_tell_db(p->d, "take calls over", &f);
	m = orphans_new(MSG_TAKE_OVER, count);
	for (size_t i = 0; i < count; i++)
		if (mine[i])
			m->orphans[m->count++] = dead[i];
	if (m->count)
		log_info("%zu calls of dead nodes are taken over.", m->count);
	queue_put(&p->d->to_loop, &m->m);
}

static void
watch_trunks(struct planner *p)
{
	for (size_t i = 0; i < p->carrier_count; i++) {
		struct plan_carrier *c = &p->carriers[i];

		if (atomic_load(&c->cell->up))
			c->down_us = 0;
		else if (!c->down_us)
			c->down_us = clock_boot_us();
	}
}

/* True when only other nodes can find out what becomes of the carrier's
 * calls. */
static bool
is_blind(const struct plan_carrier *c)
{
	return c && c->down_us && c->others &&
	       clock_boot_us() - c->down_us > DOWN_US;
}

static void
give_blind(struct planner *p, const struct orphan_call *all, size_t n)
{
	struct call_id *ids =
		ARENA_ARRAY(p->arena, ADOPT_AT_ONCE, struct call_id);
	size_t count = 0;
	struct fault f;

	for (size_t i = 0; i < n && count < ADOPT_AT_ONCE; i++)
		if (all[i].state != LIVE_QUEUED && all[i].boot == p->me.boot &&
		    is_blind(planner_carrier(p, all[i].carrier_id)))
			ids[count++] = all[i].id;
	if (!count)
		return;
	if (calls_give(p->db, &p->me, ids, count, p->arena, &f)) {
		dialler_tell_db(p->d, "give calls back", &f);
		return;
	}
	log_info("%zu calls are left to nodes that reach their carrier.",
		 count);
	queue_put(&p->d->to_loop, &msg_ids_new(MSG_DONE, ids, count)->m);
}

/* Counts the entries in a stream that have no queued row. */
static void
note_stale(struct planner *p, struct plan_carrier *c, int64_t queued)
{
	int64_t waiting = 0;
	char stream[32];
	struct fault f;

	job_stream(c->id, stream);
	if (stream_length(p->redis, stream, &waiting, &f))
		waiting = 0;
	memmove(c->stale + 1, c->stale, sizeof(c->stale) - sizeof(*c->stale));
	c->stale[0] = waiting > queued ? waiting - queued : 0;
}

static void
count_calls(struct planner *p, const struct call_sum *sums, size_t n)
{
	int64_t *queued = ARENA_ARRAY(p->arena, p->carrier_count + 1, int64_t);

	for (size_t i = 0; i < p->carrier_count; i++)
		p->carriers[i].live = 0;
	for (size_t i = 0; i < n; i++) {
		const struct call_sum *s = &sums[i];
		struct plan_carrier *c = planner_carrier(p, s->carrier_id);

		if (!c)
			continue;
		c->live = s->calls;
		queued[c - p->carriers] = s->queued;
	}
	for (size_t i = 0; i < p->carrier_count; i++)
		note_stale(p, &p->carriers[i], queued[i]);
}

void
beat_calls(struct planner *p)
{
	struct orphan_call *orphans;
	struct call_sum *sums;
	size_t n, sum_count;
	struct fault f;

	if (calls_orphaned(p->db, &p->me, p->arena, &orphans, &n, &f) ||
	    calls_summary(p->db, p->arena, &sums, &sum_count, &f)) {
		dialler_tell_db(p->d, "read the calls", &f);
		return;
	}
	watch_trunks(p);
	withdraw_old(p, orphans, n);
	adopt_dead(p, orphans, n);
	check_own(p, orphans, n);
	give_blind(p, orphans, n); /* after check_own(): it would adopt them */
	count_calls(p, sums, sum_count);
}

/* The carrier was asked before the table is read, so a call without a row never
 * had one, or its end is recorded. */
void
beat_listed(struct planner *p, const struct msg_ids *m)
{
	struct call_id *ids = ARENA_ARRAY(p->arena, m->count, struct call_id);
	bool *known = ARENA_ARRAY(p->arena, m->count, bool);
	struct msg_ids *orphans;
	size_t n = 0;
	struct fault f;

	memcpy(ids, m->ids, m->count * sizeof(*ids));
	qsort(ids, m->count, sizeof(*ids), call_id_compare);
	if (calls_known(p->db, ids, m->count, known, &f)) {
		dialler_tell_db(p->d, "read the calls", &f);
		return;
	}
	for (size_t i = 0; i < m->count; i++)
		if (!known[i])
			ids[n++] = ids[i];
	if (!n)
		return;
	orphans = msg_ids_new(MSG_UNKNOWN_CALLS, ids, n);
	orphans->carrier_id = m->carrier_id;
	queue_put(&p->d->to_loop, &orphans->m);
}
