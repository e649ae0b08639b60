/* Asks the carrier what has become of calls that this node did not place, or
 * not over this connection. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"

struct questions {
	struct trunk *trunk;
	struct cr_known *known;
	char (*texts)[UUID_TEXT];
	size_t count;
};

static void
questions_open(struct questions *q, struct trunk *trunk, size_t most)
{
	q->trunk = trunk;
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
		q->trunk->carrier->ops->resync(q->trunk->carrier, q->known,
					       q->count);
	free(q->texts);
	free(q->known);
}

static struct call *
adopt(struct trunk *trunk, const struct orphan_call *s)
{
	struct job_call job = { .to = "", .from = "", .bot = "", .vars = "" };
	int64_t now = clock_boot_us();
	struct call_control *b = trunk->control;
	struct call *c;

	memcpy(job.id, s->id.b, UUID_LEN);
	c = call_new(&job);
	c->trunk = trunk;
	call_set_state(c, CALL_PLACED);
	c->ringing = s->state >= LIVE_RINGING;
	c->answered = s->state == LIVE_ANSWERED;
	c->job.ring_ms = RING_LONGEST_MS;
	c->placed_us = now - s->age_us;
	c->answered_us = now - s->talk_us;
	if (c->answered)
		c->seat = SEAT_TAKEN;
	call_table_add(&b->calls, c);
	return c;
}

void
trunk_adopt(struct trunk *trunk, const struct orphan_call *orphans, size_t n)
{
	struct questions q;

	questions_open(&q, trunk, n);
	for (size_t i = 0; i < n; i++) {
		const struct orphan_call *s = &orphans[i];

		if (s->carrier_id == trunk->carrier_id &&
		    !call_table_find(&trunk->control->calls, s->id.b))
			ask(&q, adopt(trunk, s));
	}
	questions_close(&q);
}

static void
ask_up(struct call *c, void *questions)
{
	struct questions *q = questions;

	if (c->trunk == q->trunk && c->state == CALL_PLACED)
		ask(q, c);
}

static void
ask_unlisted(struct call *c, void *questions)
{
	const struct trunk *trunk = ((struct questions *)questions)->trunk;

	if (c->placed_us < trunk->list_asked_us && c->listed != trunk->list_no)
		ask_up(c, questions);
}

static void
ask_each(struct trunk *trunk, void (*fn)(struct call *c, void *questions))
{
	struct questions q;

	questions_open(&q, trunk, trunk->control->calls.count);
	call_table_each(&trunk->control->calls, fn, &q);
	questions_close(&q);
}

void
trunk_ask_all(struct trunk *trunk)
{
	ask_each(trunk, ask_up);
}

void
trunk_ask_unlisted(struct trunk *trunk)
{
	ask_each(trunk, ask_unlisted);
}
