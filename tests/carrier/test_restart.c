/* The carrier dies, the connection breaks: every call has one end. */
#include <signal.h>

#include "base/clock.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

#define CALLS 50

static struct rig rig;
static const char *const settings[] = { "scripted=true", "speed=10", NULL };

static size_t
ends_of(const struct ear *e, enum outcome outcome)
{
	size_t n = 0;

	for (size_t i = 0; i < e->count; i++)
		n += e->events[i].kind == CR_ENDED &&
		     e->events[i].outcome == outcome;
	return n;
}

static void
test_killed(struct ear *e)
{
	size_t restarted = 0, ended = 0;

	ear_forget(e);
	for (int i = 0; i < CALLS; i++)
		ear_place(e, new_id(), i % 2 ? "49301180" : "49301201");
	ok(ear_wait(e, CR_ANSWERED, NULL, CALLS / 2),
	   "half of the calls are answered");
	rig_end(&rig, SIGKILL);
	ok(ear_wait(e, CR_DOWN, NULL, 1), "the connection is reported as down");
	is_int(ear_place(e, new_id(), "49301180"), CR_NOT_SENT,
	       "no call is placed while the carrier is down");
	is_int(e->c->ops->hangup(e->c, new_id(), 16), CR_NOT_SENT,
	       "no unknown call is hung up while the carrier is down");
	is_int((int64_t)ear_count(e, CR_ENDED, NULL), 0,
	       "no call ends while the carrier is down");
	rig_start(&rig, settings);
	ok(ear_wait(e, CR_UP, NULL, 1), "the carrier comes back");
	for (size_t i = 0; i < e->count; i++) {
		if (e->events[i].kind == CR_RESTARTED)
			restarted = i;
		if (e->events[i].kind == CR_ENDED && !ended)
			ended = i;
	}
	ok(restarted && restarted < ended,
	   "the restart is reported before the ends");
	is_int((int64_t)ear_count(e, CR_ENDED, NULL), CALLS,
	       "every call ends once");
	is_int((int64_t)ends_of(e, OUTCOME_COMPLETED), CALLS / 2,
	       "the answered calls end as completed");
	is_int((int64_t)ends_of(e, OUTCOME_LOST), CALLS / 2,
	       "the unanswered calls end as lost");
	is_int(ear_place(e, new_id(), "49301486"), CR_OK,
	       "a call is placed again");
	ok(ear_wait(e, CR_ENDED, NULL, CALLS + 1), "the new call ends");
	is_int(e->events[e->count - 1].outcome, OUTCOME_BUSY,
	       "the new call ends as busy");
}

/* The first boot that is met: an unknown call is lost, and it is no restart. */
static void
test_down_at_start(void)
{
	const struct ear_times times = { .grace_us = 200 * US_PER_MS };
	struct cr_known known = { .call_id = new_id(),
				  .age_us = US_PER_S,
				  .ring_ms = 30000,
				  .max_call_ms = 60000 };
	struct ear e;

	rig_end(&rig, SIGTERM);
	ear_open(&e, &rig, "early", "test", &times);
	e.c->ops->resync(e.c, &known, 1);
	ear_run(&e, 300 * US_PER_MS);
	is_int((int64_t)e.count, 0,
	       "no event is reported while the carrier is down");
	rig_start(&rig, settings);
	ok(ear_wait(&e, CR_ENDED, known.call_id, 1),
	   "an unknown call ends when the carrier is up");
	is_int(ear_last(&e, CR_ENDED, NULL)->outcome, OUTCOME_LOST,
	       "the unknown call ends as lost");
	is_int((int64_t)ear_count(&e, CR_RESTARTED, NULL), 0,
	       "no restart is reported at the first connection");
	ear_close(&e);
}

/* Adopted while the carrier was down: no call of the boot that died. */
static void
test_adopted_across(struct ear *e)
{
	const char *id = new_id();
	struct cr_known known = { .call_id = id,
				  .age_us = 0,
				  .ring_ms = 30000,
				  .max_call_ms = 60000 };
	struct ear other;

	ear_forget(e);
	rig_end(&rig, SIGKILL);
	ear_wait(e, CR_DOWN, NULL, 1);
	rig_start(&rig, settings);
	ear_open(&other, &rig, "other", "test", NULL);
	ear_wait(&other, CR_UP, NULL, 1);
	ear_place(&other, id, "49302201");
	ear_wait(&other, CR_ANSWERED, id, 1);
	ear_close(&other);
	e->c->ops->resync(e->c, &known, 1);
	ok(ear_wait(e, CR_ALIVE, id, 1), "a call of the new boot is alive");
	is_int((int64_t)ear_count(e, CR_RESTARTED, NULL), 1,
	       "one restart is reported");
	is_int((int64_t)ear_count(e, CR_ENDED, NULL), 0,
	       "no end is reported for the adopted call");
	e->c->ops->hangup(e->c, id, 16);
	ok(ear_wait(e, CR_ENDED, id, 1),
	   "the adopted call ends when it is hung up");
}

/* A cancel asked for while the connection is lost is done when it is back. */
static void
test_frozen(struct ear *e)
{
	const char *id = new_id();

	ear_forget(e);
	ear_place(e, id, "49303180");
	ear_wait(e, CR_RINGING, id, 1);
	kill(rig.far_end, SIGSTOP);
	/* Instead of waiting 15 s, dispatch() is given a later time. */
	e->c->ops->dispatch(e->c, clock_boot_us() + 16 * US_PER_S);
	is_int((int64_t)ear_count(e, CR_DOWN, NULL), 1,
	       "silence is taken for a lost connection");
	is_int(e->c->ops->cancel(e->c, id), CR_OK,
	       "a cancel is remembered while the connection is lost");
	kill(rig.far_end, SIGCONT);
	e->c->ops->dispatch(e->c, clock_boot_us() + 60 * US_PER_S);
	ok(ear_wait(e, CR_ENDED, id, 1),
	   "the cancelled call ends when the connection is back");
	is_int(ear_last(e, CR_ENDED, id)->outcome, OUTCOME_CANCELLED,
	       "the call ends as cancelled");
}

/* The carrier never comes back: the longest life, and a minute. */
static void
test_never_back(struct ear *e)
{
	const char *id = new_id();
	int64_t placed = clock_boot_us();

	ear_forget(e);
	ear_place(e, id, "49304180");
	ear_wait(e, CR_RINGING, id, 1);
	rig_end(&rig, SIGKILL);
	ear_wait(e, CR_DOWN, NULL, 1);
	e->c->ops->dispatch(e->c, placed + (30 + 60 + 59) * US_PER_S);
	is_int((int64_t)ear_count(e, CR_ENDED, id), 0,
	       "the call does not end before a minute after its longest life");
	e->c->ops->dispatch(e->c, placed + (30 + 60 + 62) * US_PER_S);
	is_int((int64_t)ear_count(e, CR_ENDED, id), 1,
	       "the call ends a minute after its longest life");
	is_int(ear_last(e, CR_ENDED, id)->outcome, OUTCOME_LOST,
	       "the call ends as lost");
}

int
main(void)
{
	struct ear e;

	rig_open(&rig, CARRIER_SIM);
	rig_start(&rig, settings);
	ear_open(&e, &rig, "node1", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	test_killed(&e);
	test_down_at_start();
	ok(ear_wait(&e, CR_UP, NULL, 2), "the first node is back too");
	test_adopted_across(&e);
	test_frozen(&e);
	test_never_back(&e);
	ear_close(&e);
	rig_close(&rig);
	return tap_done();
}
