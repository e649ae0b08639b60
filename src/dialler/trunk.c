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
#include "dialler/call_control.h"
#include "dialler/dialler.h"
#include "dialler/credit.h"
#include "dialler/loop.h"
#include "dialler/trunk_conf.h"

#define AHEAD_US 30000	  /* how early room is offered */
#define OFFER_MOST 400	  /* calls on their way to one carrier */
#define BACKLOG_MOST 4000 /* unrecorded updates: no more calls */
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
	struct trunk *trunk = arg;

	trunk->carrier->ops->dispatch(trunk->carrier, clock_boot_us());
}

static int
connect_trunk(struct trunk *trunk, const struct msg_trunk *m, struct fault *f)
{
	struct call_control *b = trunk->control;
	struct cr_conf conf = { .kind = m->conf->kind,
				.address = m->conf->address,
				.ami = &m->conf->ami,
				.node = b->d->name,
				.site = b->d->installation.site,
				.event = trunk_event,
				.arg = trunk };
	struct carrier *carrier;

	if (carrier_open(&carrier, &conf, f))
		return -1;
	trunk->carrier = carrier;
	trunk->conf = m->conf;
	trunk->watch = loop_watch(b->loop, carrier->ops->poll_fd(carrier),
				  ready, trunk);
	return 0;
}

struct trunk *
trunk_open(struct call_control *b, const struct msg_trunk *m)
{
	struct trunk *trunk = xcalloc(1, sizeof(*trunk));
	struct fault f;

	trunk->control = b;
	trunk->cell = m->cell;
	trunk->carrier_id = m->cell->carrier_id;
	trunk->last = &trunk->first;
	trunk->list_at = INT64_MAX;
	if (connect_trunk(trunk, m, &f)) {
		log_fault("A carrier cannot be opened", &f);
		trunk_conf_free(m->conf);
		free(trunk);
		return NULL;
	}
	return trunk;
}

void
trunk_move(struct trunk *trunk, const struct msg_trunk *m)
{
	struct loop_watch *watch = trunk->watch;
	struct carrier *old = trunk->carrier;
	struct trunk_conf *conf = trunk->conf;
	struct fault f;

	if (strcmp(conf->text, m->conf->text) == 0) {
		trunk_conf_free(m->conf);
		return;
	}
	if (connect_trunk(trunk, m, &f)) {
		log_fault("A carrier cannot be opened", &f);
		trunk_conf_free(m->conf);
		return;
	}
	log_info("Carrier %lld has new settings.",
		 (long long)trunk->carrier_id);
	loop_unwatch(watch);
	old->ops->close(old);
	trunk_conf_free(conf);
	trunk->up = trunk->listing = false;
	trunk->guard = (struct trunk_guard){ 0 };
	trunk_say_trouble(trunk, clock_boot_us());
	trunk_ask_all(trunk);
}

void
trunk_close(struct trunk *trunk)
{
	loop_unwatch(trunk->watch);
	trunk->carrier->ops->close(trunk->carrier);
	trunk_conf_free(trunk->conf);
	cps_free(&trunk->cps);
	free(trunk->listed);
	free(trunk->suspects);
	free(trunk->held);
	free(trunk);
}

static void
refused_by_us(struct trunk *trunk, struct call *c)
{
	struct call_update news = { .id = c->id,
				    .ended = true,
				    .outcome = OUTCOME_ERROR,
				    .sip = -1,
				    .q850 = -1,
				    .ring_ms = -1,
				    .talk_ms = 0,
				    .join_ms = -1 };

	log_error("A carrier was given a call that it cannot place.");
	call_set_state(c, CALL_ENDED);
	call_report(trunk->control, &news);
}

static enum cr_err
place(struct trunk *trunk, const struct call *c)
{
	char id[UUID_TEXT];
	struct cr_place p = { .call_id = id,
			      .to = c->job.to,
			      .from = c->job.from,
			      .bot = c->job.bot,
			      .vars = *c->job.vars ? c->job.vars : NULL,
			      .ring_ms = c->job.ring_ms,
			      .max_call_ms = CALL_LONGEST_MS,
			      .not_after_boot_us = c->gate_us + GATE_US,
			      .seated = c->job.seated };

	uuid_text(c->id.b, id);
	return trunk->carrier->ops->place(trunk->carrier, &p);
}

/* Gives the first call of the queue to the carrier; it stays queued if it was
 * not sent. */
static void
send_next(struct trunk *trunk, int64_t now)
{
	struct call *c = trunk->first;
	enum cr_err rc = place(trunk, c);

	if (rc == CR_NOT_SENT) {
		c->retry_us = now + RETRY_US;
		return;
	}
	if (rc == CR_REFUSED) {
		refused_by_us(trunk, c);
	} else {
		cps_note(&trunk->cps, now);
		trunk->attempts_1s++;
		atomic_fetch_add(&trunk->control->d->placed, 1);
		call_set_state(c, CALL_PLACED);
		c->placed_us = now;
		guard_placed(&trunk->guard);
	}
	call_forget_job(c);
}

/* Places the calls that may leave; returns when the next one may. */
static int64_t
trunk_send_due(struct trunk *trunk, bool placing)
{
	struct call_control *b = trunk->control;

	while (trunk->first) {
		struct call *c = trunk->first;
		int64_t now = clock_boot_us(), at;

		if (!placing || !dialler_lease_is_fresh(b->d, now)) {
			call_withdraw(b, c, 0);
			continue;
		}
		if (!trunk->up || !guard_room(&trunk->guard, now)) {
			call_withdraw(b, c, DOWN_US);
			continue;
		}
		at = int64_max(cps_next(&trunk->cps, 0), c->retry_us);
		if (at > now + PATIENCE_US ||
		    (int64_t)trunk->channels_used >
			    atomic_load(&trunk->cell->channels)) {
			call_withdraw(b, c, BUSY_US);
			continue;
		}
		if (at > now)
			return at;
		if (now > c->gate_us + GATE_US) {
			if (c->asked++ < ASK_MOST)
				call_recheck(b, c);
			else
				call_withdraw(b, c, BUSY_US);
			continue;
		}
		send_next(trunk, now);
	}
	return INT64_MAX;
}

/* Applies the share that the planner's beat has set, and the brake after
 * congestion. */
static void
follow_share(struct trunk *trunk, int64_t now)
{
	size_t limit = (size_t)atomic_load(&trunk->cell->cps);
	struct cps *cps = &trunk->cps;

	cps_set(cps, limit, now);
	if (now - trunk->second < US_PER_S)
		return;
	/* If more than a tenth was refused, use half the rate; then a tenth
	 * more each second. */
	if (trunk->congested_1s * 10 > trunk->attempts_1s &&
	    trunk->congested_1s > 1)
		cps_brake(cps, cps->usable / 2);
	else if (cps->usable < cps->limit)
		cps_brake(cps, cps->usable + cps->usable / 10 + 1);
	trunk_say_trouble(trunk, now);
	trunk->second = now;
	trunk->attempts_1s = trunk->congested_1s = 0;
}

/* Returns when there will be more room, if calls per second are the limit. */
static int64_t
trunk_offer(struct trunk *trunk, bool placing, int64_t now)
{
	struct dialler *d = trunk->control->d;
	int64_t channels = atomic_load(&trunk->cell->channels);
	size_t room = size_min(cps_room(&trunk->cps, now + AHEAD_US),
			       guard_room(&trunk->guard, now));
	size_t offer = 0;
	int64_t next = INT64_MAX;

	if (placing && trunk->up && dialler_lease_is_fresh(d, now) &&
	    atomic_load(&d->unrecorded) < BACKLOG_MOST &&
	    channels > (int64_t)trunk->channels_used) {
		if (room > trunk->not_placed)
			offer = size_min(room - trunk->not_placed,
					 (size_t)channels -
						 trunk->channels_used);
		offer = size_min(offer, OFFER_MOST);
		if (offer == 0)
			next = cps_next(&trunk->cps, trunk->not_placed);
	}
	credit_set(d->credits, trunk->carrier_id, offer);
	return next == INT64_MAX ? next
				 : int64_max(next - AHEAD_US, now + US_PER_MS);
}

int64_t
trunk_run(struct trunk *trunk, bool placing)
{
	const struct carrier_ops *ops = trunk->carrier->ops;
	int64_t now = clock_boot_us(), at, next;

	at = ops->deadline(trunk->carrier);
	if (at >= 0 && at <= now)
		ops->dispatch(trunk->carrier, now);
	if (trunk->list_at <= now)
		trunk_ask_list(trunk, now);
	follow_share(trunk, now);
	next = int64_min(trunk_release_held(trunk, now),
			 trunk_send_due(trunk, placing));
	next = int64_min(next, trunk_offer(trunk, placing, clock_boot_us()));
	atomic_store(&trunk->cell->in_use, (int64_t)trunk->channels_used);
	at = ops->deadline(trunk->carrier);
	if (at >= 0)
		next = int64_min(next, at);
	return int64_min(next, trunk->list_at);
}
