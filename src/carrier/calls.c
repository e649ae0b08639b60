#include "carrier/calls.h"

#include <stdlib.h>

#include "base/arena.h"

struct cr_call *
calls_add(struct calls *cs, const struct cr_id *id, int64_t sent_at,
	  bool waiting)
{
	struct cr_call *call = xcalloc(1, cs->size);

	call->id = *id;
	call->sent_at = sent_at;
	call->q850 = -1;
	call->prev = cs->last;
	if (cs->last)
		cs->last->next = call;
	else
		cs->first = call;
	cs->last = call;
	idmap_put(&cs->map, call);
	if (waiting) {
		call->waiting = true;
		cs->waiting++;
		if (!cs->oldest_waiting)
			cs->oldest_waiting = call;
	}
	return call;
}

struct cr_call *
calls_find(const struct calls *cs, const char *text)
{
	struct cr_id id;

	return cr_id_parse(text, &id) ? NULL : idmap_find(&cs->map, &id);
}

void
calls_taken(struct calls *cs, struct cr_call *call)
{
	if (!call->waiting)
		return;
	call->waiting = false;
	cs->waiting--;
	while (cs->oldest_waiting && !cs->oldest_waiting->waiting)
		cs->oldest_waiting = cs->oldest_waiting->next;
}

void
calls_remove(struct calls *cs, struct cr_call *call)
{
	calls_taken(cs, call);
	if (call->prev)
		call->prev->next = call->next;
	else
		cs->first = call->next;
	if (call->next)
		call->next->prev = call->prev;
	else
		cs->last = call->prev;
	idmap_remove(&cs->map, &call->id);
	free(call);
}

bool
call_advance(struct cr_call *call, enum cr_phase phase, int64_t now)
{
	if (phase <= call->phase)
		return false;
	call->phase = phase;
	if (phase == CR_PHASE_RINGING)
		call->saw |= CR_SAW_RINGING;
	if (phase == CR_PHASE_ANSWERED) {
		call->saw |= CR_SAW_ANSWERED;
		call->answered_at = now;
	}
	return true;
}

void
calls_free(struct calls *cs)
{
	while (cs->first)
		calls_remove(cs, cs->first);
	idmap_free(&cs->map);
}
