/*
 * Marks queued calls sent, many in one statement, and tells the loop which of
 * them it may place.  The loop knows a call before its row is marked sent, so a
 * call that is marked sent and not in the loop's memory will never be placed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/seal.h"
#include "dialler/calls.h"
#include "dialler/dialler.h"
#include "dialler/message.h"
#include "ledger/job.h"
#include "ledger/seat.h"
#include "ledger/send.h"
#include "store/db.h"
#include "store/redis.h"

#define IDLE_US 1000000

struct placer {
	struct dialler *d;
	struct db *db;
	struct redis *redis;
	struct arena *arena;
};

/* A job that was not sealed by this installation is dropped; its call is
 * withdrawn by its age. */
static struct call *
read_job(struct placer *p, const struct stream_entry *job)
{
	struct bytes body =
		seal_open(p->d->installation.secret, job->stream, 0, job->body);
	struct job_call call;

	if (!body.data)
		return NULL;
	if (job_read(body.data, body.len, &call, p->arena)) {
		log_warn("Something that is not a job was found in %s.",
			 job->stream);
		return NULL;
	}
	return call_new(&call);
}

/* Sends the loop one message with a carrier's jobs; the ids of valid jobs go to
 * 'ids'. */
static size_t
claim(struct placer *p, const struct msg_jobs *m, int64_t carrier_id,
      struct call_id *ids)
{
	struct msg_claim *claim = MSG_NEW(MSG_CLAIM, struct msg_claim);
	size_t n = 0;

	claim->carrier_id = carrier_id;
	for (size_t i = 0; i < m->count; i++) {
		struct call *c;

		if (m->carriers[i] != carrier_id)
			continue;
		claim->read++;
		/* Too late to place it: the row is withdrawn by its age. */
		if (atomic_load(&p->d->stopping))
			continue;
		c = read_job(p, &m->jobs[i]);
		if (!c)
			continue;
		c->next = claim->calls;
		claim->calls = c;
		ids[n++] = c->id;
	}
	queue_put(&p->d->to_loop, &claim->m);
	return n;
}

static struct msg_sent *
sent_new(enum msg_kind kind, const struct call_id *ids, size_t n)
{
	struct msg_sent *s = MSG_NEW(kind, struct msg_sent);

	s->count = n;
	s->ids = xcalloc(n + 1, sizeof(*s->ids));
	s->won = xcalloc(n + 1, sizeof(*s->won));
	memcpy(s->ids, ids, n * sizeof(*ids));
	return s;
}

static void
send_some(struct placer *p, const struct call_id *ids, size_t n)
{
	struct msg_sent *s = sent_new(MSG_SENT, ids, n);
	struct ledger_node me = dialler_me(p->d);
	struct fault f;

	s->gate_us = clock_boot_us();
	if (ledger_send(p->db, &me, ids, n, s->won, &f)) {
		dialler_tell_db(p->d, "send", &f);
		memset(s->won, 0, n * sizeof(*s->won));
	}
	queue_put(&p->d->to_loop, &s->m);
}

/* A job is done once its call was sent or refused. */
static void
finish(struct placer *p, const struct msg_jobs *m)
{
	struct fault f;

	if (stream_done(p->redis, JOB_GROUP, m->jobs, m->count, &f))
		dialler_tell_redis(p->d, &f);
}

static void
place_jobs(struct placer *p, struct msg_jobs *m)
{
	struct call_id *ids = ARENA_ARRAY(p->arena, m->count, struct call_id);
	struct msg_carrier *drained;

	for (size_t i = 0; i < m->count; i++) {
		int64_t carrier_id = m->carriers[i];
		size_t n, k = 0;

		while (m->carriers[k] != carrier_id)
			k++;
		if (k < i)
			continue; /* it had its turn */
		n = claim(p, m, carrier_id, ids);
		for (size_t from = 0; from < n; from += SEND_MOST)
			send_some(p, ids + from,
				  n - from < SEND_MOST ? n - from : SEND_MOST);
		drained = MSG_NEW(MSG_DRAINED, struct msg_carrier);
		drained->carrier_id = carrier_id;
		queue_put(&p->d->to_plan, &drained->m);
	}
	finish(p, m);
	arena_free(m->arena);
}

static void
ask_again(struct placer *p, const struct msg_ids *m)
{
	for (size_t from = 0; from < m->count; from += SEND_MOST) {
		size_t n = m->count - from < SEND_MOST ? m->count - from
						       : SEND_MOST;
		struct msg_sent *s = sent_new(MSG_SENT, m->ids + from, n);
		struct ledger_node me = dialler_me(p->d);
		struct fault f;

		s->again = true;
		s->gate_us = clock_boot_us();
		if (ledger_ask_again(p->db, &me, s->ids, n, s->won, &f)) {
			dialler_tell_db(p->d, "ask the gates", &f);
			memset(s->won, 0, n * sizeof(*s->won));
		}
		queue_put(&p->d->to_loop, &s->m);
	}
}

/* Calls that cannot be withdrawn now are found by their age
 * (reconcile_calls.c). */
static void
take_back(struct placer *p, const struct msg_ids *m)
{
	struct withdrawal w = { .from = LIVE_SENT, .delay_us = m->delay_us };
	struct ledger_node me = dialler_me(p->d);
	struct msg_runs *wake;
	struct fault f;

	w.runs = xcalloc(m->count + 1, sizeof(*w.runs));
	if (ledger_withdraw(p->db, &me, m->ids, m->count, &w, p->arena, &f)) {
		dialler_tell_db(p->d, "withdraw", &f);
		free(w.runs);
		return;
	}
	log_debug("%zu of %zu calls withdrawn, not placed.", w.withdrawn,
		  m->count);
	wake = MSG_NEW(MSG_WAKE, struct msg_runs);
	wake->runs = w.runs;
	wake->run_count = w.run_count;
	queue_put(&p->d->to_plan, &wake->m);
}

/* Asks for seats run by run.  When the database does not answer, the loop
 * decides (seats.h). */
static void
seat(struct placer *p, struct msg_ids *m)
{
	struct ledger_node me = dialler_me(p->d);
	struct fault f;
	size_t n;

	qsort(m->ids, m->count, sizeof(*m->ids), call_id_compare);
	for (size_t from = 0; from < m->count; from += n) {
		struct msg_sent *s;

		n = 1;
		while (from + n < m->count &&
		       call_id_run(m->ids[from + n].b) ==
			       call_id_run(m->ids[from].b))
			n++;
		s = sent_new(MSG_SEATED, m->ids + from, n);
		if (ledger_seat(p->db, &me, s->ids, n, s->won, &f)) {
			dialler_tell_db(p->d, "give seats", &f);
			s->failed = true;
		}
		queue_put(&p->d->to_loop, &s->m);
	}
}

static void
handle(struct placer *p, struct msg *m)
{
	switch (m->kind) {
	case MSG_JOBS:
		place_jobs(p, (struct msg_jobs *)m);
		break;
	case MSG_RECHECK:
		ask_again(p, (struct msg_ids *)m);
		break;
	case MSG_ANSWERED:
		seat(p, (struct msg_ids *)m);
		break;
	case MSG_WITHDRAW:
		take_back(p, (struct msg_ids *)m);
		break;
	default:
		break;
	}
	free(m);
	arena_reset(p->arena);
}

void *
place_thread(void *dialler)
{
	struct dialler *d = dialler;
	struct placer p = { .d = d, .db = dialler_db(d) };

	p.redis = dialler_redis(d);
	p.arena = arena_new();
	while (!queue_has_ended(&d->to_place)) {
		struct msg *m = queue_take(&d->to_place, IDLE_US);

		while (m) {
			struct msg *next = m->next;

			handle(&p, m);
			m = next;
		}
	}
	arena_free(p.arena);
	redis_free(p.redis);
	db_free(p.db);
	return NULL;
}
