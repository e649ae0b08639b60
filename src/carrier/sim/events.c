#include "carrier/sim/sim_priv.h"

#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/uuid.h"

#define LAST_WORD_US                                             \
	(2 * US_PER_S) /* from the watchdog's hang-up to the end \
			*/
#define READS_A_TURN 8

static struct cr_event
event_of(const struct sim *sim, enum cr_event_kind kind,
	 const struct link_call *call)
{
	struct cr_event ev = { .kind = kind,
			       .wall_us = sim->wall,
			       .boot_us = sim->now,
			       .age_us = -1 };

	if (call) {
		uuid_text(call->id.bytes, ev.call_id);
		ev.phase = call->phase;
	}
	return ev;
}

static void
tell(struct sim *sim, enum cr_event_kind kind, const struct link_call *call)
{
	struct cr_event ev = event_of(sim, kind, call);

	sim->event(sim->arg, &ev);
}

void
sim_ask(struct sim *sim, struct link_call *call)
{
	char id[UUID_TEXT];

	uuid_text(call->id.bytes, id);
	call->met = true;
	call->queried = true;
	link_say(&sim->link, "QUERY\t%s\n", id);
}

static void
ask_hangup(struct sim *sim, const struct link_call *call)
{
	char id[UUID_TEXT];

	uuid_text(call->id.bytes, id);
	link_say(&sim->link, "HANGUP\t%s\t%d\n", id, call->q850);
}

/* Removes the call first, because the callback may place the next one. */
static void
finish(struct sim *sim, struct link_call *call, struct cr_event *ev)
{
	ev->outcome = cr_outcome_of(&ev->facts);
	calls_remove(&sim->calls, call);
	sim->ended++;
	sim->event(sim->arg, ev);
}

/* Reports the end of a call that the carrier did not report. */
static void
conclude(struct sim *sim, struct link_call *call, enum cr_gone gone)
{
	struct cr_event ev = event_of(sim, CR_ENDED, call);

	ev.resynced = true;
	ev.facts =
		(struct cr_facts){ .sip = -1,
				   .q850 = -1,
				   .saw = call->saw,
				   .by = gone == CR_GONE_SILENT ? CR_BY_US
								: CR_BY_NETWORK,
				   .gone = gone };
	ev.ring_ms = -1;
	ev.talk_ms = -1;
	if (call->phase < CR_PHASE_ANSWERED)
		ev.talk_ms = 0;
	else if (gone != CR_GONE_UNKNOWN)
		ev.talk_ms = (sim->now - call->answered_at) / US_PER_MS;
	finish(sim, call, &ev);
}

static void
drop(struct sim *sim, const char *why)
{
	bool was_up = sim->link.state == LINK_UP;

	link_drop(&sim->link, why, sim->now);
	sim->broken = false;
	for (struct link_call *call = sim->calls.first; call;
	     call = call->next) {
		calls_taken(&sim->calls, call);
		call->resynced = true;
	}
	if (was_up)
		tell(sim, CR_DOWN, NULL);
}

/* The carrier has restarted: all calls of its last boot are over. */
static void
restarted(struct sim *sim)
{
	struct link_call *next;

	tell(sim, CR_RESTARTED, NULL);
	for (struct link_call *call = sim->calls.first; call; call = next) {
		next = call->next;
		if (call->met)
			conclude(sim, call, CR_GONE_RESTART);
	}
}

static void
on_boot(struct sim *sim, char **words)
{
	bool another = sim->boot[0] && strcmp(sim->boot, words[1]) != 0;

	if (sim->link.state != LINK_GREETING || strlen(words[1]) > SIM_NAME_MAX)
		return;
	snprintf(sim->boot, sizeof(sim->boot), "%s", words[1]);
	link_up(&sim->link);
	if (another)
		restarted(sim);
	for (struct link_call *call = sim->calls.first; call;
	     call = call->next) {
		call->unknown_at = 0;
		sim_ask(sim, call);
	}
	tell(sim, CR_UP, NULL);
}

static void
on_taken(struct sim *sim, struct link_call *call, char **words)
{
	(void)words;
	calls_taken(&sim->calls, call);
}

/* The carrier has one call with this id, whether this node placed it or not,
 * and its end has to be reported. */
static void
on_duplicate(struct sim *sim, struct link_call *call, char **words)
{
	(void)words;
	calls_taken(&sim->calls, call);
	call->resynced = true;
	sim_ask(sim, call);
}

static void
on_ringing(struct sim *sim, struct link_call *call, char **words)
{
	(void)words;
	if (call_advance(call, CR_PHASE_RINGING, sim->now))
		tell(sim, CR_RINGING, call);
}

static void
on_answered(struct sim *sim, struct link_call *call, char **words)
{
	(void)words;
	if (call_advance(call, CR_PHASE_ANSWERED, sim->now))
		tell(sim, CR_ANSWERED, call);
}

static int64_t
number(struct sim *sim, const char *word)
{
	int64_t n;

	if (text_int(word, &n) == 0)
		return n;
	sim->garbage++;
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
on_ended(struct sim *sim, struct link_call *call, char **words)
{
	struct cr_event ev = event_of(sim, CR_ENDED, call);
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
	ev.resynced = call->resynced;
	snprintf(ev.detail, sizeof(ev.detail), "%.63s", words[8]);
	finish(sim, call, &ev);
}

static int64_t
age_of(struct sim *sim, const char *word)
{
	int64_t ms = number(sim, word);

	return ms < 0 || ms > INT64_MAX / US_PER_MS ? -1 : ms * US_PER_MS;
}

static void
on_alive(struct sim *sim, struct link_call *call, char **words)
{
	struct cr_event ev;
	int64_t phase = number(sim, words[2]);

	if (phase < CR_PHASE_SENT || phase > CR_PHASE_ANSWERED)
		return;
	call->unknown_at = 0;
	call->queried = false;
	if (call->asked)
		call_advance(call, (enum cr_phase)phase, sim->now);
	else if (phase == CR_PHASE_RINGING)
		on_ringing(sim, call, words);
	else if (phase == CR_PHASE_ANSWERED)
		on_answered(sim, call, words);
	if (call->ending)
		ask_hangup(sim, call);
	if (!call->asked)
		return;
	call->asked = false;
	ev = event_of(sim, CR_ALIVE, call);
	ev.age_us = age_of(sim, words[3]);
	sim->event(sim->arg, &ev);
}

/* The call may still turn up, because the carrier still reads the bytes of a
 * broken connection. */
static void
on_gone(struct sim *sim, struct link_call *call, char **words)
{
	(void)words;
	calls_taken(&sim->calls, call);
	call->queried = false;
	if (!call->unknown_at)
		call->unknown_at = sim->now;
}

static void
on_listed(struct sim *sim, char **words)
{
	struct cr_event ev = event_of(sim, CR_LISTED, NULL);
	int64_t phase = number(sim, words[2]);
	struct cr_id id;

	if (cr_id_parse(words[1], &id) || phase < CR_PHASE_SENT ||
	    phase > CR_PHASE_ANSWERED) {
		sim->garbage++;
		return;
	}
	uuid_text(id.bytes, ev.call_id);
	ev.phase = (enum cr_phase)phase;
	ev.age_us = age_of(sim, words[3]);
	sim->event(sim->arg, &ev);
}

static void
on_list_end(struct sim *sim, char **words)
{
	(void)words;
	tell(sim, CR_LIST_END, NULL);
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
	void (*call)(struct sim *sim, struct link_call *call, char **words);
} verbs[] = {
	{ "TAKEN",     2, NULL,        on_taken },
	{ "RINGING",   2, NULL,        on_ringing },
	{ "ANSWERED",  2, NULL,        on_answered },
	{ "ENDED",     9, NULL,        on_ended },
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
	struct cr_id id;
	struct link_call *call;

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
		call = idmap_find(&sim->calls.map, &id);
		if (call)
			verbs[i].call(sim, call, words);
		return;
	}
	sim->garbage++;
}

static void
take_in(struct sim *sim)
{
	for (int turn = 0; turn < READS_A_TURN; turn++) {
		enum lines_read got = lines_read(&sim->link.in, sim->link.fd);
		char *line;

		if (got == LINES_MORE)
			sim->link.heard_at = sim->now;
		while ((line = lines_next(&sim->link.in)))
			handle(sim, line);
		if (got == LINES_CLOSED)
			drop(sim, "the carrier closed the connection");
		if (got != LINES_MORE)
			return;
	}
}

static void
doom(struct sim *sim, struct link_call *call)
{
	ask_hangup(sim, call);
	call->doomed_at = sim->now + LAST_WORD_US;
}

/*
 * Until when a call may be up.  Its phase is not known while the carrier cannot
 * be asked or has not answered yet: then this is the longest life of a call,
 * and a minute.
 */
static int64_t
limit_of(const struct sim *sim, const struct link_call *call)
{
	int64_t rings = call->sent_at + call->ring_us + sim->margin_us;

	if (sim->link.state != LINK_UP || call->queried)
		return rings + call->max_us + 2 * sim->overrun_us;
	if (call->phase < CR_PHASE_ANSWERED)
		return rings;
	return call->answered_at + call->max_us + sim->overrun_us;
}

static void
look_while_down(struct sim *sim, struct link_call *call)
{
	if (sim->now >= limit_of(sim, call))
		conclude(sim, call, CR_GONE_UNKNOWN);
}

static void
look_while_up(struct sim *sim, struct link_call *call)
{
	if (call->unknown_at) {
		if (sim->now - call->unknown_at < sim->grace_us) {
			sim_ask(sim, call);
			return;
		}
		ask_hangup(sim, call);
		conclude(sim, call, CR_GONE_UNKNOWN);
	} else if (call->doomed_at) {
		if (sim->now >= call->doomed_at)
			conclude(sim, call, CR_GONE_SILENT);
	} else if (sim->now >= limit_of(sim, call)) {
		doom(sim, call);
	}
}

static void
sweep(struct sim *sim)
{
	struct link_call *next;

	sim->sweep_at = sim->now + sim->sweep_us;
	for (struct link_call *call = sim->calls.first; call; call = next) {
		next = call->next;
		if (sim->link.state == LINK_UP)
			look_while_up(sim, call);
		else
			look_while_down(sim, call);
	}
}

void
sim_dispatch(struct carrier *c, int64_t now_boot_us)
{
	struct sim *sim = sim_of(c);

	sim->now = now_boot_us;
	sim->wall = clock_wall_us();
	if (sim->broken)
		drop(sim, "the connection broke");
	link_connect(&sim->link, sim->now);
	if (sim->link.state != LINK_DOWN)
		take_in(sim);
	if (link_watch(&sim->link, sim->now))
		drop(sim, "the carrier is silent");
	if (sim->now >= sim->sweep_at)
		sweep(sim);
	if (sim->link.state != LINK_DOWN && link_flush(&sim->link))
		drop(sim, "cannot write");
}
