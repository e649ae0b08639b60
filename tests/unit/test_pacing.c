/* How many calls at a time: product.md 6, Pacing. */
#include "domain/pacing.h"
#include "tests/tap.h"

/* 10 seats, half of the calls answered, 60 s talk, 15 s set-up. */
static const struct pacing usual = {
	.seats = 10,
	.connected = 10,
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
	is_int(pacing_target(&p), 10, "below 20 completed calls: one for one");
	p.completed = 20;
	ok(pacing_target(&p) > 10, "from 20 on: more calls than seats");
	is_int(pacing_target(&(struct pacing){ .seats = 7 }), 7,
	       "nothing known: one for one");
	p = usual;
	p.talk_ms = 0;
	is_int(pacing_target(&p), 10, "no talk time told: one for one");
}

static void
test_rate(void)
{
	struct pacing p = usual;

	/* rate 10 / (60 x 0.5) = 1/3 a second, for 15 + 30 s each */
	is_int(pacing_target(&p), 15, "Little's law");
	p.connected = 0;
	is_int(pacing_target(&p), 15, "the same with all seats free");
	/* one seat more than there are conversations: 10 - 9 + 9 / 4 answers,
	 * two calls for each */
	p.connected = 9;
	is_int(pacing_target(&p), 15, "and with one");
	p.connected = 14;
	is_int(pacing_target(&p), 14, "nothing new above the seats");
	p = usual;
	p.handled = 50;
	p.ended = 5000;
	p.ring_ms = 5000 * 15000;
	is_int(pacing_target(&p), 100, "at most 10 calls a seat");
	p = usual;
	p.handled = p.ended;
	p.talk_ms = p.handled * 60000;
	is_int(pacing_target(&p), 12, "who always answers needs few more");
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
	is_int(pacing_brake(&p), 750, "4 %: in proportion");
	p.abandoned = 5;
	is_int(pacing_brake(&p), 600, "5 %: in proportion");
	p.abandoned = 6;
	is_int(pacing_brake(&p), 500, "above 5 %: half");
	is_int(pacing_target(&p), 10, "half of 15 calls leaves one for one");
	p.abandoned = 4;
	is_int(pacing_target(&p), 11, "three quarters of 15");
}

int
main(void)
{
	test_cold();
	test_rate();
	test_brake();
	return tap_done();
}
