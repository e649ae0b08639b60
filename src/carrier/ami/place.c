/* The Originate of one call. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "app/carrier_kind.h"
#include "base/clock.h"
#include "base/uuid.h"
#include "carrier/ami/action.h"
#include "carrier/ami/ami_priv.h"

#define DIGITS "0123456789"
#define NUMBER_MOST 20

static bool
is_number(const char *s)
{
	size_t len = strlen(s);

	return len >= 1 && len <= NUMBER_MOST && strspn(s, DIGITS) == len;
}

/* What the dialplan leaves of an address: Dial() would take a comma for its end
 * and "&" for another one to call. */
#define BOT_CHARS                                              \
	DIGITS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" \
	       "/@:;=._+%[]-"

/* What Dial() takes: a SIP address by the endpoint of the bots, or an extension
 * of the site's dialplan. */
static bool
bot_target(const char *bot, char *out, size_t size)
{
	bool sip = strncasecmp(bot, "sip:", 4) == 0 ||
		   strncasecmp(bot, "sips:", 5) == 0;
	int n;

	if (!*bot || strspn(bot, BOT_CHARS) != strlen(bot))
		return false;
	n = snprintf(out, size,
		     sip ? "PJSIP/outdial-bot/%s" : "Local/%s@outdial-bots/n",
		     bot);
	return n > 0 && (size_t)n < size;
}

/* The dial string with the number in the place of "{number}". */
static bool
dial_string(const struct ami *ami, const char *number, char *out, size_t size)
{
	const char *dial = ami->settings.dial;
	const char *mark = strstr(dial, CARRIER_NUMBER);
	int n = snprintf(out, size, "%.*s%s%s", (int)(mark - dial), dial,
			 number, mark + sizeof(CARRIER_NUMBER) - 1);

	return n > 0 && (size_t)n < size;
}

/* What the dialplan of doc/asterisk.md reads. */
static void
set_variables(struct ami *ami, struct ami_action *a, const struct cr_place *p,
	      const char *bot)
{
	const char *vars = p->vars ? p->vars : "";
	char text[128];

	snprintf(text, sizeof(text), "%s%s", ami->prefix, p->call_id);
	ami_set(a, "__X_CALL_ID", text);
	snprintf(text, sizeof(text), "%s%s-%08x-%u", ami->prefix, ami->node,
		 ami->trunk, ami->slot);
	ami_set(a, "__X_SLOT", text);
	ami_set(a, "__X_BOT", bot);
	snprintf(text, sizeof(text), "%d.%03d", AMI_BOT_MS / 1000,
		 AMI_BOT_MS % 1000);
	ami_set(a, "X_BOT_RING", text);
	ami_set(a, "X_SEAT", p->seated ? "held" : "");
	snprintf(text, sizeof(text), "%d.%03d", AMI_SEAT_MS / 1000,
		 AMI_SEAT_MS % 1000);
	ami_set(a, "X_WAIT", text);
	ami_set(a, "X_SORRY", ami->settings.message);
	ami_set(a, "X_AMD", ami->settings.amd);
	/* What does not fit can be asked for by the call's id. */
	ami_set(a, "X_VARS", ami_can_set("X_VARS", vars) ? vars : "");
	/* Nothing that the far end says may place a call. */
	ami_set(a, "FORWARD_CONTEXT", "outdial-refuse");
	ami_set(a, "CHANNEL(hangup_handler_push)", "outdial-end,s,1");
	/* The PBX ends it even if nobody is left to watch over it. */
	snprintf(text, sizeof(text), "%" PRId64,
		 (p->ring_ms + p->max_call_ms) / 1000 + 60);
	ami_set(a, "TIMEOUT(absolute)", text);
}

/* -1 when a value has no place in an action. */
static int
write_originate(struct ami *ami, const struct cr_place *p, struct buf *out)
{
	char text[256], channel[AMI_CHANNEL], bot[512];
	struct ami_action a;

	if (!is_number(p->to) || !is_number(p->from) ||
	    !bot_target(p->bot ? p->bot : "", bot, sizeof(bot)) ||
	    !dial_string(ami, p->to, text, sizeof(text)))
		return -1;
	snprintf(channel, sizeof(channel), "%s%s", ami->prefix, p->call_id);
	a = ami_begin(out, "Originate", channel);
	ami_header(&a, "ChannelId", channel);
	ami_header(&a, "Channel", text);
	ami_header(&a, "Context", "outdial");
	ami_header(&a, "Exten", "s");
	ami_header(&a, "Priority", "1");
	ami_header_int(&a, "Timeout", p->ring_ms);
	snprintf(text, sizeof(text), "<%s%s>", ami->settings.plus ? "+" : "",
		 p->from);
	ami_header(&a, "CallerID", text);
	ami_header(&a, "Async", "true");
	set_variables(ami, &a, p, bot);
	return ami_end(&a);
}

enum cr_err
ami_place(struct carrier *c, const struct cr_place *p)
{
	struct ami *ami = ami_of(c);
	struct tracker *t = &ami->tracker;
	struct buf out = BUF_INIT;
	enum cr_err rc = CR_OK;
	int64_t now;
	long put = 0;

	if (!cr_place_is_valid(p) || calls_find(&t->calls, p->call_id) ||
	    write_originate(ami, p, &out)) {
		buf_free(&out);
		return CR_REFUSED;
	}
	now = t->clock();
	if (now <= p->not_after_boot_us && !ami->broken && !outgoing_left(&ami->link.out) &&
	    tracker_is_ready(t, now, AMI_WINDOW))
		put = link_write(&ami->link, out.data, out.len);
	if (put <= 0) {
		ami->broken |= put < 0;
		rc = CR_NOT_SENT;
	} else {
		tracker_placed(t, p, now);
		ami->slot = (ami->slot + 1) % AMI_SLOTS;
		/* The rest must not follow later, so the action stays
		 * incomplete. */
		if ((size_t)put < out.len) {
			ami->broken = true;
			rc = CR_UNKNOWN;
		}
	}
	buf_free(&out);
	return rc;
}
