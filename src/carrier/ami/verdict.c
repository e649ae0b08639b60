#include "carrier/ami/verdict.h"

#include <string.h>
#include <strings.h>

#define DIGITS "0123456789"
#define REASON_ANSWERED 4
#define REASON_TIMER 3
#define REASON_BUSY 5
#define REASON_CONGESTION 8
#define CAUSE_TIMER 19

#define SIP_RINGING 180
#define SIP_BUSY 486
#define SIP_UNAVAILABLE 503
#define SIP_REDIRECT 302
#define SIP_DECLINE 603

/* The status in "SIP 486 Busy Here"; 0: no response came, or none is known. */
static int
status_of(const struct ami_end *e)
{
	const char *s = e->tech + 4;

	if (strncasecmp(e->tech, "SIP ", 4) != 0 || strspn(s, DIGITS) != 3)
		return 0;
	return (s[0] - '0') * 100 + (s[1] - '0') * 10 + s[2] - '0';
}

const char *
ami_phrase(const struct ami_end *e)
{
	return status_of(e) && strlen(e->tech) > 8 ? e->tech + 8 : "";
}

static bool
has_reason(const struct ami_end *e, int reason)
{
	return e->responded && e->reason == reason;
}

static bool
is_redirect(const struct ami_end *e)
{
	int status = status_of(e);

	return (status >= 300 && status < 400) ||
	       (e->tech_cause >= 300 && e->tech_cause < 400) ||
	       (e->ended && e->cause == 0 && !e->cancelled &&
		strcmp(e->dial_end, "CANCEL") == 0);
}

bool
ami_was_redirected(const struct ami_end *e)
{
	return is_redirect(e) && has_reason(e, REASON_ANSWERED);
}

static bool
was_answered(const struct ami_end *e)
{
	return e->up || has_reason(e, REASON_ANSWERED) ||
	       status_of(e) / 100 == 2 || *e->step;
}

/* Who ended an answered call. */
static enum cr_by
ended_by(const struct ami_end *e)
{
	if (strcmp(e->step, "botend") == 0)
		return CR_BY_BOT;
	if (e->by != CR_BY_NONE)
		return e->by;
	return e->hung_up || e->cancelled ? CR_BY_US : CR_BY_NETWORK;
}

static void
answered(const struct ami_end *e, struct cr_facts *f)
{
	f->saw |= CR_SAW_ANSWERED;
	f->sip = 200;
	if (strncmp(e->step, "abandoned", 9) == 0)
		f->saw |= CR_SAW_NO_BOT;
	f->by = ended_by(e);
}

/* By the last SIP response. */
static void
by_response(const struct ami_end *e, int status, struct cr_facts *f)
{
	if (status >= 300) {
		f->sip = status;
		if (status == SIP_DECLINE &&
		    strcasecmp(ami_phrase(e), "Network Blocked") == 0)
			f->saw |= CR_SAW_BLOCKED;
	} else if (status >= SIP_RINGING) {
		f->saw |= CR_SAW_RINGING | CR_SAW_OUR_TIMER;
		f->by = CR_BY_US;
	} else if (has_reason(e, REASON_TIMER) || e->cause == CAUSE_TIMER) {
		f->saw |= CR_SAW_OUR_TIMER;
		f->by = CR_BY_US;
	}
}

/* An old PBX, or one without the hangup handler: its own timer is told by the
 * OriginateResponse only. */
static void
by_events(const struct ami_end *e, struct cr_facts *f)
{
	if (has_reason(e, REASON_TIMER)) {
		f->saw |= CR_SAW_OUR_TIMER;
		f->by = CR_BY_US;
	} else if (e->tech_cause > 0) {
		f->sip = e->tech_cause;
	} else if (e->cause > 0) {
		return;
	} else if (strcmp(e->dial_end, "BUSY") == 0 ||
		   has_reason(e, REASON_BUSY)) {
		f->sip = SIP_BUSY;
	} else if (strcmp(e->dial_end, "CONGESTION") == 0 ||
		   has_reason(e, REASON_CONGESTION)) {
		f->sip = SIP_UNAVAILABLE;
	}
}

struct cr_facts
ami_verdict(const struct ami_end *e)
{
	struct cr_facts f = { .sip = -1,
			      .q850 = e->cause > 0 ? e->cause : -1,
			      .by = CR_BY_NETWORK };

	if (e->rang)
		f.saw |= CR_SAW_RINGING;
	if (is_redirect(e)) {
		f.sip = status_of(e) >= 300 ? status_of(e) : SIP_REDIRECT;
	} else if (was_answered(e)) {
		answered(e, &f);
	} else if (e->cancelled) {
		f.saw |= CR_SAW_CANCEL;
		f.by = CR_BY_US;
	} else if (e->tech_known) {
		by_response(e, status_of(e), &f);
	} else {
		by_events(e, &f);
	}
	return f;
}
