#include "dialler/board.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/dialler.h"
#include "dialler/jobs.h"
#include "dialler/loop.h"

#define STOP_US (2 * US_PER_S) /* for what is half done, at the end */
#define STOP_LOOK_US 10000

struct line *
board_line(struct board *b, int64_t carrier_id)
{
	for (size_t i = 0; i < b->line_count; i++)
		if (b->lines[i]->carrier_id == carrier_id)
			return b->lines[i];
	return NULL;
}

void
board_news(struct board *b, const struct call_news *news)
{
	struct msg_news *m = MSG_NEW(MSG_NEWS, struct msg_news);

	m->news = *news;
	queue_put(&b->d->to_record, &m->m);
}

static void
batch_send(struct board *b, struct batch *batch)
{
	struct msg_ids *m;

	if (!batch->count)
		return;
	m = msg_ids_new(batch->kind, batch->ids, batch->count);
	m->delay_us = batch->delay_us;
	queue_put(&b->d->to_place, &m->m);
	batch->count = 0;
}

static void
batch_add(struct board *b, struct batch *batch, const struct call_id *id,
	  int64_t delay_us)
{
	if (batch->count == ARRAY_LEN(batch->ids) ||
	    batch->delay_us != delay_us)
		batch_send(b, batch);
	batch->delay_us = delay_us;
	batch->ids[batch->count++] = *id;
}

void
board_again(struct board *b, struct call *c)
{
	batch_add(b, &b->again, &c->id, 0);
}

/* Its carrier must not ask about a call that is somebody else's now. */
static void
forget_up(struct call *c)
{
	const struct carrier_ops *ops = c->line->carrier->ops;
	char id[UUID_TEXT];

	uuid_text(c->id.b, id);
	ops->forget(c->line->carrier, id);
}

void
board_drop(struct board *b, struct call *c)
{
	struct line *line = c->line;

	if (c->step != CALL_OVER)
		line->used--;
	if (c->step == CALL_CLAIMED || c->step == CALL_WON)
		line->unsent--;
	if (c->step == CALL_WON)
		line_remove(line, c);
	if (c->step == CALL_UP)
		forget_up(c);
	call_table_remove(&b->calls, c);
	call_free(c);
}

void
board_back(struct board *b, struct call *c, int64_t delay_us)
{
	batch_add(b, &b->back, &c->id, delay_us);
	board_drop(b, c);
}

static void
on_line(struct board *b, struct msg_line *m)
{
	struct line *line = board_line(b, m->cell->carrier_id);

	if (!line) {
		line = line_open(b, m);
		if (line) {
			b->lines = xrealloc(b->lines, (b->line_count +
						       1) * sizeof(*b->lines));
			b->lines[b->line_count++] = line;
		}
	} else {
		line_move(line, m);
	}
	free(m->kind);
	free(m->address);
}

static void
on_claim(struct board *b, struct msg_claim *m)
{
	struct line *line = board_line(b, m->carrier_id);
	struct call *c, *next;

	rooms_claimed(b->d->rooms, m->carrier_id, m->read);
	for (c = m->calls; c; c = next) {
		next = c->next;
		/* A job that came twice, for a call that is known. */
		if (!line || call_table_find(&b->calls, c->id.b)) {
			call_free(c);
			continue;
		}
		c->line = line;
		c->step = CALL_CLAIMED;
		line->used++;
		line->unsent++;
		call_table_add(&b->calls, c);
	}
}

static void
on_sent(struct board *b, struct msg_sent *m)
{
	enum call_step was = m->again ? CALL_WON : CALL_CLAIMED;

	for (size_t i = 0; i < m->count; i++) {
		struct call *c = call_table_find(&b->calls, m->ids[i].b);

		if (!c || c->step != was)
			continue;
		if (m->won[i]) {
			c->gate_us = m->gate_us;
			c->step = CALL_WON;
			line_add(c->line, c);
		} else if (m->again) {
			board_back(b, c, 0);
		} else {
			board_drop(b, c);
		}
	}
	free(m->ids);
	free(m->won);
}

static void
on_done(struct board *b, struct msg_ids *m)
{
	for (size_t i = 0; i < m->count; i++) {
		struct call *c = call_table_find(&b->calls, m->ids[i].b);

		if (c)
			board_drop(b, c);
	}
}

/* Rows of this node that it does not know: nothing was placed of those that
 * are only sent; the others' carriers are asked. */
static void
on_check(struct board *b, struct msg_strays *m)
{
	size_t lost = 0;

	for (size_t i = 0; i < m->count; i++) {
		const struct stray *s = &m->strays[i];
		struct line *line = board_line(b, s->carrier_id);

		if (call_table_find(&b->calls, s->id.b))
			continue;
		if (s->state == LIVE_SENT && !s->adopted) {
			batch_add(b, &b->back, &s->id, 0);
			lost++;
		} else if (line) {
			line_adopt(line, s, 1);
		}
	}
	if (lost)
		log_info("%zu calls were sent by a statement whose answer was "
			 "lost; none was placed.",
			 lost);
}

static void
on_adopt(struct board *b, struct msg_strays *m)
{
	for (size_t i = 0; i < b->line_count; i++)
		line_adopt(b->lines[i], m->strays, m->count);
	/* Nobody serves their carrier any more: nobody can say. */
	for (size_t i = 0; i < m->count; i++) {
		struct call_news news = { .id = m->strays[i].id,
					  .ended = true,
					  .outcome = OUTCOME_LOST,
					  .sip = -1,
					  .q850 = -1,
					  .ring_ms = -1,
					  .talk_ms = -1 };

		if (!board_line(b, m->strays[i].carrier_id))
			board_news(b, &news);
	}
}

static void
on_orphans(struct board *b, struct msg_ids *m)
{
	struct line *line = board_line(b, m->carrier_id);

	if (line)
		line_suspect(line, m);
}

static void
forget(struct call *c, void *board)
{
	board_drop(board, c);
}

static void
handle(struct board *b, struct msg *m)
{
	switch (m->kind) {
	case MSG_LINE:
		on_line(b, (struct msg_line *)m);
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
	case MSG_CHECK:
		on_check(b, (struct msg_strays *)m);
		break;
	case MSG_ADOPT:
		on_adopt(b, (struct msg_strays *)m);
		break;
	case MSG_ORPHANS:
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

/* The end: calls that were won go back, and what ended gets recorded. */
static int64_t
look_at_the_end(struct board *b, int64_t next)
{
	int64_t now = clock_boot_us();
	bool busy = rooms_are_taken(b->d->rooms) ||
		    queue_length(&b->d->to_record) ||
		    atomic_load(&b->d->unrecorded);

	for (size_t i = 0; i < b->line_count; i++)
		busy |= b->lines[i]->unsent > 0;
	if (!busy || now >= b->stop_by) {
		loop_end(b->loop);
		return now;
	}
	return next < now + STOP_LOOK_US ? next : now + STOP_LOOK_US;
}

void
board_turn(void *board)
{
	struct board *b = board;
	struct msg *m = queue_take(&b->d->to_loop, 0);
	int64_t next = INT64_MAX, at;

	while (m) {
		struct msg *after = m->next;

		handle(b, m);
		m = after;
	}
	for (size_t i = 0; i < b->line_count; i++) {
		at = line_turn(b->lines[i], !b->stop_by);
		if (at < next)
			next = at;
	}
	batch_send(b, &b->again);
	batch_send(b, &b->back);
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
	struct board *b = arg;

	if (b->stop_by)
		return;
	log_info("Stopping: no more calls are placed; calls in progress "
		 "continue.");
	dialler_stop(b->d);
	b->stop_by = clock_boot_us() + STOP_US;
}

void
board_open(struct board *b, struct dialler *d)
{
	*b = (struct board){ .d = d,
			     .again = { .kind = MSG_AGAIN },
			     .back = { .kind = MSG_BACK } };
	call_table_open(&b->calls);
	b->loop = loop_new(board_turn, b);
	loop_on_stop(b->loop, stop);
	queue_poke(&d->to_loop, loop_poke, b->loop);
}

void
board_close(struct board *b)
{
	queue_poke(&b->d->to_loop, NULL, NULL);
	for (size_t i = 0; i < b->line_count; i++)
		line_close(b->lines[i]);
	loop_free(b->loop);
	call_table_close(&b->calls);
	seats_free(&b->seats);
	free(b->lines);
}

void
board_run(struct board *b)
{
	loop_run(b->loop);
}
