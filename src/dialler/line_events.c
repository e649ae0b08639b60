/* What a carrier tells, and what becomes of it. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "dialler/board.h"
#include "dialler/dialler.h"

#define LIST_SOON_US US_PER_S

/* Both lists are in the same order; tests/unit/test_outcomes.c compares. */
static enum outcome
outcome_of(const struct call *c, const struct cr_event *ev)
{
	if (c->seat == SEAT_REFUSED)
		return OUTCOME_ABANDONED;
	return (enum outcome)(ev->outcome + 1);
}

static void
rang(struct line *line, struct call *c)
{
	struct call_news news = { .id = c->id, .rang = true };

	if (c->ringing)
		return;
	c->ringing = true;
	board_news(line->board, &news);
}

static void
answered(struct line *line, struct call *c)
{
	if (c->answered)
		return;
	c->answered = true;
	c->answered_us = clock_boot_us();
	seats_ask(&line->board->seats, c);
}

/* Found in a conversation: it has its seat, whatever the table knows. */
static void
talks(struct line *line, struct call *c)
{
	if (c->answered)
		return;
	c->answered = true;
	c->answered_us = clock_boot_us();
	seats_give(line->board, c, true);
}

static void
ended(struct line *line, struct call *c, const struct cr_event *ev)
{
	struct call_news news = {
		.id = c->id,
		.answered = c->answered,
		.ended = true,
		.outcome = outcome_of(c, ev),
		.sip = ev->facts.sip,
		.q850 = ev->facts.q850,
		.hung_by = (int)ev->facts.by,
		.ring_ms = ev->ring_ms,
		.talk_ms = ev->talk_ms,
	};

	if (c->step == CALL_OVER)
		return;
	if (news.outcome == OUTCOME_CONGESTION)
		line->refused++;
	line->used--;
	c->step = CALL_OVER;
	board_news(line->board, &news);
}

static void
call_event(struct line *line, const struct cr_event *ev)
{
	struct call *c;
	struct call_id id;

	if (uuid_parse(ev->call_id, id.b))
		return;
	c = call_table_find(&line->board->calls, id.b);
	/* A call that was forgotten is somebody else's now. */
	if (!c || c->line != line)
		return;
	switch (ev->kind) {
	case CR_RINGING:
		rang(line, c);
		break;
	case CR_ANSWERED:
		answered(line, c);
		break;
	case CR_ENDED:
		ended(line, c, ev);
		break;
	case CR_ALIVE:
		if (ev->phase >= CR_PHASE_RINGING)
			rang(line, c);
		if (ev->phase == CR_PHASE_ANSWERED)
			talks(line, c);
		break;
	default:
		break;
	}
}

static void
came_up(struct line *line, bool up)
{
	struct msg_carrier *m = MSG_NEW(MSG_DRAINED, struct msg_carrier);

	if (up)
		log_info("Carrier %lld is up.", (long long)line->carrier_id);
	else
		log_warn("Carrier %lld is down.", (long long)line->carrier_id);
	line->up = up;
	line->listing = false;
	line->list_at = up ? clock_boot_us() + LIST_SOON_US : INT64_MAX;
	atomic_store(&line->cell->up, up);
	m->carrier_id = line->carrier_id;
	queue_put(&line->board->d->to_plan, &m->m);
}

void
line_event(void *arg, const struct cr_event *ev)
{
	struct line *line = arg;

	switch (ev->kind) {
	case CR_LISTED:
		line_listed(line, ev);
		break;
	case CR_LIST_END:
		line_list_ended(line);
		break;
	case CR_UP:
		came_up(line, true);
		break;
	case CR_DOWN:
		came_up(line, false);
		break;
	case CR_RESTARTED:
		log_warn("Carrier %lld has restarted: its calls are over.",
			 (long long)line->carrier_id);
		break;
	default:
		call_event(line, ev);
	}
}
