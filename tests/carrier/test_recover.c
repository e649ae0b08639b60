/* Recovery ends no live call, and takes no call from the node that looks after
 * it. */
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>

#include "base/clock.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

#define TALKS "49301201" /* until somebody hangs up */

static struct rig rig;
static const char *const settings[] = { "scripted=true", "speed=10", NULL };

static struct cr_known
known(const char *id, enum cr_phase phase, int64_t age_us, int64_t talk_us)
{
	return (struct cr_known){ .call_id = id,
				  .phase = phase,
				  .age_us = age_us,
				  .talk_us = talk_us,
				  .ring_ms = 30000,
				  .max_call_ms = 60000 };
}

/* Placed by a node that is dead by now. */
static void
leave(const char *id, const char *to, enum cr_event_kind until)
{
	struct ear dead;

	ear_open(&dead, &rig, "dead", "test", NULL);
	ear_wait(&dead, CR_UP, NULL, 1);
	ear_place(&dead, id, to);
	ear_wait(&dead, until, id, 1);
	ear_close(&dead);
}

/* From here on the sim says nothing, and what it said before has been read. */
static void
freeze(struct ear *e)
{
	int status;

	kill(rig.far_end, SIGSTOP);
	waitpid(rig.far_end, &status, WUNTRACED);
	ear_turn(e, 0);
}

static void
hang_up(struct ear *e, const char *id)
{
	e->c->ops->hangup(e->c, id, 16);
	ok(ear_wait(e, CR_ENDED, id, 1), "the call ends when it is hung up");
}

/* The carrier is told a later time, by 'ahead', and by more than a second at
 * each turn: its watchdog looks every time. */
static bool
wait_ahead(struct ear *e, int64_t ahead, enum cr_event_kind kind, size_t n)
{
	struct pollfd p = { .fd = e->c->ops->poll_fd(e->c), .events = POLLIN };
	int64_t give_up = clock_boot_us() + 10 * US_PER_S;

	while (ear_count(e, kind, NULL) < n && clock_boot_us() < give_up) {
		poll(&p, 1, 20);
		e->c->ops->dispatch(e->c, clock_boot_us() + ahead);
		ahead += 1100 * US_PER_MS;
	}
	return ear_count(e, kind, NULL) >= n;
}

/* The call rang when its node died, was answered after that, and is taken over
 * long after its ring time; the watchdog looks before the carrier replies. */
static void
test_adopted_late(struct ear *e)
{
	const char *id = new_id();
	struct cr_known k = known(id, CR_PHASE_RINGING, 100 * US_PER_S, 0);

	leave(id, TALKS, CR_ANSWERED);
	ear_forget(e);
	freeze(e);
	e->c->ops->resync(e->c, &k, 1);
	e->c->ops->dispatch(e->c, clock_boot_us() + 3 * US_PER_S);
	kill(rig.far_end, SIGCONT);
	ok(ear_wait(e, CR_ALIVE, id, 1), "the call is reported as alive");
	is_int(ear_last(e, CR_ALIVE, id)->phase, CR_PHASE_ANSWERED,
	       "the call is reported as answered");
	ear_run(e, 300 * US_PER_MS);
	is_int((int64_t)ear_count(e, CR_ENDED, id), 0,
	       "the answered call goes on after its ring time");
	hang_up(e, id);
}

/* The same over a lost connection: the call was answered unseen. */
static void
test_reconnected_late(struct ear *e)
{
	int64_t patience = clock_boot_us() + 10 * US_PER_S;
	const char *id = new_id();

	ear_forget(e);
	ear_place(e, id, TALKS);
	freeze(e);
	e->c->ops->dispatch(e->c, clock_boot_us() + 16 * US_PER_S);
	is_int((int64_t)ear_count(e, CR_DOWN, NULL), 1,
	       "the connection is reported as down");
	kill(rig.far_end, SIGCONT);
	while (rig_logged(rig.events_log, id) < 3 && clock_boot_us() < patience)
		poll(NULL, 0, 20);
	ok(wait_ahead(e, 100 * US_PER_S, CR_UP, 1),
	   "the carrier comes up late");
	ok(wait_ahead(e, 101 * US_PER_S, CR_ANSWERED, 1),
	   "the answer is reported late");
	is_int((int64_t)rig_logged(rig.events_log, id), 3,
	       "the carrier has logged ringing, the answer and the bot only");
	is_int((int64_t)ear_count(e, CR_ENDED, id), 0,
	       "the call answered unseen goes on");
	hang_up(e, id);
}

/* A talk is as old as its row says, not as long as it is known here. */
static void
test_overrun(struct ear *e)
{
	const char *old = new_id(), *young = new_id();
	struct cr_known all[] = {
		known(old, CR_PHASE_ANSWERED, 80 * US_PER_S, 75 * US_PER_S),
		known(young, CR_PHASE_ANSWERED, 80 * US_PER_S, 50 * US_PER_S)
	};

	leave(old, TALKS, CR_ANSWERED);
	leave(young, TALKS, CR_ANSWERED);
	ear_forget(e);
	e->c->ops->resync(e->c, all, 2);
	ok(ear_wait(e, CR_ENDED, old, 1),
	   "a talk above the longest talk time ends");
	is_int(ear_last(e, CR_ENDED, old)->facts.gone, CR_GONE_SILENT,
	       "the watchdog ended the overlong talk");
	is_int((int64_t)ear_count(e, CR_ENDED, young), 0,
	       "a talk within the longest talk time goes on");
	hang_up(e, young);
}

/* A carrier that is asked and never replies is not waited for without end. */
static void
test_no_answer(struct ear *e)
{
	const char *id = new_id();
	struct cr_known k = known(id, CR_PHASE_RINGING, 140 * US_PER_S, 0);
	int64_t now = clock_boot_us();
	struct cr_stats stats;

	leave(id, TALKS, CR_ANSWERED);
	ear_forget(e);
	freeze(e);
	e->c->ops->resync(e->c, &k, 1);
	e->c->ops->dispatch(e->c, now + 9 * US_PER_S);
	e->c->ops->dispatch(e->c, now + 12 * US_PER_S);
	e->c->ops->stats(e->c, &stats);
	ok(stats.calls == 1 && !ear_count(e, CR_ENDED, id),
	   "a call without a reply is kept and does not end early");
	e->c->ops->dispatch(e->c, now + 14 * US_PER_S);
	is_int((int64_t)ear_count(e, CR_ENDED, id), 1,
	       "a call without a reply ends a minute after its longest life");
	is_int(ear_last(e, CR_ENDED, id)->facts.gone, CR_GONE_SILENT,
	       "the watchdog ended the call without a reply");
	kill(rig.far_end, SIGCONT);
}

/* Another node has the call now: this one takes nothing from it, not even over
 * a new connection. */
static void
test_forget(struct ear *e)
{
	const char *id = new_id();
	struct cr_known k = known(id, CR_PHASE_SENT, US_PER_S, 0);
	struct ear heir;

	ear_forget(e);
	ear_place(e, id, TALKS);
	ear_wait(e, CR_ANSWERED, id, 1);
	ear_open(&heir, &rig, "heir", "test", NULL);
	heir.c->ops->resync(heir.c, &k, 1);
	ear_wait(&heir, CR_ALIVE, id, 1);
	e->c->ops->forget(e->c, id);
	freeze(e);
	e->c->ops->dispatch(e->c, clock_boot_us() + 16 * US_PER_S);
	kill(rig.far_end, SIGCONT);
	ok(wait_ahead(e, 100 * US_PER_S, CR_UP, 1),
	   "the first node connects again");
	heir.c->ops->hangup(heir.c, id, 16);
	ok(ear_wait(&heir, CR_ENDED, id, 1),
	   "the node that took the call over hears its end");
	ear_run(e, 100 * US_PER_MS);
	is_int((int64_t)ear_count(e, CR_ENDED, id), 0,
	       "the first node does not hear the end");
	ear_close(&heir);
}

int
main(void)
{
	struct ear e;

	rig_open(&rig, CARRIER_SIM);
	rig_start(&rig, settings);
	ear_open(&e, &rig, "node1", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	test_adopted_late(&e);
	test_reconnected_late(&e);
	ear_close(&e);
	ear_open(&e, &rig, "node2", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	test_overrun(&e);
	test_no_answer(&e);
	ear_close(&e);
	ear_open(&e, &rig, "node3", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	test_forget(&e);
	ear_close(&e);
	rig_close(&rig);
	return tap_done();
}
