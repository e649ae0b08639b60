#include "carrier/sim/sim_priv.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/uuid.h"

#define READS_A_TURN 8

static struct sim *
sim_with(struct tracker *t)
{
	return (struct sim *)(void *)((char *)t - offsetof(struct sim, tracker));
}

void
sim_ask(struct tracker *t, struct cr_call *call)
{
	char id[UUID_TEXT];

	uuid_text(call->id.bytes, id);
	link_say(&sim_with(t)->link, "QUERY\t%s\n", id);
}

void
sim_ask_hangup(struct tracker *t, struct cr_call *call)
{
	char id[UUID_TEXT];

	uuid_text(call->id.bytes, id);
	link_say(&sim_with(t)->link, "HANGUP\t%s\t%d\n", id, call->q850);
}

static void
drop(struct sim *sim, const char *why)
{
	link_drop(&sim->link, why, sim->tracker.now);
	sim->broken = false;
	tracker_down(&sim->tracker);
}

static void
on_boot(struct sim *sim, char **words)
{
	bool another = sim->boot[0] && strcmp(sim->boot, words[1]) != 0;

	if (sim->link.state != LINK_GREETING || strlen(words[1]) > SIM_NAME_MAX)
		return;
	snprintf(sim->boot, sizeof(sim->boot), "%s", words[1]);
	link_up(&sim->link);
	tracker_up(&sim->tracker, another);
}

static void
on_taken(struct sim *sim, struct cr_call *call, char **words)
{
	(void)words;
	calls_taken(&sim->tracker.calls, call);
}

/* The carrier has one call with this id, whether this node placed it or not,
 * and its end has to be reported. */
static void
on_duplicate(struct sim *sim, struct cr_call *call, char **words)
{
	(void)words;
	calls_taken(&sim->tracker.calls, call);
	call->resynced = true;
	sim_ask(&sim->tracker, call);
}

static void
on_ringing(struct sim *sim, struct cr_call *call, char **words)
{
	(void)words;
	tracker_advance(&sim->tracker, call, CR_PHASE_RINGING);
}

static void
on_answered(struct sim *sim, struct cr_call *call, char **words)
{
	(void)words;
	tracker_advance(&sim->tracker, call, CR_PHASE_ANSWERED);
}

static int64_t
number(struct sim *sim, const char *word)
{
	int64_t n;

	if (text_int(word, &n) == 0)
		return n;
	sim->tracker.garbage++;
	return -1;
}

static enum cr_by
by_of(const char *word)
{
	for (enum cr_by by = 0; by < CR_BY_MAX; by++) {
		if (strcmp(cr_by_word(by), word) == 0)
			return by;
	}
	return CR_BY_NONE;
}

static void
on_ended(struct sim *sim, struct cr_call *call, char **words)
{
	struct cr_event ev = tracker_event(&sim->tracker, CR_ENDED, call);
	int64_t saw = number(sim, words[5]);

	ev.facts.sip = (int)number(sim, words[2]);
	ev.facts.q850 = (int)number(sim, words[3]);
	ev.facts.by = by_of(words[4]);
	ev.facts.saw = saw < 0 ? call->saw : (unsigned)saw;
	if (call->doomed_at) {
		/* It ended because the watchdog hung it up. */
		ev.facts.gone = CR_GONE_SILENT;
		ev.facts.saw = call->saw;
	}
	ev.ring_ms = number(sim, words[6]);
	ev.talk_ms = number(sim, words[7]);
	ev.join_ms = number(sim, words[8]);
	ev.resynced = call->resynced;
	snprintf(ev.detail, sizeof(ev.detail), "%.63s", words[9]);
	tracker_finish(&sim->tracker, call, &ev);
}

static int64_t
age_of(struct sim *sim, const char *word)
{
	int64_t ms = number(sim, word);

	return ms < 0 || ms > INT64_MAX / US_PER_MS ? -1 : ms * US_PER_MS;
}

static void
on_joined(struct sim *sim, struct cr_call *call, char **words)
{
	tracker_joined(&sim->tracker, call, number(sim, words[2]));
}

static void
on_alive(struct sim *sim, struct cr_call *call, char **words)
{
	int64_t phase = number(sim, words[2]);

	if (phase >= CR_PHASE_SENT && phase <= CR_PHASE_ANSWERED)
		tracker_alive(&sim->tracker, call, (enum cr_phase)phase,
			      age_of(sim, words[3]));
}

static void
on_gone(struct sim *sim, struct cr_call *call, char **words)
{
	(void)words;
	tracker_gone(&sim->tracker, call);
}

static void
on_listed(struct sim *sim, char **words)
{
	struct cr_event ev = tracker_event(&sim->tracker, CR_LISTED, NULL);
	int64_t phase = number(sim, words[2]);
	struct cr_id id;

	if (cr_id_parse(words[1], &id) || phase < CR_PHASE_SENT ||
	    phase > CR_PHASE_ANSWERED) {
		sim->tracker.garbage++;
		return;
	}
	uuid_text(id.bytes, ev.call_id);
	ev.phase = (enum cr_phase)phase;
	ev.age_us = age_of(sim, words[3]);
	sim->tracker.event(sim->tracker.arg, &ev);
}

static void
on_list_end(struct sim *sim, char **words)
{
	(void)words;
	tracker_tell(&sim->tracker, CR_LIST_END);
}

static void
on_pong(struct sim *sim, char **words)
{
	(void)sim;
	(void)words;
}

/* clang-format off */
static const struct {
	const char *verb;
	size_t words;
	void (*line)(struct sim *sim, char **words);
	void (*call)(struct sim *sim, struct cr_call *call, char **words);
} verbs[] = {
	{ "TAKEN",     2, NULL,        on_taken },
	{ "RINGING",   2, NULL,        on_ringing },
	{ "ANSWERED",  2, NULL,        on_answered },
	{ "JOINED",    3, NULL,        on_joined },
	{ "ENDED",     10, NULL,       on_ended },
	{ "ALIVE",     4, NULL,        on_alive },
	{ "GONE",      2, NULL,        on_gone },
	{ "DUPLICATE", 2, NULL,        on_duplicate },
	{ "LISTED",    4, on_listed,   NULL },
	{ "LISTEND",   2, on_list_end, NULL },
	{ "BOOT",      2, on_boot,     NULL },
	{ "PONG",      2, on_pong,     NULL },
};
/* clang-format on */

/* Counts lines that are not understood.  Ignores unknown calls, because they
 * have ended. */
static void
handle(struct sim *sim, char *line)
{
	char *words[SIM_MAX_WORDS];
	size_t n = line_split(line, words, SIM_MAX_WORDS);
	struct cr_call *call;
	struct cr_id id;

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++) {
		if (strcmp(verbs[i].verb, words[0]) != 0)
			continue;
		if (n != verbs[i].words)
			break;
		if (verbs[i].line) {
			verbs[i].line(sim, words);
			return;
		}
		if (cr_id_parse(words[1], &id))
			break;
		call = idmap_find(&sim->tracker.calls.map, &id);
		if (call)
			verbs[i].call(sim, call, words);
		return;
	}
	sim->tracker.garbage++;
}

static void
take_in(struct sim *sim)
{
	for (int turn = 0; turn < READS_A_TURN; turn++) {
		enum lines_read got = lines_read(&sim->link.in, sim->link.fd);
		char *line;

		if (got == LINES_MORE)
			sim->link.heard_at = sim->tracker.now;
		while ((line = lines_next(&sim->link.in)))
			handle(sim, line);
		if (got == LINES_CLOSED)
			drop(sim, "the carrier closed the connection");
		if (got != LINES_MORE)
			return;
	}
}

void
sim_dispatch(struct carrier *c, int64_t now_boot_us)
{
	struct sim *sim = sim_of(c);
	struct tracker *t = &sim->tracker;
	enum link_health health;

	t->now = now_boot_us;
	t->wall = clock_wall_us();
	if (sim->broken)
		drop(sim, "the connection broke");
	if (link_connect(&sim->link, t->now))
		link_say(&sim->link, "HELLO\t%s\t%s\t" SIM_VERSION "\n",
			 sim->node, sim->site);
	if (sim->link.state >= LINK_GREETING)
		take_in(sim);
	health = link_watch(&sim->link, t->now);
	if (health == LINK_SILENT)
		drop(sim, "the carrier is silent");
	else if (health == LINK_PING)
		link_say(&sim->link, "PING\t%" PRId64 "\n", t->now);
	tracker_sweep(t);
	if (link_flush(&sim->link))
		drop(sim, "cannot write");
}
