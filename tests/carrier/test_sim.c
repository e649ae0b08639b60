/* outdial-sim by itself: its dice, limits, log and memory of ended calls. */
#include <stdlib.h>

#include "base/clock.h"
#include "base/fault.h"
#include "tests/carrier/rig.h"
#include "tests/tap.h"

#define NUMBERS 300

static struct rig rig;

/* One letter a call: outcomes of all numbers, called twice each. */
struct fates {
	char word[NUMBERS * 2 + 1];
};

static void
call_all(struct ear *e, size_t from, int step, char *out)
{
	char ids[NUMBERS][UUID_TEXT], to[16];
	size_t n;

	for (size_t i = 0; i < NUMBERS; i++) {
		n = step > 0 ? i : NUMBERS - 1 - i;
		snprintf(ids[n], UUID_TEXT, "%s", new_id());
		snprintf(to, sizeof(to), "4930%05zu", n);
		while (ear_place(e, ids[n], to) == CR_NOT_SENT)
			ear_turn(e, US_PER_MS);
	}
	ear_wait(e, CR_ENDED, NULL, from + NUMBERS);
	for (n = 0; n < NUMBERS; n++) {
		const struct cr_event *end = ear_last(e, CR_ENDED, ids[n]);

		out[n] = end ? (char)('a' + (int)end->outcome) : '?';
	}
}

static void
fates_of(const char *seed, const char *speed, int step, struct fates *out)
{
	const char *const settings[] = { seed, speed, NULL };
	struct ear e;

	*out = (struct fates){ { 0 } };
	rig_start(&rig, settings);
	ear_open(&e, &rig, "node", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	call_all(&e, 0, step, out->word);
	call_all(&e, NUMBERS, step, out->word + NUMBERS);
	ear_close(&e);
	rig_end(&rig, 15);
}

static size_t
share(const struct fates *f, enum outcome outcome)
{
	size_t n = 0;

	for (const char *c = f->word; *c; c++)
		n += *c == 'a' + (int)outcome;
	return n * 100 / (2 * NUMBERS);
}

static bool
is_invalid(char fate)
{
	return fate == 'a' + OUTCOME_INVALID_NUMBER;
}

static void
test_seed(void)
{
	static struct fates one, again, other;
	size_t same = 0, changed = 0;

	fates_of("seed=7", "speed=1000", 1, &one);
	fates_of("seed=7", "speed=300", -1, &again);
	fates_of("seed=8", "speed=1000", 1, &other);
	is_str(again.word, one.word,
	       "a seed gives the same fates, whatever the order and speed");
	ok(strcmp(one.word, other.word) != 0, "another seed gives other fates");
	for (size_t i = 0; i < NUMBERS; i++)
		same += one.word[i] == one.word[NUMBERS + i];
	ok(same < NUMBERS * 3 / 4,
	   "the second call to a number may end otherwise");
	ok(share(&one, OUTCOME_COMPLETED) > 40 &&
		   share(&one, OUTCOME_COMPLETED) < 60,
	   "about half of the calls are answered");
	ok(share(&one, OUTCOME_VOICEMAIL) > 4, "some calls reach voicemail");
	ok(share(&one, OUTCOME_BUSY) > 4, "some numbers are busy");
	ok(share(&one, OUTCOME_NO_ANSWER) > 12, "some numbers do not answer");
	ok(share(&one, OUTCOME_INVALID_NUMBER) > 0, "some numbers are invalid");
	for (size_t i = 0; i < NUMBERS; i++)
		changed += is_invalid(one.word[i]) !=
			   is_invalid(one.word[NUMBERS + i]);
	is_int((int64_t)changed, 0, "an invalid number stays invalid");
}

static size_t
congested(const struct ear *e)
{
	size_t n = 0;

	for (size_t i = 0; i < e->count; i++)
		n += e->events[i].kind == CR_ENDED &&
		     e->events[i].outcome == OUTCOME_CONGESTION;
	return n;
}

static void
burst(const char *limit, size_t calls, struct ear *e)
{
	const char *const settings[] = { "scripted=true", "speed=10", limit,
					 NULL };

	rig_start(&rig, settings);
	ear_open(e, &rig, "node", "test", NULL);
	ear_wait(e, CR_UP, NULL, 1);
	for (size_t i = 0; i < calls; i++)
		ear_place(e, new_id(), "49301201");
	ear_wait(e, CR_ANSWERED, NULL, 20);
}

static void
test_limits(void)
{
	struct ear e;

	burst("cps=20", 60, &e);
	is_int((int64_t)congested(&e), 40,
	       "calls above the limit per second end as congestion");
	ear_run(&e, US_PER_S);
	ear_place(&e, new_id(), "49301201");
	ok(ear_wait(&e, CR_ANSWERED, NULL, 21),
	   "a call is answered again a second later");
	ear_close(&e);
	rig_end(&rig, 15);

	burst("channels=20", 60, &e);
	is_int((int64_t)congested(&e), 40,
	       "calls above the number of channels end as congestion");
	ear_run(&e, US_PER_S);
	ear_place(&e, new_id(), "49301201");
	ear_wait(&e, CR_ENDED, NULL, 41);
	is_int((int64_t)congested(&e), 41,
	       "the channels are still in use a second later");
	is_int((int64_t)ear_count(&e, CR_ANSWERED, NULL), 20,
	       "no more calls are answered than there are channels");
	ear_close(&e);
	rig_end(&rig, 15);
}

static void
test_log(void)
{
	static const char *const settings[] = { "scripted=true", "speed=100",
						NULL };
	const char *id = new_id();
	int64_t before = clock_wall_us(), us = 0;
	char line[256] = "", got[64] = "", number[32] = "";
	size_t lines = rig_logged(rig.log, NULL);
	FILE *log;
	struct ear e;

	rig_start(&rig, settings);
	ear_open(&e, &rig, "node", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	ear_place(&e, id, "49301200");
	ear_wait(&e, CR_ENDED, id, 1);
	is_int((int64_t)(rig_logged(rig.log, NULL) - lines), 1,
	       "a call adds one line to the log of earlier runs");
	log = fopen(rig.log, "r");
	while (fgets(line, sizeof(line), log))
		continue;
	fclose(log);
	sscanf(line, "%" SCNd64 "\t%63[^\t]\t%31[^\t\n]", &us, got, number);
	ok(us >= before && us <= clock_wall_us(),
	   "the line has the time of the call");
	is_str(got, id, "the line has the id of the attempt");
	is_str(number, "49301200", "the line has the number");
	is_int((int64_t)rig_logged(rig.events_log, id), 4,
	       "ringing, the answer, the bot and the end are in the log of events");
	ear_close(&e);
	rig_end(&rig, 15);
}

/* What has ended can be asked for, but not for ever. */
static void
test_memory(void)
{
	static const char *const settings[] = { "scripted=true", "speed=100",
						"remember_s=1", NULL };
	const struct ear_times times = { .grace_us = 200 * US_PER_MS };
	struct cr_known known = { .call_id = new_id(),
				  .ring_ms = 30000,
				  .max_call_ms = 60000 };
	struct ear e;

	rig_start(&rig, settings);
	ear_open(&e, &rig, "node", "test", &times);
	ear_wait(&e, CR_UP, NULL, 1);
	ear_place(&e, known.call_id, "49301486");
	ear_wait(&e, CR_ENDED, NULL, 1);
	e.c->ops->resync(e.c, &known, 1);
	ok(ear_wait(&e, CR_ENDED, NULL, 2),
	   "a call that has ended can be asked for");
	is_int(ear_last(&e, CR_ENDED, NULL)->outcome, OUTCOME_BUSY,
	       "the outcome of the ended call is reported");
	ear_run(&e, 1200 * US_PER_MS);
	e.c->ops->resync(e.c, &known, 1);
	ok(ear_wait(&e, CR_ENDED, NULL, 3),
	   "the ended call can be asked for much later");
	is_int(ear_last(&e, CR_ENDED, NULL)->outcome, OUTCOME_LOST,
	       "the ended call is forgotten by then");
	ear_close(&e);
	rig_end(&rig, 15);
}

/* A call that cannot be logged is not placed. */
static void
test_full_disk(void)
{
	static const char *const settings[] = { "scripted=true",
						"log=/dev/full", NULL };
	struct ear e;

	rig_start(&rig, settings);
	ear_open(&e, &rig, "node", "test", NULL);
	ear_wait(&e, CR_UP, NULL, 1);
	ear_place(&e, new_id(), "49301200");
	ok(ear_wait(&e, CR_ENDED, NULL, 1),
	   "a call that cannot be logged ends");
	is_int(ear_last(&e, CR_ENDED, NULL)->outcome, OUTCOME_CONGESTION,
	       "a call that cannot be logged ends as congestion");
	is_int((int64_t)ear_count(&e, CR_RINGING, NULL), 0,
	       "a call that cannot be logged does not ring");
	ear_close(&e);
	rig_end(&rig, 15);
}

/* Runs it with one setting and returns its exit status. */
static int
status_with(const char *setting)
{
	const char *const settings[] = { setting, NULL };

	rig_spawn(&rig, settings);
	return rig_wait(&rig);
}

static void
test_settings(void)
{
	static const char *const none[] = { NULL };
	struct rig serving;
	struct ear e;

	is_int(status_with("speed=fast"), 1,
	       "a speed that is not a number is refused");
	is_int(status_with("sped=2"), 1, "an unknown setting is refused");
	is_int(status_with("answer=90"), 1,
	       "chances that do not add up to 100 are refused");
	is_int(status_with("answer_by_hour=1,2,3"), 1,
	       "a day of 3 hours is refused");
	is_int(status_with("talk_min_ms=90000"), 1,
	       "a mean below the minimum is refused");
	rig_start(&rig, none);
	serving = rig;
	is_int(status_with("speed=2"), 1,
	       "a socket that another process serves is refused");
	rig = serving;
	rig_end(&rig, 9);
	rig_start(&rig, none);
	ear_open(&e, &rig, "node", "test", NULL);
	ok(ear_wait(&e, CR_UP, NULL, 1),
	   "a socket that a dead process left is taken over");
	ear_close(&e);
	rig_end(&rig, 15);
}

int
main(void)
{
	rig_open(&rig, CARRIER_SIM);
	test_seed();
	test_limits();
	test_log();
	test_memory();
	test_full_disk();
	test_settings();
	rig_close(&rig);
	return tap_done();
}
