/* What the carrier holds of ours, against what is known here and in the
 * table. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/board.h"
#include "dialler/dialler.h"

#define NORMAL_CLEARING 16
#define LIST_EVERY_US (30 * US_PER_S)

void
line_ask_list(struct line *line, int64_t now)
{
	line->list_at = now + LIST_EVERY_US;
	if (line->listing || !line->up ||
	    line->carrier->ops->list(line->carrier) != CR_OK)
		return;
	line->listing = true;
	line->listed_count = 0;
	line->list_no++;
	line->list_asked_us = now;
	line->suspects_asked = line->suspects != NULL;
}

/* The list that they were in may be old by now: the carrier is asked again. */
void
line_suspect(struct line *line, const struct msg_ids *m)
{
	free(line->suspects);
	line->suspects = msg_ids_new(MSG_ORPHANS, m->ids, m->count);
	line->suspects_asked = false;
	line->list_at = 0;
}

void
line_listed(struct line *line, const struct cr_event *ev)
{
	struct call_id id;
	struct call *c;

	if (uuid_parse(ev->call_id, id.b))
		return;
	c = call_table_find(&line->board->calls, id.b);
	if (c) {
		c->listed = line->list_no;
		return;
	}
	if (line->listed_count == line->listed_room) {
		line->listed_room =
			line->listed_room ? 2 * line->listed_room : 64;
		line->listed =
			xrealloc(line->listed,
				 line->listed_room * sizeof(*line->listed));
	}
	line->listed[line->listed_count++] = id;
}

/* It had no row when the carrier was asked, and is up: it never has one. */
static bool
is_orphan(const struct line *line, const struct call_id *id)
{
	const struct msg_ids *m = line->suspects;

	return line->suspects_asked &&
	       call_id_find(m->ids, m->count, id->b) >= 0;
}

static void
hang_up(struct line *line, const struct call_id *id)
{
	char text[UUID_TEXT];

	uuid_text(id->b, text);
	log_warn("Call %s has no row: hung up.", text);
	line->carrier->ops->hangup(line->carrier, text, NORMAL_CLEARING);
}

/* Those that are not known here may be another node's: the table tells. */
static void
judge(struct line *line)
{
	size_t unknown = 0;
	struct msg_ids *m;

	for (size_t i = 0; i < line->listed_count; i++) {
		const struct call_id *id = &line->listed[i];

		if (call_table_find(&line->board->calls, id->b))
			continue;
		if (is_orphan(line, id))
			hang_up(line, id);
		else
			line->listed[unknown++] = *id;
	}
	if (!unknown)
		return;
	m = msg_ids_new(MSG_LISTED, line->listed, unknown);
	m->carrier_id = line->carrier_id;
	queue_put(&line->board->d->to_plan, &m->m);
}

void
line_list_ended(struct line *line)
{
	if (!line->listing)
		return;
	line->listing = false;
	judge(line);
	if (line->suspects_asked) {
		free(line->suspects);
		line->suspects = NULL;
		line->suspects_asked = false;
	}
	line_ask_unlisted(line);
}
