/* Calls that this node did not place, or not over this connection: their
 * carrier is asked what has become of them. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/board.h"

struct questions {
	struct line *line;
	struct cr_known *known;
	char (*texts)[UUID_TEXT];
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
ask(struct questions *q, const struct call *c)
{
	enum cr_phase phase = CR_PHASE_SENT;
	int64_t now = clock_boot_us();

	if (c->answered)
		phase = CR_PHASE_ANSWERED;
	else if (c->ringing)
		phase = CR_PHASE_RINGING;
	uuid_text(c->id.b, q->texts[q->count]);
	q->known[q->count] = (struct cr_known){
		.call_id = q->texts[q->count],
		.phase = phase,
		.age_us = now - c->placed_us,
		.talk_us = c->answered ? now - c->answered_us : 0,
		.ring_ms = c->job.ring_ms,
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
	int64_t now = clock_boot_us();
	struct board *b = line->board;
	struct call *c;

	memcpy(job.id, s->id.b, UUID_LEN);
	c = call_new(&job);
	c->line = line;
	c->step = CALL_UP;
	c->ringing = s->state >= LIVE_RINGING;
	c->answered = s->state == LIVE_ANSWERED;
	c->job.ring_ms = RING_LONGEST_MS;
	c->placed_us = now - s->age_us;
	c->answered_us = now - s->talk_us;
	if (c->answered)
		c->seat = SEAT_TAKEN;
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
			ask(&q, adopt(line, s));
	}
	questions_close(&q);
}

static void
ask_up(struct call *c, void *questions)
{
	struct questions *q = questions;

	if (c->line == q->line && c->step == CALL_UP)
		ask(q, c);
}

static void
ask_unlisted(struct call *c, void *questions)
{
	const struct line *line = ((struct questions *)questions)->line;

	if (c->placed_us < line->list_asked_us && c->listed != line->list_no)
		ask_up(c, questions);
}

static void
ask_each(struct line *line, void (*fn)(struct call *c, void *questions))
{
	struct questions q;

	questions_open(&q, line, line->board->calls.count);
	call_table_each(&line->board->calls, fn, &q);
	questions_close(&q);
}

void
line_ask_all(struct line *line)
{
	ask_each(line, ask_up);
}

void
line_ask_unlisted(struct line *line)
{
	ask_each(line, ask_unlisted);
}
