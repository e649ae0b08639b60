/* Calls that this node did not place, or not over this connection: their
 * carrier is asked what has become of them. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "carrier/carrier.h"
#include "dialler/board.h"

struct questions {
	struct line *line;
	struct cr_known *known;
	char (*texts)[CALL_ID_TEXT];
	size_t count;
};

static void
questions_open(struct questions *q, struct line *line, size_t most)
{
	q->line = line;
	q->known = xcalloc(most + 1, sizeof(*q->known));
	q->texts = xcalloc(most + 1, sizeof(*q->texts));
	q->count = 0;
}

static void
ask(struct questions *q, const struct call *c, int64_t age_us, int64_t ring_ms)
{
	enum cr_phase phase = CR_PHASE_SENT;

	if (c->answered)
		phase = CR_PHASE_ANSWERED;
	else if (c->ringing)
		phase = CR_PHASE_RINGING;
	call_id_text(c->id.b, q->texts[q->count]);
	q->known[q->count] = (struct cr_known){
		.call_id = q->texts[q->count],
		.phase = phase,
		.age_us = age_us,
		.ring_ms = ring_ms,
		.max_call_ms = CALL_LONGEST_MS,
	};
	q->count++;
}

static void
questions_close(struct questions *q)
{
	if (q->count)
		q->line->carrier->ops->resync(q->line->carrier, q->known,
					      q->count);
	free(q->texts);
	free(q->known);
}

static struct call *
adopt(struct line *line, const struct stray *s)
{
	struct job_call job = { .to = "", .from = "", .bot = "", .vars = "" };
	struct board *b = line->board;
	struct call *c;

	memcpy(job.id, s->id.b, CALL_ID_LEN);
	c = call_new(&job);
	c->line = line;
	c->step = CALL_UP;
	c->ringing = s->state >= LIVE_RINGING;
	c->answered = s->state == LIVE_ANSWERED;
	c->job.ring_ms = s->ring_ms;
	c->placed_us = clock_boot_us() - s->age_us;
	if (c->answered)
		seats_take(&b->seats, c->run_id, 0);
	call_table_add(&b->calls, c);
	line->used++;
	return c;
}

void
line_adopt(struct line *line, const struct stray *strays, size_t n)
{
	struct questions q;

	questions_open(&q, line, n);
	for (size_t i = 0; i < n; i++) {
		const struct stray *s = &strays[i];

		if (s->carrier_id == line->carrier_id &&
		    !call_table_find(&line->board->calls, s->id.b))
			ask(&q, adopt(line, s), s->age_us, s->ring_ms);
	}
	questions_close(&q);
}

static void
ask_up(struct call *c, void *questions)
{
	struct questions *q = questions;

	if (c->line == q->line && c->step == CALL_UP)
		ask(q, c, clock_boot_us() - c->placed_us, c->job.ring_ms);
}

void
line_ask_all(struct line *line)
{
	struct questions q;

	questions_open(&q, line, line->board->calls.count);
	call_table_each(&line->board->calls, ask_up, &q);
	questions_close(&q);
}
