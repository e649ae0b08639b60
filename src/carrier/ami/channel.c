/* Our channels by their ids, and what is asked of one. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/numeric.h"
#include "base/uuid.h"
#include "carrier/ami/action.h"
#include "carrier/ami/ami_priv.h"

void
ami_channel(const struct ami *ami, const struct cr_call *call,
	    char out[static AMI_CHANNEL])
{
	size_t len = strlen(ami->prefix);

	memcpy(out, ami->prefix, len);
	uuid_text(call->id.bytes, out + len);
}

const char *
ami_call_id(const struct ami *ami, const char *channel)
{
	size_t len = strlen(ami->prefix);

	return strncmp(channel, ami->prefix, len) == 0 ? channel + len : NULL;
}

struct ami_call *
ami_find(struct ami *ami, const char *channel)
{
	const char *id = ami_call_id(ami, channel);

	return id ? (struct ami_call *)calls_find(&ami->tracker.calls, id)
		  : NULL;
}

void
ami_hang_up(struct ami *ami, const char *call_id, int q850)
{
	char channel[AMI_PREFIX + UUID_TEXT];
	struct ami_action a =
		ami_begin(&ami->link.out.buf, "Hangup", "od-hangup");

	snprintf(channel, sizeof(channel), "%s%s", ami->prefix, call_id);
	ami_header(&a, "Channel", channel);
	ami_header_int(&a, "Cause", q850 > 0 ? q850 : 16);
	ami_end(&a);
}

/*
 * The bot has what is left of its time.  A call is redirected only once it has
 * said that it waits: before that it has no dialplan that could be left, and the
 * PBX would make another channel of it.
 */
void
ami_send_to_bot(struct ami *ami, struct ami_call *call)
{
	struct buf *out = &ami->link.out.buf;
	char channel[AMI_CHANNEL], ring[48];
	int64_t passed =
		(ami->tracker.clock() - call->up_heard_at) / US_PER_MS;
	int64_t left = int64_max(AMI_BOT_MS - passed, 300);
	struct ami_action a;

	if (!call->waits)
		return;
	call->waits = false;
	ami_channel(ami, &call->call, channel);
	snprintf(ring, sizeof(ring), "%lld.%03lld", (long long)left / 1000,
		 (long long)left % 1000);
	a = ami_begin(out, "Setvar", "od-join");
	ami_header(&a, "Channel", channel);
	ami_header(&a, "Variable", "X_BOT_RING");
	ami_header(&a, "Value", ring);
	ami_end(&a);
	a = ami_begin(out, "Redirect", "od-join");
	ami_header(&a, "Channel", channel);
	ami_header(&a, "Context", "outdial");
	ami_header(&a, "Exten", "join");
	ami_header(&a, "Priority", "1");
	ami_end(&a);
}
