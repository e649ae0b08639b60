/* How many calls at a time: doc/product.md 6.3 and 6.4. */
#include "ledger/pacing.h"
#include "tests/tap.h"

/* 10 seats, half of the calls answered, 60 s talk, 15 s set-up. */
static const struct pacing usual = {
	.seats = 10,
	.completed = 50,
	.ended = 100,
	.handled = 50,
	.ring_ms = 100 * 15000,
	.talk_ms = 50 * 60000,
	.answered = 50,
};

static void
test_cold(void)
{
	struct pacing p = usual;

	p.completed = 19;
	is_int(pacing_target(&p), 10,
	       "pacing is one for one below 20 completed calls");
	p.completed = 20;
	ok(pacing_target(&p) > 10,
	   "pacing dials more calls than seats from 20 completed on");
	is_int(pacing_target(&(struct pacing){ .seats = 7 }), 7,
	       "pacing is one for one when nothing is known");
	p = usual;
	p.talk_ms = 0;
	is_int(pacing_target(&p), 10,
	       "pacing is one for one without any talk time");
}

static void
test_rate(void)
{
	struct pacing p = usual;

	/* rate 100 / (60 x 0.5) = 10/3 a second, for 15 + 30 s each; all seats
	 * are free */
	p.seats = 100;
	is_int(pacing_target(&p), 150, "pacing follows Little's law");
	p = usual;
	p.handled = 50;
	p.ended = 5000;
	p.ring_ms = 5000 * 15000;
	is_int(pacing_target(&p), 100, "pacing dials at most 10 calls a seat");
	p = usual;
	p.seats = 100;
	p.handled = p.ended;
	p.talk_ms = p.handled * 60000;
	p.connected = 60;
	p.talked_ms = 60 * 60000;
	is_int(pacing_target(&p), 104,
	       "contacts who always answer need few more calls");
}

static void
test_seats(void)
{
	struct pacing p = usual;

	/* 5 talk, for half a minute on average: 5 seats are free and one will
	 * be, so 5 answers at most, of 9 calls or so */
	p.connected = 5;
	p.talked_ms = 5 * 30000;
	is_int(pacing_target(&p), 14,
	       "pacing dials no more than can probably be taken");
	p.connected = 10;
	p.talked_ms = 10 * 30000;
	is_int(pacing_target(&p), 12,
	       "one or two calls are added when all seats are taken");
	p.connected = 14;
	p.talked_ms = 14 * 30000;
	is_int(pacing_target(&p), 13, "no call is added above the seats");
	p.ended = 1000;
	p.ring_ms = 1000 * 15000;
	is_int(pacing_target(&p), 14,
	       "no call is added above the seats when few calls are answered");
	p = usual;
	p.seats = 100;
	p.connected = 50;
	p.talked_ms = 50LL * 600000;
	is_int(pacing_target(&p), 103,
	       "long conversations that go on make handle time longer");
}

static void
test_brake(void)
{
	struct pacing p = usual;

	p.answered = 30;
	p.abandoned = 30;
	is_int(pacing_brake(&p), 1000, "30 answers are too few for the brake");
	p.answered = 100;
	p.abandoned = 3;
	is_int(pacing_brake(&p), 1000, "3 % abandoned is allowed");
	p.abandoned = 4;
	is_int(pacing_brake(&p), 750, "4 % abandoned brakes in proportion");
	p.abandoned = 5;
	is_int(pacing_brake(&p), 600, "5 % abandoned brakes in proportion");
	p.abandoned = 6;
	is_int(pacing_brake(&p), 500, "more than 5 % abandoned brakes to half");
	is_int(pacing_target(&p), 10, "half of 15 calls leaves one for one");
	p.abandoned = 4;
	is_int(pacing_target(&p), 11, "three quarters of 15 calls leave 11");
}

int
main(void)
{
	test_cold();
	test_rate();
	test_seats();
	test_brake();
	return tap_done();
}
