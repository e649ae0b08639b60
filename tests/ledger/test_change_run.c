/*
 * Other settings for a campaign that dials: calls that were queued before,
 * contacts that have had all their attempts, two editors at once, and a
 * database that fails in the middle.
 */
#include <pthread.h>

#include "tests/ledger/change_bed.h"
#include "workspace/holiday.h"

/* A call queued before the change is not sent, whatever else happens to the
 * campaign: the status goes to and fro without an epoch of its own. */
static void
check_queued(void)
{
	struct plan_result r, none;
	struct run_look before;
	struct campaign_settings s;
	struct call_id *ids, *queued;
	bool again[1] = { false };
	size_t n;

	bed_start(&b, 4);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	before = bed_look(&b);
	is_int((int64_t)bed_send(&b, ids, 1), 1, "one call is sent");
	world_sql(&b.w, "UPDATE campaign SET status = 2 WHERE id = %lld",
		  (long long)b.campaign);
	s = load(b.campaign).set;
	s.ring_timeout = 20;
	fine(change_pool(b.campaign, -1, &s, b.w.numbers + 1, 1),
	     "a paused campaign is changed");
	world_sql(&b.w, "UPDATE campaign SET status = 1 WHERE id = %lld",
		  (long long)b.campaign);

	is_int((int64_t)bed_send(&b, ids + 1, 2), 0,
	       "a call queued under the old settings is not sent");
	world_need(ledger_ask_again(b.w.db, &b.me, ids, 1, again, &f),
		   "ask again");
	ok(!again[0], "a call sent under the old settings is not placed late");
	is_int(bed_try_plan(&b, b.w.db, &before, 4, &none), -1,
	       "nothing is planned by an outdated look at the run");
	world_need(calls_void(b.w.db, b.run, 10, b.w.a, &queued, &n, &f),
		   "void");
	is_int((int64_t)n, 2, "the two queued calls are void");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, queued, n, LIVE_QUEUED),
	       2, "the two void calls are withdrawn");
	bed_record(&b, ids, 1, OUTCOME_NO_ANSWER);
	r = bed_plan(&b, 3);
	is_int((int64_t)r.count, 3,
	       "the three contacts not yet called are planned");
	ok(r.jobs[0].call.ring_ms == 20000 && r.jobs[2].call.ring_ms == 20000,
	   "the calls are planned with the new ring timeout");
	ok(!strcmp(r.jobs[0].call.from, "442079460001") &&
		   !strcmp(r.jobs[2].call.from, "442079460001"),
	   "the calls are planned from the new number pool");
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, 3), 3,
	       "the newly planned calls are sent");
	bed_record(&b, ids, 3, OUTCOME_COMPLETED);
	bed_balance(&b, "the books balance after a change of settings");
}

/* A contact that has had as many calls as are now allowed gets no other. */
static void
check_fewer_attempts(void)
{
	struct campaign_settings s;
	struct plan_result r;
	struct run_look l;

	bed_start(&b, 2);
	is_int((int64_t)bed_calls(&b, 1, OUTCOME_NO_ANSWER), 1,
	       "one contact is called");
	is_int(CONTACT(&b, "state", 1), CONTACT_RETRY,
	       "the contact called waits for its next call");
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	s = load(b.campaign).set;
	s.max_attempts = 1;
	fine(change(b.campaign, -1, &s),
	     "the maximum of attempts is reduced to one");
	world_apply(&b.w, b.campaign, ACTION_RESUME);
	bed_all_due(&b);
	r = bed_plan(&b, 5);
	is_int((int64_t)r.count, 1, "the contact not called before is planned");
	is_int((int64_t)r.excluded, 1,
	       "the contact called before becomes final without another call");
	is_int(CONTACT(&b, "state", 1), CONTACT_EXHAUSTED,
	       "the contact called before is exhausted");
	bed_send(&b, bed_ids(&b, &r), 1);
	bed_record(&b, bed_ids(&b, &r), 1, OUTCOME_BUSY);
	is_int(CONTACT(&b, "state", 2), CONTACT_EXHAUSTED,
	       "the contact called now is exhausted after one call");
	l = bed_look(&b);
	ok(look_is_done(&l),
	   "the run is done when both contacts are exhausted");
	bed_balance(&b, "the books balance after a reduction of attempts");
}

static void
check_holiday(void)
{
	struct holiday today = { .name = "Today" };
	struct run_look before;
	struct plan_result r, none;
	struct call_id *ids;

	bed_start(&b, 4);
	today.day = world_int(&b.w, "SELECT DATEDIFF(UTC_DATE, '1970-01-01')");
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	before = bed_look(&b);
	is_int((int64_t)bed_send(&b, ids, 1), 1, "one call is sent");
	fine(holiday_put(b.w.db, &b.w.who, &today, 1, b.w.a, &f),
	     "today becomes a holiday");
	is_int((int64_t)bed_send(&b, ids + 1, 2), 0,
	       "a call queued before the holiday is not sent");
	is_int(bed_try_plan(&b, b.w.db, &before, 4, &none), -1,
	       "nothing is planned by a look from before the holiday");
	ok(!bed_look(&b).at.open, "the window is closed on a holiday");
	fine(holiday_delete(b.w.db, &b.w.who, today.day, b.w.a, &f),
	     "the holiday is deleted");
	ok(bed_look(&b).at.open,
	   "the window is open again without the holiday");
	is_int((int64_t)bed_send(&b, ids + 1, 2), 0,
	       "a call queued before the holiday is not sent after it either");
	bed_withdraw(&b, b.w.db, &b.me, ids + 1, 2, LIVE_QUEUED);
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	bed_balance(&b, "the books balance after a holiday");
}

/* A run of several days that is changed to a single day ends on that day. */
static void
check_single_day(void)
{
	struct campaign_settings s;
	struct run_look l;
	int64_t day;

	bed_start(&b, 4);
	world_sql(&b.w, "UPDATE campaign SET mode = 1 WHERE id = %lld",
		  (long long)b.campaign);
	world_sql(&b.w,
		  "UPDATE run SET started_at = NOW(6) - INTERVAL 3 DAY"
		  " WHERE id = %lld",
		  (long long)b.run);
	world_apply(&b.w, b.campaign, ACTION_PAUSE);
	s = load(b.campaign).set;
	s.mode = MODE_SINGLE_DAY;
	fine(change(b.campaign, -1, &s),
	     "a paused campaign is changed to a single day");
	l = bed_look(&b);
	day = 24 * 3600 * US_PER_S;
	is_int(look_closing(&l, b.zones), (l.now / day + 1) * day,
	       "the single day is the day of the change");
	ok(look_judge(&l, b.zones) == LOOK_HALTED,
	   "the single day is not over while the campaign is paused");
	world_apply(&b.w, b.campaign, ACTION_RESUME);
	is_int((int64_t)bed_calls(&b, 4, OUTCOME_COMPLETED), 4,
	       "all contacts are called on the single day");
	bed_balance(&b, "the books balance after the single day");
}

struct editor {
	pthread_barrier_t *together;
	struct campaign_edit e;
	struct campaign_settings set;
	int64_t id;
	int rc;
	struct fault f;
};

static void *
edit(void *arg)
{
	struct editor *p = arg;
	struct db *db = world_connect(&b.w);
	struct arena *a = arena_new();
	uint32_t what;

	db_connect(db, &p->f);
	pthread_barrier_wait(p->together);
	p->rc = campaign_change(db, p->id, &b.w.who, &p->e, &what, a, &p->f);
	db_free(db);
	arena_free(a);
	return NULL;
}

#define EDITORS 2
#define ROUNDS 20

/* How many of the simultaneous editors succeed. */
static int
edit_at_once(int64_t id, int64_t ver, int64_t first, bool *told)
{
	pthread_barrier_t together;
	struct editor p[EDITORS];
	pthread_t threads[EDITORS];
	int won = 0;

	pthread_barrier_init(&together, NULL, EDITORS);
	for (int i = 0; i < EDITORS; i++) {
		p[i] = (struct editor){ .together = &together,
					.set = load(id).set,
					.id = id };
		if (i)
			p[i].set.ring_timeout = first;
		else
			p[i].set.retry_delay = first;
		p[i].e = (struct campaign_edit){ .ver = ver,
						 .set = &p[i].set,
						 .numbers = b.w.numbers,
						 .count = 2 };
	}
	for (int i = 0; i < EDITORS; i++)
		pthread_create(&threads[i], NULL, edit, &p[i]);
	for (int i = 0; i < EDITORS; i++) {
		pthread_join(threads[i], NULL);
		won += p[i].rc == 0;
		*told &= p[i].rc == 0 ||
			 (p[i].f.code == FAULT_CONFLICT &&
			  !strcmp(p[i].f.text,
				  i ? "Ann changed Retry Delay in the meantime."
				    : "Ann changed Ring Timeout in the meantime."));
	}
	pthread_barrier_destroy(&together);
	return won;
}

static void
check_race(void)
{
	int64_t id = world_draft(&b.w, "Race", 1);
	bool told = true;
	int won = 0;

	for (int round = 0; round < ROUNDS; round++)
		won += edit_at_once(id, load(id).ver, 60 + round, &told);
	is_int(won, ROUNDS, "exactly one of two simultaneous changes succeeds");
	ok(told, "the refused editor is told who changed what");
	is_int(load(id).epoch, ROUNDS, "each change makes an epoch of its own");
	won = 0;
	for (int round = 0; round < ROUNDS; round++)
		won += edit_at_once(id, -1, 100 + round % 20, &told);
	is_int(won, ROUNDS * EDITORS,
	       "simultaneous changes of any version all succeed");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE action = 'edit'"
			 " AND campaign_id = %lld",
			 (long long)id),
	       load(id).ver, "each change is in the audit log");
}

/* The n-th statement fails with a deadlock, the n-th COMMIT is lost. */
static void
check_failures(void)
{
	int64_t id = world_draft(&b.w, "Failures", 1);
	struct campaign before = load(id), c;
	struct campaign_settings s = before.set;
	int done = 0;

	for (unsigned n = 1; n <= 11; n++) {
		s.retry_delay = 100 + n;
		db_fail_at(b.w.db, n, 1213);
		done += change_pool(id, -1, &s, b.w.numbers + n % 2, 1) == 0 &&
			changed == (CHANGED_RETRY_DELAY | CHANGED_POOL);
		db_fail_at(b.w.db, 0, 0);
	}
	is_int(done, 11, "a change is run again after a deadlock");
	for (int reached = 0; reached < 2; reached++) {
		s.ring_timeout = 60 + reached;
		db_lose_commit(b.w.db, 1, reached);
		fine(change(id, load(id).ver, &s),
		     reached ? "a change succeeds when a COMMIT is not answered"
			     : "a change succeeds when its COMMIT is lost");
		is_int(changed & CHANGED_RING_TIMEOUT, CHANGED_RING_TIMEOUT,
		       "what changed is known after a lost COMMIT");
	}
	c = load(id);
	is_int(c.epoch - before.epoch, 13, "each change is done once");
	is_int(c.ver - before.ver, 13, "each change makes one version");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE action = 'edit'"
			 " AND campaign_id = %lld",
			 (long long)id),
	       13, "each change is in the audit log once");
	is_int(c.set.ring_timeout, 61, "the last change is in force");
}

int
main(void)
{
	bed_open(&b);
	check_queued();
	check_fewer_attempts();
	check_holiday();
	check_single_day();
	check_race();
	check_failures();
	return bed_close(&b);
}
