/*
 * Makes runs that look as if they had happened: contacts, attempts and counters
 * that agree after every transaction, and at the end their sums by part; made
 * with the rules of outcome.h and the settings of the campaign.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "campaign/outcome.h"
#include "campaign/workspace_stats.h"
#include "contacts/contact_list.h"
#include "ledger/ledger.h"
#include "store/db.h"
#include "store/tx.h"
#include "tools/demo/demo.h"
#include "tools/demo/stmt.h"
#include "workspace/account.h"

#define CHUNK 1000 /* contacts; with their attempts below 5,000 rows */
#define BACKOFF_US (30 * US_PER_S)
#define REFUSED_MOST 2 /* attempts of a contact that are not counted */

/* clang-format off */
static const struct {
	int chance; /* per cent */
	enum outcome outcome;
	int q850, sip, hung_by; /* 1 person, 2 bot, 3 we, 4 network */
	int ring_min_s, ring_max_s, talk_min_s, talk_max_s;
} dice[] = {
	{ 50, OUTCOME_COMPLETED,       16, 200, 1, 3, 20, 8, 70 },
	{ 10, OUTCOME_VOICEMAIL,       16, 200, 3, 12, 25, 3, 9 },
	{ 10, OUTCOME_BUSY,            17, 486, 4, 0, 0, 0, 0 },
	{ 20, OUTCOME_NO_ANSWER,       19, 487, 3, 45, 45, 0, 0 },
	{ 4,  OUTCOME_REJECTED,        21, 603, 1, 3, 15, 0, 0 },
	{ 3,  OUTCOME_UNREACHABLE,     20, 480, 4, 0, 0, 0, 0 },
	{ 2,  OUTCOME_INVALID_NUMBER,   1, 404, 4, 0, 0, 0, 0 },
	{ 1,  OUTCOME_CONGESTION,      34, 503, 4, 0, 0, 0, 0 },
};
/* clang-format on */

/* The figures of the last days that are kept (workspace_stats.h), by the
 * quarter of an hour. */
#define QUARTER_US (GRAIN_QUARTER * US_PER_MINUTE)
#define QUARTERS (2 * 24 * 4)
#define STATS_COLUMNS 7
#define STATS_SLOT 65535 /* not a node's slot */

struct quarter {
	int64_t placed, ended, answered;
};

struct history {
	struct demo_run *r;
	const struct actor *who;
	struct arena *a; /* of a chunk */
	int64_t run, ended;
	const struct campaign *campaign;
	const char *settings;
	uint64_t random;
	int from, to; /* contacts of the chunk, from 1 */

	struct arg *contacts, *attempts, *due;
	size_t contact_count, attempt_count, due_count;
	struct run_counters counts;
	struct quarter quarters[QUARTERS]; /* the last one is the current */
};
#define CONTACT_COLUMNS 11
#define ATTEMPT_COLUMNS 20
#define DUE_COLUMNS 5

/* splitmix64: the same demo every time */
static uint64_t
next_random(struct history *h)
{
	uint64_t z = h->random += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static int64_t
between(struct history *h, int64_t low, int64_t high)
{
	return low + (int64_t)(next_random(h) % (uint64_t)(high - low + 1));
}

static size_t
roll(struct history *h, bool may_refuse)
{
	for (;;) {
		int64_t n = between(h, 0, 99);
		size_t i = 0;

		while (n >= dice[i].chance)
			n -= dice[i++].chance;
		if (may_refuse || outcome_counts(dice[i].outcome))
			return i;
	}
}

static struct arg
seconds(struct history *h, int low, int high)
{
	if (!high)
		return ARG_NULL;
	return ARG_INT(between(h, low * 1000, high * 1000));
}

/* The quarter of an hour of that time; NULL when it is too old to be kept. */
static struct quarter *
quarter_of(struct history *h, int64_t at)
{
	int64_t now = h->r->now;
	int64_t ago = at < now ? now / QUARTER_US - at / QUARTER_US : 0;

	return ago < QUARTERS ? &h->quarters[QUARTERS - 1 - ago] : NULL;
}

static void
count_quarters(struct history *h, enum outcome o, int64_t at, int64_t end)
{
	struct quarter *placed = quarter_of(h, at);
	struct quarter *ended = quarter_of(h, end);

	if (placed)
		placed->placed++;
	if (ended) {
		ended->ended += outcome_counts(o);
		ended->answered += outcome_picked_up(o, false);
	}
}

static void
add_attempt(struct history *h, int ordinal, int seq, size_t i, int64_t at)
{
	struct arg *x = h->attempts + h->attempt_count++ * ATTEMPT_COLUMNS;
	enum outcome o = dice[i].outcome;
	char *phone = arena_alloc(h->a, 16);
	const struct arg *ms; /* of ringing and of talk */

	demo_phone(h->r->d->first_phone + ordinal - 1, phone);
	*x++ = ARG_INT(h->run);
	*x++ = ARG_INT(SEGMENT_FILE);
	*x++ = ARG_INT(ordinal);
	*x++ = ARG_INT(seq);
	*x++ = ARG_INT(next_random(h) >> 34);
	*x++ = ARG_STR(phone);
	*x++ = ARG_INT(h->r->carrier_id);
	*x++ = ARG_INT(h->r->number_id);
	*x++ = ARG_INT(0); /* the slot of no node */
	*x++ = ARG_TIME(at);
	ms = x;
	*x++ = seconds(h, dice[i].ring_min_s, dice[i].ring_max_s);
	*x++ = seconds(h, dice[i].talk_min_s, dice[i].talk_max_s);
	*x++ = ARG_INT(o);
	*x++ = ARG_INT(dice[i].q850);
	*x++ = ARG_INT(dice[i].sip);
	*x++ = ARG_INT(dice[i].hung_by);
	*x++ = ARG_INT(outcome_counts(o));
	*x++ = o == OUTCOME_COMPLETED
		       ? ARG_INT(30 + (int64_t)(next_random(h) % 40))
		       : ARG_NULL;
	*x++ = ARG_NULL;
	*x++ = ARG_INT(0);
	h->counts.of[run_counter_of_outcome(o)]++;
	h->counts.of[COUNT_ENDED] += outcome_counts(o);
	h->counts.of[COUNT_ANSWERED] += outcome_picked_up(o, false);
	count_quarters(h, o, at, at + (ms[0].num + ms[1].num) * 1000);
}

struct demo_contact {
	enum contact_state state;
	enum outcome outcome;
	int seq, tries;
	bool spoke;
	int64_t due;
};

static void
add_contact(struct history *h, int ordinal, const struct demo_contact *c)
{
	struct arg *x = h->contacts + h->contact_count++ * CONTACT_COLUMNS;
	bool waits = c->state == CONTACT_RETRY;
	enum due_class class = class_of_state(c->state);

	*x++ = ARG_INT(h->run);
	*x++ = ARG_INT(SEGMENT_FILE);
	*x++ = ARG_INT(ordinal);
	*x++ = ARG_INT(c->state);
	*x++ = ARG_INT(class);
	*x++ = waits ? ARG_TIME(c->due) : ARG_NULL;
	*x++ = ARG_INT(c->seq);
	*x++ = ARG_INT(c->tries);
	*x++ = ARG_INT(c->spoke);
	*x++ = ARG_INT(c->outcome);
	*x++ = ARG_INT(h->r->number_id);
	if (waits) {
		struct arg *d = h->due + h->due_count++ * DUE_COLUMNS;

		*d++ = ARG_INT(h->run);
		*d++ = ARG_INT(class);
		*d++ = ARG_TIME(c->due);
		*d++ = ARG_INT(SEGMENT_FILE);
		*d++ = ARG_INT(ordinal);
	}
	h->counts.of[run_counter_of_state(c->state)]++;
	h->counts.of[COUNT_PROCESSED] += c->tries > 0;
	h->counts.of[COUNT_CONNECTED] += c->spoke;
}

/* Makes the calls of one contact, until it is final or the time is up.  A done
 * run leaves no contact waiting.  No first call is refused: none is "held". */
static void
live_through(struct history *h, int ordinal)
{
	const struct demo_campaign *d = h->r->d;
	const struct campaign_settings *set = &h->campaign->set;
	int64_t span = h->ended - h->r->started;
	int64_t at;
	struct demo_contact c = { .state = CONTACT_RETRY };

	/* A done run needs time for the last contact's retries. */
	if (d->rest == REST_DONE)
		span = span * 3 / 5;
	at = h->r->started + span * (ordinal - 1) / d->past;
	while (c.state == CONTACT_RETRY || c.state == CONTACT_HELD) {
		size_t i = roll(h, c.seq < REFUSED_MOST && c.tries);
		enum outcome o = dice[i].outcome;
		struct outcome_next next;

		c.tries += outcome_counts(o);
		c.spoke |= o == OUTCOME_COMPLETED;
		c.outcome = o;
		add_attempt(h, ordinal, ++c.seq, i, at);
		next = outcome_next(o, set->retry_on.bits, c.tries,
				    set->max_attempts,
				    set->retry_delay * US_PER_MINUTE,
				    BACKOFF_US, c.tries > 0);
		c.state = next.state;
		at += next.delay_us + between(h, 40, 400) * US_PER_S;
		c.due = at;
		if (at > h->ended && d->rest != REST_DONE)
			break;
	}
	add_contact(h, ordinal, &c);
}

static int
store_chunk(struct db *db, void *arg, struct fault *f)
{
	const struct history *h = arg;

	if (db_exec(db, NULL, STMT_CURSOR_MOVE,
		    ARGS(ARG_INT(h->to), ARG_INT(h->run), ARG_INT(SEGMENT_FILE),
			 ARG_INT(h->from)),
		    f) ||
	    db_bulk(db, NULL, STMT_ATTEMPT_INSERT, h->attempts, ATTEMPT_COLUMNS,
		    h->attempt_count, f) ||
	    db_bulk(db, NULL, STMT_DEMO_CONTACT, h->contacts, CONTACT_COLUMNS,
		    h->contact_count, f))
		return -1;
	if (h->due_count && db_bulk(db, NULL, STMT_DUE_INSERT, h->due,
				    DUE_COLUMNS, h->due_count, f))
		return -1;
	return run_counters_add(db, &h->counts, 1, shard_of(NULL, SHARD_WEB),
				f);
}

static int
make_chunk(struct db *db, struct history *h, struct fault *f)
{
	size_t attempts = (size_t)h->campaign->set.max_attempts + REFUSED_MOST;

	arena_reset(h->a);
	h->contacts = ARENA_ARRAY(h->a, CHUNK * CONTACT_COLUMNS, struct arg);
	h->attempts = ARENA_ARRAY(h->a, CHUNK * attempts * ATTEMPT_COLUMNS,
				  struct arg);
	h->due = ARENA_ARRAY(h->a, CHUNK * DUE_COLUMNS, struct arg);
	h->contact_count = h->attempt_count = h->due_count = 0;
	h->counts = (struct run_counters){ .run_id = h->run };
	for (int i = h->from; i < h->to; i++)
		live_through(h, i);
	return tx_run(db, store_chunk, h, NULL, f);
}

static int
begin(struct db *db, void *arg, struct fault *f)
{
	struct history *h = arg;

	if (db_exec(db, NULL, STMT_DEMO_RUN,
		    ARGS(ARG_INT(h->who->workspace_id),
			 ARG_INT(h->campaign->id), ARG_STR(h->settings),
			 ARG_INT(REST_FAILED), ARG_TIME(h->r->started)),
		    f))
		return -1;
	h->run = db_insert_id(db);
	return db_exec(db, NULL, STMT_LIFE_ADD_CURSORS,
		       ARGS(ARG_INT(h->run), ARG_INT(h->campaign->id)), f);
}

static int
note(struct db *db, const struct history *h, int64_t at, const char *actor,
     const char *action, const char *status, struct fault *f)
{
	char became[80];

	snprintf(became, sizeof(became), "{\"status\":\"%s\",\"runs\":1}",
		 status);
	return db_exec(db, NULL, STMT_DEMO_AUDIT,
		       ARGS(ARG_INT(h->who->workspace_id),
			    ARG_INT(h->campaign->id), ARG_TIME(at),
			    ARG_STR(actor), ARG_STR(action), ARG_STR(became)),
		       f);
}

/* The status that the run leaves the campaign in. */
static unsigned
status_of(const struct demo_campaign *d)
{
	if (d->rest == REST_OPEN)
		return d->status;
	return d->rest == REST_FAILED ? CAMPAIGN_FAILED : CAMPAIGN_COMPLETED;
}

static int
note_all(struct db *db, const struct history *h, unsigned status,
	 struct fault *f)
{
	const struct demo_campaign *d = h->r->d;
	const char *word = campaign_status_words[status];

	if (note(db, h, h->r->started, h->who->name, "start", "running", f))
		return -1;
	if (status == CAMPAIGN_PAUSED)
		return note(db, h, h->ended, h->who->name, "pause", word, f);
	if (d->rest == REST_MANUAL_STOP)
		return note(db, h, h->ended, h->who->name, "stop", word, f);
	if (d->rest != REST_OPEN)
		return note(db, h, h->ended, "",
			    d->rest == REST_FAILED ? "fail" : "complete", word,
			    f);
	return 0;
}

static int
store_quarters(struct db *db, const struct history *h, struct fault *f)
{
	int64_t minute = (h->r->now / QUARTER_US - QUARTERS) * GRAIN_QUARTER;
	struct arg args[QUARTERS * STATS_COLUMNS], *at = args;

	for (size_t i = 0; i < QUARTERS; i++) {
		const struct quarter *q = &h->quarters[i];

		minute += GRAIN_QUARTER;
		if (!q->placed && !q->ended)
			continue;
		*at++ = ARG_INT(h->who->workspace_id);
		*at++ = ARG_INT(GRAIN_QUARTER);
		*at++ = ARG_INT(minute);
		*at++ = ARG_INT(STATS_SLOT);
		*at++ = ARG_INT(q->placed);
		*at++ = ARG_INT(q->ended);
		*at++ = ARG_INT(q->answered);
	}
	return db_bulk(db, NULL, STMT_STATS_ADD, args, STATS_COLUMNS,
		       (size_t)(at - args) / STATS_COLUMNS, f);
}

static int
store_sums(struct db *db, const struct history *h, struct fault *f)
{
	struct arg run = ARG_INT(h->run);

	return db_exec(db, NULL, STMT_DEMO_BREAKDOWN, &run, 1, f) ||
			       db_exec(db, NULL, STMT_DEMO_PERIODS,
				       ARGS(ARG_INT(h->campaign->id), run),
				       f) ||
			       db_exec(db, NULL, STMT_DEMO_MINUTES,
				       ARGS(run, ARG_TIME(h->ended)), f)
		       ? -1
		       : 0;
}

/* The run is complete: from now on a dialler may continue it. */
static int
finish(struct db *db, void *arg, struct fault *f)
{
	const struct history *h = arg;
	const struct demo_campaign *d = h->r->d;
	unsigned status = status_of(d);
	struct arg ended = d->rest ? ARG_TIME(h->ended) : ARG_NULL;
	struct arg paused =
		status == CAMPAIGN_PAUSED ? ARG_TIME(h->ended) : ARG_NULL;

	if (db_exec(db, NULL, STMT_DEMO_FINISH,
		    ARGS(ARG_INT(status), ARG_INT(h->run),
			 ARG_TIME(h->r->started), paused, ended,
			 ARG_INT(h->campaign->id)),
		    f) ||
	    db_exec(db, NULL, STMT_LIST_OPEN,
		    ARGS(ARG_INT(d->rest == REST_OPEN),
			 ARG_INT(h->campaign->own_list)),
		    f) ||
	    db_exec(db, NULL, STMT_DEMO_FINISH_RUN,
		    ARGS(ARG_INT(d->rest), ARG_STR(d->reason ? d->reason : ""),
			 ended, ARG_INT(h->run)),
		    f) ||
	    store_quarters(db, h, f) || store_sums(db, h, f))
		return -1;
	return note_all(db, h, status, f);
}

int
demo_history(struct db *db, struct demo_run *r, const struct actor *who,
	     struct arena *a, struct fault *f)
{
	struct history h = { .r = r,
			     .who = who,
			     .a = arena_new(),
			     .random = (uint64_t)r->d->first_phone };
	struct campaign c;
	int64_t *numbers;
	size_t count;
	int rc;

	r->started = r->now - (r->d->rest ? r->d->created_h - 1 : r->d->run_h) *
				      US_PER_HOUR;
	h.ended = r->started + r->d->run_h * US_PER_HOUR;
	rc = campaign_load(db, who->workspace_id, r->campaign_id, &c, a, f);
	if (!rc)
		rc = campaign_numbers(db, c.id, &numbers, &count, a, f);
	if (!rc) {
		h.campaign = &c;
		h.settings = campaign_settings_json(&c.set, numbers, count, a);
		rc = tx_run(db, begin, &h, NULL, f);
	}
	for (h.from = 1; !rc && h.from <= r->d->past; h.from = h.to) {
		h.to = h.from + CHUNK;
		if (h.to > r->d->past + 1)
			h.to = r->d->past + 1;
		rc = make_chunk(db, &h, f);
	}
	if (!rc)
		rc = tx_run(db, finish, &h, NULL, f);
	arena_free(h.a);
	return rc;
}
