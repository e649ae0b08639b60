/*
 * Calls that add contacts at once, and at the instant when a run ends: nothing
 * is lost, and nothing is there twice.
 */
#include <pthread.h>

#include "contacts/contact_list.h"
#include "tests/ledger/trigger_bed.h"

#define CLIENTS 8
#define ROUNDS 12
#define EACH 50
#define NEW INT64_C(447911000000)

struct client {
	pthread_t thread;
	struct db *db;
	int n, rc;
	size_t accepted, duplicate;
	struct trigger_answer out;
	struct fault f;
};

static int
add(struct client *c, int64_t first, size_t n, int64_t priority)
{
	struct arena *a = arena_new();
	struct trigger_contact *all = ARENA_ARRAY(a, n, struct trigger_contact);
	struct trigger_order o = { .campaign_id = b.campaign,
				   .contacts = all,
				   .count = n };

	for (size_t i = 0; i < n; i++)
		all[i] = (struct trigger_contact){
			.phone_number = arena_printf(
				a, "%lld", (long long)first + (long long)i),
			.priority = priority,
		};
	c->rc = campaign_trigger(c->db, &b.w.who, &o, a, &c->out, &c->f);
	if (!c->rc) {
		c->accepted += c->out.accepted;
		c->duplicate += c->out.duplicate;
	}
	arena_free(a);
	return c->rc;
}

/* Half of the numbers of each round are also another client's. */
static void *
work(void *arg)
{
	struct client *c = arg;

	for (int i = 0; i < ROUNDS && !c->rc; i++)
		add(c, NEW + 100000 * i + EACH / 2 * c->n, EACH,
		    (c->n + i) % 10);
	return NULL;
}

static void
test_clients(void)
{
	struct client all[CLIENTS] = { 0 };
	size_t accepted = 0, duplicate = 0, called = 0, left = 5;
	int failed = 0;

	start_empty(true);
	for (int i = 0; i < CLIENTS; i++) {
		all[i].n = i;
		all[i].db = bed_db(&b);
		pthread_create(&all[i].thread, NULL, work, &all[i]);
	}
	while (called < 300)
		called += bed_calls(&b, 20, OUTCOME_COMPLETED);
	for (int i = 0; i < CLIENTS; i++) {
		pthread_join(all[i].thread, NULL);
		accepted += all[i].accepted;
		duplicate += all[i].duplicate;
		failed += all[i].rc != 0;
		db_free(all[i].db);
	}
	is_int(failed, 0, "no client of eight at once fails");
	is_int((int64_t)(accepted + duplicate), CLIENTS * ROUNDS * EACH,
	       "each contact is accepted or a duplicate");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM contact x JOIN campaign c"
			 " ON c.own_list = x.list_id WHERE c.id = %lld",
			 (long long)b.campaign),
	       (int64_t)accepted, "all that were accepted are in the list");
	ok((int64_t)accepted >= ROUNDS * (EACH / 2 * (CLIENTS + 1)),
	   "no number is missing");
	while (left) {
		left = bed_calls(&b, 500, OUTCOME_COMPLETED);
		called += left;
	}
	is_int((int64_t)called, (int64_t)accepted,
	       "all that were accepted are called once each");
	bed_balance(&b, "the books balance after eight clients");
}

/* The run is completed by its planner. */
struct finisher {
	pthread_t thread;
	struct db *db;
	struct run_look look;
	int rc;
	struct fault f;
};

static void *
finish(void *arg)
{
	struct finisher *e = arg;

	e->rc = ledger_complete(e->db, &b.me, &e->look, &e->f);
	return NULL;
}

/* A transaction that has added contacts and not committed yet. */
static int
add_and_wait(struct db *db, void *arg, struct fault *fault)
{
	struct finisher *e = arg;
	struct trigger_order o = { .campaign_id = b.campaign,
				   .contacts = contacts_of(NEW, 2, 9),
				   .count = 2 };
	struct trigger_answer out;
	struct trigger *t = trigger_prepare(db, &b.w.who, &o, b.w.a, fault);

	if (!t || trigger_add(db, t, &out, fault))
		return -1;
	pthread_create(&e->thread, NULL, finish, e);
	until_waiting(1);
	return 0;
}

static void
test_trigger_first(void)
{
	struct finisher e = { .db = bed_db(&b) };

	start_empty(false);
	e.look = bed_look(&b);
	ok(look_judge(&e.look, b.zones) == LOOK_DONE, "the run is done");
	world_need(tx_run(b.w.db, add_and_wait, &e, NULL, &f), "trigger");
	pthread_join(e.thread, NULL);
	ok(e.rc && e.f.code == FAULT_CONFLICT,
	   "a run is not completed that contacts were added to before");
	is_int((int64_t)bed_calls(&b, 5, OUTCOME_COMPLETED), 2,
	       "they are called");
	e.look = bed_look(&b);
	world_need(ledger_complete(b.w.db, &b.me, &e.look, &f), "complete");
	bed_balance(&b, "the books balance when the contacts came first");
	db_free(e.db);
}

/* The end of the run has closed the list and waits for a counter; a call waits
 * for the list. */
struct race {
	struct finisher end;
	struct client call;
};

static void *
add_one(void *arg)
{
	struct client *c = arg;

	add(c, NEW + 50, 1, 5);
	return NULL;
}

static int
hold_counter(struct db *db, void *arg, struct fault *fault)
{
	struct race *r = arg;
	struct run_counters c = { .run_id = b.run,
				  .of = { [COUNT_ACTIVE] = 1 } };

	if (run_counters_add(db, &c, 1, shard_of(&b.me, SHARD_PLANNER), fault))
		return -1;
	pthread_create(&r->end.thread, NULL, finish, &r->end);
	until_waiting(1);
	pthread_create(&r->call.thread, NULL, add_one, &r->call);
	until_waiting(2);
	return fault_set(fault, FAULT_ABSENT, "roll back");
}

static void
test_end_first(void)
{
	struct race r = { .end.db = bed_db(&b), .call.db = bed_db(&b) };

	start_empty(false);
	r.end.look = bed_look(&b);
	tx_run(b.w.db, hold_counter, &r, NULL, &f);
	pthread_join(r.end.thread, NULL);
	pthread_join(r.call.thread, NULL);
	is_int(r.end.rc, 0, "the run that nobody had added to is completed");
	ok(r.call.rc && r.call.f.code == FAULT_CONFLICT,
	   "a call that came after its end is told so");
	is_str(r.call.f.text,
	       "The campaign is completed. Only a draft, a running or a "
	       "paused campaign takes contacts.",
	       "the refusal says what takes contacts");
	bed_balance(&b, "the books balance when the end came first");
	db_free(r.end.db);
	db_free(r.call.db);
}

/* Start makes the cursors while a call makes a segment. */
static void *
start(void *arg)
{
	struct client *c = arg;
	struct arena *a = arena_new();

	c->rc = campaign_apply(c->db, b.campaign, ACTION_START, -1, &b.w.who, a,
			       &c->f);
	arena_free(a);
	return NULL;
}

static int
add_during_start(struct db *db, void *arg, struct fault *fault)
{
	struct client *c = arg;
	struct trigger_order o = { .campaign_id = b.campaign,
				   .contacts = contacts_of(NEW + 60, 1, 9),
				   .count = 1 };
	struct trigger *t = trigger_prepare(db, &b.w.who, &o, b.w.a, fault);

	if (!t || trigger_add(db, t, &c->out, fault))
		return -1;
	pthread_create(&c->thread, NULL, start, c);
	until_waiting(1);
	return 0;
}

static void
test_start(void)
{
	struct client c = { .db = bed_db(&b) };

	b.campaign = world_draft(&b.w, "Racing", 1);
	world_sql(&b.w,
		  "UPDATE campaign SET window_start = 0, window_end = 1440,"
		  " days = 127, zone = 'UTC' WHERE id = %lld",
		  (long long)b.campaign);
	world_need(tx_run(b.w.db, add_during_start, &c, NULL, &f), "trigger");
	pthread_join(c.thread, NULL);
	is_int(c.rc, 0, "a campaign starts while contacts are added");
	bed_lead(&b);
	is_int((int64_t)bed_calls(&b, 5, OUTCOME_COMPLETED), 2,
	       "a contact that was added during Start is called");
	bed_balance(&b, "the books balance after a Start that waited");
	db_free(c.db);
}

/* A batch is taken back while the run is planned and called. */
static void *
call_all(void *arg)
{
	struct client *c = arg;
	struct ledger_bed mine = b;
	size_t n = 0;

	mine.w.db = mine.pool_db = c->db;
	mine.w.a = arena_new();
	while (n < 200) {
		struct plan_result r = bed_plan(&mine, 10);

		if (!r.count)
			break;
		n += bed_send(&mine, bed_ids(&mine, &r), r.count);
		bed_record(&mine, bed_ids(&mine, &r), r.count,
			   OUTCOME_COMPLETED);
	}
	c->accepted = n;
	arena_free(mine.w.a);
	return NULL;
}

static void
test_undo(void)
{
	struct client c = { .db = bed_db(&b) };
	struct trigger_answer out;
	struct trigger_undone undone;
	int64_t called;

	start_empty(true);
	out = trigger(NEW + 1000, 500, 5);
	pthread_create(&c.thread, NULL, call_all, &c);
	while (world_int(&b.w,
			 "SELECT COUNT(*) FROM attempt"
			 " WHERE run_id = %lld",
			 (long long)b.run) < 50)
		;
	world_need(campaign_trigger_undo(b.w.db, &b.w.who, b.campaign,
					 out.batch_id, &undone, &f),
		   "undo");
	pthread_join(c.thread, NULL);
	bed_all_due(&b);
	bed_calls(&b, 500, OUTCOME_COMPLETED);
	called = world_int(&b.w,
			   "SELECT COUNT(*) FROM attempt"
			   " WHERE run_id = %lld",
			   (long long)b.run) -
		 1;
	is_int(called, undone.others,
	       "nobody was called whom an undo had taken back");
	bed_balance(&b, "the books balance after an undo in mid-run");
	db_free(c.db);
}

int
main(void)
{
	bed_open(&b);
	test_clients();
	test_trigger_first();
	test_end_first();
	test_start();
	test_undo();
	return bed_close(&b);
}
