/* What ends of calls say of their carrier: bursts of 480, and refusals of us. */
#include <string.h>

#include "base/clock.h"
#include "carrier/carrier.h"
#include "dialler/trunk_guard.h"
#include "tests/tap.h"

static struct trunk_guard g;
static int64_t now;

static struct cr_event
end_of(int sip, unsigned saw, enum outcome outcome)
{
	return (struct cr_event){
		.kind = CR_ENDED,
		.outcome = outcome,
		.facts = { .sip = sip, .q850 = -1, .saw = saw },
		.detail = "",
	};
}

static bool
ends(int sip, unsigned saw, enum outcome outcome)
{
	struct cr_event ev = end_of(sip, saw, outcome);

	struct guard_call call = {
		.placed_us = now,
		.at_once = guard_is_at_once(&ev, 100 * US_PER_MS),
	};

	/* While it is paused only calls that were placed before end. */
	if (guard_room(&g, now))
		guard_placed(&g);
	now += 10 * US_PER_MS;
	return guard_note(&g, &ev, call, now);
}

static void
check_at_once(void)
{
	struct cr_event off = end_of(480, 0, OUTCOME_UNREACHABLE);
	struct cr_event rang = end_of(480, CR_SAW_RINGING, OUTCOME_NO_ANSWER);
	struct cr_event busy = end_of(486, 0, OUTCOME_BUSY);

	ok(guard_is_at_once(&off, 200 * US_PER_MS), "480 at once is one");
	ok(!guard_is_at_once(&off, US_PER_S), "after a second it is not");
	ok(!guard_is_at_once(&rang, 200 * US_PER_MS), "after ringing it is not");
	ok(!guard_is_at_once(&busy, 200 * US_PER_MS), "nor is another code");
	off.resynced = true;
	ok(!guard_is_at_once(&off, 200 * US_PER_MS),
	   "nor one that was learnt later");
}

static void
check_bursts(void)
{
	memset(&g, 0, sizeof(g));
	for (int i = 0; i < GUARD_BURST - 1; i++)
		ends(480, 0, OUTCOME_UNREACHABLE);
	ok(!guard_is_burst(&g, now), "a few phones may be off");
	ends(480, 0, OUTCOME_UNREACHABLE);
	ok(guard_is_burst(&g, now), "one more at once is a burst");
	ok(!guard_is_burst(&g, now + 2 * US_PER_S), "which passes");
	for (int i = 0; i < GUARD_BURST + 1; i++)
		ends(486, 0, OUTCOME_BUSY);
	ok(!guard_is_burst(&g, now), "among more other ends they are none");
	memset(&g, 0, sizeof(g));
	for (int i = 0; i < 20; i++) {
		ends(480, 0, OUTCOME_UNREACHABLE);
		now += 300 * US_PER_MS;
	}
	ok(!guard_is_burst(&g, now), "three a second are none");
}

static void
check_refusals(void)
{
	memset(&g, 0, sizeof(g));
	ok(!guard_is_paused(&g, now), "a carrier is not paused");
	ok(guard_room(&g, now) > 1000000, "and has no limit of the guard");
	ok(ends(401, 0, OUTCOME_ERROR), "wrong credentials pause it at once");
	ok(strstr(g.reason, "credentials"), "with the reason");
	is_int((int64_t)guard_room(&g, now), 0, "no call is placed");
	ok(!ends(401, 0, OUTCOME_ERROR), "a call that was up says no more");
	ends(200, CR_SAW_ANSWERED, OUTCOME_COMPLETED);
	now += GUARD_PAUSE_US;
	is_int((int64_t)guard_room(&g, now), 1,
	       "after a minute one is tried, whatever ended before");
	guard_placed(&g);
	is_int((int64_t)guard_room(&g, now), 0, "and no other beside it");
	guard_heard(&g, now - GUARD_PAUSE_US);
	is_int((int64_t)guard_room(&g, now), 0, "not when an older one rings");
	g.probe_out = false;
	ok(ends(407, 0, OUTCOME_ERROR), "whose refusal pauses it again");
	now += GUARD_PAUSE_US;
	ends(-1, CR_SAW_CANCEL, OUTCOME_CANCELLED);
	is_int((int64_t)guard_room(&g, now), 1, "our own cancel proves nothing");
	ends(486, 0, OUTCOME_BUSY);
	ok(guard_room(&g, now) > 1, "an answer of a phone ends it");
	ends(402, 0, OUTCOME_ERROR);
	now += GUARD_PAUSE_US;
	guard_placed(&g);
	guard_heard(&g, now);
	ok(guard_room(&g, now) > 1, "and so does one that rings");
	for (int i = 0; i < GUARD_REFUSALS - 1; i++)
		ok(!ends(403, 0, OUTCOME_BLOCKED), "403 may be one number’s");
	ends(603, 0, OUTCOME_REJECTED);
	for (int i = 0; i < GUARD_REFUSALS - 1; i++)
		ends(403, 0, OUTCOME_BLOCKED);
	ok(!guard_is_paused(&g, now), "as long as others come between");
	ok(ends(403, 0, OUTCOME_BLOCKED), "five in a row are the trunk’s");
	now += GUARD_PAUSE_US;
	ends(200, CR_SAW_ANSWERED, OUTCOME_COMPLETED);
	for (int i = 0; i < GUARD_REFUSALS - 1; i++)
		ends(-1, 0, OUTCOME_ERROR);
	ok(ends(-1, 0, OUTCOME_ERROR), "nor does a PBX that dials nothing");
	ok(strstr(g.reason, "dial string"), "which the reason says");
}

int
main(void)
{
	now = US_PER_DAY;
	check_at_once();
	check_bursts();
	check_refusals();
	return tap_done();
}
