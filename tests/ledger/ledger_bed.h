/*
 * ledger_bed.h - a node that plans, sends and records by hand, and the books
 * that must balance after every step of it.
 */
#ifndef TESTS_LEDGER_LEDGER_BED_H
#define TESTS_LEDGER_LEDGER_BED_H

#include "base/clock.h"
#include "base/civil.h"
#include "ledger/verify.h"
#include "ledger/ledger.h"
#include "ledger/run_close.h"
#include "ledger/run_snapshot.h"
#include "ledger/node.h"
#include "ledger/send.h"
#include "ledger/plan_calls.h"
#include "ledger/record_calls.h"
#include "ledger/number_pool.h"
#include "base/zone_cache.h"
#include "store/tx.h"
#include "tests/lib/world.h"

#define PLENTY 1000000

struct ledger_bed {
	struct world w;
	struct db *aux;	    /* a second connection */
	struct db *pool_db; /* reads the pool; it has no hook */
	struct ledger_node me;
	struct zones *zones;
	int64_t campaign, run;
};

static inline void
bed_open(struct ledger_bed *b)
{

	world_open(&b->w);
	b->aux = world_connect(&b->w);
	b->pool_db = b->w.db;
	b->zones = zones_new();
	world_need(node_join(b->w.db, "one", &b->me, &f), "join");
}

/* The node joins again as a new one; the old one is dead. */
static inline void
bed_reborn(struct ledger_bed *b)
{

	world_sql(&b->w, "DELETE FROM node");
	world_need(node_join(b->w.db, "one", &b->me, &f), "join");
}

static inline int
bed_close(struct ledger_bed *b)
{
	zones_free(b->zones);
	db_free(b->aux);
	return world_close(&b->w);
}

/* Another connection, as another program would have. */
static inline struct db *
bed_db(const struct ledger_bed *b)
{
	struct db_conf conf = b->w.conf;

	conf.lock_wait_s = 2;
	return db_new(&conf, stmt_table, STMT_COUNT);
}

/* This node plans the run of b->campaign. */
static inline void
bed_lead(struct ledger_bed *b)
{
	bool taken;

	b->run = world_int(&b->w,
			   "SELECT current_run FROM campaign WHERE id = %lld",
			   (long long)b->campaign);
	world_need(run_take(b->w.db, &b->me, b->run, 0, &taken, &f), "take");
}

/* A running campaign with contacts 447700000001..., always open, planned by
 * this node, whose lease holds for long. */
static inline void
bed_start(struct ledger_bed *b, int contacts)
{
	world_sql(&b->w, "DELETE FROM live_call");
	world_sql(&b->w, "UPDATE node SET lease_until = '2030-01-01'");
	b->campaign = world_draft(&b->w, "Spring", contacts);
	world_sql(&b->w,
		  "UPDATE campaign SET window_start = 0, window_end = 1440,"
		  " days = 127, zone = 'UTC' WHERE id = %lld",
		  (long long)b->campaign);
	world_apply(&b->w, b->campaign, ACTION_START);
	bed_lead(b);
}

/* The clock of the bed's connection: "2026-11-23T10:59:58Z". */
static inline void
bed_at(struct ledger_bed *b, const char *utc)
{
	int64_t us;

	world_need(time_parse_iso(utc, &us), utc);
	world_need(db_set_now(b->w.db, us, &f), "clock");
}

static inline struct run_look
bed_look(struct ledger_bed *b)
{
	struct run_look l;

	world_need(ledger_look(b->w.db, &b->me, b->run, b->w.a, &l, &f),
		   "look");
	look_windows(&l, b->zones);
	return l;
}

/* The numbers as they are now; their carriers have plenty of room. */
static inline struct number_pool
bed_pool(struct ledger_bed *b, const struct run_look *l)
{
	struct number_pool pool;

	world_need(ledger_pool(b->pool_db, l, b->w.a, &pool, &f), "pool");
	for (size_t i = 0; i < pool.carrier_count; i++)
		pool.carriers[i].room = PLENTY;
	return pool;
}

/* Plans up to 'target' calls with whatever 'db' does wrong. */
static inline int
bed_try_plan(struct ledger_bed *b, struct db *db, const struct run_look *l,
	     int64_t target, struct plan_result *out)
{
	struct number_pool pool = bed_pool(b, l);
	struct plan_order order = {
		.me = &b->me, .look = l, .pool = &pool, .target = target
	};

	return ledger_plan(db, &order, b->w.a, out, &f);
}

static inline struct plan_result
bed_plan(struct ledger_bed *b, int64_t target)
{
	struct run_look l = bed_look(b);
	struct plan_result r = { .count = 0 };

	world_need(bed_try_plan(b, b->w.db, &l, target, &r), "plan");
	return r;
}

static inline struct call_id *
bed_ids(struct ledger_bed *b, const struct plan_result *r)
{
	struct call_id *ids = ARENA_ARRAY(b->w.a, r->count + 1, struct call_id);

	for (size_t i = 0; i < r->count; i++)
		memcpy(ids[i].b, r->jobs[i].call.id, UUID_LEN);
	return ids;
}

/* Sends; returns how many were won. */
static inline size_t
bed_send(struct ledger_bed *b, const struct call_id *ids, size_t n)
{
	size_t won_count = 0;

	for (size_t i = 0; i < n; i += SEND_MOST) {
		size_t some = n - i < SEND_MOST ? n - i : SEND_MOST;
		bool won[SEND_MOST];

		world_need(ledger_send(b->w.db, &b->me, ids + i, some, won, &f),
			   "send");
		for (size_t k = 0; k < some; k++)
			won_count += won[k];
	}
	return won_count;
}

static inline struct record_result
bed_record(struct ledger_bed *b, const struct call_id *ids, size_t n,
	   enum outcome o)
{
	struct call_update *news =
		ARENA_ARRAY(b->w.a, n + 1, struct call_update);
	struct record_result r;

	for (size_t i = 0; i < n; i++)
		news[i] = (struct call_update){
			.id = ids[i],
			.answered = o == OUTCOME_COMPLETED,
			.ended = true,
			.outcome = o,
			.sip = -1,
			.q850 = 16,
			.ring_ms = 4000,
			.talk_ms = o == OUTCOME_COMPLETED ? 30000 : 0,
		};
	world_need(ledger_record(b->w.db, &b->me, news, n, b->w.a, &r, &f),
		   "record");
	return r;
}

/* One contact's column, by ordinal. */
#define CONTACT(b, column, ordinal)                                        \
	world_int(&(b)->w,                                                 \
		  "SELECT " column " FROM run_contact WHERE run_id = %lld" \
		  " AND ordinal = %d",                                     \
		  (long long)(b)->run, (ordinal))
#define COUNTED(b, column)                                             \
	world_int(&(b)->w,                                             \
		  "SELECT COALESCE(SUM(" column "), 0) FROM run_count" \
		  " WHERE run_id = %lld",                              \
		  (long long)(b)->run)

/* One line of TAP: the books of the run balance, and those of all. */
static inline void
bed_balance(struct ledger_bed *b, const char *what)
{
	struct verify_opts opts = { .run_id = b->run };
	struct verify_report r;

	world_need(verify_check(b->w.db, &opts, b->w.a, &r, &f), "books");
	for (size_t i = 0; i < r.count; i++)
		printf("# %d %s: %s\n", r.list[i].no, r.list[i].name,
		       r.list[i].text);
	is_int(r.found, 0, what);
}

/* Everything that waits falls due. */
static inline void
bed_all_due(struct ledger_bed *b)
{
	world_sql(&b->w, "UPDATE due SET due_at = '2020-01-01'");
	world_sql(&b->w, "UPDATE run_contact SET due_at = '2020-01-01'"
			 " WHERE due_at IS NOT NULL");
}

/* Plans, sends and ends up to 'target' calls; returns how many. */
static inline size_t
bed_calls(struct ledger_bed *b, int64_t target, enum outcome o)
{
	struct plan_result r = bed_plan(b, target);
	struct call_id *ids = bed_ids(b, &r);

	bed_send(b, ids, r.count);
	bed_record(b, ids, r.count, o);
	return r.count;
}

static inline size_t
bed_withdraw(struct ledger_bed *b, struct db *db, const struct ledger_node *me,
	     const struct call_id *ids, size_t n, enum live_state from)
{
	struct withdrawal w = { .from = from };

	w.runs = ARENA_ARRAY(b->w.a, n + 1, int64_t);
	world_need(ledger_withdraw(db, me, ids, n, &w, b->w.a, &f), "withdraw");
	return w.withdrawn;
}

#endif
