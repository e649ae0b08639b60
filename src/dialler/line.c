/* One carrier: when its calls leave, and how much room is offered. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/numeric.h"
#include "base/uuid.h"
#include "carrier/carrier.h"
#include "contacts/import_rows.h"
#include "dialler/board.h"
#include "dialler/dialler.h"
#include "dialler/jobs.h"
#include "dialler/loop.h"

#define AHEAD_US 30000	  /* room is offered so long before it is there */
#define OFFER_MOST 400	  /* calls on their way to one carrier */
#define BACKLOG_MOST 4000 /* pieces of news not recorded: no more calls */
#define ASK_MOST 3
#define RETRY_US 3000 /* the carrier was not ready */
_Static_assert(CONTACT_VARS_MAX == CR_MAX_VARS,
	       "imported contacts can be dialled");

#define PATIENCE_US 300000 /* a call that cannot leave by then goes back */
#define DOWN_US 2000000	   /* back-off of contacts while it is down */
#define BUSY_US 200000	   /* ... while it has no room */

static void
ready(void *arg)
{
	struct line *line = arg;

	line->carrier->ops->dispatch(line->carrier, clock_boot_us());
}

static int
connect_line(struct line *line, const struct msg_line *m, struct fault *f)
{
	struct board *b = line->board;
	struct cr_conf conf = { .kind = m->kind,
				.address = m->address,
				.node = b->d->name,
				.site = b->d->installation.site,
				.event = line_event,
				.arg = line };
	struct carrier *carrier;

	if (carrier_open(&carrier, &conf, f))
		return -1;
	line->carrier = carrier;
	line->address = xstrdup(m->address);
	line->watch = loop_watch(b->loop, carrier->ops->poll_fd(carrier), ready,
				 line);
	return 0;
}

struct line *
line_open(struct board *b, const struct msg_line *m)
{
	struct line *line = xcalloc(1, sizeof(*line));
	struct fault f;

	line->board = b;
	line->cell = m->cell;
	line->carrier_id = m->cell->carrier_id;
	line->last = &line->first;
	line->list_at = INT64_MAX;
	if (connect_line(line, m, &f)) {
		log_fault("A carrier cannot be opened", &f);
		free(line);
		return NULL;
	}
	return line;
}

void
line_move(struct line *line, const struct msg_line *m)
{
	struct loop_watch *watch = line->watch;
	struct carrier *old = line->carrier;
	char *address = line->address;
	struct fault f;

	if (strcmp(address, m->address) == 0)
		return;
	if (connect_line(line, m, &f)) {
		log_fault("A carrier cannot be opened", &f);
		return;
	}
	log_info("Carrier %lld has a new address.",
		 (long long)line->carrier_id);
	loop_unwatch(watch);
	old->ops->close(old);
	free(address);
	line->up = line->listing = false;
	atomic_store(&line->cell->up, false);
	line_ask_all(line);
}

void
line_close(struct line *line)
{
	loop_unwatch(line->watch);
	line->carrier->ops->close(line->carrier);
	free(line->address);
	cps_free(&line->cps);
	free(line->listed);
	free(line->suspects);
	free(line);
}

void
line_add(struct line *line, struct call *c)
{
	c->waiting = NULL;
	*line->last = c;
	line->last = &c->waiting;
}

void
line_remove(struct line *line, struct call *c)
{
	struct call **at = &line->first;

	while (*at && *at != c)
		at = &(*at)->waiting;
	if (!*at)
		return;
	*at = c->waiting;
	c->waiting = NULL;
	if (line->last == &c->waiting)
		line->last = at;
}

static struct call *
take_first(struct line *line)
{
	struct call *c = line->first;

	line_remove(line, c);
	return c;
}

static void
refused_by_us(struct line *line, struct call *c)
{
	struct call_news news = { .id = c->id,
				  .ended = true,
				  .outcome = OUTCOME_ERROR,
				  .sip = -1,
				  .q850 = -1,
				  .ring_ms = -1,
				  .talk_ms = 0 };

	log_error("A carrier was given a call that it cannot place.");
	line->used--;
	c->step = CALL_OVER;
	board_news(line->board, &news);
}

static enum cr_err
place(struct line *line, const struct call *c)
{
	char id[UUID_TEXT];
	struct cr_place p = { .call_id = id,
			      .to = c->job.to,
			      .from = c->job.from,
			      .bot = c->job.bot,
			      .vars = *c->job.vars ? c->job.vars : NULL,
			      .ring_ms = c->job.ring_ms,
			      .max_call_ms = CALL_LONGEST_MS,
			      .not_after_boot_us = c->gate_us + GATE_US };

	uuid_text(c->id.b, id);
	return line->carrier->ops->place(line->carrier, &p);
}

/* The first of the line goes to the carrier now; it may come back. */
static void
try_first(struct line *line, int64_t now)
{
	struct call *c = line->first;
	enum cr_err rc = place(line, c);

	if (rc == CR_NOT_SENT) {
		c->retry_us = now + RETRY_US;
		return;
	}
	take_first(line);
	line->unsent--;
	if (rc == CR_REFUSED) {
		refused_by_us(line, c);
	} else {
		cps_note(&line->cps, now);
		line->left++;
		atomic_fetch_add(&line->board->d->placed, 1);
		c->step = CALL_UP;
		c->placed_us = now;
	}
	call_forget_job(c);
}

/* Places what may leave; returns when the first that waits may. */
static int64_t
line_pump(struct line *line, bool placing)
{
	struct board *b = line->board;

	while (line->first) {
		struct call *c = line->first;
		int64_t now = clock_boot_us(), at;

		if (!placing || !dialler_lease_is_fresh(b->d, now)) {
			board_back(b, take_first(line), 0);
			continue;
		}
		if (!line->up) {
			board_back(b, take_first(line), DOWN_US);
			continue;
		}
		at = int64_max(cps_next(&line->cps, 0), c->retry_us);
		if (at > now + PATIENCE_US ||
		    (int64_t)line->used > atomic_load(&line->cell->channels)) {
			board_back(b, take_first(line), BUSY_US);
			continue;
		}
		if (at > now)
			return at;
		if (now > c->gate_us + GATE_US) {
			take_first(line);
			if (c->asked++ < ASK_MOST)
				board_again(b, c);
			else
				board_back(b, c, BUSY_US);
			continue;
		}
		try_first(line, now);
	}
	return INT64_MAX;
}

/* The share as the planner's beat has it, and the brake after congestion. */
static void
follow_share(struct line *line, int64_t now)
{
	size_t limit = (size_t)atomic_load(&line->cell->cps);
	struct cps *cps = &line->cps;

	cps_set(cps, limit, now);
	if (now - line->second < US_PER_S)
		return;
	/* More than a tenth refused: half; then a tenth more a second. */
	if (line->refused * 10 > line->left && line->refused > 1)
		cps_brake(cps, cps->usable / 2);
	else if (cps->usable < cps->limit)
		cps_brake(cps, cps->usable + cps->usable / 10 + 1);
	line->second = now;
	line->left = line->refused = 0;
}

/* Returns when there will be more room, if calls a second are what lacks. */
static int64_t
line_offer(struct line *line, bool placing, int64_t now)
{
	struct dialler *d = line->board->d;
	int64_t channels = atomic_load(&line->cell->channels);
	size_t room = cps_room(&line->cps, now + AHEAD_US), offer = 0;
	int64_t next = INT64_MAX;

	if (placing && line->up && dialler_lease_is_fresh(d, now) &&
	    atomic_load(&d->unrecorded) < BACKLOG_MOST &&
	    channels > (int64_t)line->used) {
		if (room > line->unsent)
			offer = size_min(room - line->unsent,
					 (size_t)channels - line->used);
		offer = size_min(offer, OFFER_MOST);
		if (offer == 0)
			next = cps_next(&line->cps, line->unsent);
	}
	rooms_offer(d->rooms, line->carrier_id, offer);
	return next == INT64_MAX ? next
				 : int64_max(next - AHEAD_US, now + US_PER_MS);
}

int64_t
line_turn(struct line *line, bool placing)
{
	const struct carrier_ops *ops = line->carrier->ops;
	int64_t now = clock_boot_us(), at, next;

	at = ops->deadline(line->carrier);
	if (at >= 0 && at <= now)
		ops->dispatch(line->carrier, now);
	if (line->list_at <= now)
		line_ask_list(line, now);
	follow_share(line, now);
	next = line_pump(line, placing);
	next = int64_min(next, line_offer(line, placing, clock_boot_us()));
	atomic_store(&line->cell->in_use, (int64_t)line->used);
	at = ops->deadline(line->carrier);
	if (at >= 0)
		next = int64_min(next, at);
	return int64_min(next, line->list_at);
}
