/* The end of a call: put together from what was told of it, and reported. */
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/numeric.h"
#include "carrier/ami/ami_priv.h"

/* Milliseconds between two times of the PBX; -1 when one is not known. */
int64_t
ami_ms_between(int64_t from, int64_t to)
{
	return from && to >= from ? (to - from) / US_PER_MS : -1;
}

void
ami_finish(struct ami *ami, struct ami_call *call)
{
	struct tracker *t = &ami->tracker;
	struct cr_event ev = tracker_event(t, CR_ENDED, &call->call);

	ev.facts = ami_verdict(&call->end);
	if (ami_was_redirected(&call->end))
		log_error("The PBX has followed a redirect of a call: it needs "
			  "FORWARD_CONTEXT (doc/asterisk.md).");
	if (call->call.doomed_at)
		ev.facts.gone = CR_GONE_SILENT;
	ev.resynced = call->call.resynced || call->end.from_db;
	ev.join_ms = call->call.joined ? call->join_ms : -1;
	ev.ring_ms = ami_ms_between(call->rang_at, call->up_at ? call->up_at : call->ended_at);
	ev.talk_ms = 0;
	if (ev.facts.saw & CR_SAW_ANSWERED)
		ev.talk_ms = ami_ms_between(call->up_at, call->ended_at);
	snprintf(ev.detail, sizeof(ev.detail), "%s", call->end.tech);
	snprintf(ev.phrase, sizeof(ev.phrase), "%s", ami_phrase(&call->end));
	ev.amd = call->amd;
	tracker_finish(t, &call->call, &ev);
}

static void
wait_until(struct ami *ami, struct ami_call *call)
{
	call->conclude_at = ami->tracker.now + AMI_MERGE_US;
	ami->conclude_at = int64_min(ami->conclude_at, call->conclude_at);
}

/* The end of our channel, and the other half of a call that was not answered:
 * they come in either order. */
void
ami_end_half(struct ami *ami, struct ami_call *call, bool other_half)
{
	if (other_half)
		ami_finish(ami, call);
	else if (!call->conclude_at)
		wait_until(ami, call);
}

void
ami_conclude_due(struct ami *ami)
{
	struct cr_call *next;
	int64_t earliest = INT64_MAX;

	if (ami->tracker.now < ami->conclude_at)
		return;
	for (struct cr_call *call = ami->tracker.calls.first; call;
	     call = next) {
		struct ami_call *one = (struct ami_call *)call;

		next = call->next;
		if (!one->conclude_at)
			continue;
		if (one->conclude_at <= ami->tracker.now)
			ami_finish(ami, one);
		else
			earliest = int64_min(earliest, one->conclude_at);
	}
	ami->conclude_at = earliest;
}
