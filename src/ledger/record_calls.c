#include "ledger/record_calls.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "ledger/record_calls_priv.h"
#include "store/tx.h"

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
	e->has_report = rows_int(r, 12) > 0;
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

static const struct field said_fields[] = {
	{ FIELD(call_said, answered_by) },
	{ FIELD(call_said, callback_at) },
	{ FIELD(call_said, disposition) },
};
static const struct record said_record = RECORD(said_fields);

/* The entry of a call, or NULL: they are sorted by id. */
static struct record_entry *
entry_of(struct record_batch *b, const struct call_id *id)
{
	for (size_t low = 0, high = b->count; low < high;) {
		size_t middle = low + (high - low) / 2;
		struct record_entry *e = &b->all[middle];
		int order = call_id_compare(id->b, e->news->id.b);

		if (!order)
			return e;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static struct follow_rules *
rules_of(struct record_batch *b, int64_t campaign_id)
{
	for (size_t i = 0; i < b->rule_count; i++)
		if (b->rules[i].campaign_id == campaign_id)
			return &b->rules[i];
	return NULL;
}

static int
read_rules(struct db *db, struct record_batch *b, struct fault *f)
{
	for (size_t i = 0; i < b->count; i++) {
		int64_t id = b->all[i].campaign_id;

		if (b->all[i].news->ended && !rules_of(b, id))
			b->rules[b->rule_count++] =
				(struct follow_rules){ .campaign_id = id };
	}
	return follow_rules_read(db, b->rules, b->rule_count, b->arena, f);
}

/* What bots have reported of calls that end now.  It is read after the rows are
 * locked: who stores a report writes the row, too. */
static int
read_said(struct db *db, struct record_batch *b, struct fault *f)
{
	struct call_id *ids =
		ARENA_ARRAY(b->arena, b->count + 1, struct call_id);
	struct record_family family;
	struct arg *args;
	struct rows r;
	size_t n = 0;
	int got;

	for (size_t i = 0; i < b->count; i++)
		if (b->all[i].news->ended && b->all[i].has_report)
			ids[n++] = b->all[i].news->id;
	if (!n)
		return 0;
	family = record_family(n);
	args = ARENA_ARRAY(b->arena, family.size, struct arg);
	args_ids(args, ids, n, family.size);
	if (db_query(db, &r, family.said, args, family.size, f))
		return -1;
	while ((got = rows_next(&r, f)) > 0) {
		struct call_id id;
		struct record_entry *e;

		rows_copy(&r, 0, id.b, UUID_LEN);
		e = entry_of(b, &id);
		if (e && rows_into(&r, 1, &said_record, &e->said, b->arena,
				   f) < 0)
			return -1;
	}
	return got;
}

/* What follows the end of a call (doc/product.md 6.8). */
static void
decide(struct record_batch *b, struct record_entry *e)
{
	bool counts = outcome_counts(e->news->outcome);
	struct call_end end = { .outcome = e->news->outcome,
				.tries = e->tries + counts,
				.seq = e->key.seq,
				.was_callback = e->class == DUE_CALLBACK,
				.now = b->now };
	struct follow_next next =
		follow(rules_of(b, e->campaign_id), &end, &e->said);

	e->counts = counts;
	e->state = next.state;
	e->due_at = next.due_at;
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
		if (!barred[n++])
			continue;
		e->state = CONTACT_EXCLUDED;
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
	if (read_rules(db, b, f) || read_said(db, b, f))
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
	b.rules = ARENA_ARRAY(a, n, struct follow_rules);
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
