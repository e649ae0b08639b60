#include "carrier/sim/exchange.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/uuid.h"
#include "carrier/idmap.h"
#include "carrier/carrier.h"
#include "carrier/sim/count.h"
#include "carrier/sim/heap.h"

#define NUMBER_MAX 20
/* The caller's second and ours differ by the time that a line takes. */
#define CPS_SLACK_US (100 * US_PER_MS)

struct sim_call {
	struct cr_id id; /* first: the key of the table */
	struct timer timer;
	struct sim_fate fate;
	int64_t placed_at, rang_at, answered_at, joined_at;
	uint32_t site;
	unsigned owner;
	enum cr_phase phase;
	bool seated; /* its bot may be joined */
	char number[NUMBER_MAX + 1];
};

/* A call that has ended; these are kept in the order of their ends. */
struct past {
	struct cr_id id; /* first */
	struct past *next;
	int64_t ended_at;
	const char *detail;
	int32_t ring_ms, talk_ms, join_ms;
	int16_t sip, q850;
	uint8_t saw, by;
};

struct exchange {
	struct exchange_conf conf;
	struct idmap calls, pasts;
	struct past *oldest, *newest;
	struct heap heap;
	struct sim_count count;
	int64_t *sent; /* the last cps times, a ring */
	size_t sent_at;
};

struct exchange *
exchange_new(const struct exchange_conf *conf)
{
	struct exchange *x = xcalloc(1, sizeof(*x));

	x->conf = *conf;
	if (conf->cps) {
		x->sent = xcalloc((size_t)conf->cps, sizeof(*x->sent));
		for (int64_t i = 0; i < conf->cps; i++)
			x->sent[i] = -US_PER_S;
	}
	return x;
}

static struct sim_call *
call_of(struct timer *t)
{
	return (struct sim_call *)(void *)((char *)t -
					   offsetof(struct sim_call, timer));
}

void
exchange_free(struct exchange *x)
{
	for (size_t i = 0; i < x->calls.cap; i++)
		free(x->calls.slots[i]);
	for (size_t i = 0; i < x->pasts.cap; i++)
		free(x->pasts.slots[i]);
	idmap_free(&x->calls);
	idmap_free(&x->pasts);
	heap_free(&x->heap);
	sim_count_free(&x->count);
	free(x->sent);
	free(x);
}

static void __attribute__((format(printf, 3, 4)))
say(struct exchange *x, unsigned owner, const char *fmt, ...)
{
	char line[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	x->conf.say(x->conf.arg, owner, line);
}

static void
say_id(struct exchange *x, unsigned owner, const char *verb,
       const struct cr_id *id)
{
	char text[UUID_TEXT];

	uuid_text(id->bytes, text);
	say(x, owner, "%s\t%s\n", verb, text);
}

static void
log_call(struct exchange *x, const struct sim_call *call, int64_t wall,
	 const char *word)
{
	char text[UUID_TEXT];

	if (x->conf.log->events < 0)
		return;
	uuid_text(call->id.bytes, text);
	if (strcmp(word, "ended") != 0)
		sim_log_event(x->conf.log, wall, text, call->number, "%s",
			      word);
	else
		sim_log_event(x->conf.log, wall, text, call->number,
			      "ended\t%d\t%d\t%s", call->fate.facts.sip,
			      call->fate.facts.q850,
			      outcome_words[cr_outcome_of(&call->fate.facts)]);
}

static void
say_end(struct exchange *x, unsigned owner, const struct past *p)
{
	char text[UUID_TEXT];

	uuid_text(p->id.bytes, text);
	say(x, owner,
	    "ENDED\t%s\t%d\t%d\t%s\t%u\t%" PRId32 "\t%" PRId32 "\t%" PRId32
	    "\t%s\n",
	    text, p->sip, p->q850, cr_by_word(p->by), p->saw, p->ring_ms,
	    p->talk_ms, p->join_ms, p->detail);
}

static struct past *
past_of(const struct sim_call *call, int64_t now)
{
	const struct cr_facts *facts = &call->fate.facts;
	struct past *p = xcalloc(1, sizeof(*p));
	int64_t rang_till = call->answered_at ? call->answered_at : now;

	p->id = call->id;
	p->ended_at = now;
	p->detail = call->fate.detail;
	p->sip = (int16_t)facts->sip;
	p->q850 = (int16_t)facts->q850;
	p->saw = (uint8_t)facts->saw;
	p->by = (uint8_t)facts->by;
	if (call->rang_at)
		p->ring_ms = (int32_t)((rang_till - call->rang_at) / US_PER_MS);
	p->join_ms = -1;
	if (call->joined_at)
		p->join_ms = (int32_t)((call->joined_at - call->answered_at) /
				       US_PER_MS);
	if (call->answered_at)
		p->talk_ms = (int32_t)((now - call->answered_at) / US_PER_MS);
	return p;
}

static void
end(struct exchange *x, struct sim_call *call, int64_t wall, int64_t now)
{
	struct past *p = past_of(call, now);

	log_call(x, call, wall, "ended");
	heap_unset(&x->heap, &call->timer);
	idmap_remove(&x->calls, &call->id);
	idmap_put(&x->pasts, p);
	if (x->newest)
		x->newest->next = p;
	else
		x->oldest = p;
	x->newest = p;
	say_end(x, call->owner, p);
	free(call);
}

static bool
has_bot(const struct sim_call *call)
{
	return !(call->fate.facts.saw & CR_SAW_NO_BOT);
}

/* How long after the answer the next step comes, SIM_NEVER: none does. */
static int64_t
after_answer(const struct exchange *x, const struct sim_call *call)
{
	int64_t end = call->fate.end_us, wait = sim_seat_wait_us(&x->conf.dice);

	if (call->joined_at || !has_bot(call))
		return end;
	if (call->seated)
		wait = call->fate.join_us;
	return end == SIM_NEVER || wait < end ? wait : end;
}

static void
set_timer(struct exchange *x, struct sim_call *call, int64_t after)
{
	const struct sim_fate *fate = &call->fate;
	int64_t wait = fate->end_us;

	if (call->phase == CR_PHASE_SENT && fate->ring_us != SIM_NEVER)
		wait = fate->ring_us;
	else if (call->phase < CR_PHASE_ANSWERED &&
		 fate->answer_us != SIM_NEVER)
		wait = fate->answer_us;
	else if (call->phase == CR_PHASE_ANSWERED)
		wait = after_answer(x, call);
	if (wait != SIM_NEVER)
		heap_set(&x->heap, &call->timer, after + wait);
	else
		heap_unset(&x->heap, &call->timer);
}

static void
join(struct exchange *x, struct sim_call *call, int64_t wall, int64_t now)
{
	char text[UUID_TEXT];

	call->joined_at = now;
	log_call(x, call, wall, "joined");
	uuid_text(call->id.bytes, text);
	say(x, call->owner, "JOINED\t%s\t%" PRId64 "\n", text,
	    (int64_t)((now - call->answered_at) / US_PER_MS));
	set_timer(x, call, call->answered_at);
}

/* An answered call whose time has come: its bot is joined, or did not come, or
 * somebody hangs up. */
static void
step_answered(struct exchange *x, struct sim_call *call, int64_t wall,
	      int64_t due)
{
	bool over = call->fate.end_us != SIM_NEVER &&
		    due - call->answered_at >= call->fate.end_us;

	if (!over && !call->joined_at && has_bot(call)) {
		if (call->seated) {
			join(x, call, wall, due);
			return;
		}
		call->fate.facts.saw |= CR_SAW_NO_BOT;
		call->fate.facts.by = CR_BY_NETWORK;
		call->fate.detail = "no seat";
	}
	end(x, call, wall, due);
}

/* Takes the step that is due; the next one counts from the time it was due. */
static void
step(struct exchange *x, struct sim_call *call, int64_t wall)
{
	int64_t due = call->timer.due;

	if (call->phase == CR_PHASE_SENT && call->fate.ring_us != SIM_NEVER) {
		call->phase = CR_PHASE_RINGING;
		call->rang_at = due;
		log_call(x, call, wall, "ringing");
		say_id(x, call->owner, "RINGING", &call->id);
	} else if (call->phase < CR_PHASE_ANSWERED &&
		   call->fate.answer_us != SIM_NEVER) {
		call->phase = CR_PHASE_ANSWERED;
		call->answered_at = due;
		log_call(x, call, wall, "answered");
		say_id(x, call->owner, "ANSWERED", &call->id);
	} else if (call->phase == CR_PHASE_ANSWERED) {
		step_answered(x, call, wall, due);
		return;
	} else {
		end(x, call, wall, due);
		return;
	}
	set_timer(x, call, due);
}

static void
forget_old(struct exchange *x, int64_t now)
{
	while (x->oldest && now - x->oldest->ended_at >= x->conf.remember_us) {
		struct past *p = x->oldest;

		x->oldest = p->next;
		if (!x->oldest)
			x->newest = NULL;
		idmap_remove(&x->pasts, &p->id);
		free(p);
	}
}

int64_t
exchange_run(struct exchange *x, int64_t wall, int64_t now)
{
	struct timer *t;
	int64_t at = -1;

	while ((t = heap_first(&x->heap)) && t->due <= now)
		step(x, call_of(t), wall);
	forget_old(x, now);
	if (t)
		at = t->due;
	if (x->oldest && at < 0)
		at = x->oldest->ended_at + x->conf.remember_us;
	return at;
}

/* NULL when there is room for one more call now. */
static const char *
limit_hit(struct exchange *x, int64_t now)
{
	int64_t *oldest;

	if (x->conf.channels && x->calls.count >= (size_t)x->conf.channels)
		return "channels";
	if (!x->conf.cps)
		return NULL;
	oldest = &x->sent[x->sent_at];
	if (now - *oldest < US_PER_S - CPS_SLACK_US)
		return "calls per second";
	*oldest = now;
	x->sent_at = (x->sent_at + 1) % (size_t)x->conf.cps;
	return NULL;
}

/* NULL when the call may be placed; it is in the log then. */
static const char *
refusal(struct exchange *x, const struct exchange_order *o, bool logged,
	int64_t now)
{
	if (o->late)
		return "too late";
	return logged ? limit_hit(x, now) : "no log";
}

static void
decide(struct exchange *x, struct sim_call *call,
       const struct exchange_order *o, bool logged, int64_t wall, int64_t now)
{
	const char *why = refusal(x, o, logged, now);
	int hour = (int)(wall / US_PER_S / 3600 % 24);

	if (why) {
		sim_refuse(why, &call->fate);
		return;
	}
	sim_roll(&x->conf.dice, call->number,
		 sim_count_up(&x->count, call->number), hour, o->ring_ms,
		 o->max_ms, &call->fate);
}

void
exchange_place(struct exchange *x, const struct exchange_order *o, int64_t wall,
	       int64_t now)
{
	bool logged =
		!o->late && !sim_log_place(x->conf.log, wall, o->id, o->number);
	struct sim_call *call;
	struct cr_id id;

	if (cr_id_parse(o->id, &id) || strlen(o->number) > NUMBER_MAX) {
		say(x, o->owner, "ERROR\tbad id or number\n");
		return;
	}
	if (idmap_find(&x->calls, &id) || idmap_find(&x->pasts, &id)) {
		sim_log_event(x->conf.log, wall, o->id, o->number, "duplicate");
		say_id(x, o->owner, "DUPLICATE", &id);
		return;
	}
	call = xcalloc(1, sizeof(*call));
	call->id = id;
	call->placed_at = now;
	call->site = o->site;
	call->owner = o->owner;
	call->seated = o->seated;
	memcpy(call->number, o->number, strlen(o->number) + 1);
	decide(x, call, o, logged, wall, now);
	idmap_put(&x->calls, call);
	say_id(x, call->owner, "TAKEN", &id);
	set_timer(x, call, now);
}

void
exchange_join(struct exchange *x, const char *id_text, unsigned owner,
	      int64_t now)
{
	struct sim_call *call;
	struct cr_id id;

	if (cr_id_parse(id_text, &id)) {
		say(x, owner, "ERROR\tbad id\n");
		return;
	}
	call = idmap_find(&x->calls, &id);
	if (!call || call->seated)
		return;
	call->seated = true;
	if (call->phase == CR_PHASE_ANSWERED && has_bot(call) &&
	    call->fate.join_us <= call->timer.due - now)
		heap_set(&x->heap, &call->timer, now + call->fate.join_us);
}

void
exchange_end(struct exchange *x, const char *id_text, unsigned owner,
	     bool cancel, int q850, int64_t wall, int64_t now)
{
	struct cr_id id;
	struct sim_call *call;
	struct cr_facts *facts;

	if (cr_id_parse(id_text, &id)) {
		say(x, owner, "ERROR\tbad id\n");
		return;
	}
	call = idmap_find(&x->calls, &id);
	if (!call) {
		say_id(x, owner, "GONE", &id);
		return;
	}
	facts = &call->fate.facts;
	facts->by = CR_BY_US;
	if (call->phase < CR_PHASE_ANSWERED) {
		facts->sip = 487;
		facts->saw = CR_SAW_CANCEL;
		if (call->phase == CR_PHASE_RINGING)
			facts->saw |= CR_SAW_RINGING;
		facts->q850 = 16;
	} else if (q850 >= 0 && q850 < 128) {
		facts->q850 = q850;
	}
	call->fate.detail = cancel ? "cancelled" : "hung up";
	log_call(x, call, wall, cancel ? "cancel" : "hangup");
	end(x, call, wall, now);
}

static void
say_alive(struct exchange *x, unsigned owner, const char *verb,
	  const struct sim_call *call, int64_t now)
{
	char text[UUID_TEXT];

	uuid_text(call->id.bytes, text);
	say(x, owner, "%s\t%s\t%d\t%" PRId64 "\n", verb, text, (int)call->phase,
	    (int64_t)((now - call->placed_at) / US_PER_MS));
}

void
exchange_query(struct exchange *x, const char *id_text, unsigned owner,
	       int64_t now)
{
	struct cr_id id;
	struct sim_call *call;
	struct past *p;

	if (cr_id_parse(id_text, &id)) {
		say(x, owner, "ERROR\tbad id\n");
		return;
	}
	call = idmap_find(&x->calls, &id);
	p = call ? NULL : idmap_find(&x->pasts, &id);
	if (call) {
		call->owner = owner;
		say_alive(x, owner, "ALIVE", call, now);
	} else if (p) {
		say_end(x, owner, p);
	} else {
		say_id(x, owner, "GONE", &id);
	}
}

void
exchange_list(struct exchange *x, uint32_t site, unsigned owner, int64_t now)
{
	size_t n = 0;

	for (size_t i = 0; i < x->calls.cap; i++) {
		const struct sim_call *call = x->calls.slots[i];

		if (!call || call->site != site)
			continue;
		say_alive(x, owner, "LISTED", call, now);
		n++;
	}
	say(x, owner, "LISTEND\t%zu\n", n);
}

size_t
exchange_calls(const struct exchange *x)
{
	return x->calls.count;
}
