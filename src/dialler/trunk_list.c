/* Compares our calls on the carrier with those known here and in the table. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"

#define NORMAL_CLEARING 16
#define LIST_EVERY_US (30 * US_PER_S)

void
trunk_ask_list(struct trunk *trunk, int64_t now)
{
	trunk->list_at = now + LIST_EVERY_US;
	if (trunk->listing || !trunk->up ||
	    trunk->carrier->ops->list(trunk->carrier) != CR_OK)
		return;
	trunk->listing = true;
	trunk->listed_count = 0;
	trunk->list_no++;
	trunk->list_asked_us = now;
	trunk->suspects_asked = trunk->suspects != NULL;
}

/* The list that had these calls may be old by now, so the carrier is asked
 * again. */
void
trunk_suspect(struct trunk *trunk, const struct msg_ids *m)
{
	free(trunk->suspects);
	trunk->suspects = msg_ids_new(MSG_UNKNOWN_CALLS, m->ids, m->count);
	trunk->suspects_asked = false;
	trunk->list_at = 0;
}

void
trunk_listed(struct trunk *trunk, const struct cr_event *ev)
{
	struct call_id id;
	struct call *c;

	if (uuid_parse(ev->call_id, id.b))
		return;
	c = call_table_find(&trunk->control->calls, id.b);
	if (c) {
		c->listed = trunk->list_no;
		return;
	}
	if (trunk->listed_count == trunk->listed_room) {
		trunk->listed_room =
			trunk->listed_room ? 2 * trunk->listed_room : 64;
		trunk->listed =
			xrealloc(trunk->listed,
				 trunk->listed_room * sizeof(*trunk->listed));
	}
	trunk->listed[trunk->listed_count++] = id;
}

/* The call had no row before the carrier was asked again, and is still up: it
 * will never have one. */
static bool
is_orphan(const struct trunk *trunk, const struct call_id *id)
{
	const struct msg_ids *m = trunk->suspects;

	return trunk->suspects_asked &&
	       call_id_find(m->ids, m->count, id->b) >= 0;
}

static void
hang_up(struct trunk *trunk, const struct call_id *id)
{
	char text[UUID_TEXT];

	uuid_text(id->b, text);
	log_warn("Call %s has no row: hung up.", text);
	trunk->carrier->ops->hangup(trunk->carrier, text, NORMAL_CLEARING);
}

/* Calls that are not known here may be another node's, which the table
 * tells. */
static void
judge(struct trunk *trunk)
{
	size_t unknown = 0;
	struct msg_ids *m;

	for (size_t i = 0; i < trunk->listed_count; i++) {
		const struct call_id *id = &trunk->listed[i];

		if (call_table_find(&trunk->control->calls, id->b))
			continue;
		if (is_orphan(trunk, id))
			hang_up(trunk, id);
		else
			trunk->listed[unknown++] = *id;
	}
	if (!unknown)
		return;
	m = msg_ids_new(MSG_CARRIER_CALLS, trunk->listed, unknown);
	m->carrier_id = trunk->carrier_id;
	queue_put(&trunk->control->d->to_plan, &m->m);
}

void
trunk_list_ended(struct trunk *trunk)
{
	if (!trunk->listing)
		return;
	trunk->listing = false;
	judge(trunk);
	if (trunk->suspects_asked) {
		free(trunk->suspects);
		trunk->suspects = NULL;
		trunk->suspects_asked = false;
	}
	trunk_ask_unlisted(trunk);
}
