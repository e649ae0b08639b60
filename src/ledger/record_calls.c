#include "ledger/record_calls.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "campaign/campaign.h"
#include "ledger/record_calls_priv.h"
#include "store/tx.h"

#define RULES_AT_ONCE 8
/* seq has 12 bits in a call id; a contact that was dialled so often is
 * exhausted. */
#define SEQ_MOST 4000

static void
fill_entry(struct record_batch *b, const struct rows *r)
{
	struct record_entry *e = &b->all[b->count];
	struct call_id id;
	int64_t i, state;

	rows_copy(r, 0, id.b, UUID_LEN);
	i = call_id_find(b->ids, b->n, id.b);
	*e = (struct record_entry){ .due_at = 0 };
	if (i < 0 || call_id_read(id.b, &e->key))
		return;
	e->news = b->news[i];
	e->campaign_id = rows_int(r, 1);
	e->phone = rows_str(r, 2, b->arena);
	e->class = (enum due_class)rows_int(r, 3);
	e->tries = rows_int(r, 4);
	e->spoke = rows_int(r, 5);
	e->carrier_id = rows_int(r, 6);
	e->number_id = rows_int(r, 7);
	state = rows_int(r, 8);
	e->answered_before = state == LIVE_ANSWERED;
	e->answered = e->news->answered || e->answered_before;
	e->first = state == LIVE_SENT;
	e->rang_before = state >= LIVE_RINGING;
	e->sent_at = rows_int(r, 9);
	b->now = rows_int(r, 10);
	e->workspace_id = rows_int(r, 11);
	b->count++;
}

static int
by_entry_id(const void *a, const void *b)
{
	const struct record_entry *x = a, *y = b;

	return call_id_compare(x->news->id.b, y->news->id.b);
}

static int
lock_rows(struct db *db, struct record_batch *b, struct fault *f)
{
	struct record_family family = record_family(b->n);
	struct arg *args = ARENA_ARRAY(b->arena, family.size + 1, struct arg);
	struct arg *at = args_ids(args, b->ids, b->n, family.size);
	struct rows r;
	int got;

	*at++ = ARG_INT(b->me->boot);
	if (db_query(db, &r, family.lock, args, (size_t)(at - args), f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		fill_entry(b, &r);
	qsort(b->all, b->count, sizeof(*b->all), by_entry_id);
	return got;
}

static struct record_rules *
rules_of(struct record_batch *b, int64_t campaign_id)
{
	for (size_t i = 0; i < b->rule_count; i++)
		if (b->rules[i].campaign_id == campaign_id)
			return &b->rules[i];
	return NULL;
}

/* A row of CAMPAIGN_RULES. */
static void
fill_rules(struct record_batch *b, const struct rows *r)
{
	struct record_rules *k = rules_of(b, rows_int(r, 0));
	struct campaign_settings set = { .retry_delays = { .of = { 0 } } };
	struct fault unused;

	/* The text was valid when stored; if it is not, the usual delay
	 * applies. */
	field_set(record_find(&campaign_settings_record, "retry_delays"), &set,
		  rows_str(r, 3, b->arena), b->arena, &unused);
	k->max_attempts = rows_int(r, 1);
	k->delay_us = rows_int(r, 2) * US_PER_MINUTE;
	k->delays = set.retry_delays;
	k->retry_on = (uint32_t)rows_int(r, 4);
}

static int
read_some_rules(struct db *db, struct record_batch *b, size_t from,
		struct fault *f)
{
	struct arg args[RULES_AT_ONCE];
	struct rows r;
	int got;

	for (size_t i = 0; i < RULES_AT_ONCE; i++) {
		size_t k =
			from + i < b->rule_count ? from + i : b->rule_count - 1;

		args[i] = ARG_INT(b->rules[k].campaign_id);
	}
	if (db_query(db, &r, STMT_CAMPAIGN_RULES, args, RULES_AT_ONCE, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0)
		fill_rules(b, &r);
	return got;
}

static int
read_rules(struct db *db, struct record_batch *b, struct fault *f)
{
	for (size_t i = 0; i < b->count; i++) {
		int64_t id = b->all[i].campaign_id;

		if (b->all[i].news->ended && !rules_of(b, id))
			b->rules[b->rule_count++] =
				(struct record_rules){ .campaign_id = id };
	}
	for (size_t i = 0; i < b->rule_count; i += RULES_AT_ONCE)
		if (read_some_rules(db, b, i, f))
			return -1;
	return 0;
}

static bool
waits(enum contact_state s)
{
	return s == CONTACT_RETRY || s == CONTACT_HELD || s == CONTACT_CALLBACK;
}

/* The number of earlier attempts that did not count tells how often the call
 * was refused. */
static int64_t
backoff(const struct record_entry *e)
{
	int64_t us = RECORD_BACKOFF_US;

	for (int64_t i = e->tries + 1;
	     i < e->key.seq && us < RECORD_BACKOFF_MOST_US; i++)
		us *= 2;
	return us < RECORD_BACKOFF_MOST_US ? us : RECORD_BACKOFF_MOST_US;
}

static int64_t
delay_after(const struct record_rules *k, enum outcome o)
{
	return k->delays.of[o] ? k->delays.of[o] * US_PER_MINUTE : k->delay_us;
}

/* What follows the end of a call (doc/product.md 6.8). */
static void
decide(struct record_batch *b, struct record_entry *e)
{
	const struct record_rules *k = rules_of(b, e->campaign_id);
	enum outcome o = e->news->outcome;
	struct outcome_next next;

	e->counts = outcome_counts(o);
	next = outcome_next(o, k->retry_on, e->tries + e->counts,
			    k->max_attempts, delay_after(k, o), backoff(e),
			    e->tries > 0);
	/* A callback that the carrier refused stays a callback. */
	if (!e->counts && e->class == DUE_CALLBACK)
		next.state = CONTACT_CALLBACK;
	e->state = next.state;
	e->due_at = 0;
	/* The planner decides whether it may be called then, because the
	 * schedule may change meanwhile. */
	if (waits(e->state))
		e->due_at = b->now + next.delay_us;
}

/* Excluded contacts do not wait for another call.  They are read after the rows
 * are locked, so that every exclusion acknowledged before is seen. */
static int
exclude(struct db *db, struct record_batch *b, struct fault *f)
{
	struct call_id *ids =
		ARENA_ARRAY(b->arena, b->count + 1, struct call_id);
	bool *barred = ARENA_ARRAY(b->arena, b->count + 1, bool);
	struct record_family family;
	struct arg *args;
	struct rows r;
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++)
		if (b->all[i].due_at)
			ids[n++] = b->all[i].news->id;
	if (!n)
		return 0;
	family = record_family(n);
	args = ARENA_ARRAY(b->arena, family.size, struct arg);
	args_ids(args, ids, n, family.size);
	if (db_query(db, &r, family.barred, args, family.size, f) ||
	    ledger_found(&r, ids, n, barred, f))
		return -1;
	n = 0;
	for (size_t i = 0; i < b->count; i++) {
		struct record_entry *e = &b->all[i];

		if (!e->due_at)
			continue;
		if (barred[n++])
			e->state = CONTACT_EXCLUDED;
		else if (e->key.seq >= SEQ_MOST)
			e->state = CONTACT_EXHAUSTED;
		else
			continue;
		e->due_at = 0;
	}
	return 0;
}

static int
record_tx(struct db *db, void *arg, struct fault *f)
{
	struct record_batch *b = arg;

	b->count = b->rule_count = b->runs = 0;
	if (lock_rows(db, b, f))
		return -1;
	if (b->count == 0)
		return 0;
	if (read_rules(db, b, f))
		return -1;
	for (size_t i = 0; i < b->count; i++)
		if (b->all[i].news->ended)
			decide(b, &b->all[i]);
	return exclude(db, b, f) || record_rows_write(db, b, f) ||
			       record_events_write(db, b, f)
		       ? -1
		       : 0;
}

static int
by_news_id(const void *a, const void *b)
{
	const struct call_update *x = *(const struct call_update *const *)a;
	const struct call_update *y = *(const struct call_update *const *)b;

	return call_id_compare(x->id.b, y->id.b);
}

static void
sum_up(const struct record_batch *b, const struct call_update *news,
       struct record_result *out)
{
	out->dropped = b->n - b->count;
	out->gone = ARENA_ARRAY(b->arena, b->n, bool);
	memset(out->gone, 1, b->n * sizeof(*out->gone));
	for (size_t i = 0; i < b->count; i++)
		out->gone[b->all[i].news - news] = false;
	out->runs = ARENA_ARRAY(b->arena, b->runs + 1, int64_t);
	out->run_count = b->runs;
	for (size_t i = 0; i < b->runs; i++)
		out->runs[i] = b->counts[i].run_id;
	out->carriers =
		ARENA_ARRAY(b->arena, b->count + 1, struct carrier_ends);
	for (size_t i = 0; i < b->count; i++) {
		const struct record_entry *e = &b->all[i];
		size_t k = 0;

		if (!e->news->ended)
			continue;
		out->ended++;
		while (k < out->carrier_count &&
		       out->carriers[k].carrier_id != e->carrier_id)
			k++;
		if (k == out->carrier_count)
			out->carriers[out->carrier_count++].carrier_id =
				e->carrier_id;
		out->carriers[k].calls++;
	}
}

int
ledger_record(struct db *db, const struct ledger_node *me,
	      const struct call_update *news, size_t n, struct arena *a,
	      struct record_result *out, struct fault *f)
{
	struct record_batch b = { .me = me, .n = n, .arena = a };

	assert(n <= RECORD_MOST);
	*out = (struct record_result){ .ended = 0 };
	if (n == 0)
		return 0;
	b.ids = ARENA_ARRAY(a, n, struct call_id);
	b.news = ARENA_ARRAY(a, n, const struct call_update *);
	b.all = ARENA_ARRAY(a, n + 1, struct record_entry);
	b.rules = ARENA_ARRAY(a, n, struct record_rules);
	for (size_t i = 0; i < n; i++)
		b.news[i] = &news[i];
	qsort(b.news, n, sizeof(*b.news), by_news_id);
	for (size_t i = 0; i < n; i++)
		b.ids[i] = b.news[i]->id;
	if (tx_run(db, record_tx, &b, NULL, f))
		return -1;
	sum_up(&b, news, out);
	return 0;
}
