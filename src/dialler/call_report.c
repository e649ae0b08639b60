#include "dialler/call_report.h"

#include "base/arena.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"

void
call_report(struct call_control *b, const struct call_update *news)
{
	struct msg_call_update *m =
		MSG_NEW(MSG_CALL_UPDATE, struct msg_call_update);

	m->news = *news;
	queue_put(&b->d->to_record, &m->m);
}

void
call_batch_send(struct call_control *b, struct call_batch *batch)
{
	struct msg_ids *m;

	if (!batch->count)
		return;
	m = msg_ids_new(batch->kind, batch->ids, batch->count);
	m->delay_us = batch->delay_us;
	queue_put(&b->d->to_place, &m->m);
	batch->count = 0;
}

void
call_batch_add(struct call_control *b, struct call_batch *batch,
	       const struct call_id *id, int64_t delay_us)
{
	if (batch->count == ARRAY_LEN(batch->ids) ||
	    batch->delay_us != delay_us)
		call_batch_send(b, batch);
	batch->delay_us = delay_us;
	batch->ids[batch->count++] = *id;
}

void
call_recheck(struct call_control *b, struct call *c)
{
	call_set_state(c, CALL_RECHECK);
	call_batch_add(b, &b->again, &c->id, 0);
}

void
call_withdraw(struct call_control *b, struct call *c, int64_t delay_us)
{
	call_batch_add(b, &b->back, &c->id, delay_us);
	call_drop(b, c);
}
