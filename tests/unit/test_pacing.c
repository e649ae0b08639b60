/* How many calls at a time: doc/product.md 6.3 and 6.4. */
#include <math.h>
#include <stdlib.h>

#include "ledger/pacing.h"
#include "tests/tap.h"

#define ROUNDS 20000

/* Half of the calls are answered, at 5 to 20 s; half of the others are busy at
 * 2 s, the rest give up at 45 s.  Everybody talks for a minute. */
static struct pacing_past past;

static struct pacing
usual(int64_t seats)
{
	for (int i = 0; i < PACING_RING_S; i++) {
		past.ans_at[i] = i >= 5 && i <= 20 ? 20 : 0;
		past.fail_at[i] = i == 2 || i == 45 ? 160 : 0;
	}
	for (int i = 0; i < PACING_PAST_S; i++) {
		past.sent[i] = 2;
		past.answered[i] = 1;
	}
	return (struct pacing){
		.seats = seats,
		.talk_ms = 500 * 60000,
		.hour = { .limit = ABANDONED_MOST,
			  .age_s = 3600,
			  .handled = 500,
			  .answered = 3000,
			  .abandoned = 60,
			  .answered_10 = 600 },
		.past = &past,
	};
}

static int64_t
live(const struct pacing *p)
{
	int64_t n = p->connected + p->waiting + p->held;

	for (int a = 0; a < PACING_RING_S; a++)
		n += p->ring[a];
	return n;
}

/* How many calls may be added. */
static int64_t
room(const struct pacing *p)
{
	return pacing_target(p) - live(p);
}

static void
test_one_for_one(void)
{
	struct pacing p = usual(50);

	ok(pacing_target(&p) > 80, "twice the seats answer half the calls");
	ok(pacing_predicts(&p), "that is a prediction");
	p.hour.handled = 19;
	is_int(pacing_target(&p), 50, "one for one with 19 calls handled");
	p.hour.handled = 20;
	ok(pacing_target(&p) > 50, "more with 20 calls handled");
	p.hour.age_s = 59;
	is_int(pacing_target(&p), 50, "one for one in the first minute");
	p = usual(50);
	p.hour.limit = 0;
	is_int(pacing_target(&p), 50,
	       "one for one when nobody may be abandoned");
	ok(!pacing_predicts(&p), "that is none");
	p = usual(50);
	p.hour.abandoned = 107;
	ok(pacing_target(&p) > 50, "one more than 107 of 3,600 is within 3 %");
	p.hour.abandoned = 108;
	is_int(pacing_target(&p), 50,
	       "one for one when one more would break the hour");
	p = usual(50);
	p.talk_ms = 0;
	is_int(pacing_target(&p), 50, "one for one when nobody has talked");
	p = usual(50);
	for (int i = 0; i < PACING_RING_S; i++)
		past.ans_at[i] = 0;
	is_int(pacing_target(&p), 50, "one for one when nobody has answered");
	ok(!pacing_predicts(&p), "nor is that");
	p = usual(50);
	for (int i = 0; i < PACING_RING_S; i++)
		past.fail_at[i] = 0;
	is_int(pacing_target(&p), 50, "one for one when no call has failed");
}

static void
test_ages(void)
{
	struct pacing young = usual(50), old = usual(50), none = usual(50);

	young.connected = old.connected = none.connected = 20;
	young.ring[5] = old.ring[40] = 30;
	ok(room(&young) < room(&old),
	   "calls that have rung 40 s take less room than those of 5 s");
	is_int(room(&old), room(&none),
	       "calls that nobody answers any more take none");
	old.held = 20;
	ok(room(&old) < room(&young),
	   "calls with a seat take more room than any");
}

static void
test_grows(void)
{
	struct pacing p = usual(50);

	p.connected = 50;
	p.talked_ms = 50 * 30000;
	ok(pacing_target(&p) > 50,
	   "seats that will be free by then are dialled for");
	p.waiting = 50;
	is_int(pacing_target(&p), 100, "not while callers wait");
	p = usual(50);
	for (int i = 0; i < PACING_PAST_S; i++)
		past.answered[i] = 0.02F;
	is_int(pacing_target(&p), 600, "twelve calls a seat at most");
}

/* --- properties, of anything that a run may be --------------------------- */

static int64_t
any(int64_t most)
{
	return (int64_t)(drand48() * (double)(most + 1));
}

static int64_t
any_size(void)
{
	return any(any(3) ? 20 : 3000);
}

static struct pacing
anything(void)
{
	struct pacing p = usual(any_size());
	double sent = drand48() * (double)any(20), rate = drand48();

	for (int i = 0; i < PACING_RING_S; i++) {
		past.ans_at[i] = any(1) ? (double)any(40) : 0;
		past.fail_at[i] = any(1) ? (double)any(40) : 0;
		p.ring[i] = any(3) ? 0 : any(any(9) ? 5 : 500);
	}
	for (int i = 0; i < PACING_PAST_S; i++) {
		past.sent[i] = (float)sent;
		past.answered[i] = (float)(any(9) ? sent * rate : 0);
	}
	p.connected = any_size();
	p.waiting = any(1) ? 0 : any_size();
	p.held = any(3) ? 0 : any_size();
	p.talked_ms = p.connected * any(600000);
	p.hour.limit = any(9) ? drand48() / 10 : 0;
	p.hour.age_s = any(7200);
	p.hour.handled = any(100);
	p.talk_ms = p.hour.handled * any(600000);
	p.hour.answered = any_size();
	p.hour.abandoned = any(p.hour.answered / 20);
	p.hour.answered_10 = any(p.hour.answered);
	return p;
}

static void
test_properties(void)
{
	int bounds = 0, abandoned = 0, ringing = 0, held = 0, limit = 0;
	int above = 0, unsure = 0;

	srand48(1);
	for (int i = 0; i < ROUNDS; i++) {
		struct pacing p = anything(), q = p;
		int64_t target = pacing_target(&p);

		above += target > p.seats;
		bounds += target < p.seats ||
			  target > PACING_MOST * p.seats;
		q.hour.abandoned++;
		abandoned += room(&q) > room(&p);
		q = p;
		q.ring[any(PACING_RING_S - 1)]++;
		ringing += room(&q) > room(&p);
		q = p;
		q.held++;
		held += room(&q) > room(&p);
		unsure += target > p.seats && !pacing_predicts(&p);
		q = p;
		q.hour.limit += drand48() / 100;
		limit += pacing_target(&q) < target;
	}
	ok(above > ROUNDS / 10, "many runs have more calls than seats");
	is_int(bounds, 0,
	       "a run never has fewer calls than seats, nor 12 for one");
	is_int(abandoned, 0, "one more abandoned call never adds a call");
	is_int(ringing, 0, "one more call that rings never adds a call");
	is_int(held, 0, "one more call with a seat never adds a call");
	is_int(unsure, 0, "calls without a seat are only placed by prediction");
	is_int(limit, 0, "a higher limit never takes a call away");
}

static void
test_nothing(void)
{
	struct pacing_past none = { .ans_at = { 0 } };
	struct pacing p = { .seats = 7 };
	struct caution c;

	is_int(pacing_target(&p), 7, "nothing is known: one for one");
	p.past = &none;
	p.hour.limit = ABANDONED_MOST;
	p.hour.handled = 20;
	p.hour.age_s = 60;
	is_int(pacing_target(&p), 7, "all counts are zero: one for one");
	p.talk_ms = 1;
	none.ans_at[1] = none.fail_at[2] = 1;
	p.hour.answered = 1000;
	is_int(pacing_target(&p), 7 * PACING_MOST,
	       "a target is a number without a call that was sent");
	p.seats = 0;
	is_int(pacing_target(&p), 0, "no seats, no calls");
	p.seats = -1;
	is_int(pacing_target(&p), 0, "fewer than none, no calls");
	c = caution_of(&p.hour);
	ok(isfinite(c.z) && isfinite(c.share), "the caution is a number");
}

static void
test_caution(void)
{
	struct caution_query q = usual(50).hour;
	struct caution c = caution_of(&q);

	is_int(c.reason, CAUTION_USUAL, "2 % of 3,000 is as it should be");
	ok(fabs(c.share - 0.02) < 1e-9, "the share is of the answered");
	q.abandoned = 85;
	is_int(caution_of(&q).reason, CAUTION_CAREFUL, "2.8 % is careful");
	ok(caution_of(&q).z > c.z, "and keeps more seats free");
	q.abandoned = 200;
	is_int(caution_of(&q).reason, CAUTION_SPENT, "6.7 % is spent");
	q.handled = 3;
	is_int(caution_of(&q).reason, CAUTION_LEARNING, "3 calls are few");
	q.limit = 0;
	is_int(caution_of(&q).reason, CAUTION_RESERVE,
	       "a limit of nobody is known without any call");
	ok(!caution_is_over(100, 3), "3 of 100 is not over");
	ok(caution_is_over(100, 4), "4 of 100 is over");
	ok(!caution_is_over(0, 0), "nothing is not over");
}

int
main(void)
{
	test_one_for_one();
	test_ages();
	test_grows();
	test_properties();
	test_nothing();
	test_caution();
	return tap_done();
}
