#include "carrier/tracker.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/uuid.h"

/* From the watchdog's hang-up to the end. */
#define LAST_WORD_US (2 * US_PER_S)
#define NAME_MOST 32

static bool
is_name(const char *s)
{
	size_t len = s ? strlen(s) : 0;

	return len >= 1 && len <= NAME_MOST &&
	       strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789._-") == len;
}

int
tracker_check(const struct cr_conf *conf, struct fault *f)
{
	if (is_name(conf->node) && is_name(conf->site))
		return 0;
	return fault_field(f, "node",
			   "Node and site must be 1 to %d letters, digits, "
			   "dots, hyphens or underscores.",
			   NAME_MOST);
}

static int64_t
or_default(int64_t value, int64_t normal)
{
	return value ? value : normal;
}

void
tracker_open(struct tracker *t, const struct cr_conf *conf, size_t call_size)
{
	t->event = conf->event;
	t->arg = conf->arg;
	t->clock = conf->clock_boot_us ? conf->clock_boot_us : clock_boot_us;
	t->stall_us = or_default(conf->stall_us, 50 * US_PER_MS);
	t->grace_us = or_default(conf->grace_us, 10 * US_PER_S);
	t->margin_us = or_default(conf->margin_us, 40 * US_PER_S);
	t->overrun_us = or_default(conf->overrun_us, 10 * US_PER_S);
	t->sweep_us = US_PER_S;
	if (t->grace_us / 4 < t->sweep_us)
		t->sweep_us = t->grace_us / 4;
	t->calls.size = call_size;
}

void
tracker_close(struct tracker *t)
{
	calls_free(&t->calls);
}

bool
tracker_is_ready(const struct tracker *t, int64_t now, unsigned window)
{
	const struct cr_call *oldest = t->calls.oldest_waiting;

	return t->up && t->calls.waiting < window &&
	       (!oldest || now - oldest->sent_at < t->stall_us);
}

struct cr_call *
tracker_placed(struct tracker *t, const struct cr_place *p, int64_t now)
{
	struct cr_call *call;
	struct cr_id id;

	cr_id_parse(p->call_id, &id);
	call = calls_add(&t->calls, &id, now, true);
	call->met = true;
	call->seated = p->seated;
	call->ring_us = p->ring_ms * US_PER_MS;
	call->max_us = p->max_call_ms * US_PER_MS;
	t->placed++;
	return call;
}

struct cr_call *
tracker_ending(struct tracker *t, const char *call_id, bool before_answer,
	       int q850)
{
	struct cr_call *call = calls_find(&t->calls, call_id);

	if (!call)
		return NULL;
	if (before_answer && call->phase < CR_PHASE_ANSWERED)
		call->saw |= CR_SAW_CANCEL;
	call->ending = true;
	call->q850 = q850;
	return call;
}

struct cr_event
tracker_event(const struct tracker *t, enum cr_event_kind kind,
	      const struct cr_call *call)
{
	struct cr_event ev = { .kind = kind,
			       .wall_us = t->wall,
			       .boot_us = t->now,
			       .age_us = -1,
			       .join_ms = -1,
			       .facts = { .sip = -1, .q850 = -1 } };

	if (call) {
		uuid_text(call->id.bytes, ev.call_id);
		ev.phase = call->phase;
	}
	return ev;
}

static void
tell(struct tracker *t, enum cr_event_kind kind, const struct cr_call *call)
{
	struct cr_event ev = tracker_event(t, kind, call);

	t->event(t->arg, &ev);
}

void
tracker_tell(struct tracker *t, enum cr_event_kind kind)
{
	tell(t, kind, NULL);
}

void
tracker_advance(struct tracker *t, struct cr_call *call, enum cr_phase phase)
{
	if (call_advance(call, phase, t->now))
		tell(t, phase == CR_PHASE_RINGING ? CR_RINGING : CR_ANSWERED,
		     call);
}

void
tracker_joined(struct tracker *t, struct cr_call *call, int64_t join_ms)
{
	struct cr_event ev;

	tracker_advance(t, call, CR_PHASE_ANSWERED);
	if (call->joined)
		return;
	call->joined = true;
	ev = tracker_event(t, CR_JOINED, call);
	ev.join_ms = join_ms;
	t->event(t->arg, &ev);
}

/* Removes the call first, because the callback may place the next one. */
void
tracker_finish(struct tracker *t, struct cr_call *call, struct cr_event *ev)
{
	if (ev->join_ms > CR_JOIN_MS)
		ev->facts.saw |= CR_SAW_NO_BOT;
	ev->outcome = cr_outcome_of(&ev->facts);
	calls_remove(&t->calls, call);
	t->ended++;
	t->event(t->arg, ev);
}

void
tracker_conclude(struct tracker *t, struct cr_call *call, enum cr_gone gone)
{
	struct cr_event ev = tracker_event(t, CR_ENDED, call);

	ev.resynced = true;
	ev.facts.saw = call->saw;
	ev.facts.by = gone == CR_GONE_SILENT ? CR_BY_US : CR_BY_NETWORK;
	ev.facts.gone = gone;
	ev.ring_ms = -1;
	ev.talk_ms = -1;
	if (call->phase < CR_PHASE_ANSWERED)
		ev.talk_ms = 0;
	else if (gone != CR_GONE_UNKNOWN)
		ev.talk_ms = (t->now - call->answered_at) / US_PER_MS;
	tracker_finish(t, call, &ev);
}

void
tracker_alive(struct tracker *t, struct cr_call *call, enum cr_phase phase,
	      int64_t age_us)
{
	struct cr_event ev;

	call->unknown_at = 0;
	call->queried = false;
	if (call->asked)
		call_advance(call, phase, t->now);
	else if (phase > CR_PHASE_SENT)
		tracker_advance(t, call, phase);
	if (call->ending)
		t->hangup(t, call);
	if (!call->asked)
		return;
	call->asked = false;
	ev = tracker_event(t, CR_ALIVE, call);
	ev.age_us = age_us;
	t->event(t->arg, &ev);
}

/* The call may still turn up, because the carrier still reads the bytes of a
 * broken connection. */
void
tracker_gone(struct tracker *t, struct cr_call *call)
{
	calls_taken(&t->calls, call);
	call->queried = false;
	if (!call->unknown_at)
		call->unknown_at = t->now;
}

static void
ask(struct tracker *t, struct cr_call *call)
{
	call->met = true;
	call->queried = true;
	t->ask(t, call);
}

/* All calls of the carrier's last boot are over. */
static void
restarted(struct tracker *t)
{
	struct cr_call *next;

	tell(t, CR_RESTARTED, NULL);
	for (struct cr_call *call = t->calls.first; call; call = next) {
		next = call->next;
		if (call->met)
			tracker_conclude(t, call, CR_GONE_RESTART);
	}
}

void
tracker_up(struct tracker *t, bool another)
{
	t->up = true;
	if (another)
		restarted(t);
	for (struct cr_call *call = t->calls.first; call; call = call->next) {
		call->unknown_at = 0;
		ask(t, call);
	}
	tell(t, CR_UP, NULL);
}

void
tracker_down(struct tracker *t)
{
	bool was_up = t->up;

	t->up = false;
	for (struct cr_call *call = t->calls.first; call; call = call->next) {
		calls_taken(&t->calls, call);
		call->resynced = true;
	}
	if (was_up)
		tell(t, CR_DOWN, NULL);
}

void
tracker_resync(struct tracker *t, const struct cr_known *known, size_t n)
{
	int64_t now = t->clock();

	for (size_t i = 0; i < n; i++) {
		struct cr_id id;
		struct cr_call *call;

		if (cr_id_parse(known[i].call_id, &id))
			continue;
		call = idmap_find(&t->calls.map, &id);
		if (!call) {
			call = calls_add(&t->calls, &id, now - known[i].age_us,
					 false);
			call->ring_us = known[i].ring_ms * US_PER_MS;
			call->max_us = known[i].max_call_ms * US_PER_MS;
			call->resynced = true;
		}
		call_advance(call, known[i].phase, now - known[i].talk_us);
		call->asked = true;
		if (t->up)
			ask(t, call);
	}
}

void
tracker_forget(struct tracker *t, const char *call_id)
{
	struct cr_call *call = calls_find(&t->calls, call_id);

	if (call)
		calls_remove(&t->calls, call);
}

void
tracker_stats(const struct tracker *t, struct cr_stats *out)
{
	const struct cr_call *oldest = t->calls.oldest_waiting;

	*out = (struct cr_stats){
		.up = t->up,
		.calls = (unsigned)t->calls.map.count,
		.unanswered = t->calls.waiting,
		.lag_us = oldest ? t->clock() - oldest->sent_at : 0,
		.placed = t->placed,
		.ended = t->ended,
		.garbage = t->garbage,
	};
}

/*
 * Until when a call may be up.  Its phase is not known while the carrier cannot
 * be asked or has not answered yet: then this is the longest life of a call,
 * and a minute.
 */
static int64_t
limit_of(const struct tracker *t, const struct cr_call *call)
{
	int64_t rings = call->sent_at + call->ring_us + t->margin_us;

	if (!t->up || call->queried)
		return rings + call->max_us + 2 * t->overrun_us;
	if (call->phase < CR_PHASE_ANSWERED)
		return rings;
	return call->answered_at + call->max_us + t->overrun_us;
}

static void
look_while_up(struct tracker *t, struct cr_call *call)
{
	if (call->unknown_at) {
		if (t->now - call->unknown_at < t->grace_us) {
			ask(t, call);
			return;
		}
		t->hangup(t, call);
		tracker_conclude(t, call, CR_GONE_UNKNOWN);
	} else if (call->doomed_at) {
		if (t->now >= call->doomed_at)
			tracker_conclude(t, call, CR_GONE_SILENT);
	} else if (t->now >= limit_of(t, call)) {
		t->hangup(t, call);
		call->doomed_at = t->now + LAST_WORD_US;
	}
}

void
tracker_sweep(struct tracker *t)
{
	struct cr_call *next;

	if (t->now < t->sweep_at)
		return;
	t->sweep_at = t->now + t->sweep_us;
	for (struct cr_call *call = t->calls.first; call; call = next) {
		next = call->next;
		if (t->up)
			look_while_up(t, call);
		else if (t->now >= limit_of(t, call))
			tracker_conclude(t, call, CR_GONE_UNKNOWN);
	}
}

int64_t
tracker_deadline(const struct tracker *t, int64_t at)
{
	return t->calls.first && t->sweep_at < at ? t->sweep_at : at;
}
