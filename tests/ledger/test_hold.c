/*
 * The hold of a workspace: who may set it, what the audit log says, and every
 * gate that it closes; two people at the switch, and a database that fails in
 * the middle.
 */
#include <pthread.h>

#include "tests/ledger/ledger_bed.h"
#include "workspace/workspace_hold.h"

static struct ledger_bed b;

static int
hold(bool on)
{
	f = (struct fault){ 0 };
	return workspace_hold(b.w.db, &b.w.who, on, &f);
}

static int64_t
held(void)
{
	return world_int(&b.w, "SELECT held_at IS NOT NULL FROM workspace");
}

static void
check_switch(void)
{
	int64_t id;

	bed_start(&b, 1);
	id = world_int(&b.w, "SELECT CRC32(CONCAT(status, epoch, ver,"
			     " current_run)) FROM campaign");
	is_int(hold(false), -1,
	       "a workspace that is not on hold cannot be released");
	is_int(f.code, FAULT_CONFLICT,
	       "a release without a hold is a conflict");
	is_str(f.text, "The workspace is not on hold.",
	       "the fault says that the workspace is not on hold");
	is_int(hold(true), 0, "a workspace is put on hold");
	is_int(world_int(&b.w, "SELECT held_by = 'Ann' AND held_at BETWEEN"
			       " NOW(6) - INTERVAL 5 SECOND AND NOW(6)"
			       " FROM workspace"),
	       1, "the hold says who set it and when");
	is_int(hold(true), -1, "a workspace is not put on hold twice");
	is_int(f.code, FAULT_CONFLICT, "a second hold is a conflict");
	is_str(f.text, "The workspace is already on hold.",
	       "the fault says that the workspace is already on hold");
	is_int(world_int(&b.w, "SELECT CRC32(CONCAT(status, epoch, ver,"
			       " current_run)) FROM campaign"),
	       id, "a hold does not touch the campaign");
	is_int(hold(false), 0, "a workspace is released");
	is_int(world_int(&b.w, "SELECT held_at IS NULL AND held_by IS NULL"
			       " FROM workspace"),
	       1, "a release clears the hold");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE"
			       " action = 'hold' AND campaign_id IS NULL AND"
			       " actor = 'Ann' AND user_id IS NOT NULL AND"
			       " JSON_VALUE(was, '$.held') = 0 AND"
			       " JSON_VALUE(became, '$.held') = 1"),
	       1, "the audit log has one line for the hold");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE"
			       " action = 'release' AND campaign_id IS NULL"
			       " AND JSON_VALUE(was, '$.held') = 1"),
	       1, "the audit log has one line for the release");
}

/* A campaign is loaded with what keeps its workspace from dialling. */
static void
check_loaded(void)
{
	struct campaign c = { 0 };

	for (int n = 0; n < 4; n++) {
		bool on_hold = n & 1, unmanned = n & 2;

		world_sql(&b.w, "UPDATE workspace SET held_at = %s",
			  on_hold ? "NOW(6)" : "NULL");
		world_sql(&b.w, "UPDATE node SET lease_until = '%s-01-01'",
			  unmanned ? "2020" : "2030");
		world_need(campaign_load(b.w.db, b.w.who.workspace_id,
					 b.campaign, &c, b.w.a, &f),
			   "load");
		is_int(c.held, on_hold,
		       on_hold ? "a campaign is loaded with its hold"
			       : "a campaign is loaded without a hold");
		is_int(c.unmanned, unmanned,
		       unmanned ? "a campaign says that no dialler runs"
				: "a campaign says that a dialler runs");
	}
	world_sql(&b.w, "UPDATE workspace SET held_at = NULL");
	world_sql(&b.w, "UPDATE node SET lease_until = '2030-01-01'");
}

static void
check_role(void)
{
	struct actor who = b.w.who;

	who.role = ROLE_VIEWER;
	is_int(workspace_hold(b.w.db, &who, true, &f), -1,
	       "a viewer may not hold a workspace");
	is_int(f.code, FAULT_DENIED, "a viewer's hold is reported as denied");
	is_int(held(), 0, "a denied hold holds nothing");
	who.role = ROLE_SUPERVISOR;
	is_int(workspace_hold(b.w.db, &who, true, &f), 0,
	       "a supervisor may hold a workspace");
	who.role = ROLE_VIEWER;
	is_int(workspace_hold(b.w.db, &who, false, &f), -1,
	       "a viewer may not release a workspace");
	who.role = ROLE_SUPERVISOR;
	is_int(workspace_hold(b.w.db, &who, false, &f), 0,
	       "a supervisor may release a workspace");
}

/* A hold counts in its own workspace only. */
static void
check_other(void)
{
	struct actor who = b.w.who;
	struct plan_result r;

	world_need(workspace_create(b.w.db, "Other", "UTC", "GB",
				    &who.workspace_id, &f),
		   "workspace");
	world_need(workspace_hold(b.w.db, &who, true, &f), "hold");
	bed_start(&b, 1);
	ok(!bed_look(&b).on_hold,
	   "a hold of another workspace does not count here");
	r = bed_plan(&b, 1);
	is_int((int64_t)bed_send(&b, bed_ids(&b, &r), r.count), 1,
	       "a hold of another workspace does not keep a call back");
	world_sql(&b.w, "DELETE FROM workspace WHERE name = 'Other'");
}

/* Each gate reads the hold by itself. */
static void
check_gates(void)
{
	struct plan_result r, none;
	struct run_look before;
	struct call_id *ids, *queued;
	struct open_run *open;
	bool again[2] = { false };
	size_t n;

	bed_start(&b, 4);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	before = bed_look(&b);
	is_int((int64_t)bed_send(&b, ids, 1), 1, "one call is sent");
	world_need(hold(true), "hold");

	is_int((int64_t)bed_send(&b, ids + 1, 2), 0,
	       "gate 1: a queued call is not sent");
	world_need(ledger_ask_again(b.w.db, &b.me, ids, 1, again, &f),
		   "ask again");
	ok(!again[0], "gate 2: a call that was sent is not placed late");
	is_int(bed_try_plan(&b, b.w.db, &before, 4, &none), -1,
	       "gate 3: no call is planned");
	is_int(f.code, FAULT_CONFLICT, "planning during a hold is a conflict");
	ok(bed_look(&b).on_hold, "a look at the run shows the hold");
	world_need(runs_open(b.w.db, b.w.a, &open, &n, &f), "runs");
	ok(n > 0 && open[n - 1].id == b.run && open[n - 1].on_hold,
	   "the list of open runs shows the hold");
	world_need(calls_void(b.w.db, b.run, 10, b.w.a, &queued, &n, &f),
		   "void");
	is_int((int64_t)n, 2, "the two queued calls are void");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, queued, n, LIVE_QUEUED),
	       2, "the two void calls are withdrawn");
	bed_balance(&b, "the books balance during a hold");

	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	is_int(COUNTED(&b, "connected"), 1, "the call in progress is counted");
	bed_balance(&b, "the books balance when a call ends during a hold");

	world_need(hold(false), "release");
	ok(!bed_look(&b).on_hold, "a look at the run shows the release");
	is_int((int64_t)bed_calls(&b, 4, OUTCOME_COMPLETED), 3,
	       "the three other contacts are called after the release");
	world_need(calls_void(b.w.db, b.run, 10, b.w.a, &queued, &n, &f),
		   "void");
	is_int((int64_t)n, 0, "no queued call is void after the release");
	bed_balance(&b, "the books balance at the end");
}

/* The last call ends during a hold. */
static void
check_complete(void)
{
	struct run_look l;

	bed_start(&b, 1);
	bed_calls(&b, 1, OUTCOME_COMPLETED);
	world_need(hold(true), "hold");
	l = bed_look(&b);
	ok(look_is_done(&l), "a run whose last call has ended is done");
	is_int(ledger_complete(b.w.db, &b.me, &l, &f), 0,
	       "a run of a held workspace completes");
	bed_start(&b, 1);
	l = bed_look(&b);
	is_int(ledger_close_window(b.w.db, &b.me, &l, &f), 0,
	       "the window of a run of a held workspace closes");
	is_int(ledger_end(b.w.db, &l, &f), 0,
	       "a run of a held workspace is ended");
	bed_balance(&b, "the books balance after both runs");
	world_need(hold(false), "release");
}

/* Neither a hold nor a call waits for the locks of the other. */
static void
check_locks(void)
{
	static const struct stmt holds[] = {
		{ "BEGIN", "", "", "START TRANSACTION" },
		{ "ROW", "", "", "UPDATE workspace SET name = 'Held'" },
		{ "LIVE", "", "", "UPDATE live_call SET token = 7" },
	};
	struct db_conf conf = b.w.conf;
	struct plan_result r;
	struct call_id *ids;
	struct db *other;
	int64_t began;

	bed_start(&b, 2);
	r = bed_plan(&b, 2);
	ids = bed_ids(&b, &r);
	conf.probe = -1;
	other = db_new(&conf, holds, ARRAY_LEN(holds));
	world_need(db_exec(other, NULL, 0, NO_ARGS, &f) ||
			   db_exec(other, NULL, 1, NO_ARGS, &f),
		   "a transaction on the workspace");
	began = clock_boot_us();
	is_int((int64_t)bed_send(&b, ids, 1), 1,
	       "a call is sent beside a locked workspace");
	ok(clock_boot_us() - began < 500 * US_PER_MS,
	   "the call is sent at once");
	db_close(other);
	world_need(db_exec(other, NULL, 0, NO_ARGS, &f) ||
			   db_exec(other, NULL, 2, NO_ARGS, &f),
		   "a transaction on the calls");
	began = clock_boot_us();
	is_int(hold(true), 0, "a workspace is held beside locked calls");
	ok(clock_boot_us() - began < 500 * US_PER_MS,
	   "the workspace is held at once");
	db_free(other);
	world_need(hold(false), "release");
}

struct presser {
	pthread_barrier_t *together;
	bool hold;
	int rc;
};

static void *
press(void *arg)
{
	struct presser *p = arg;
	struct db *db = world_connect(&b.w);
	struct fault mine = { 0 };

	db_connect(db, &mine);
	pthread_barrier_wait(p->together);
	p->rc = workspace_hold(db, &b.w.who, p->hold, &mine);
	db_free(db);
	return NULL;
}

#define PRESSERS 4
#define ROUNDS 10

static void
check_race(void)
{
	int won = 0;

	for (int round = 0; round < ROUNDS; round++) {
		pthread_barrier_t together;
		struct presser p[PRESSERS];
		pthread_t threads[PRESSERS];

		pthread_barrier_init(&together, NULL, PRESSERS);
		for (int i = 0; i < PRESSERS; i++) {
			p[i] = (struct presser){ .together = &together,
						 .hold = round % 2 == 0 };
			pthread_create(&threads[i], NULL, press, &p[i]);
		}
		for (int i = 0; i < PRESSERS; i++) {
			pthread_join(threads[i], NULL);
			won += p[i].rc == 0;
		}
		pthread_barrier_destroy(&together);
	}
	is_int(won, ROUNDS,
	       "exactly one of four simultaneous presses succeeds");
}

static int64_t
noted(void)
{
	return world_int(&b.w, "SELECT COUNT(*) FROM audit WHERE"
			       " action IN ('hold', 'release')");
}

/* The n-th statement fails with a deadlock, the n-th COMMIT is lost. */
static void
check_failures(void)
{
	int64_t lines = noted();
	int done = 0;

	for (unsigned n = 1; n <= 5; n++) {
		db_fail_at(b.w.db, n, 1213);
		done += hold(n % 2) == 0;
		db_fail_at(b.w.db, 0, 0);
		done += held() == n % 2;
	}
	is_int(done, 10, "the switch is run again after a deadlock");
	is_int(noted(), lines + 5,
	       "the switch is in the audit log once after a deadlock");
	for (int reached = 0; reached < 2; reached++) {
		lines = noted();
		db_lose_commit(b.w.db, 1, reached);
		is_int(hold(held() == 0), 0,
		       "the switch succeeds when its COMMIT is lost");
		is_int(noted(), lines + 1,
		       "the switch is in the audit log once after a lost "
		       "COMMIT");
	}
	if (held())
		world_need(hold(false), "release");
}

int
main(void)
{
	bed_open(&b);
	check_switch();
	check_loaded();
	check_role();
	check_other();
	check_gates();
	check_complete();
	check_locks();
	check_race();
	check_failures();
	return bed_close(&b);
}
