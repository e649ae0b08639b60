#include "dialler/trunk_guard.h"

#include <stdio.h>

#include "carrier/carrier.h"

bool
guard_is_at_once(const struct cr_event *ev, int64_t since_placed_us)
{
	return ev->facts.sip == 480 && !ev->resynced &&
	       !(ev->facts.saw & (CR_SAW_RINGING | CR_SAW_ANSWERED)) &&
	       since_placed_us < GUARD_WITHIN_US;
}

/* What a refusal says of us, and how many in a row prove it. */
struct refusal {
	int sip;
	int proof;
	const char *text;
};

static const struct refusal refusals[] = {
	{ 401, 1, "The carrier does not accept our credentials (SIP 401)." },
	{ 402, 1, "The carrier says that there is no credit (SIP 402)." },
	{ 407, 1, "The carrier does not accept our credentials (SIP 407)." },
	{ 403, GUARD_REFUSALS,
	  "The carrier refuses the caller ID or the account (SIP 403)." },
};

static const struct refusal *
refusal_of(const struct cr_event *ev)
{
	static const struct refusal cannot_dial = { -1, GUARD_REFUSALS, NULL };
	const struct cr_facts *facts = &ev->facts;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++)
		if (facts->sip == refusals[i].sip)
			return &refusals[i];
	if (ev->outcome == OUTCOME_ERROR && facts->sip < 0 && facts->q850 < 0 &&
	    facts->gone == CR_GONE_NOT)
		return &cannot_dial;
	return NULL;
}

static void
explain(struct trunk_guard *g, const struct refusal *why,
	const struct cr_event *ev)
{
	if (why->text)
		snprintf(g->reason, sizeof(g->reason), "%s", why->text);
	else
		snprintf(g->reason, sizeof(g->reason),
			 "The PBX cannot place our calls%s%.64s. Check the dial "
			 "string.",
			 *ev->detail ? ": " : "", ev->detail);
}

void
guard_placed(struct trunk_guard *g)
{
	g->probe_out = g->probing;
}

void
guard_heard(struct trunk_guard *g, int64_t placed_us)
{
	if (placed_us >= g->paused_until)
		g->in_row = g->probing = g->probe_out = 0;
}

bool
guard_note(struct trunk_guard *g, const struct cr_event *ev,
	   struct guard_call call, int64_t now)
{
	const struct refusal *why = refusal_of(ev);

	g->ends[g->next] = (struct guard_end){ now, call.at_once };
	g->next = (g->next + 1) % GUARD_ENDS;
	if (call.placed_us < g->paused_until)
		return false;
	g->probe_out = false;
	/* Our own cancel says nothing of the carrier. */
	if (!why && ev->outcome != OUTCOME_CANCELLED)
		guard_heard(g, call.placed_us);
	if (!why || (++g->in_row < why->proof && !g->probing))
		return false;
	explain(g, why, ev);
	g->paused_until = now + GUARD_PAUSE_US;
	g->probing = true;
	return true;
}

bool
guard_is_burst(const struct trunk_guard *g, int64_t now)
{
	size_t ends = 0, at_once = 0;

	for (size_t i = 0; i < GUARD_ENDS; i++) {
		if (!g->ends[i].at || now - g->ends[i].at > GUARD_WITHIN_US)
			continue;
		ends++;
		at_once += g->ends[i].at_once;
	}
	return at_once >= GUARD_BURST && 2 * at_once >= ends;
}

bool
guard_is_paused(const struct trunk_guard *g, int64_t now)
{
	return now < g->paused_until;
}

size_t
guard_room(const struct trunk_guard *g, int64_t now)
{
	if (guard_is_paused(g, now) || g->probe_out)
		return 0;
	return g->probing ? 1 : SIZE_MAX;
}
