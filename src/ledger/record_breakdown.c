/* Adds ended calls to the sums by node, carrier, number and pass. */
#include <stdlib.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "ledger/record_calls_priv.h"

/* Sums of some ended calls with the same key. */
struct breakdown {
	int64_t key[4]; /* run, carrier, number, pass; the slot is ours */
	int64_t ended, answered, connected, brief, blocked, congested, talk_ms;
};

static struct breakdown
breakdown_of(const struct record_entry *e)
{
	const struct call_update *n = e->news;
	int64_t talk_ms = n->talk_ms > 0 ? n->talk_ms : 0;
	bool connected = n->outcome == OUTCOME_COMPLETED;

	return (struct breakdown){
		.key = { e->key.run, e->carrier_id, e->number_id,
			 e->tries + 1 },
		.ended = e->counts,
		.answered = outcome_picked_up(n->outcome, e->answered),
		.connected = connected,
		.brief = connected && talk_ms <= BRIEF_MS,
		.blocked = n->outcome == OUTCOME_BLOCKED,
		.congested = n->outcome == OUTCOME_CONGESTION,
		.talk_ms = talk_ms,
	};
}

static int
by_key(const void *x, const void *y)
{
	const struct breakdown *a = x, *b = y;

	for (size_t i = 0; i < ARRAY_LEN(a->key); i++)
		if (a->key[i] != b->key[i])
			return a->key[i] > b->key[i] ? 1 : -1;
	return 0;
}

static void
add(struct breakdown *to, const struct breakdown *d)
{
	to->ended += d->ended;
	to->answered += d->answered;
	to->connected += d->connected;
	to->brief += d->brief;
	to->blocked += d->blocked;
	to->congested += d->congested;
	to->talk_ms += d->talk_ms;
}

/* One row for each key; returns how many. */
static size_t
merge(struct breakdown *all, size_t n)
{
	size_t rows = 0;

	qsort(all, n, sizeof(*all), by_key);
	for (size_t i = 0; i < n; i++) {
		if (rows && !by_key(&all[rows - 1], &all[i]))
			add(&all[rows - 1], &all[i]);
		else
			all[rows++] = all[i];
	}
	return rows;
}

enum { BREAKDOWN_COLUMNS = 14 };

static struct arg *
breakdown_row(const struct record_batch *b, const struct breakdown *d,
	      struct arg *at)
{
	*at++ = ARG_INT(d->key[0]);
	*at++ = ARG_INT(b->me->slot);
	*at++ = ARG_INT(d->key[1]);
	*at++ = ARG_INT(d->key[2]);
	*at++ = ARG_INT(d->key[3]);
	*at++ = ARG_INT(d->ended);
	*at++ = ARG_INT(d->answered);
	*at++ = ARG_INT(d->connected);
	*at++ = ARG_INT(d->brief);
	*at++ = ARG_INT(d->blocked);
	*at++ = ARG_INT(d->congested);
	*at++ = ARG_INT(d->talk_ms);
	*at++ = ARG_TIME(b->now);
	*at++ = ARG_TIME(b->now);
	return at;
}

int
record_breakdown_write(struct db *db, struct record_batch *b, struct fault *f)
{
	struct breakdown *all =
		ARENA_ARRAY(b->arena, b->count + 1, struct breakdown);
	struct arg *args, *at;
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++)
		if (b->all[i].news->ended)
			all[n++] = breakdown_of(&b->all[i]);
	n = merge(all, n);
	args = at =
		ARENA_ARRAY(b->arena, n * BREAKDOWN_COLUMNS + 1, struct arg);
	for (size_t i = 0; i < n; i++)
		at = breakdown_row(b, &all[i], at);
	return db_bulk(db, NULL, STMT_BREAKDOWN_ADD, args, BREAKDOWN_COLUMNS, n,
		       f);
}
