/* The states of a call, and what a call holds of its trunk in each of them. */
#include <assert.h>

#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"

/* clang-format off */
static const struct {
	bool channel;    /* counts in channels_used */
	bool not_placed; /* counts in not_placed */
	bool queued;     /* stands in the trunk's queue */
	unsigned next;   /* states that may follow, as bits */
} states[] = {
#define TO(state) (1U << (state))
	[CALL_NONE]     = { false, false, false, TO(CALL_RESERVED) | TO(CALL_PLACED) },
	[CALL_RESERVED] = { true,  true,  false, TO(CALL_GRANTED) | TO(CALL_NONE) },
	[CALL_GRANTED]  = { true,  true,  true,  TO(CALL_RECHECK) | TO(CALL_PLACED) |
	                                         TO(CALL_ENDED) | TO(CALL_NONE) },
	[CALL_RECHECK]  = { true,  true,  false, TO(CALL_GRANTED) | TO(CALL_NONE) },
	[CALL_PLACED]   = { true,  false, false, TO(CALL_ENDED) | TO(CALL_NONE) },
	[CALL_ENDED]    = { false, false, false, TO(CALL_NONE) },
#undef TO
};
/* clang-format on */

static void
enqueue(struct trunk *trunk, struct call *c)
{
	c->waiting = NULL;
	*trunk->last = c;
	trunk->last = &c->waiting;
}

static void
dequeue(struct trunk *trunk, struct call *c)
{
	struct call **at = &trunk->first;

	while (*at != c)
		at = &(*at)->waiting;
	*at = c->waiting;
	if (trunk->last == &c->waiting)
		trunk->last = at;
	c->waiting = NULL;
}

void
call_set_state(struct call *c, enum call_state state)
{
	struct trunk *trunk = c->trunk;
	enum call_state was = c->state;

	assert(states[was].next >> state & 1);
	if (states[was].queued)
		dequeue(trunk, c);
	trunk->channels_used -= states[was].channel;
	trunk->not_placed -= states[was].not_placed;
	c->state = state;
	trunk->channels_used += states[state].channel;
	trunk->not_placed += states[state].not_placed;
	if (states[state].queued)
		enqueue(trunk, c);
}

/* The carrier must not ask about a call that belongs to another node now. */
static void
forget_up(struct call *c)
{
	const struct carrier_ops *ops = c->trunk->carrier->ops;
	char id[UUID_TEXT];

	uuid_text(c->id.b, id);
	ops->forget(c->trunk->carrier, id);
}

void
call_drop(struct call_control *b, struct call *c)
{
	if (c->state == CALL_PLACED)
		forget_up(c);
	call_set_state(c, CALL_NONE);
	call_table_remove(&b->calls, c);
	call_free(c);
}
