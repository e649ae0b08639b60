#include "ledger/plan_calls.h"

#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/numeric.h"
#include "base/secret.h"
#include "campaign/campaign.h"
#include "campaign/event.h"
#include "ledger/plan_calls_priv.h"
#include "store/tx.h"

#define BUSY_US (30 * US_PER_S)
#define LISTED 50 /* ids of LIVE_PRESENT_50 */

static int
lock_run(struct db *db, struct plan *p, struct fault *f)
{
	int64_t changed;

	if (db_exec(db, &changed, STMT_PLAN_LOCK,
		    ARGS(ARG_INT(p->look->run_id), ARG_INT(p->order->me->boot)),
		    f))
		return -1;
	return ledger_all(changed, 1, "the run is no longer mine", f);
}

static int
ask_gate(struct db *db, struct plan *p, struct fault *f)
{
	const struct run_look *l = p->look;
	const struct ledger_node *me = p->order->me;
	bool open = false;
	int64_t active;
	struct rows r;
	int got;

	if (db_query(db, &r, STMT_PLAN_GATE,
		     ARGS(ARG_INT(me->slot), ARG_INT(me->boot),
			  ARG_INT(l->run_id), ARG_INT(l->campaign_id)),
		     f))
		return -1;
	got = rows_next(&r, f);
	if (got > 0) {
		open = rows_int(&r, 0) == CAMPAIGN_RUNNING &&
		       rows_int(&r, 1) == l->epoch && rows_int(&r, 2) &&
		       !rows_int(&r, 5);
		p->now = rows_int(&r, 3);
		open &= p->now < p->order->pool->day_ends;
		active = rows_int(&r, 4);
		p->calls = p->order->target > active ? p->order->target - active
						     : 0;
		if (p->order->most)
			p->calls = int64_min(p->calls, p->order->most);
	}
	rows_close(&r);
	if (got < 0)
		return -1;
	return ledger_all(open, 1, "the gates are closed", f);
}

static int
by_phone(const void *a, const void *b)
{
	const struct candidate *x = *(struct candidate *const *)a;
	const struct candidate *y = *(struct candidate *const *)b;
	int order = strcmp(x->phone, y->phone);

	return order ? order : memcmp(x->id.b, y->id.b, UUID_LEN);
}

/* The candidates with this fate, in the order of the array. */
static struct candidate **
all_of(struct plan *p, enum fate fate, size_t *n)
{
	struct candidate **out =
		ARENA_ARRAY(p->arena, p->count + 1, struct candidate *);

	*n = 0;
	for (size_t i = 0; i < p->count; i++)
		if (p->all[i].fate == fate)
			out[(*n)++] = &p->all[i];
	return out;
}

static void
make_id(const struct plan *p, struct candidate *c)
{
	struct call_key key = {
		.run = (uint32_t)p->look->run_id,
		.seg = (uint16_t)c->seg,
		.seq = (uint16_t)(c->seq + 1),
		.ordinal = (uint32_t)c->ordinal,
		.nonce = (uint32_t)secret_random_bits(30),
	};

	call_id_make(&key, c->id.b);
}

static int64_t
not_after(const struct plan *p, const struct candidate *c)
{
	int64_t closes = p->look->at.closes;

	if (c->cursor->at.closes < closes)
		closes = c->cursor->at.closes;
	return closes > TIME_FAR ? TIME_FAR : closes - WINDOW_MARGIN_US;
}

enum { LIVE_COLUMNS = 17 };

static void
live_row(const struct plan *p, const struct candidate *c, struct arg *at)
{
	const struct run_look *l = p->look;
	int64_t carrier = p->order->pool->carriers[c->number->carrier].id;

	*at++ = ARG_BIN(c->id.b, UUID_LEN);
	*at++ = ARG_INT(l->workspace_id);
	*at++ = ARG_STR(c->phone);
	*at++ = ARG_INT(l->campaign_id);
	*at++ = ARG_INT(l->run_id);
	*at++ = ARG_INT(c->seg);
	*at++ = ARG_INT(c->ordinal);
	*at++ = ARG_INT(c->seq + 1);
	*at++ = ARG_INT(c->class);
	*at++ = ARG_INT(c->tries);
	*at++ = ARG_INT(c->spoke);
	*at++ = ARG_INT(l->epoch);
	*at++ = ARG_INT(carrier);
	*at++ = ARG_INT(c->number->id);
	*at++ = ARG_INT(p->order->pool->day);
	*at++ = ARG_TIME(not_after(p, c));
	*at++ = ARG_INT(p->order->seated);
}

static int
by_id(const void *a, const void *b)
{
	return memcmp((*(struct candidate *const *)a)->id.b,
		      (*(struct candidate *const *)b)->id.b, UUID_LEN);
}

/* A contact whose row was not inserted has its number in another call: it
 * waits. */
static int
find_busy(struct db *db, struct plan *p, struct candidate **calls, size_t n,
	  struct fault *f)
{
	qsort(calls, n, sizeof(*calls), by_id);
	for (size_t from = 0; from < n; from += LISTED) {
		size_t some = n - from < LISTED ? n - from : LISTED;
		struct call_id ids[LISTED];
		struct arg args[LISTED];
		bool found[LISTED] = { false };
		struct rows r;

		for (size_t i = 0; i < some; i++)
			ids[i] = calls[from + i]->id;
		args_ids(args, ids, some, LISTED);
		if (db_query(db, &r, STMT_LIVE_PRESENT_50, args, LISTED, f) ||
		    ledger_found(&r, ids, some, found, f))
			return -1;
		for (size_t i = 0; i < some; i++) {
			struct candidate *c = calls[from + i];

			if (found[i])
				continue;
			c->fate = FATE_BUSY;
			c->later = p->now + BUSY_US;
			number_pool_return(p->order->pool, c->number);
			c->number = NULL;
		}
	}
	return 0;
}

static int
insert_calls(struct db *db, struct plan *p, struct fault *f)
{
	size_t n;
	struct candidate **calls = all_of(p, FATE_CALL, &n);
	struct arg *args =
		ARENA_ARRAY(p->arena, n * LIVE_COLUMNS + 1, struct arg);
	int64_t inserted;

	for (size_t i = 0; i < n; i++)
		make_id(p, calls[i]);
	qsort(calls, n, sizeof(*calls), by_phone);
	for (size_t i = 0; i < n; i++)
		live_row(p, calls[i], args + i * LIVE_COLUMNS);
	if (db_bulk(db, &inserted, STMT_LIVE_INSERT, args, LIVE_COLUMNS, n, f))
		return -1;
	return inserted == (int64_t)n ? 0 : find_busy(db, p, calls, n, f);
}

static enum contact_state
new_state(const struct candidate *c)
{
	if (c->fate == FATE_CALL)
		return CONTACT_ACTIVE;
	if (c->fate == FATE_EXCLUDED)
		return CONTACT_EXCLUDED;
	if (c->fate == FATE_SPENT)
		return CONTACT_EXHAUSTED;
	return state_of_class(c->class);
}

enum { ENTER_COLUMNS = 8, MOVE_COLUMNS = 9, DUE_COLUMNS = 5 };

static struct arg *
contact_values(struct arg *at, const struct candidate *c)
{
	*at++ = ARG_INT(new_state(c));
	*at++ = ARG_INT(c->class);
	*at++ = c->fate == FATE_BUSY ? ARG_TIME(c->later) : ARG_NULL;
	*at++ = ARG_INT(c->seq + (c->fate == FATE_CALL));
	*at++ = ARG_INT(c->number ? c->number->id : c->last_number);
	return at;
}

static int
write_contacts(struct db *db, struct plan *p, struct fault *f)
{
	struct arg *enter =
		ARENA_ARRAY(p->arena, p->count * ENTER_COLUMNS + 1, struct arg);
	struct arg *move =
		ARENA_ARRAY(p->arena, p->count * MOVE_COLUMNS + 1, struct arg);
	struct arg *e = enter, *m = move;
	size_t fresh = 0, old;
	int64_t changed;

	for (size_t i = 0; i < p->count; i++) {
		const struct candidate *c = &p->all[i];
		struct arg **at = c->fresh ? &e : &m;

		fresh += c->fresh;
		if (!c->fresh)
			*at = contact_values(*at, c);
		*(*at)++ = ARG_INT(p->look->run_id);
		*(*at)++ = ARG_INT(c->seg);
		*(*at)++ = ARG_INT(c->ordinal);
		if (c->fresh)
			*at = contact_values(*at, c);
		else
			*(*at)++ = ARG_INT(state_of_class(c->class));
	}
	old = p->count - fresh;
	/* A duplicate key here would mean a contact planned twice: it must be a
	 * fault. */
	if (db_bulk(db, NULL, STMT_CONTACT_ENTER, enter, ENTER_COLUMNS, fresh,
		    f) ||
	    db_bulk(db, &changed, STMT_CONTACT_MOVE, move, MOVE_COLUMNS, old,
		    f))
		return -1;
	return ledger_all(changed, old, "contacts moved", f);
}

static struct arg *
due_row(const struct plan *p, const struct candidate *c, int64_t at_time,
	struct arg *at)
{
	*at++ = ARG_INT(p->look->run_id);
	*at++ = ARG_INT(c->class);
	*at++ = ARG_TIME(at_time);
	*at++ = ARG_INT(c->seg);
	*at++ = ARG_INT(c->ordinal);
	return at;
}

static int
write_due(struct db *db, struct plan *p, struct fault *f)
{
	struct arg *gone =
		ARENA_ARRAY(p->arena, p->count * DUE_COLUMNS + 1, struct arg);
	struct arg *come =
		ARENA_ARRAY(p->arena, p->count * DUE_COLUMNS + 1, struct arg);
	struct arg *g = gone, *n = come;
	size_t old;
	int64_t changed;

	for (size_t i = 0; i < p->count; i++) {
		const struct candidate *c = &p->all[i];

		if (!c->fresh)
			g = due_row(p, c, c->due_at, g);
		if (c->fate == FATE_BUSY)
			n = due_row(p, c, c->later, n);
	}
	old = (size_t)(g - gone) / DUE_COLUMNS;
	if (db_bulk(db, &changed, STMT_DUE_DELETE, gone, DUE_COLUMNS, old, f) ||
	    ledger_all(changed, old, "due rows taken", f))
		return -1;
	return db_bulk(db, NULL, STMT_DUE_INSERT, come, DUE_COLUMNS,
		       (size_t)(n - come) / DUE_COLUMNS, f);
}

static int
move_cursors(struct db *db, struct plan *p, struct fault *f)
{
	for (size_t i = 0; i < p->look->cursor_count; i++) {
		const struct look_cursor *k = &p->look->cursors[i];
		int64_t changed;

		if (p->next[i] == k->next)
			continue;
		if (db_exec(db, &changed, STMT_CURSOR_MOVE,
			    ARGS(ARG_INT(p->next[i]), ARG_INT(p->look->run_id),
				 ARG_INT(k->seg), ARG_INT(k->next)),
			    f) ||
		    ledger_all(changed, 1, "cursor moved", f))
			return -1;
	}
	return 0;
}

enum { USE_COLUMNS = 5 };

/* In the order of ids, as the pool is sorted by them. */
static int
use_numbers(struct db *db, struct plan *p, struct fault *f)
{
	const struct number_pool *pool = p->order->pool;
	struct arg *args =
		ARENA_ARRAY(p->arena, p->count * USE_COLUMNS + 1, struct arg);
	struct arg *at = args;
	size_t n;
	int64_t changed;

	for (size_t i = 0; i < pool->count; i++) {
		const struct pool_number *u = &pool->numbers[i];

		if (u->picked == 0)
			continue;
		*at++ = ARG_INT(u->picked);
		*at++ = ARG_INT(u->id);
		*at++ = ARG_INT(pool->day);
		*at++ = ARG_INT(u->picked);
		*at++ = ARG_INT(u->cap);
	}
	n = (size_t)(at - args) / USE_COLUMNS;
	if (db_bulk(db, &changed, STMT_NUMBER_USE, args, USE_COLUMNS, n, f))
		return -1;
	return ledger_all(changed, n, "a number’s cap is reached", f);
}

static int
count_all(struct db *db, struct plan *p, struct fault *f)
{
	struct run_counters c = { .run_id = p->look->run_id };

	for (size_t i = 0; i < p->count; i++) {
		const struct candidate *k = &p->all[i];

		if (!k->fresh)
			c.of[run_counter_of_state(state_of_class(k->class))]--;
		c.of[run_counter_of_state(new_state(k))]++;
		if (k->fate == FATE_EXCLUDED && k->tries == 0)
			c.of[COUNT_PROCESSED]++;
	}
	return run_counters_add(db, &c, 1,
				shard_of(p->order->me, SHARD_PLANNER), f);
}

/* Contacts that became final without another call. */
static int
write_events(struct db *db, struct plan *p, struct fault *f)
{
	const struct run_look *l = p->look;
	struct event *list;
	size_t n = 0;

	if (!(event_wants_of(p->order->me->wants, l->workspace_id) &
	      EVENT_BIT(EVENT_FINAL)))
		return 0;
	list = ARENA_ARRAY(p->arena, p->count + 1, struct event);
	for (size_t i = 0; i < p->count; i++) {
		const struct candidate *c = &p->all[i];

		if (c->fate != FATE_EXCLUDED && c->fate != FATE_SPENT)
			continue;
		list[n++] = (struct event){
			.kind = EVENT_FINAL,
			.workspace_id = l->workspace_id,
			.campaign_id = l->campaign_id,
			.run_id = l->run_id,
			.seg = c->seg,
			.ordinal = c->ordinal,
			.attempt = c->seq,
			.state = new_state(c),
		};
	}
	return event_write(db, list, n, p->arena, f);
}

static int
plan_tx(struct db *db, void *arg, struct fault *f)
{
	struct plan *p = arg;

	p->count = p->excluded = 0;
	p->starved = p->full = false;
	for (size_t i = 0; i < p->look->cursor_count; i++)
		p->next[i] = p->look->cursors[i].next;
	number_pool_undo(p->order->pool);

	if (lock_run(db, p, f) || ask_gate(db, p, f) || plan_pick(db, p, f))
		return -1;
	if (p->count == 0)
		return 0;
	return insert_calls(db, p, f) || write_contacts(db, p, f) ||
			       write_due(db, p, f) || move_cursors(db, p, f) ||
			       use_numbers(db, p, f) || count_all(db, p, f) ||
			       write_events(db, p, f)
		       ? -1
		       : 0;
}

static void
make_jobs(struct plan *p, struct plan_result *out)
{
	const struct run_look *l = p->look;
	size_t n;
	struct candidate **calls = all_of(p, FATE_CALL, &n);

	out->jobs = ARENA_ARRAY(p->arena, n + 1, struct plan_job);
	out->count = n;
	for (size_t i = 0; i < n; i++) {
		const struct candidate *c = calls[i];
		struct plan_job *j = &out->jobs[i];

		memcpy(j->call.id, c->id.b, UUID_LEN);
		j->call.seats = l->seats;
		j->call.seated = p->order->seated;
		j->call.ring_ms = l->ring_ms;
		j->call.to = c->phone;
		j->call.from = c->number->phone;
		j->call.bot = l->bot;
		j->call.vars = c->vars ? c->vars : "";
		j->carrier_id = p->order->pool->carriers[c->number->carrier].id;
	}
}

int
ledger_plan(struct db *db, const struct plan_order *o, struct arena *a,
	    struct plan_result *out, struct fault *f)
{
	struct plan p = { .order = o, .look = o->look, .arena = a };
	struct plan_result result = { .count = 0 };

	p.all = ARENA_ARRAY(a, PLAN_MOST + 1, struct candidate);
	p.next = ARENA_ARRAY(a, o->look->cursor_count + 1, int64_t);
	number_pool_settle(o->pool);
	if (tx_run(db, plan_tx, &p, NULL, f)) {
		number_pool_undo(o->pool);
		return -1;
	}
	number_pool_settle(o->pool);
	make_jobs(&p, &result);
	result.starved = p.starved;
	result.excluded = p.excluded;
	for (size_t i = 0; i < p.count; i++)
		result.held += p.all[i].fate == FATE_BUSY;
	result.more = p.calls > 0 && !p.starved &&
		      (p.count == PLAN_MOST || p.count > result.count);
	*out = result;
	return 0;
}
