#include "dialler/call_control.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "dialler/dialler.h"
#include "dialler/credit.h"
#include "dialler/loop.h"

#define STOP_US (2 * US_PER_S) /* for unfinished work, when stopping */
#define STOP_LOOK_US 10000

struct trunk *
trunk_of(struct call_control *b, int64_t carrier_id)
{
	for (size_t i = 0; i < b->trunk_count; i++)
		if (b->trunks[i]->carrier_id == carrier_id)
			return b->trunks[i];
	return NULL;
}

static void
on_trunk(struct call_control *b, struct msg_trunk *m)
{
	struct trunk *trunk = trunk_of(b, m->cell->carrier_id);

	if (!trunk) {
		trunk = trunk_open(b, m);
		if (trunk) {
			b->trunks =
				xrealloc(b->trunks, (b->trunk_count + 1) *
							    sizeof(*b->trunks));
			b->trunks[b->trunk_count++] = trunk;
		}
	} else {
		trunk_move(trunk, m);
	}
}

static void
on_claim(struct call_control *b, struct msg_claim *m)
{
	struct trunk *trunk = trunk_of(b, m->carrier_id);
	struct call *c, *next;

	credit_return(b->d->credits, m->carrier_id, m->read);
	for (c = m->calls; c; c = next) {
		next = c->next;
		/* A job that came twice, for a call that is known. */
		if (!trunk || call_table_find(&b->calls, c->id.b)) {
			call_free(c);
			continue;
		}
		c->trunk = trunk;
		call_set_state(c, CALL_RESERVED);
		call_table_add(&b->calls, c);
	}
}

static void
on_sent(struct call_control *b, struct msg_sent *m)
{
	enum call_state was = m->again ? CALL_RECHECK : CALL_RESERVED;

	for (size_t i = 0; i < m->count; i++) {
		struct call *c = call_table_find(&b->calls, m->ids[i].b);

		if (!c || c->state != was)
			continue;
		if (m->won[i]) {
			c->gate_us = m->gate_us;
			call_set_state(c, CALL_GRANTED);
		} else if (m->again) {
			call_withdraw(b, c, 0);
		} else {
			call_drop(b, c);
		}
	}
	free(m->ids);
	free(m->won);
}

static void
on_done(struct call_control *b, struct msg_ids *m)
{
	for (size_t i = 0; i < m->count; i++) {
		struct call *c = call_table_find(&b->calls, m->ids[i].b);

		if (c)
			call_drop(b, c);
	}
}

/* Finds rows of this node that call control does not know.  Calls that are only
 * marked sent were not placed; the carriers are asked about the others. */
static void
on_check(struct call_control *b, struct msg_orphans *m)
{
	size_t lost = 0;

	for (size_t i = 0; i < m->count; i++) {
		const struct orphan_call *s = &m->orphans[i];
		struct trunk *trunk = trunk_of(b, s->carrier_id);

		if (call_table_find(&b->calls, s->id.b))
			continue;
		if (s->state == LIVE_SENT && !s->adopted) {
			call_batch_add(b, &b->back, &s->id, 0);
			lost++;
		} else if (trunk) {
			trunk_adopt(trunk, s, 1);
		}
	}
	if (lost)
		log_info("%zu calls were sent by a statement whose answer was "
			 "lost; none was placed.",
			 lost);
}

static void
on_adopt(struct call_control *b, struct msg_orphans *m)
{
	for (size_t i = 0; i < b->trunk_count; i++)
		trunk_adopt(b->trunks[i], m->orphans, m->count);
	/* If this node has no trunk for the carrier, what became of the call
	 * cannot be known. */
	for (size_t i = 0; i < m->count; i++) {
		struct call_update news = { .id = m->orphans[i].id,
					    .ended = true,
					    .outcome = OUTCOME_LOST,
					    .sip = -1,
					    .q850 = -1,
					    .ring_ms = -1,
					    .talk_ms = -1,
					    .join_ms = -1 };

		if (!trunk_of(b, m->orphans[i].carrier_id))
			call_report(b, &news);
	}
}

static void
on_orphans(struct call_control *b, struct msg_ids *m)
{
	struct trunk *trunk = trunk_of(b, m->carrier_id);

	if (trunk)
		trunk_suspect(trunk, m);
}

static void
forget(struct call *c, void *board)
{
	call_drop(board, c);
}

static void
handle(struct call_control *b, struct msg *m)
{
	switch (m->kind) {
	case MSG_TRUNK:
		on_trunk(b, (struct msg_trunk *)m);
		break;
	case MSG_CLAIM:
		on_claim(b, (struct msg_claim *)m);
		break;
	case MSG_SENT:
		on_sent(b, (struct msg_sent *)m);
		break;
	case MSG_DONE:
		on_done(b, (struct msg_ids *)m);
		break;
	case MSG_RECONCILE:
		on_check(b, (struct msg_orphans *)m);
		break;
	case MSG_TAKE_OVER:
		on_adopt(b, (struct msg_orphans *)m);
		break;
	case MSG_UNKNOWN_CALLS:
		on_orphans(b, (struct msg_ids *)m);
		break;
	case MSG_SEATED:
		seats_told(b, (struct msg_sent *)m);
		break;
	case MSG_FENCED:
		call_table_each(&b->calls, forget, b);
		break;
	default:
		break;
	}
	free(m);
}

/* When stopping: waits until granted calls are withdrawn and ended calls
 * recorded. */
static int64_t
look_at_the_end(struct call_control *b, int64_t next)
{
	int64_t now = clock_boot_us();
	bool busy = credits_in_use(b->d->credits) ||
		    queue_length(&b->d->to_record) ||
		    atomic_load(&b->d->unrecorded);

	for (size_t i = 0; i < b->trunk_count; i++)
		busy |= b->trunks[i]->not_placed > 0 ||
			b->trunks[i]->held_count > 0;
	if (!busy || now >= b->stop_by) {
		loop_end(b->loop);
		return now;
	}
	return next < now + STOP_LOOK_US ? next : now + STOP_LOOK_US;
}

void
call_control_turn(void *board)
{
	struct call_control *b = board;
	struct msg *m = queue_take(&b->d->to_loop, 0);
	int64_t next = INT64_MAX, at;

	while (m) {
		struct msg *after = m->next;

		handle(b, m);
		m = after;
	}
	for (size_t i = 0; i < b->trunk_count; i++) {
		at = trunk_run(b->trunks[i], !b->stop_by);
		if (at < next)
			next = at;
	}
	call_batch_send(b, &b->again);
	call_batch_send(b, &b->back);
	at = seats_turn(b, clock_boot_us());
	if (at < next)
		next = at;
	if (b->stop_by)
		next = look_at_the_end(b, next);
	loop_until(b->loop, next);
}

static void
stop(void *arg)
{
	struct call_control *b = arg;

	if (b->stop_by)
		return;
	log_info("Stopping: no more calls are placed; calls in progress "
		 "continue.");
	dialler_stop(b->d);
	b->stop_by = clock_boot_us() + STOP_US;
}

void
call_control_open(struct call_control *b, struct dialler *d)
{
	*b = (struct call_control){ .d = d,
				    .again = { .kind = MSG_RECHECK },
				    .back = { .kind = MSG_WITHDRAW } };
	call_table_open(&b->calls);
	b->loop = loop_new(call_control_turn, b);
	loop_on_stop(b->loop, stop);
	queue_poke(&d->to_loop, loop_poke, b->loop);
}

void
call_control_close(struct call_control *b)
{
	queue_poke(&b->d->to_loop, NULL, NULL);
	for (size_t i = 0; i < b->trunk_count; i++)
		trunk_close(b->trunks[i]);
	loop_free(b->loop);
	call_table_close(&b->calls);
	seats_free(&b->seats);
	free(b->trunks);
}

void
call_control_run(struct call_control *b)
{
	loop_run(b->loop);
}
