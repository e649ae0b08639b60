/* Handles what a carrier reports. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"

#define LIST_SOON_US US_PER_S

static void
rang(struct trunk *trunk, struct call *c)
{
	struct call_update news = { .id = c->id, .rang = true };

	if (c->ringing)
		return;
	guard_heard(&trunk->guard, c->placed_us);
	c->ringing = true;
	call_report(trunk->control, &news);
}

static void
answered(struct trunk *trunk, struct call *c)
{
	if (c->answered)
		return;
	guard_heard(&trunk->guard, c->placed_us);
	c->answered = true;
	c->answered_us = clock_boot_us();
	if (c->job.seated)
		seats_give(trunk->control, c, true);
	else
		seats_ask(&trunk->control->seats, c);
}

/* A call that is found in a conversation keeps its seat, whatever the table
 * says. */
static void
talks(struct trunk *trunk, struct call *c)
{
	if (c->answered)
		return;
	c->answered = true;
	c->answered_us = clock_boot_us();
	seats_give(trunk->control, c, true);
}

static void
call_event(struct trunk *trunk, const struct cr_event *ev)
{
	struct call *c;
	struct call_id id;

	if (uuid_parse(ev->call_id, id.b))
		return;
	c = call_table_find(&trunk->control->calls, id.b);
	/* Ignores calls that were forgotten here, because another node has
	 * them, and reports about a call that was not placed yet. */
	if (!c || c->trunk != trunk || c->state < CALL_PLACED)
		return;
	switch (ev->kind) {
	case CR_RINGING:
		rang(trunk, c);
		break;
	case CR_ANSWERED:
		answered(trunk, c);
		break;
	case CR_ENDED:
		trunk_call_ended(trunk, c, ev);
		break;
	case CR_ALIVE:
		if (ev->phase >= CR_PHASE_RINGING)
			rang(trunk, c);
		if (ev->phase == CR_PHASE_ANSWERED)
			talks(trunk, c);
		break;
	default:
		break;
	}
}

static void
came_up(struct trunk *trunk, bool up)
{
	struct msg_carrier *m = MSG_NEW(MSG_DRAINED, struct msg_carrier);

	if (up)
		log_info("Carrier %lld is up.", (long long)trunk->carrier_id);
	else
		log_warn("Carrier %lld is down.", (long long)trunk->carrier_id);
	trunk->up = up;
	trunk->listing = false;
	trunk->list_at = up ? clock_boot_us() + LIST_SOON_US : INT64_MAX;
	trunk_say_trouble(trunk, clock_boot_us());
	m->carrier_id = trunk->carrier_id;
	queue_put(&trunk->control->d->to_plan, &m->m);
}

void
trunk_event(void *arg, const struct cr_event *ev)
{
	struct trunk *trunk = arg;

	switch (ev->kind) {
	case CR_LISTED:
		trunk_listed(trunk, ev);
		break;
	case CR_LIST_END:
		trunk_list_ended(trunk);
		break;
	case CR_UP:
		came_up(trunk, true);
		break;
	case CR_DOWN:
		came_up(trunk, false);
		break;
	case CR_RESTARTED:
		log_warn("Carrier %lld has restarted: its calls are over.",
			 (long long)trunk->carrier_id);
		break;
	default:
		call_event(trunk, ev);
	}
}
