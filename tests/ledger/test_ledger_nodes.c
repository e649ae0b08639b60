/*
 * Several nodes on the same rows: who wins a call, who plans a run, who is
 * dead, and how a carrier is shared.
 */
#include <pthread.h>
#include <semaphore.h>

#include "tests/ledger/ledger_bed.h"

#define CALLS 200

static struct ledger_bed b;

static size_t
live(const char *where)
{
	return (size_t)world_int(&b.w,
				 "SELECT COUNT(*) FROM live_call"
				 " WHERE run_id = %lld AND %s",
				 (long long)b.run, where);
}

/* A planner frozen in its transaction wakes up: that one is long gone. */
struct frozen {
	struct db *db;
	sem_t locked;
	int runs, rc;
	struct fault f;
};

static int
plan_slowly(struct db *db, void *arg, struct fault *fault)
{
	struct frozen *z = arg;
	struct timespec t = { .tv_sec = 3 };

	z->runs++;
	if (db_exec(db, NULL, STMT_PLAN_LOCK,
		    ARGS(ARG_INT(b.run), ARG_INT(b.me.boot)), fault))
		return -1;
	if (z->runs == 1) {
		sem_post(&z->locked);
		nanosleep(&t, NULL); /* the server gives up on it after 2 s */
	}
	return 0;
}

static void *
freeze(void *arg)
{
	struct frozen *z = arg;

	z->rc = tx_run(z->db, plan_slowly, z, NULL, &z->f);
	return NULL;
}

static void
test_frozen_planner(void)
{
	struct frozen z = { .db = bed_db(&b) };
	struct plan_result r;
	pthread_t thread;
	int64_t before;

	bed_start(&b, 5);
	sem_init(&z.locked, 0, 0);
	pthread_create(&thread, NULL, freeze, &z);
	sem_wait(&z.locked);
	before = clock_boot_us();
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	ok(clock_boot_us() - before < US_PER_S,
	   "Pause does not wait for a frozen planner");
	world_apply(&b.w, b.campaign, ACTION_RESUME);
	r = bed_plan(&b, 2);
	is_int((int64_t)r.count, 2,
	       "another plan waits for the frozen one and is made");
	pthread_join(thread, NULL);
	is_int(z.runs, 2, "the frozen planner begins anew");
	db_free(z.db);
	bed_balance(&b, "the books balance after a frozen planner");
}

/* Two callers and a planner that withdraws, on the same calls at once. */
struct racer {
	struct db *db;
	struct ledger_node me;
	const struct call_id *ids;
	size_t won;
	bool withdraws;
};

static void *
race(void *arg)
{
	struct racer *r = arg;
	struct arena *a = arena_new();
	struct fault fault;

	for (size_t i = 0; i < CALLS; i += 20) {
		bool won[20] = { false };

		if (r->withdraws) {
			struct withdrawal w = { .from = LIVE_QUEUED };

			w.runs = ARENA_ARRAY(a, 21, int64_t);
			if (ledger_withdraw(r->db, &r->me, r->ids + i, 20, &w,
					    a, &fault))
				continue;
			r->won += w.withdrawn;
		} else if (ledger_send(r->db, &r->me, r->ids + i, 20, won,
				       &fault) == 0) {
			for (int k = 0; k < 20; k++)
				r->won += won[k];
		}
	}
	arena_free(a);
	return NULL;
}

static void
test_race(void)
{
	struct racer racers[3];
	int wrong = 0, won[3] = { 0 };

	for (int i = 0; i < 3; i++) {
		racers[i].db = bed_db(&b);
		racers[i].withdraws = i == 2;
		world_need(node_join(racers[i].db, "racer", &racers[i].me, &f),
			   "join");
	}
	for (int round = 0; round < 10; round++) {
		struct plan_result r;
		pthread_t threads[3];
		size_t sent, back;

		bed_start(&b, CALLS);
		r = bed_plan(&b, CALLS);
		for (int i = 0; i < 3; i++) {
			racers[i].ids = bed_ids(&b, &r);
			racers[i].won = 0;
			pthread_create(&threads[i], NULL, race, &racers[i]);
		}
		for (int i = 0; i < 3; i++) {
			pthread_join(threads[i], NULL);
			won[i] += racers[i].won > 0;
		}
		sent = racers[0].won + racers[1].won;
		back = racers[2].won;
		wrong += sent + back != CALLS || live("state = 1") != sent ||
			 live("state = 0") != 0;
	}
	is_int(wrong, 0,
	       "each call is won by exactly one of three in ten rounds");
	ok(won[0] && won[1] && won[2],
	   "each of the three nodes wins some calls");
	bed_balance(&b, "the books balance after the races");
	for (int i = 0; i < 3; i++)
		db_free(racers[i].db);
	world_sql(&b.w, "DELETE FROM node WHERE name = 'racer'");
}

static void
test_lease(void)
{
	struct ledger_node other;
	struct plan_result r;
	struct run_look l;
	bool taken, alive, fenced;

	bed_start(&b, 3);
	l = bed_look(&b);
	world_need(node_join(b.w.db, "two", &other, &f), "join");
	world_need(run_take(b.w.db, &other, b.run, 0, &taken, &f), "take");
	ok(!taken, "a run with a planner is not taken over");
	world_need(run_take(b.w.db, &other, b.run, b.me.boot, &taken, &f),
		   "take");
	ok(taken, "a dead planner's run is taken over");
	is_int(bed_try_plan(&b, b.w.db, &l, 3, &r), -1,
	       "the former planner plans no more");
	is_int(f.code, FAULT_CONFLICT,
	       "the former planner's plan ends in a conflict");
	world_sql(&b.w,
		  "UPDATE node SET lease_until = NOW(6)"
		  " - INTERVAL 4 SECOND WHERE slot = %lld",
		  (long long)other.slot);
	world_need(node_fence(b.w.db, other.boot, &fenced, &f), "fence");
	ok(!fenced, "a node whose lease ran out 4 s ago is not fenced");
	world_sql(&b.w,
		  "UPDATE node SET lease_until = NOW(6)"
		  " - INTERVAL 6 SECOND WHERE slot = %lld",
		  (long long)other.slot);
	world_need(node_fence(b.w.db, other.boot, &fenced, &f), "fence");
	ok(fenced, "a node whose lease ran out 6 s ago is fenced");
	world_need(node_renew(b.w.db, &other, &alive, &f), "renew");
	ok(!alive, "a fenced node cannot renew its lease");
	world_need(node_renew(b.w.db, &b.me, &alive, &f), "renew");
	ok(alive, "a node that is alive renews its lease");
}

/* A planner that is as good as dead, and whose run nobody has taken yet. */
static void
test_planner_without_lease(void)
{
	struct plan_result r;
	struct run_look l;
	bool alive;

	bed_start(&b, 4);
	l = bed_look(&b);
	world_sql(&b.w, "UPDATE node SET lease_until = NOW(6)");
	is_int(bed_try_plan(&b, b.w.db, &l, 2, &r), -1,
	       "a node whose lease has run out plans nothing");
	is_int(f.code, FAULT_CONFLICT,
	       "a plan without a lease ends in a conflict");
	world_need(node_renew(b.w.db, &b.me, &alive, &f), "renew");
	is_int((int64_t)bed_plan(&b, 2).count, 2,
	       "a node that has renewed its lease plans again");
	l = bed_look(&b);
	world_sql(&b.w, "DELETE FROM node");
	is_int(bed_try_plan(&b, b.w.db, &l, 4, &r), -1,
	       "a node that was declared dead plans nothing");
	is_int((int64_t)live("1"), 2,
	       "a plan of a dead node leaves no rows behind");
	bed_balance(&b, "the books balance after a plan without a lease");
	bed_reborn(&b);
}

/* What a number has called is known from a second ago, when another planner
 * calls from it now. */
static void
test_number_cap(void)
{
	struct number_pool pool;
	struct plan_order order = { .me = &b.me, .pool = &pool, .target = 8 };
	struct plan_result r;
	struct run_look l;

	bed_start(&b, 8);
	world_sql(&b.w, "UPDATE number SET day_cap = 3");
	world_sql(&b.w, "DELETE FROM number_use");
	l = bed_look(&b);
	pool = bed_pool(&b, &l);
	is_int((int64_t)bed_plan(&b, 4).count, 4,
	       "another planner plans four calls");
	l = bed_look(&b);
	order.look = &l;
	is_int(ledger_plan(b.w.db, &order, b.w.a, &r, &f), -1,
	       "a plan from an old look does not exceed a number's cap");
	is_int(f.code, FAULT_CONFLICT,
	       "a plan above a number's cap ends in a conflict");
	is_int((int64_t)live("1"), 4,
	       "a plan above a number's cap leaves no rows behind");
	is_int((int64_t)bed_plan(&b, 8).count, 2,
	       "a plan from a new look makes the calls still allowed");
	is_int(world_int(&b.w, "SELECT MAX(n) FROM number_use"), 3,
	       "no number is above its cap");
	bed_balance(&b, "the books balance after a cap is reached");
	world_sql(&b.w, "UPDATE number SET day_cap = 4294967295");
}

static void
test_shares(void)
{
	struct ledger_node other;
	struct share_move one = { .row = { .want = 1 }, .nodes = 1 }, two = one;
	struct share_row *rows;
	size_t n;

	world_need(node_join(b.w.db, "two", &other, &f), "join");
	one.row.carrier_id = two.row.carrier_id = b.w.carrier;
	one.row.slot = b.me.slot;
	one.row.boot = b.me.boot;
	two.row.slot = other.slot;
	two.row.boot = other.boot;
	world_need(share_move(b.w.db, &one, &f), "share");
	is_int(one.row.cps, 10,
	       "a node that is alone has all calls per second");
	two.nodes = 2;
	two.rank = 1;
	world_need(share_move(b.w.db, &two, &f), "share");
	is_int(two.row.cps, 0,
	       "a second node gets nothing while nothing is free");
	one.nodes = 2;
	one.in_use = 80;
	world_need(share_move(b.w.db, &one, &f), "share");
	is_int(one.row.cps, 5,
	       "the first node gives half of its calls per second");
	is_int(one.row.channels, 80,
	       "the first node keeps a channel for each of its calls");
	world_need(share_move(b.w.db, &two, &f), "share");
	is_int(two.row.cps, 5,
	       "the second node takes the free calls per second");
	is_int(two.row.channels, 20, "the second node takes the free channels");
	world_need(share_list(b.w.db, b.w.a, &rows, &n, &f), "list");
	is_int((int64_t)n, 2, "the shares of both nodes are listed");
	world_need(node_leave(b.w.db, &other, &f), "leave");
	one.nodes = 1;
	world_need(share_move(b.w.db, &one, &f), "share");
	is_int(one.row.cps, 10, "a node that leaves gives its share back");
}

int
main(void)
{
	bed_open(&b);
	test_frozen_planner();
	test_race();
	test_lease();
	test_planner_without_lease();
	test_number_cap();
	test_shares();
	return bed_close(&b);
}
