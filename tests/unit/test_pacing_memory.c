/* What a planner learns of a run by reading its calls: doc/product.md 6.3. */
#include <math.h>
#include <string.h>

#include "ledger/pacing_memory.h"
#include "tests/tap.h"

#define CALLS 40

static struct pacing_memory memory;
static struct pacing_reading reading;

static void
begin(void)
{
	memset(&memory, 0, sizeof(memory));
	reading = (struct pacing_reading){ .now_s = 1000 };
	pacing_learn(&memory, &reading);
}

static void
next(int seconds)
{
	int64_t ring[PACING_RING_S] = { 0 };

	for (int a = 0; a < PACING_RING_S; a++) {
		int at = a + seconds < PACING_RING_S ? a + seconds
						     : PACING_RING_S - 1;

		ring[at] += reading.ring[a];
	}
	memcpy(reading.ring, ring, sizeof(ring));
	memset(reading.delays, 0, sizeof(reading.delays));
	reading.now_s += seconds;
}

static void
is_near(double got, double want, const char *what)
{
	is_int(llround(got * 1000), llround(want * 1000), what);
}

/* All are sent at once; ten are answered after 8 s, ten fail after 2 s, the
 * rest at 30 s. */
static void
test_delays(void)
{
	begin();
	for (int s = 0; s <= 30; s++) {
		if (s == 0)
			reading.sent = reading.ring[0] = CALLS;
		if (s == 2)
			reading.ring[2] -= 10;
		if (s == 8) {
			reading.ring[8] -= 10;
			reading.answered = reading.connected = 10;
			reading.delays[8] = 10;
		}
		if (s == 30)
			reading.ring[30] = 0;
		pacing_learn(&memory, &reading);
		next(1);
	}
	is_near(memory.past.ans_at[8], 10, "answers after 8 s");
	is_near(memory.past.fail_at[2], 10, "failures after 2 s");
	is_near(memory.past.fail_at[8], 0, "no failure after 8 s");
	is_near(memory.past.fail_at[30], 20, "failures after 30 s");
	is_near(memory.past.sent[29], CALLS, "sent 29 s before the last");
	is_near(memory.past.answered[21], 10, "answered 21 s before it");
}

/* A call that is gone between two readings was not seen, but is counted; of
 * conversations that were not seen the others tell. */
static void
test_unseen(void)
{
	begin();
	next(1);
	reading.sent = 6;
	reading.answered = 2;
	reading.delays[0] = 1;
	pacing_learn(&memory, &reading);
	is_near(memory.past.fail_at[0], 4, "failures within a second");
	is_near(memory.past.ans_at[0], 1, "answers that were seen");
}

static void
test_gap(void)
{
	begin();
	reading.sent = reading.ring[0] = CALLS;
	pacing_learn(&memory, &reading);
	next(60);
	reading.sent += 60;
	reading.ring[60] = 0;
	pacing_learn(&memory, &reading);
	is_near(memory.past.sent[30], 1, "calls are spread over a gap");
	is_near(memory.past.sent[59], CALLS, "those before it stay");
	is_near(memory.gone_at[30], 0, "a gap does not tell when calls ended");
	next(100000);
	pacing_learn(&memory, &reading);
	is_near(memory.past.sent[PACING_PAST_S - 1], 0,
		"a long gap leaves nothing");
	is_near(memory.last.now_s, 101060, "and is over");
}

static void
test_recall(void)
{
	struct pacing p = { .seats = 5 };

	begin();
	next(10);
	reading.sent = 3;
	reading.queued = 2;
	reading.waiting = 1;
	reading.ring[4] = 2;
	pacing_learn(&memory, &reading);
	pacing_recall(&memory, &p);
	is_int(p.hour.age_s, 10, "the age is that of what is known");
	is_int(p.ring[0], 2, "queued calls are new");
	is_int(p.ring[4], 2, "others ring");
	is_int(p.waiting, 1, "one waits");
	ok(p.past == &memory.past, "the past is the memory's");
}

/* A run that is taken over: what rings was sent. */
static void
test_taken_over(void)
{
	memset(&memory, 0, sizeof(memory));
	reading = (struct pacing_reading){ .now_s = 1000,
					   .sent = 900,
					   .answered = 300 };
	reading.ring[3] = 7;
	pacing_learn(&memory, &reading);
	is_near(memory.past.sent[2], 7, "calls of 3 s were sent 3 s ago");
	is_near(memory.past.answered[0], 0, "no answer is news");
	next(1);
	reading.answered++;
	reading.ring[4]--;
	pacing_learn(&memory, &reading);
	next(1);
	pacing_learn(&memory, &reading);
	is_near(memory.past.answered[0], 1, "the first that is");
	is_near(memory.past.sent[4], 7, "time passes");
}

int
main(void)
{
	test_delays();
	test_unseen();
	test_gap();
	test_recall();
	test_taken_over();
	return tap_done();
}
