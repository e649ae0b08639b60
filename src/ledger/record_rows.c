/* Writes calls that progressed or ended as rows of the ledger. */
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "campaign/campaign_period.h"
#include "campaign/workspace_stats.h"
#include "ledger/record_calls_priv.h"

enum { ATTEMPT_COLUMNS = 20 };

struct record_family
record_family(size_t n)
{
#define FAMILY_OF(size)                                                    \
	(struct record_family)                                             \
	{                                                                  \
		STMT_RECORD_LOCK_##size, STMT_RECORD_SAID_##size,          \
			STMT_RECORD_BARRED_##size, STMT_LIVE_PHASE_##size, \
			STMT_LIVE_ENDS_##size, size                        \
	}
	if (n <= 8)
		return FAMILY_OF(8);
	return n <= 50 ? FAMILY_OF(50) : FAMILY_OF(500);
#undef FAMILY_OF
}

/* Calls that rang, were answered, or both since the last batch. */
static int
write_phase(struct db *db, struct record_batch *b, bool rang, bool answered,
	    struct fault *f)
{
	struct call_id *ids =
		ARENA_ARRAY(b->arena, b->count + 1, struct call_id);
	struct arg args[RECORD_MOST + 3];
	struct record_family family;
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct call_update *k = b->all[i].news;

		if (!k->ended && k->rang == rang && k->answered == answered)
			ids[n++] = k->id;
	}
	if (!n)
		return 0;
	family = record_family(n);
	args[0] = ARG_INT(answered ? LIVE_ANSWERED : LIVE_RINGING);
	args[1] = ARG_INT(rang);
	args[2] = ARG_INT(answered);
	args_ids(args + 3, ids, n, family.size);
	return db_exec(db, NULL, family.phase, args, family.size + 3, f);
}

static int
write_phases(struct db *db, struct record_batch *b, struct fault *f)
{
	return write_phase(db, b, true, false, f) ||
			       write_phase(db, b, false, true, f) ||
			       write_phase(db, b, true, true, f)
		       ? -1
		       : 0;
}

static struct arg
told(int64_t value)
{
	return value < 0 ? ARG_NULL : ARG_INT(value);
}

static struct arg *
attempt_row(const struct record_batch *b, const struct record_entry *e,
	    struct arg *at)
{
	const struct call_update *n = e->news;

	*at++ = ARG_INT(e->key.run);
	*at++ = ARG_INT(e->key.seg);
	*at++ = ARG_INT(e->key.ordinal);
	*at++ = ARG_INT(e->key.seq);
	*at++ = ARG_INT(e->key.nonce);
	*at++ = ARG_STR(e->phone);
	*at++ = ARG_INT(e->carrier_id);
	*at++ = ARG_INT(e->number_id);
	*at++ = ARG_INT(b->me->slot);
	*at++ = ARG_TIME(e->sent_at);
	*at++ = told(n->ring_ms);
	*at++ = told(n->talk_ms);
	*at++ = ARG_INT(n->outcome);
	*at++ = told(n->q850);
	*at++ = told(n->sip);
	*at++ = ARG_INT(n->hung_by);
	*at++ = ARG_INT(e->counts);
	*at++ = told(n->join_ms);
	*at++ = *n->phrase ? ARG_STR(n->phrase) : ARG_NULL;
	*at++ = ARG_INT(n->amd);
	return at;
}

static int
write_attempts(struct db *db, struct record_batch *b, struct fault *f)
{
	struct arg *rows = ARENA_ARRAY(b->arena, b->count * ATTEMPT_COLUMNS + 1,
				       struct arg);
	struct call_id *ids =
		ARENA_ARRAY(b->arena, b->count + 1, struct call_id);
	struct arg args[RECORD_MOST], *at = rows;
	struct record_family family;
	size_t n = 0;
	int64_t changed;

	for (size_t i = 0; i < b->count; i++) {
		const struct record_entry *e = &b->all[i];

		if (!e->news->ended)
			continue;
		at = attempt_row(b, e, at);
		ids[n++] = e->news->id;
	}
	if (!n)
		return 0;
	family = record_family(n);
	args_ids(args, ids, n, family.size);
	if (db_bulk(db, NULL, STMT_ATTEMPT_INSERT, rows, ATTEMPT_COLUMNS, n,
		    f) ||
	    db_exec(db, &changed, family.ends, args, family.size, f))
		return -1;
	return ledger_all(changed, n, "calls ended", f);
}

enum { END_COLUMNS = 9, DUE_COLUMNS = 5 };

static int
write_contacts(struct db *db, struct record_batch *b, struct fault *f)
{
	struct arg *ends =
		ARENA_ARRAY(b->arena, b->count * END_COLUMNS + 1, struct arg);
	struct arg *due =
		ARENA_ARRAY(b->arena, b->count * DUE_COLUMNS + 1, struct arg);
	struct arg *at = ends, *d = due;
	size_t n;
	int64_t changed;

	for (size_t i = 0; i < b->count; i++) {
		const struct record_entry *e = &b->all[i];
		enum due_class class = class_of_state(e->state);

		if (!e->news->ended)
			continue;
		*at++ = ARG_INT(e->state);
		*at++ = ARG_INT(e->due_at ? class : e->class);
		*at++ = e->due_at ? ARG_TIME(e->due_at) : ARG_NULL;
		*at++ = ARG_INT(e->counts);
		*at++ = ARG_INT(e->news->outcome);
		*at++ = ARG_INT(e->news->outcome == OUTCOME_COMPLETED);
		*at++ = ARG_INT(e->key.run);
		*at++ = ARG_INT(e->key.seg);
		*at++ = ARG_INT(e->key.ordinal);
		if (!e->due_at)
			continue;
		*d++ = ARG_INT(e->key.run);
		*d++ = ARG_INT(class);
		*d++ = ARG_TIME(e->due_at);
		*d++ = ARG_INT(e->key.seg);
		*d++ = ARG_INT(e->key.ordinal);
	}
	n = (size_t)(at - ends) / END_COLUMNS;
	/* The server counts a row twice if it was there and active. */
	if (db_bulk(db, &changed, STMT_CONTACT_END, ends, END_COLUMNS, n, f) ||
	    ledger_all(changed, 2 * n, "contacts of ended calls", f))
		return -1;
	return db_bulk(db, NULL, STMT_DUE_INSERT, due, DUE_COLUMNS,
		       (size_t)(d - due) / DUE_COLUMNS, f);
}

/* What run_minute counts besides some of the run's counters.  For pacing,
 * whoever picks up has answered. */
struct minute {
	int64_t campaign_id;
	int64_t answered, handled, abandoned, refused, ring_ms, talk_ms;
};

static void
count_one(const struct record_entry *e, struct run_counters *c,
	  struct minute *m)
{
	const struct call_update *n = e->news;
	bool picked_up = outcome_picked_up(n->outcome, e->answered);
	bool abandoned = n->outcome == OUTCOME_ABANDONED;
	bool first =
		e->tries == 0 && (e->counts || e->state == CONTACT_EXCLUDED);

	c->of[COUNT_ACTIVE]--;
	c->of[run_counter_of_state(e->state)]++;
	c->of[COUNT_PROCESSED] += first;
	c->of[COUNT_CONNECTED] += n->outcome == OUTCOME_COMPLETED && !e->spoke;
	c->of[COUNT_ENDED] += e->counts;
	c->of[COUNT_ANSWERED] +=
		picked_up && !said_unanswered(&e->said, n->outcome);
	c->of[run_counter_of_outcome(n->outcome)]++;
	m->campaign_id = e->campaign_id;
	m->answered += picked_up;
	m->abandoned += abandoned;
	m->refused += !e->counts;
	if (e->counts && n->ring_ms > 0)
		m->ring_ms += n->ring_ms;
	if (picked_up && !abandoned) {
		m->handled++;
		m->talk_ms += n->talk_ms > 0 ? n->talk_ms : 0;
	}
}

static int
write_periods(struct db *db, const struct record_batch *b,
	      const struct minute *m, struct fault *f)
{
	struct arg *args = ARENA_ARRAY(
		b->arena, b->runs * PERIOD_ROWS * PERIOD_COLUMNS + 1,
		struct arg);
	struct arg *at = args;

	for (size_t i = 0; i < b->runs; i++) {
		const struct run_counters *c = &b->counts[i];
		struct campaign_period q = {
			.campaign_id = m[i].campaign_id,
			.at = b->now / US_PER_MINUTE,
			.slot = b->me->slot,
			.ended = c->of[COUNT_ENDED],
			.answered = c->of[COUNT_ANSWERED],
			.picked_up = m[i].answered,
			.abandoned = m[i].abandoned,
		};

		at = campaign_period_args(&q, at);
	}
	return db_bulk(db, NULL, STMT_PERIOD_ADD, args, PERIOD_COLUMNS,
		       b->runs * PERIOD_ROWS, f);
}

enum { MINUTE_COLUMNS = 11 };

static int
write_counts(struct db *db, struct record_batch *b, struct fault *f)
{
	struct run_counters *c =
		ARENA_ARRAY(b->arena, b->count + 1, struct run_counters);
	struct minute *m = ARENA_ARRAY(b->arena, b->count + 1, struct minute);
	struct arg *args = ARENA_ARRAY(b->arena, b->count * MINUTE_COLUMNS + 1,
				       struct arg);
	struct arg *at = args;
	size_t runs = 0;

	/* The entries are sorted by id, and so by run. */
	for (size_t i = 0; i < b->count; i++)
		if (b->all[i].news->ended) {
			struct run_counters *of =
				run_counters_of(c, &runs, b->all[i].key.run);

			count_one(&b->all[i], of, &m[of - c]);
		}
	for (size_t i = 0; i < runs; i++) {
		*at++ = ARG_INT(c[i].run_id);
		*at++ = ARG_INT(b->now / US_PER_MINUTE);
		*at++ = ARG_INT(b->me->slot);
		*at++ = ARG_INT(c[i].of[COUNT_ENDED]);
		*at++ = ARG_INT(m[i].answered);
		*at++ = ARG_INT(m[i].handled);
		*at++ = ARG_INT(
			c[i].of[run_counter_of_outcome(OUTCOME_COMPLETED)]);
		*at++ = ARG_INT(m[i].abandoned);
		*at++ = ARG_INT(m[i].refused);
		*at++ = ARG_INT(m[i].ring_ms);
		*at++ = ARG_INT(m[i].talk_ms);
	}
	b->counts = c;
	b->runs = runs;
	if (run_counters_add(db, c, runs, shard_of(b->me, SHARD_RECORDER), f))
		return -1;
	return db_bulk(db, NULL, STMT_MINUTE_ADD, args, MINUTE_COLUMNS, runs,
		       f) || write_periods(db, b, m, f)
		       ? -1
		       : 0;
}

/* The deltas of a workspace. */
struct stats_delta {
	int64_t workspace_id, placed, ended, answered;
};

/* Finds the deltas of a workspace in a short array sorted by workspace; inserts
 * them if they are missing. */
static struct stats_delta *
stats_delta_of(struct stats_delta *array, size_t *count, int64_t workspace_id)
{
	size_t i = *count;

	while (i > 0 && array[i - 1].workspace_id > workspace_id)
		i--;
	if (i > 0 && array[i - 1].workspace_id == workspace_id)
		return &array[i - 1];
	memmove(&array[i + 1], &array[i], (*count - i) * sizeof(*array));
	array[i] = (struct stats_delta){ .workspace_id = workspace_id };
	++*count;
	return &array[i];
}

enum { STATS_COLUMNS = 7 };

static struct arg *
stats_row(const struct record_batch *b, const struct stats_delta *p, int grain,
	  struct arg *at)
{
	int64_t minute = b->now / US_PER_MINUTE;

	*at++ = ARG_INT(p->workspace_id);
	*at++ = ARG_INT(grain);
	*at++ = ARG_INT(minute - minute % grain);
	*at++ = ARG_INT(b->me->slot);
	*at++ = ARG_INT(p->placed);
	*at++ = ARG_INT(p->ended);
	*at++ = ARG_INT(p->answered);
	return at;
}

/* Two rows for each workspace, however many campaigns it has
 * (workspace_stats.h). */
static int
write_stats(struct db *db, struct record_batch *b, struct fault *f)
{
	struct stats_delta *p =
		ARENA_ARRAY(b->arena, b->count + 1, struct stats_delta);
	struct arg *args, *at;
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct record_entry *e = &b->all[i];
		struct stats_delta *d = stats_delta_of(p, &n, e->workspace_id);

		d->placed += e->first;
		if (!e->news->ended)
			continue;
		d->ended += e->counts;
		d->answered +=
			outcome_picked_up(e->news->outcome, e->answered) &&
			!said_unanswered(&e->said, e->news->outcome);
	}
	args = at =
		ARENA_ARRAY(b->arena, n * 2 * STATS_COLUMNS + 1, struct arg);
	for (size_t i = 0; i < n; i++) {
		if (!p[i].placed && !p[i].ended)
			continue;
		at = stats_row(b, &p[i], GRAIN_MINUTE, at);
		at = stats_row(b, &p[i], GRAIN_QUARTER, at);
	}
	return db_bulk(db, NULL, STMT_STATS_ADD, args, STATS_COLUMNS,
		       (size_t)(at - args) / STATS_COLUMNS, f);
}

int
record_rows_write(struct db *db, struct record_batch *b, struct fault *f)
{
	return write_phases(db, b, f) || write_attempts(db, b, f) ||
			       write_contacts(db, b, f) ||
			       write_counts(db, b, f) ||
			       record_breakdown_write(db, b, f) ||
			       write_stats(db, b, f)
		       ? -1
		       : 0;
}
