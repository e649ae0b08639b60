/* Stores what came of a batch: a row for each delivery, the endpoint's cursor,
 * and whether it is given up. */
#include <inttypes.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/log.h"
#include "hook/delivery.h"
#include "hook/deliver_priv.h"
#include "hook/endpoint.h"
#include "store/tx.h"

#define RETRY_US                                                     \
	(5 * US_PER_S) /* the first; then four times as long, up to: \
			*/
#define RETRY_MOST_US (6 * 3600 * US_PER_S)
#define PROBE_US \
	(5 * US_PER_S) /* of a whole endpoint; then twice as long, to: */
#define PROBE_MOST_US (300 * US_PER_S)
#define TRIED_US (DELIVER_HOURS * 3600 * US_PER_S)

enum { PUT_COLUMNS = 8 };

/* 'first', and 'times' as long after each of 'n' failures; a fifth more or
 * less, so that not all come at once. */
static int64_t
backoff(int64_t first, int64_t most, int64_t times, int64_t n)
{
	int64_t us = first, fifth;

	for (int64_t i = 0; i < n && us < most; i++)
		us *= times;
	us = us < most ? us : most;
	fifth = us / 5;
	return us - fifth +
	       (int64_t)(secret_random_bits(31) % (uint64_t)(2 * fifth));
}

static bool
is_accepted(const struct item *it)
{
	return it->status >= 200 && it->status < 300;
}

static struct arg *
put_row(const struct hook_queue *q, const struct item *it, struct arg *at)
{
	enum delivery_state state = DELIVERY_DONE;
	int64_t later = 0;

	if (!is_accepted(it)) {
		later = backoff(RETRY_US, RETRY_MOST_US, 4, it->event.tries);
		state = it->event.age_us + later > TRIED_US ? DELIVERY_GIVEN_UP
							    : DELIVERY_WAITS;
	}
	*at++ = ARG_INT(q->row.id);
	*at++ = ARG_INT(it->event.seq);
	*at++ = ARG_INT(q->row.workspace_id);
	*at++ = ARG_INT(state);
	*at++ = ARG_INT(later);
	*at++ = ARG_INT(it->status);
	*at++ = ARG_STR(it->error);
	*at++ = ARG_INT(it->ms);
	return at;
}

/* The cursor stays before the first new event that is not done. */
static int64_t
cursor_of(const struct hook_queue *q)
{
	for (size_t i = 0; i < q->count; i++)
		if (!q->items[i].again && !q->items[i].done)
			return q->items[i].event.seq;
	return q->upto;
}

static int
save_tx(struct db *db, void *arg, struct fault *f)
{
	const struct hook_queue *q = arg;
	struct arg *rows =
		ARENA_ARRAY(q->arena, q->count * PUT_COLUMNS + 1, struct arg);
	struct arg *at = rows;
	int64_t changed, wait = 0;

	if (q->fails >= DELIVER_FAILS)
		wait = backoff(PROBE_US, PROBE_MOST_US, 2,
			       q->fails - DELIVER_FAILS);
	if (db_exec(db, &changed, STMT_HOOK_MOVE,
		    ARGS(ARG_INT(cursor_of(q)), ARG_INT(q->fails),
			 ARG_INT(q->accepted), ARG_INT(wait),
			 ARG_INT(q->row.id), ARG_INT(q->owner->boot)),
		    f))
		return -1;
	if (!changed)
		return fault_set(f, FAULT_CONFLICT,
				 "The endpoint is no longer this node’s.");
	for (size_t i = 0; i < q->count; i++)
		if (q->items[i].done)
			at = put_row(q, &q->items[i], at);
	if (db_bulk(db, NULL, STMT_DELIVERY_PUT, rows, PUT_COLUMNS,
		    (size_t)(at - rows) / PUT_COLUMNS, f))
		return -1;
	if (!q->whole || q->fails)
		return 0;
	return db_exec(db, NULL, STMT_DELIVERY_HURRY, ARGS(ARG_INT(q->row.id)),
		       f);
}

static void
give_up(struct hook_queue *q)
{
	bool failed = q->fails >= DELIVER_FAILS && q->row.failing_us > TRIED_US;
	enum endpoint_off why = q->gone ? OFF_GONE : OFF_FAILED;
	struct endpoint_ref ref = { q->row.id, q->row.ver };
	struct fault f;

	if (!q->gone && !failed)
		return;
	/* What fails now is tried again when the endpoint fails again. */
	if (endpoint_give_up(q->owner->db, q->row.workspace_id, ref, why,
			     q->arena, &f))
		log_fault("switch a webhook off", &f);
	else
		log_warn("Webhook %" PRId64 " is switched off: %s.", q->row.id,
			 q->gone ? "it answered 410" : "it failed for a day");
}

int
batch_save(struct hook_queue *q, struct fault *f)
{
	if (tx_run(q->owner->db, save_tx, q, NULL, f)) {
		q->active = f->code != FAULT_CONFLICT;
		return q->active ? -1 : 0;
	}
	q->active = false;
	q->row.next_seq = cursor_of(q);
	give_up(q);
	return 0;
}
