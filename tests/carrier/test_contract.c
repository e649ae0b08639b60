/* The contract of carrier.h, line by line, on the real outdial-sim. */
#include <signal.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

static struct rig rig;
static const char *const settings[] = { "scripted=true", "speed=10", NULL };

static enum cr_err
try_place(struct ear *e, struct cr_place p)
{
	return e->c->ops->place(e->c, &p);
}

static struct cr_place
good_place(void)
{
	return (struct cr_place){ .call_id = new_id(),
				  .to = "49301200",
				  .from = "4930555",
				  .bot = "bot",
				  .vars = "{}",
				  .ring_ms = 30000,
				  .max_call_ms = 60000,
				  .not_after_boot_us =
					  clock_boot_us() + US_PER_S };
}

/* 1: what is not sent leaves no trace */
static void
test_refusals(struct ear *e)
{
	static char big[CR_MAX_VARS + 2];
	struct cr_place p = good_place();

	is_int(try_place(e, p), CR_NOT_SENT,
	       "no call is placed before the carrier is up");
	ok(ear_wait(e, CR_UP, NULL, 1), "the carrier comes up");
	p.not_after_boot_us = clock_boot_us() - 1;
	is_int(try_place(e, p), CR_NOT_SENT,
	       "no call is placed after its latest time");
	p = good_place();
	p.vars = "{}\nPLACE";
	is_int(try_place(e, p), CR_REFUSED,
	       "a line feed in a value is refused");
	p = good_place();
	p.to = "49\t30";
	is_int(try_place(e, p), CR_REFUSED, "a tab in a value is refused");
	p = good_place();
	p.call_id = "17";
	is_int(try_place(e, p), CR_REFUSED,
	       "an id that is not a UUID is refused");
	memset(big, 'x', CR_MAX_VARS + 1);
	p = good_place();
	p.vars = big;
	is_int(try_place(e, p), CR_REFUSED,
	       "variables above the maximum size are refused");
	p = good_place();
	p.ring_ms = 0;
	is_int(try_place(e, p), CR_REFUSED,
	       "a call without a ring time is refused");
	ear_run(e, 50 * US_PER_MS);
	is_int((int64_t)rig_logged(rig.log, NULL), 0,
	       "the carrier has logged none of these calls");
	is_int((int64_t)ear_count(e, CR_ENDED, NULL), 0,
	       "a call that was not sent has no end");
	p = good_place();
	is_int(try_place(e, p), CR_OK, "a valid call is placed");
	is_int(try_place(e, p), CR_REFUSED, "an id that is in use is refused");
	ok(ear_wait(e, CR_ENDED, p.call_id, 1), "the valid call ends");
	is_int((int64_t)rig_logged(rig.log, p.call_id), 1,
	       "the valid call was placed once");
}

/* 2, 3: one end, phases forward, the facts that the phone gives */
static void
test_outcomes(struct ear *e)
{
	/* clang-format off */
	static const struct {
		const char *to;
		enum outcome outcome;
		size_t rings, answers;
	} phones[] = {
		{ "49301200", OUTCOME_COMPLETED,      1, 1 },
		{ "49301202", OUTCOME_VOICEMAIL,      1, 1 },
		{ "49301203", OUTCOME_ABANDONED,      1, 1 },
		{ "49301180", OUTCOME_NO_ANSWER,      1, 0 },
		{ "49301100", OUTCOME_UNREACHABLE,    0, 0 },
		{ "49301404", OUTCOME_INVALID_NUMBER, 1, 0 },
		{ "49301486", OUTCOME_BUSY,           1, 0 },
		{ "49301503", OUTCOME_CONGESTION,     1, 0 },
		{ "49301603", OUTCOME_REJECTED,       1, 0 },
		{ "49301607", OUTCOME_BLOCKED,        1, 0 },
		{ "49301488", OUTCOME_ERROR,          1, 0 },
	};
	/* clang-format on */
	const char *ids[ARRAY_LEN(phones)];

	ear_forget(e);
	for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
		ids[i] = new_id();
		is_int(ear_place(e, ids[i], phones[i].to), CR_OK,
		       "a call is placed");
	}
	ok(ear_wait(e, CR_ENDED, NULL, ARRAY_LEN(phones)), "every call ends");
	ear_run(e, 100 * US_PER_MS);
	for (size_t i = 0; i < ARRAY_LEN(phones); i++) {
		const struct cr_event *end = ear_last(e, CR_ENDED, ids[i]);

		is_str(end ? outcome_words[end->outcome] : NULL,
		       outcome_words[phones[i].outcome], phones[i].to);
		is_int((int64_t)ear_count(e, CR_ENDED, ids[i]), 1,
		       "the call ends once");
		is_int((int64_t)ear_count(e, CR_RINGING, ids[i]),
		       (int64_t)phones[i].rings,
		       "ringing is reported as often as it happens");
		is_int((int64_t)ear_count(e, CR_ANSWERED, ids[i]),
		       (int64_t)phones[i].answers,
		       "the answer is reported as often as it happens");
	}
	is_int(ear_last(e, CR_ENDED, ids[0])->talk_ms, 200,
	       "the talk time takes the speed of the sim into account");
	is_int(ear_last(e, CR_ENDED, ids[3])->talk_ms, 0,
	       "an unanswered call has no talk time");
}

/* 4: cancel and hang up, at every phase, twice, and against the answer */
static void
test_cancel(struct ear *e)
{
	const struct carrier_ops *ops = e->c->ops;
	const char *id = new_id(), *talking = new_id();

	ear_forget(e);
	ear_place(e, id, "49302180");
	ear_wait(e, CR_RINGING, id, 1);
	is_int(ops->cancel(e->c, id), CR_OK, "a ringing call can be cancelled");
	is_int(ops->cancel(e->c, id), CR_OK, "a call can be cancelled twice");
	ok(ear_wait(e, CR_ENDED, id, 1), "the cancelled call ends");
	is_int(ear_last(e, CR_ENDED, id)->outcome, OUTCOME_CANCELLED,
	       "the cancelled call ends as cancelled");
	ear_place(e, talking, "49302201");
	ear_wait(e, CR_ANSWERED, talking, 1);
	is_int(ops->hangup(e->c, talking, 16), CR_OK,
	       "an answered call can be hung up");
	ok(ear_wait(e, CR_ENDED, talking, 1), "the call that was hung up ends");
	is_int(ear_last(e, CR_ENDED, talking)->outcome, OUTCOME_COMPLETED,
	       "the call that was hung up ends as completed");
	is_int(ear_last(e, CR_ENDED, talking)->facts.by, CR_BY_US,
	       "the end is reported as caused by us");
	is_int(ops->hangup(e->c, new_id(), 16), CR_OK,
	       "hanging up an unknown call is no error");
	ear_run(e, 50 * US_PER_MS);
	is_int((int64_t)ear_count(e, CR_ENDED, NULL), 2,
	       "only the two calls end");
}

static void
test_cancel_race(struct ear *e)
{
	enum { CALLS = 40 };
	char ids[CALLS][UUID_TEXT];
	size_t odd = 0;

	ear_forget(e);
	for (int i = 0; i < CALLS; i++) {
		snprintf(ids[i], UUID_TEXT, "%s", new_id());
		ear_place(e, ids[i], "49303201");
	}
	/* They answer some 80 to 200 ms after they were placed. */
	for (int i = 0; i < CALLS; i++) {
		ear_run(e, 5 * US_PER_MS);
		e->c->ops->cancel(e->c, ids[i]);
	}
	ok(ear_wait(e, CR_ENDED, NULL, CALLS), "every cancelled call ends");
	for (int i = 0; i < CALLS; i++) {
		enum outcome o = ear_last(e, CR_ENDED, ids[i])->outcome;

		odd += ear_count(e, CR_ENDED, ids[i]) != 1 ||
		       (o != OUTCOME_CANCELLED && o != OUTCOME_COMPLETED);
	}
	is_int((int64_t)odd, 0,
	       "each call ends once, as cancelled or completed");
	e->c->ops->list(e->c);
	ok(ear_wait(e, CR_LIST_END, NULL, 1), "the list comes to its end");
	is_int((int64_t)ear_count(e, CR_LISTED, NULL), 0, "no leg is left");
}

/* 2: no word of the carrier at all */
static void
test_watchdog(void)
{
	const struct ear_times times = { .grace_us = 200 * US_PER_MS,
					 .margin_us = 100 * US_PER_MS };
	struct cr_place p = good_place();
	struct ear e;

	ear_open(&e, &rig, "watchdog", "test", &times);
	ear_wait(&e, CR_UP, NULL, 1);
	p.to = "49304999";
	p.ring_ms = 100;
	is_int(try_place(&e, p), CR_OK,
	       "a call that is never reported is placed");
	ok(ear_wait(&e, CR_ENDED, p.call_id, 1), "the watchdog ends the call");
	is_int(ear_last(&e, CR_ENDED, p.call_id)->outcome, OUTCOME_TIMEOUT,
	       "the call ends as a timeout");
	ear_run(&e, 100 * US_PER_MS);
	is_int((int64_t)ear_count(&e, CR_ENDED, NULL), 1,
	       "the call ends only once");
	e.c->ops->list(e.c);
	ear_wait(&e, CR_LIST_END, NULL, 1);
	is_int((int64_t)ear_count(&e, CR_LISTED, NULL), 0,
	       "no leg is left after the timeout");
	ear_close(&e);
}

static struct cr_known
known(const char *id, enum cr_phase phase)
{
	return (struct cr_known){ .call_id = id,
				  .phase = phase,
				  .age_us = US_PER_S,
				  .ring_ms = 30000,
				  .max_call_ms = 60000 };
}

/* 5: a node dies; another one takes its calls over */
static void
test_adoption(struct ear *e)
{
	const struct ear_times times = { .grace_us = 200 * US_PER_MS };
	const char *talking = new_id(), *over = new_id(), *never = new_id();
	struct cr_known all[] = { known(talking, CR_PHASE_SENT),
				  known(over, CR_PHASE_SENT),
				  known(never, CR_PHASE_RINGING) };
	struct ear dead, heir;

	ear_forget(e);
	ear_open(&dead, &rig, "dead", "test", NULL);
	ear_wait(&dead, CR_UP, NULL, 1);
	ear_place(&dead, talking, "49305201");
	ear_place(&dead, over, "49305486");
	ear_wait(&dead, CR_ANSWERED, talking, 1);
	ear_close(&dead);

	ear_open(&heir, &rig, "heir", "test", &times);
	heir.c->ops->resync(heir.c, all, 3);
	ok(ear_wait(&heir, CR_ALIVE, talking, 1),
	   "an answered call is reported as alive");
	is_int(ear_last(&heir, CR_ALIVE, talking)->phase, CR_PHASE_ANSWERED,
	       "the live call is reported as answered");
	ok(ear_wait(&heir, CR_ENDED, over, 1),
	   "a call that is over is reported as ended");
	is_int(ear_last(&heir, CR_ENDED, over)->outcome, OUTCOME_BUSY,
	       "the ended call has its real outcome");
	ok(ear_last(&heir, CR_ENDED, over)->resynced,
	   "the end is marked as learnt by asking");
	ok(ear_wait(&heir, CR_ENDED, never, 1),
	   "a call that the carrier does not know ends");
	is_int(ear_last(&heir, CR_ENDED, never)->outcome, OUTCOME_LOST,
	       "the unknown call ends as lost");
	heir.c->ops->hangup(heir.c, talking, 16);
	ok(ear_wait(&heir, CR_ENDED, talking, 1),
	   "the node that took over hears the live call end");
	is_int(ear_last(&heir, CR_ENDED, talking)->outcome, OUTCOME_COMPLETED,
	       "the live call ends as completed");
	is_int((int64_t)ear_count(&heir, CR_ENDED, NULL), 3,
	       "each of the three calls ends once");
	ear_close(&heir);
}

static void
test_list(struct ear *e)
{
	const char *ours = new_id(), *theirs = new_id();
	struct ear stranger;

	ear_forget(e);
	ear_open(&stranger, &rig, "node", "elsewhere", NULL);
	ear_wait(&stranger, CR_UP, NULL, 1);
	ear_place(e, ours, "49306180");
	ear_place(&stranger, theirs, "49306180");
	ear_wait(e, CR_RINGING, ours, 1);
	ear_wait(&stranger, CR_RINGING, theirs, 1);
	is_int(e->c->ops->list(e->c), CR_OK,
	       "the list of calls can be asked for");
	ear_wait(e, CR_LIST_END, NULL, 1);
	is_int((int64_t)ear_count(e, CR_LISTED, NULL), 1,
	       "the list has one call");
	ok(ear_last(e, CR_LISTED, ours),
	   "the list has the call of our site, not that of the other");
	e->c->ops->cancel(e->c, ours);
	stranger.c->ops->cancel(stranger.c, theirs);
	ear_wait(e, CR_ENDED, ours, 1);
	ear_wait(&stranger, CR_ENDED, theirs, 1);
	ear_close(&stranger);
}

/* A carrier that stopped reading gets no more than a moment's calls. */
static void
test_stall(struct ear *e)
{
	int64_t until;
	size_t sent = 0, refused = 0;

	ear_forget(e);
	kill(rig.sim, SIGSTOP);
	until = clock_boot_us() + 300 * US_PER_MS;
	while (clock_boot_us() < until) {
		if (ear_place(e, new_id(), "49307486") == CR_OK)
			sent++;
		else
			refused++;
		ear_turn(e, 2 * US_PER_MS);
	}
	ok(sent >= 1 && sent <= 40,
	   "some calls are sent within the first 50 ms");
	ok(refused > sent, "most calls are not sent to a stalled carrier");
	kill(rig.sim, SIGCONT);
	ok(ear_wait(e, CR_ENDED, NULL, sent), "every call that was sent ends");
	is_int(ear_place(e, new_id(), "49307486"), CR_OK,
	       "a carrier that reads again is sent a call");
	ok(ear_wait(e, CR_ENDED, NULL, sent + 1),
	   "the call sent afterwards ends");
}

/* A call that the sim reads after its latest time is refused and not logged:
 * it was no attempt. */
static void
test_late(struct ear *e)
{
	struct cr_place late = good_place(), good = good_place();

	ear_forget(e);
	late.not_after_boot_us = clock_boot_us() + 20 * US_PER_MS;
	kill(rig.sim, SIGSTOP);
	is_int(try_place(e, late), CR_OK,
	       "a call with little time left is sent");
	is_int(try_place(e, good), CR_OK, "a call with more time left is sent");
	ear_run(e, 200 * US_PER_MS);
	kill(rig.sim, SIGCONT);
	ok(ear_wait(e, CR_ENDED, late.call_id, 1),
	   "a call that is read too late ends");
	is_int(ear_last(e, CR_ENDED, late.call_id)->outcome, OUTCOME_CONGESTION,
	       "the late call ends as congestion");
	is_str(ear_last(e, CR_ENDED, late.call_id)->detail, "too late",
	       "the detail says that the call was too late");
	is_int((int64_t)rig_logged(rig.log, late.call_id), 0,
	       "the late call was not placed");
	ok(ear_wait(e, CR_ENDED, good.call_id, 1),
	   "the call with more time ends");
	is_int(ear_last(e, CR_ENDED, good.call_id)->outcome, OUTCOME_COMPLETED,
	       "the call with more time ends as completed");
	is_int((int64_t)rig_logged(rig.log, good.call_id), 1,
	       "the call with more time was placed once");
}

static void
test_window(struct ear *e)
{
	size_t sent = 0;

	ear_forget(e);
	while (sent < 5000 && ear_place(e, new_id(), "49308486") == CR_OK)
		sent++;
	ok(sent >= 100 && sent <= 512,
	   "no more than a window of unconfirmed calls is sent");
	ok(ear_wait(e, CR_ENDED, NULL, sent), "every call of the window ends");
}

static void
test_open(void)
{
	struct cr_conf conf = {
		.kind = "smoke", .address = rig.socket, .node = "a", .site = "b"
	};
	struct carrier *c;
	struct fault f;

	is_int(carrier_open(&c, &conf, &f), -1,
	       "an unknown kind of carrier is refused");
	is_str(f.field, "kind", "the fault names the kind");
	conf.kind = "sim";
	conf.node = "a\tb";
	is_int(carrier_open(&c, &conf, &f), -1,
	       "a tab in a node's name is refused");
	conf.node = "a";
	conf.address = "";
	is_int(carrier_open(&c, &conf, &f), -1,
	       "a carrier without an address is refused");
	is_str(f.field, "address", "the fault names the address");
}

int
main(void)
{
	struct ear e;

	rig_open(&rig);
	rig_start(&rig, settings);
	test_open();
	ear_open(&e, &rig, "node1", "test", NULL);
	test_refusals(&e);
	test_outcomes(&e);
	test_cancel(&e);
	test_cancel_race(&e);
	test_watchdog();
	test_adoption(&e);
	test_list(&e);
	test_stall(&e);
	test_late(&e);
	test_window(&e);
	ear_close(&e);
	rig_close(&rig);
	return tap_done();
}
