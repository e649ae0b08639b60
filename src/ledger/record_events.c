/* The events of calls that were recorded (campaign/event.h). */
#include "base/arena.h"
#include "base/fault.h"
#include "campaign/event.h"
#include "ledger/record_calls_priv.h"

/* Of one call in one batch: ringing, answered, joined, finished, final. */
#define EVENTS_A_CALL 5

static bool
is_final(const struct record_entry *e)
{
	return !e->due_at && e->state >= CONTACT_COMPLETED;
}

/* What has happened to the call since the last batch, as bits. */
static unsigned
kinds_of(const struct record_entry *e)
{
	const struct call_update *n = e->news;
	bool joined = n->answered && !e->answered_before;
	bool answered = joined || (n->ended && !e->answered_before &&
				   outcome_picked_up(n->outcome, n->answered));
	unsigned kinds = 0;

	if (n->rang && !e->rang_before)
		kinds |= EVENT_BIT(EVENT_RINGING);
	if (answered)
		kinds |= EVENT_BIT(EVENT_ANSWERED);
	if (joined)
		kinds |= EVENT_BIT(EVENT_JOINED);
	if (n->ended)
		kinds |= EVENT_BIT(EVENT_FINISHED);
	if (n->ended && is_final(e))
		kinds |= EVENT_BIT(EVENT_FINAL);
	return kinds;
}

static size_t
add_events(const struct record_entry *e, unsigned kinds, struct event *out)
{
	size_t n = 0;

	for (unsigned kind = 0; kind < EVENT_CHOICES; kind++) {
		if (!(kinds & EVENT_BIT(kind)))
			continue;
		out[n++] = (struct event){
			.kind = (enum event_kind)kind,
			.workspace_id = e->workspace_id,
			.campaign_id = e->campaign_id,
			.run_id = e->key.run,
			.seg = e->key.seg,
			.ordinal = e->key.ordinal,
			.attempt = e->key.seq,
			.call_id = e->news->id.b,
			.state = kind == EVENT_FINAL ? e->state : 0,
		};
	}
	return n;
}

int
record_events_write(struct db *db, struct record_batch *b, struct fault *f)
{
	const struct event_wants *wants = b->me->wants;
	struct event *list;
	size_t n = 0;

	if (!wants || !wants->count)
		return 0;
	list = ARENA_ARRAY(b->arena, b->count * EVENTS_A_CALL + 1,
			   struct event);
	for (size_t i = 0; i < b->count; i++) {
		const struct record_entry *e = &b->all[i];

		n += add_events(
			e, kinds_of(e) & event_wants_of(wants, e->workspace_id),
			list + n);
	}
	return event_write(db, list, n, b->arena, f);
}
