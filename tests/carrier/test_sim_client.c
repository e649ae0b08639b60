/* The client of the simulated carrier: what it needs to open, and how much it
 * sends to a sim that reads late. */
#include <signal.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

static struct rig rig;
static const char *const settings[] = { "scripted=true", "speed=10", NULL };

static struct cr_place
good_place(void)
{
	return (struct cr_place){ .call_id = new_id(),
				  .to = "49301200",
				  .from = "4930555",
				  .bot = "bot",
				  .seated = true,
				  .vars = "{}",
				  .ring_ms = 30000,
				  .max_call_ms = 60000,
				  .not_after_boot_us =
					  clock_boot_us() + US_PER_S };
}

static void
test_open(void)
{
	struct cr_conf conf = { .kind = "sim",
				.address = rig.address,
				.node = "a\tb",
				.site = "b" };
	struct carrier *c;
	struct fault f;

	is_int(carrier_open(&c, &conf, &f), -1,
	       "a tab in a node's name is refused");
	conf.node = "a";
	conf.address = "";
	is_int(carrier_open(&c, &conf, &f), -1,
	       "a carrier without an address is refused");
	is_str(f.field, "address", "the fault names the address");
}

/* A carrier that stopped reading gets no more than a moment's calls. */
static void
test_stall(struct ear *e)
{
	int64_t until;
	size_t sent = 0, refused = 0;

	ear_forget(e);
	kill(rig.far_end, SIGSTOP);
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
	kill(rig.far_end, SIGCONT);
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
	kill(rig.far_end, SIGSTOP);
	is_int(e->c->ops->place(e->c, &late), CR_OK,
	       "a call with little time left is sent");
	is_int(e->c->ops->place(e->c, &good), CR_OK,
	       "a call with more time left is sent");
	ear_run(e, 200 * US_PER_MS);
	kill(rig.far_end, SIGCONT);
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
test_talk_time(struct ear *e)
{
	struct cr_place p = good_place();

	ear_forget(e);
	is_int(e->c->ops->place(e->c, &p), CR_OK,
	       "a call that is answered is placed");
	ok(ear_wait(e, CR_ENDED, p.call_id, 1), "the answered call ends");
	is_int(ear_last(e, CR_ENDED, p.call_id)->talk_ms, 200,
	       "the talk time takes the speed of the sim into account");
}

int
main(void)
{
	struct ear e;

	rig_open(&rig, CARRIER_SIM);
	rig_start(&rig, settings);
	test_open();
	ear_open(&e, &rig, "node1", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	test_stall(&e);
	test_late(&e);
	test_window(&e);
	test_talk_time(&e);
	ear_close(&e);
	rig_close(&rig);
	return tap_done();
}
