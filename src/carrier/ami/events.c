/* What the PBX says of calls. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/uuid.h"
#include "carrier/ami/ami_priv.h"

#define MESSAGE (&ami->message)

static void
copy(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}
#define COPY(to, from) copy((to), sizeof(to), (from))

/* The channel exists: who wanted to end the call may have asked before that, when
 * the PBX knew of none. */
static void
is_there(struct ami *ami, struct ami_call *call)
{
	char id[UUID_TEXT];

	if (call->call.ending && !call->seen) {
		uuid_text(call->call.id.bytes, id);
		ami_hang_up(ami, id, call->call.q850);
	}
	call->seen = true;
}

static void
rings(struct ami *ami, struct ami_call *call)
{
	is_there(ami, call);
	if (!call->rang_at)
		call->rang_at = ami_time(MESSAGE);
	call->end.rang = true;
	tracker_advance(&ami->tracker, &call->call, CR_PHASE_RINGING);
}

static void
comes_up(struct ami *ami, struct ami_call *call)
{
	is_there(ami, call);
	if (call->end.up)
		return;
	call->end.up = true;
	call->up_at = ami_time(MESSAGE);
	call->up_heard_at = ami->tracker.now;
	tracker_advance(&ami->tracker, &call->call, CR_PHASE_ANSWERED);
}

static void
on_state(struct ami *ami)
{
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "Uniqueid"));
	const char *state = ami_get(MESSAGE, "ChannelStateDesc");

	if (!call)
		return;
	if (strcmp(state, "Ringing") == 0)
		rings(ami, call);
	else if (strcmp(state, "Up") == 0)
		comes_up(ami, call);
}

static void
on_dial_state(struct ami *ami)
{
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "DestUniqueid"));
	const char *status = ami_get(MESSAGE, "DialStatus");

	if (call && (strcmp(status, "RINGING") == 0 ||
		     strcmp(status, "PROGRESS") == 0))
		rings(ami, call);
}

/* Of our leg, or of the bot's, which ours has called. */
static void
on_dial_end(struct ami *ami)
{
	const char *status = ami_get(MESSAGE, "DialStatus");
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "DestUniqueid"));

	if (call) {
		COPY(call->end.dial_end, status);
		if (strcmp(status, "ANSWER") == 0)
			comes_up(ami, call);
		return;
	}
	call = ami_find(ami, ami_get(MESSAGE, "Uniqueid"));
	if (call)
		COPY(call->end.bot, status);
}

/* Who asks for a hang-up first: the callee on our channel, the bot on
 * another one of our call. */
static void
on_hangup_request(struct ami *ami)
{
	const char *channel = ami_get(MESSAGE, "Uniqueid");
	struct ami_call *call = ami_find(ami, channel);
	enum cr_by by = call ? CR_BY_CALLEE : CR_BY_BOT;

	if (!call)
		call = ami_find(ami, ami_get(MESSAGE, "Linkedid"));
	if (call && call->end.by == CR_BY_NONE && !call->end.hung_up)
		call->end.by = by;
}

/* Joined: both legs are in the bridge that ours has entered. */
static void
on_bridge_enter(struct ami *ami)
{
	const char *bridge = ami_get(MESSAGE, "BridgeUniqueid");
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "Uniqueid"));

	if (call)
		COPY(call->bridge, bridge);
	else
		call = ami_find(ami, ami_get(MESSAGE, "Linkedid"));
	if (!call || call->call.joined || strcmp(call->bridge, bridge) != 0 ||
	    ami_number(MESSAGE, "BridgeNumChannels", 0) < 2)
		return;
	call->join_ms = ami_ms_between(call->up_at, ami_time(MESSAGE));
	if (call->join_ms < 0 && call->up_heard_at)
		call->join_ms =
			(ami->tracker.now - call->up_heard_at) / US_PER_MS;
	tracker_joined(&ami->tracker, &call->call, call->join_ms);
}

static void
on_hangup(struct ami *ami)
{
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "Uniqueid"));
	const char *tech, *step;

	if (!call || call->end.ended)
		return;
	call->end.ended = true;
	call->ended_at = ami_time(MESSAGE);
	call->end.cause = (int)ami_number(MESSAGE, "Cause", 0);
	call->end.tech_cause = (int)ami_number(MESSAGE, "TechCause", 0);
	tech = ami_variable(MESSAGE, "X_TECH");
	step = ami_variable(MESSAGE, "X_STEP");
	call->end.tech_known |= tech != NULL;
	COPY(call->end.tech, tech ? tech : "");
	if (step)
		COPY(call->end.step, step);
	ami_end_half(ami, call, call->failed || call->end.up || *call->end.step);
}

/* By its ActionID, which is that of one Originate: the Uniqueid of one that was
 * refused as a duplicate is that of the call that lives. */
static void
on_originate_response(struct ami *ami)
{
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "ActionID"));

	if (!call)
		return;
	calls_taken(&ami->tracker.calls, &call->call);
	call->end.responded = true;
	call->end.reason = (int)ami_number(MESSAGE, "Reason", 0);
	if (strcmp(ami_get(MESSAGE, "Response"), "Success") == 0)
		return;
	call->failed = true;
	ami_end_half(ami, call, call->end.ended);
}

/* The Originate was queued, or refused and nothing dialled.  A PBX that stood
 * still places the call only now, when it is perhaps not allowed any more. */
static void
on_queued(struct ami *ami, struct ami_call *call)
{
	struct cr_event ev;
	char id[UUID_TEXT];
	bool late = ami->tracker.now - call->call.sent_at > AMI_LATE_US;

	calls_taken(&ami->tracker.calls, &call->call);
	call->queued = true;
	if (strcmp(ami_get(MESSAGE, "Response"), "Success") == 0) {
		uuid_text(call->call.id.bytes, id);
		if (late)
			ami->base.ops->cancel(&ami->base, id);
		return;
	}
	ev = tracker_event(&ami->tracker, CR_ENDED, &call->call);
	ev.facts.by = CR_BY_NETWORK;
	ev.talk_ms = 0;
	ev.ring_ms = -1;
	copy(ev.detail, sizeof(ev.detail), ami_get(MESSAGE, "Message"));
	tracker_finish(&ami->tracker, &call->call, &ev);
}

static enum cr_amd
amd_of(const char *status)
{
	if (strcmp(status, "HUMAN") == 0)
		return CR_AMD_HUMAN;
	return strcmp(status, "MACHINE") == 0 ? CR_AMD_MACHINE : CR_AMD_UNSURE;
}

static void
on_user_event(struct ami *ami)
{
	struct ami_call *call = ami_find(ami, ami_get(MESSAGE, "Uniqueid"));
	const char *what = ami_get(MESSAGE, "UserEvent");

	if (!call)
		return;
	if (strcmp(what, "OutWait") == 0) {
		comes_up(ami, call);
		call->waits = true;
		if (call->call.seated)
			ami_send_to_bot(ami, call);
	} else if (strcmp(what, "OutAmd") == 0) {
		call->amd = amd_of(ami_get(MESSAGE, "status"));
	}
}

/* clang-format off */
static const struct {
	const char *name;
	void (*handle)(struct ami *ami);
} events[] = {
	{ "Newstate",          on_state },
	{ "DialState",         on_dial_state },
	{ "DialEnd",           on_dial_end },
	{ "BridgeEnter",       on_bridge_enter },
	{ "HangupRequest",     on_hangup_request },
	{ "Hangup",            on_hangup },
	{ "OriginateResponse", on_originate_response },
	{ "UserEvent",         on_user_event },
};
/* clang-format on */

void
ami_handle(struct ami *ami)
{
	const char *event = ami_get(MESSAGE, "Event");
	const char *action = ami_get(MESSAGE, "ActionID");
	struct ami_call *call;

	if (!*event && *ami_get(MESSAGE, "Response")) {
		call = ami_find(ami, action);
		if (call)
			on_queued(ami, call);
		else
			ami_response(ami, action);
		return;
	}
	for (size_t i = 0; i < sizeof(events) / sizeof(*events); i++) {
		if (strcmp(events[i].name, event) == 0) {
			events[i].handle(ami);
			return;
		}
	}
	ami_list_event(ami, event);
}
