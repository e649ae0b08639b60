/* Signs in, and asks the PBX which of our calls are up and, from its database,
 * how others ended. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/uuid.h"
#include "carrier/ami/action.h"
#include "carrier/ami/ami_priv.h"

static void
simple(struct ami *ami, const char *action, const char *id)
{
	struct ami_action a = ami_begin(&ami->link.out.buf, action, id);

	ami_end(&a);
}

void
ami_sign_in(struct ami *ami)
{
	struct ami_action a =
		ami_begin(&ami->link.out.buf, "Login", "od-login");

	ami->step = AMI_LOGIN;
	ami->message.complete = true; /* forgets half a message */
	ami_header(&a, "Username", ami->settings.user);
	ami_header(&a, "Secret", ami->settings.secret);
	ami_header(&a, "Events", "call,user,system");
	if (ami_end(&a))
		ami_drop(ami, "the account cannot be written");
}

void
ami_ping(struct ami *ami)
{
	simple(ami, "Ping", "od-ping");
}

void
ami_drop(struct ami *ami, const char *why)
{
	link_drop(&ami->link, why, ami->tracker.now);
	ami->broken = ami->listing = ami->list_wanted = false;
	ami->owner_wants = ami->owner_asked = false;
	tracker_down(&ami->tracker);
}

/* The database has a row of every node's last calls: it is read only when the
 * end of one of ours is missing. */
static bool
asks_for_ends(const struct ami *ami)
{
	if (ami->step == AMI_GAP)
		return true;
	for (const struct cr_call *call = ami->tracker.calls.first; call;
	     call = call->next)
		if (call->queried)
			return true;
	return false;
}

void
ami_list(struct ami *ami)
{
	struct ami_action a;

	if (!ami->list_wanted || ami->listing ||
	    (ami->step != AMI_READY && ami->step != AMI_GAP) ||
	    ami->link.state < LINK_GREETING)
		return;
	ami->list_wanted = ami->channels_told = ami->db_told = false;
	ami->listing = true;
	ami->list_no++;
	ami->listed_count = 0;
	ami->owner_asked = ami->owner_wants;
	ami->owner_wants = false;
	simple(ami, "CoreShowChannels", "od-channels");
	ami->db_told = !asks_for_ends(ami);
	if (ami->db_told)
		return;
	a = ami_begin(&ami->link.out.buf, "DBGetTree", "od-db");
	ami_header(&a, "Family", "outdial");
	ami_end(&a);
}

/* What the list has of a call. */
static void
on_channel(struct ami *ami)
{
	const struct ami_message *m = &ami->message;
	const char *id = ami_call_id(ami, ami_get(m, "Uniqueid"));
	const char *state = ami_get(m, "ChannelStateDesc");
	struct cr_event ev = tracker_event(&ami->tracker, CR_LISTED, NULL);
	struct ami_call *call;
	struct cr_id parsed;
	int h, min, s;

	if (!id || cr_id_parse(id, &parsed))
		return;
	uuid_text(parsed.bytes, ev.call_id);
	if (strcmp(state, "Up") == 0)
		ev.phase = CR_PHASE_ANSWERED;
	else if (strcmp(state, "Ringing") == 0 || strcmp(state, "Ring") == 0)
		ev.phase = CR_PHASE_RINGING;
	if (sscanf(ami_get(m, "Duration"), "%9d:%2d:%2d", &h, &min, &s) == 3)
		ev.age_us = ((h * 60LL + min) * 60 + s) * US_PER_S;
	call = ami_find(ami, ami_get(m, "Uniqueid"));
	if (call) {
		call->listed_no = ami->list_no;
		call->listed_phase = ev.phase;
		call->listed_age_us = ev.age_us;
	}
	if (ami->listed_count == ami->listed_room) {
		ami->listed_room = ami->listed_room ? 2 * ami->listed_room : 64;
		ami->listed = xrealloc(ami->listed, ami->listed_room *
							    sizeof(*ami->listed));
	}
	ami->listed[ami->listed_count++] = ev;
}

/* "id|epoch|cause|tech|step|dialstatus": a row that the hangup handler of an
 * ended call has written. */
static void
on_row(struct ami *ami)
{
	char text[256], *at = text, *words[6];
	struct ami_call *call;
	int64_t cause;
	size_t n = 0;

	snprintf(text, sizeof(text), "%s", ami_get(&ami->message, "Val"));
	while (n < 6 && at)
		words[n++] = strsep(&at, "|");
	if (n < 6 || text_int(words[2], &cause) || cause < 0 || cause > 127)
		return;
	call = ami_find(ami, words[0]);
	if (!call || call->end.ended)
		return;
	call->in_db = true;
	call->end.from_db = call->end.tech_known = true;
	call->end.cause = (int)cause;
	snprintf(call->end.tech, sizeof(call->end.tech), "%s", words[3]);
	snprintf(call->end.step, sizeof(call->end.step), "%s", words[4]);
	snprintf(call->end.bot, sizeof(call->end.bot), "%s", words[5]);
}

/* True when the question about this call was in the list that has ended. */
static bool
is_answered_by_list(const struct ami *ami, const struct ami_call *call)
{
	return call->call.queried && call->asked_no <= ami->list_no;
}

/* A PBX that stood still has read the Originate long after it was written, from
 * a connection that was given up. */
static bool
was_late(const struct ami *ami, const struct ami_call *call)
{
	int64_t began = ami->tracker.now - call->listed_age_us;

	return !call->queued && !call->seen && !call->call.asked &&
	       call->listed_age_us >= 0 && began - call->call.sent_at > AMI_LATE_US;
}

static void
answer_for(struct ami *ami, struct ami_call *call)
{
	char id[UUID_TEXT];

	if (call->listed_no == ami->list_no && was_late(ami, call)) {
		uuid_text(call->call.id.bytes, id);
		ami->base.ops->cancel(&ami->base, id);
	}
	if (call->listed_no == ami->list_no)
		tracker_alive(&ami->tracker, &call->call, call->listed_phase,
			      call->listed_age_us);
	else if (call->in_db)
		ami_finish(ami, call);
	else if (!call->conclude_at)
		tracker_gone(&ami->tracker, &call->call);
}

static void
tell_owner(struct ami *ami)
{
	struct tracker *t = &ami->tracker;

	if (!ami->owner_asked)
		return;
	ami->owner_asked = false;
	for (size_t i = 0; i < ami->listed_count; i++)
		t->event(t->arg, &ami->listed[i]);
	tracker_tell(t, CR_LIST_END);
}

/* A restart counts as noticed only when all its calls were looked for. */
static void
is_met(struct ami *ami, bool restarted)
{
	memcpy(ami->boot, ami->next_boot, sizeof(ami->boot));
	tracker_up(&ami->tracker, restarted);
}

/* The PBX has restarted.  Whose row is there has ended with what the row says;
 * of the others nobody knows more than that they are over. */
static void
after_restart(struct ami *ami)
{
	struct cr_call *next;

	for (struct cr_call *call = ami->tracker.calls.first; call;
	     call = next) {
		next = call->next;
		if (((struct ami_call *)call)->in_db)
			ami_finish(ami, (struct ami_call *)call);
	}
	ami->step = AMI_READY;
	is_met(ami, true);
}

static void
list_ended(struct ami *ami)
{
	struct cr_call *next;

	if (!ami->listing || !ami->channels_told || !ami->db_told)
		return;
	ami->listing = false;
	if (ami->step == AMI_GAP) {
		after_restart(ami);
		return;
	}
	for (struct cr_call *call = ami->tracker.calls.first; call;
	     call = next) {
		struct ami_call *one = (struct ami_call *)call;

		next = call->next;
		if (is_answered_by_list(ami, one))
			answer_for(ami, one);
	}
	tell_owner(ami);
}

/* Before that a call could be answered and have no dialplan. */
static void
fully_booted(struct ami *ami)
{
	if (ami->step != AMI_BOOT)
		return;
	ami->step = AMI_STATUS;
	simple(ami, "CoreStatus", "od-status");
}

void
ami_list_event(struct ami *ami, const char *event)
{
	if (strcmp(event, "FullyBooted") == 0) {
		fully_booted(ami);
	} else if (strcmp(event, "CoreShowChannel") == 0) {
		if (ami->listing)
			on_channel(ami);
	} else if (strcmp(event, "DBGetTreeResponse") == 0) {
		on_row(ami);
	} else if (strcmp(event, "CoreShowChannelsComplete") == 0) {
		ami->channels_told = true;
		list_ended(ami);
	} else if (strcmp(event, "DBGetTreeComplete") == 0) {
		ami->db_told = true;
		list_ended(ami);
	}
}

static void
signed_in(struct ami *ami, bool success)
{
	char why[100];

	if (ami->step != AMI_LOGIN)
		return;
	if (success) {
		ami->step = AMI_BOOT;
		return;
	}
	snprintf(why, sizeof(why), "the PBX refuses the account: %.60s",
		 ami_get(&ami->message, "Message"));
	ami_drop(ami, why);
}

static void
told_status(struct ami *ami, bool success)
{
	const struct ami_message *m = &ami->message;
	bool another;

	if (ami->step != AMI_STATUS)
		return;
	if (!success) {
		ami_drop(ami, "the account may not ask for CoreStatus "
			      "(class reporting)");
		return;
	}
	snprintf(ami->next_boot, sizeof(ami->next_boot), "%.20s %.20s",
		 ami_get(m, "CoreStartupDate"), ami_get(m, "CoreStartupTime"));
	another = *ami->boot && strcmp(ami->next_boot, ami->boot) != 0;
	link_up(&ami->link);
	ami->step = another ? AMI_GAP : AMI_READY;
	if (another)
		ami->list_wanted = true;
	else
		is_met(ami, false);
}

void
ami_response(struct ami *ami, const char *id)
{
	bool success =
		strcmp(ami_get(&ami->message, "Response"), "Success") == 0;

	if (strcmp(id, "od-login") == 0)
		signed_in(ami, success);
	else if (strcmp(id, "od-status") == 0)
		told_status(ami, success);
	else if (strcmp(id, "od-channels") == 0)
		ami->channels_told |= !success;
	else if (strcmp(id, "od-db") == 0)
		ami->db_told |= !success; /* it has no row of ours yet */
	else if (!success && strstr(ami_get(&ami->message, "Message"),
				    "Permission denied"))
		ami_drop(ami, "the account may not join or hang up calls "
			      "(class call)");
	list_ended(ami);
}
