/* The ends of calls.  One that may be part of a burst of 480 is reported a second
 * later: only then it is known whether the phone was off or the trunk full. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/numeric.h"
#include "base/uuid.h"
#include "dialler/call_control.h"
#include "dialler/dialler.h"

static void
report(struct trunk *trunk, struct call *c, const struct cr_event *ev)
{
	struct call_update news = {
		.id = c->id,
		.answered = c->answered,
		.ended = true,
		.outcome = ev->outcome,
		.sip = ev->facts.sip,
		.q850 = ev->facts.q850,
		.hung_by = (int)ev->facts.by,
		.ring_ms = ev->ring_ms,
		.talk_ms = ev->talk_ms,
		.join_ms = ev->join_ms,
		.amd = (int)ev->amd,
	};

	_Static_assert(sizeof(news.phrase) == sizeof(ev->phrase), "a phrase");
	memcpy(news.phrase, ev->phrase, sizeof(news.phrase));
	if (news.outcome == OUTCOME_CONGESTION)
		trunk->congested_1s++;
	call_set_state(c, CALL_ENDED);
	call_report(trunk->control, &news);
}

static void
hold(struct trunk *trunk, const struct cr_event *ev, int64_t now)
{
	if (trunk->held_count == trunk->held_room) {
		trunk->held_room = trunk->held_room ? 2 * trunk->held_room : 16;
		trunk->held = xrealloc(trunk->held, trunk->held_room *
							    sizeof(*trunk->held));
	}
	trunk->held[trunk->held_count++] = (struct held_end){
		.ev = *ev,
		.until = now + GUARD_WITHIN_US,
	};
}

int64_t
trunk_release_held(struct trunk *trunk, int64_t now)
{
	bool burst = trunk->held_count && guard_is_burst(&trunk->guard, now);
	size_t kept = 0;

	for (size_t i = 0; i < trunk->held_count; i++) {
		struct held_end *h = &trunk->held[i];
		struct call_id id;
		struct call *c;

		if (!burst && h->until > now) {
			trunk->held[kept++] = *h;
			continue;
		}
		if (burst)
			h->ev.outcome = OUTCOME_CONGESTION;
		uuid_parse(h->ev.call_id, id.b);
		c = call_table_find(&trunk->control->calls, id.b);
		if (c && c->trunk == trunk && c->state == CALL_PLACED)
			report(trunk, c, &h->ev);
	}
	trunk->held_count = kept;
	return kept ? trunk->held[0].until : INT64_MAX;
}

void
trunk_call_ended(struct trunk *trunk, struct call *c, const struct cr_event *ev)
{
	int64_t now = clock_boot_us();
	bool at_once = guard_is_at_once(ev, now - c->placed_us);

	if (c->state == CALL_ENDED)
		return;
	if (guard_note(&trunk->guard, ev,
		       (struct guard_call){ c->placed_us, at_once }, now))
		log_warn("Carrier %lld is paused: %s",
			 (long long)trunk->carrier_id, trunk->guard.reason);
	if (at_once)
		hold(trunk, ev, now);
	else
		report(trunk, c, ev);
	trunk_release_held(trunk, now);
}

/* The planner tells it to the screen, and other nodes get this one's share. */
void
trunk_say_trouble(struct trunk *trunk, int64_t now)
{
	bool paused = guard_is_paused(&trunk->guard, now);
	struct cr_stats stats = { 0 };

	atomic_store(&trunk->cell->up, trunk->up);
	atomic_store(&trunk->cell->places, trunk->up && !paused);
	if (!trunk->up)
		trunk->carrier->ops->stats(trunk->carrier, &stats);
	trunk_share_trouble(trunk->cell, paused ? trunk->guard.reason
					 : trunk->up ? ""
						     : stats.error);
}
