/* The contract of carrier.h, line by line, for every kind of carrier. */
#include <signal.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

#define PHONES_MOST 16

static struct rig rig;
static const struct rig_kind *kind;

/* What the judge has; a kind without one gives no call away. */
static void
judge(const char *id, int64_t want, const char *what)
{
	if (kind->placed)
		is_int((int64_t)kind->placed(&rig, id), want, what);
}

static enum cr_err
try_place(struct ear *e, struct cr_place p)
{
	return e->c->ops->place(e->c, &p);
}

static struct cr_place
good_place(void)
{
	const char *id = new_id();

	return (struct cr_place){ .call_id = id,
				  .to = kind->phones[0].to,
				  .from = caller_of(id),
				  .bot = "bot",
				  .seated = true,
				  .vars = "{}",
				  .ring_ms = kind->ring_ms,
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
	judge(NULL, 0, "the carrier has logged none of these calls");
	is_int((int64_t)ear_count(e, CR_ENDED, NULL), 0,
	       "a call that was not sent has no end");
	p = good_place();
	is_int(try_place(e, p), CR_OK, "a valid call is placed");
	is_int(try_place(e, p), CR_REFUSED, "an id that is in use is refused");
	ok(ear_wait(e, CR_ENDED, p.call_id, 1), "the valid call ends");
	judge(p.call_id, 1, "the valid call was placed once");
}

/* 2, 3: one end, phases forward, the facts that the phone gives */
static void
test_outcomes(struct ear *e)
{
	const struct rig_phone *phones = kind->phones;
	const char *ids[PHONES_MOST];

	ear_forget(e);
	for (size_t i = 0; i < kind->phone_count; i++) {
		ids[i] = new_id();
		is_int(ear_place(e, ids[i], phones[i].to), CR_OK,
		       "a call is placed");
	}
	ok(ear_wait(e, CR_ENDED, NULL, kind->phone_count), "every call ends");
	ear_run(e, 100 * US_PER_MS);
	for (size_t i = 0; i < kind->phone_count; i++) {
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
		if (end && !phones[i].answers)
			is_int(end->talk_ms, 0,
			       "an unanswered call has no talk time");
	}
}

/* 4: cancel and hang up, at every phase, twice, and against the answer */
static void
test_cancel(struct ear *e)
{
	const struct carrier_ops *ops = e->c->ops;
	const char *id = new_id(), *talking = new_id();

	ear_forget(e);
	ear_place(e, id, kind->rings);
	ear_wait(e, CR_RINGING, id, 1);
	is_int(ops->cancel(e->c, id), CR_OK, "a ringing call can be cancelled");
	is_int(ops->cancel(e->c, id), CR_OK, "a call can be cancelled twice");
	ok(ear_wait(e, CR_ENDED, id, 1), "the cancelled call ends");
	is_int(ear_last(e, CR_ENDED, id)->outcome, OUTCOME_CANCELLED,
	       "the cancelled call ends as cancelled");
	ear_place(e, talking, kind->talks);
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
		ear_place(e, ids[i], kind->talks);
	}
	/* They answer some 80 to 400 ms after they were placed. */
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

/* 7: the bot comes with the seat, and whoever waits in vain is hung up */
static void
test_seat(struct ear *e)
{
	struct cr_place held = good_place(), late = good_place(),
			never = good_place();
	const struct cr_event *joined, *end;

	ear_forget(e);
	held.to = late.to = never.to = kind->talks;
	late.seated = never.seated = false;
	try_place(e, held);
	try_place(e, late);
	try_place(e, never);
	ok(ear_wait(e, CR_JOINED, held.call_id, 1),
	   "a call with a seat hears its bot");
	ok(ear_wait(e, CR_ANSWERED, late.call_id, 1),
	   "a call without a seat is answered");
	is_int(e->c->ops->join(e->c, late.call_id), CR_OK,
	       "a call that waits can be joined");
	is_int(e->c->ops->join(e->c, late.call_id), CR_OK,
	       "it can be joined twice");
	is_int(e->c->ops->join(e->c, held.call_id), CR_OK,
	       "joining a joined call changes nothing");
	is_int(e->c->ops->join(e->c, new_id()), CR_OK,
	       "joining an unknown call is no error");
	ok(ear_wait(e, CR_JOINED, late.call_id, 1),
	   "a call that got its seat hears its bot");
	joined = ear_last(e, CR_JOINED, late.call_id);
	ok(joined && joined->join_ms >= 0 && joined->join_ms < CR_JOIN_MS,
	   "the time from the answer to the bot is reported");
	ok(ear_wait(e, CR_ENDED, never.call_id, 1),
	   "a call that gets no seat is ended by the carrier");
	end = ear_last(e, CR_ENDED, never.call_id);
	is_str(end ? outcome_words[end->outcome] : NULL, "abandoned",
	       "it ends as abandoned");
	is_int(end ? end->join_ms : 0, -1, "it was never joined");
	is_int((int64_t)ear_count(e, CR_JOINED, NULL), 2,
	       "each joined call is reported as joined once");
	e->c->ops->hangup(e->c, held.call_id, 16);
	e->c->ops->hangup(e->c, late.call_id, 16);
	ok(ear_wait(e, CR_ENDED, NULL, 3), "the joined calls end");
	end = ear_last(e, CR_ENDED, late.call_id);
	is_str(end ? outcome_words[end->outcome] : NULL, "completed",
	       "a joined call ends as completed");
	ok(end && end->join_ms >= 0, "its end has the time of the join");
}

/* 2: no word of the carrier at all */
static void
test_watchdog(struct ear *unused)
{
	const struct ear_times times = { .grace_us = 200 * US_PER_MS,
					 .margin_us = 100 * US_PER_MS };
	struct cr_place p = good_place();
	struct ear e;

	(void)unused;
	if (!kind->silent) {
		printf("# Not applicable: the far end ends every call\n");
		return;
	}
	ear_open(&e, &rig, "watchdog", "test", &times);
	ear_wait(&e, CR_UP, NULL, 1);
	p.to = kind->silent;
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
				  .ring_ms = kind->ring_ms,
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
	ear_place(&dead, talking, kind->talks);
	ear_place(&dead, over, kind->busy);
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
	ear_place(e, ours, kind->rings);
	ear_place(&stranger, theirs, kind->rings);
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

/* 5: whatever a kind can do, it answers for each id that it was given */
static void
test_unknown(struct ear *e)
{
	const struct ear_times times = { .grace_us = 200 * US_PER_MS };
	const char *ids[] = { new_id(), new_id() };
	struct cr_known all[] = { known(ids[0], CR_PHASE_SENT),
				  known(ids[1], CR_PHASE_ANSWERED) };
	struct ear heir;

	(void)e;
	ear_open(&heir, &rig, "stranger", "test", &times);
	ear_wait(&heir, CR_UP, NULL, 1);
	heir.c->ops->resync(heir.c, all, 2);
	ok(ear_wait(&heir, CR_ENDED, NULL, 2),
	   "calls that the carrier was never given end");
	for (size_t i = 0; i < 2; i++) {
		const struct cr_event *end = ear_last(&heir, CR_ENDED, ids[i]);

		is_str(end ? outcome_words[end->outcome] : NULL, "lost",
		       "a call that the carrier was never given ends as lost");
		ok(end && end->resynced,
		   "its end is marked as learnt by asking");
	}
	is_int((int64_t)ear_count(&heir, CR_ALIVE, NULL), 0,
	       "none of them is reported as alive");
	judge(ids[0], 0, "a call that is asked about is not placed");
	ear_close(&heir);
}

static void
test_nothing_left(struct ear *e)
{
	struct cr_stats stats;

	ear_forget(e);
	is_int(e->c->ops->list(e->c), CR_OK,
	       "the list of calls can be asked for at the end");
	ok(ear_wait(e, CR_LIST_END, NULL, 1), "the last list has an end");
	is_int((int64_t)ear_count(e, CR_LISTED, NULL), 0,
	       "no call is left at the end");
	e->c->ops->stats(e->c, &stats);
	is_int((int64_t)stats.calls, 0, "no call is known at the end");
	is_int((int64_t)(stats.placed - stats.ended), 0,
	       "as many calls have ended as were placed");
}

static void
test_open(void)
{
	struct cr_conf conf = {
		.kind = "smoke", .address = "/", .node = "a", .site = "b"
	};
	struct carrier *c;
	struct fault f;

	is_int(carrier_open(&c, &conf, &f), -1,
	       "an unknown kind of carrier is refused");
	is_str(f.field, "kind", "the fault names the kind");
}

/* In this order, on one carrier. */
static const struct duty {
	void (*prove)(struct ear *e);
	const char *needs; /* NULL: applicable to a kind without a far end */
} duties[] = {
	{ test_refusals, NULL },
	{ test_outcomes, NULL },
	{ test_cancel, "calls that ring and talk until we end them" },
	{ test_cancel_race, "calls that are answered" },
	{ test_seat, "calls that are answered" },
	{ test_watchdog, "calls that are never reported" },
	{ test_adoption, "calls that outlive the process" },
	{ test_list, "calls that outlive the process" },
	{ test_unknown, NULL },
	{ test_nothing_left, NULL },
};

static void
test_kind(enum carrier_kind number, const struct rig_kind *how)
{
	const char *word = carrier_kind_words[number];
	struct ear e;

	kind = how;
	ear_ring_ms = kind->ring_ms;
	printf("# Carriers of the kind %s\n", word);
	if (!ok(kind->phone_count > 0 && kind->phone_count <= PHONES_MOST,
		"the rig knows phones of the kind"))
		return;
	/* Only who has nothing outside this process may leave out a duty. */
	ok(!kind->start || (kind->placed && kind->rings && kind->talks &&
			    kind->busy),
	   "a kind with a far end has a judge and every number");
	rig_open(&rig, number);
	if (kind->start)
		kind->start(&rig);
	ear_open(&e, &rig, "node1", "test", NULL);
	for (size_t i = 0; i < ARRAY_LEN(duties); i++) {
		if (kind->start || !duties[i].needs)
			duties[i].prove(&e);
		else
			printf("# Not applicable, %s has no far end: %s\n",
			       word, duties[i].needs);
	}
	ear_close(&e);
	rig_close(&rig);
}

int
main(void)
{
	test_open();
	if (rig_real_pbx())
		test_kind(CARRIER_AMI, rig_real_pbx());
	for (size_t i = 0; i < CARRIER_KIND_MAX && !rig_real_pbx(); i++)
		test_kind(i, &rig_kinds[i]);
	return tap_done();
}
