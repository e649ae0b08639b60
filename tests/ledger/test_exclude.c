/*
 * Exclusions: what each number becomes, and that no call to one leaves once the
 * answer is there, whatever the statement that sends calls was doing.
 */
#include <pthread.h>

#include "campaign/exclude.h"
#include "tests/ledger/trigger_bed.h"

static struct exclude_answer out;

static int
try_exclude(struct db *db, const char *const *phones, size_t n,
	    const char *reason, struct fault *fault)
{
	struct exclude_order o = { .campaign_id = b.campaign,
				   .phones = phones,
				   .count = n,
				   .reason = reason };

	return campaign_exclude(db, &b.w.who, &o, b.w.a, &out, fault);
}

#define EXCLUDE(...)                                                          \
	world_need(try_exclude(b.w.db, (const char *const[]){ __VA_ARGS__ },  \
			       sizeof((const char *const[]){ __VA_ARGS__ }) / \
				       sizeof(char *),                        \
			       "asked", &f),                                  \
		   "exclude")

static const char *
word(size_t i)
{
	return exclude_fate_words[out.results[i].fate];
}

static void
test_each(void)
{
	struct plan_result r;

	bed_start(&b, 6);
	bed_calls(&b, 1, OUTCOME_COMPLETED);
	r = bed_plan(&b, 2);
	bed_send(&b, bed_ids(&b, &r), 1);
	EXCLUDE("07700 000001", "+447700000002", "447700000003", "447700000004",
		"447911999999", "nobody", "+44 7700 000004");
	is_str(word(0), "already_final", "a contact that is final stays so");
	is_str(word(1), "in_progress", "a call that was sent goes on");
	is_str(word(2), "excluded", "a queued call does not leave");
	is_str(word(3), "excluded", "a contact that waits is excluded");
	is_str(word(4), "not_in_campaign", "a stranger is excluded, too");
	is_str(word(5), "invalid", "a word is no number");
	is_str(word(6), "excluded", "a repeated number has the same answer");
	ok(out.in_flight, "the answer says that a call is in flight");
	ok(out.delay_us >= GATE_US,
	   "a call that was sent just now is waited for");
	is_str(code_of_phone(447911999999), "excluded",
	       "a stranger that is excluded cannot be added");
	is_int((int64_t)bed_send(&b, bed_ids(&b, &r), 2), 0,
	       "the queued call is not sent");
	bed_record(&b, bed_ids(&b, &r), 1, OUTCOME_NO_ANSWER);
	is_int(CONTACT(&b, "state", 2), CONTACT_EXCLUDED,
	       "a call in progress is the last one");
	bed_withdraw(&b, b.w.db, &b.me, bed_ids(&b, &r), 2, LIVE_QUEUED);
	bed_all_due(&b);
	is_int((int64_t)bed_calls(&b, 100, OUTCOME_COMPLETED), 2,
	       "the others are called");
	is_int(COUNTED(&b, "excluded"), 3, "three contacts are excluded");
	EXCLUDE("447700000004");
	is_str(word(0), "already_final", "who is excluded already is final");
	ok(!out.in_flight && out.delay_us < GATE_US,
	   "nobody waits when no call is up");
	bed_balance(&b, "the books balance after exclusions");
}

static void
test_refused(void)
{
	struct actor viewer = b.w.who;
	const char *phones[EXCLUDE_MOST + 1] = { "447700000001" };
	struct exclude_order o = { .campaign_id = b.campaign,
				   .phones = phones,
				   .count = 1 };
	char reason[EXCLUDE_REASON_MOST + 2] = { 0 };

	viewer.role = ROLE_VIEWER;
	ok(campaign_exclude(b.w.db, &viewer, &o, b.w.a, &out, &f) &&
		   f.code == FAULT_DENIED,
	   "a viewer excludes nobody");
	viewer.role = ROLE_ADMIN;
	world_need(workspace_create(b.w.db, "Elsewhere", "UTC", "GB",
				    &viewer.workspace_id, &f),
		   "workspace");
	ok(campaign_exclude(b.w.db, &viewer, &o, b.w.a, &out, &f) &&
		   f.code == FAULT_ABSENT,
	   "another workspace has no such campaign");
	ok(try_exclude(b.w.db, phones, 0, "", &f) && f.code == FAULT_INVALID,
	   "a call without numbers is refused");
	ok(try_exclude(b.w.db, phones, EXCLUDE_MOST + 1, "", &f) &&
		   f.code == FAULT_INVALID,
	   "a call with 1,001 numbers is refused");
	memset(reason, 'x', EXCLUDE_REASON_MOST + 1);
	ok(try_exclude(b.w.db, phones, 1, reason, &f) &&
		   f.code == FAULT_INVALID,
	   "a reason of 201 characters is refused");
}

static void
test_lift(void)
{
	const char *phones[] = { "447700000001", "447700000002" };
	struct exclude_order o = { .phones = phones, .count = 2 };
	struct lift_result *lifted;

	bed_start(&b, 2);
	o.campaign_id = b.campaign;
	EXCLUDE("447700000001");
	world_need(campaign_lift_exclusion(b.w.db, &b.w.who, &o, b.w.a, &lifted,
					   &f),
		   "lift");
	ok(lifted[0].fate == LIFT_LIFTED &&
		   lifted[1].fate == LIFT_NOT_EXCLUDED,
	   "an exclusion is lifted where there was one");
	is_int((int64_t)bed_calls(&b, 5, OUTCOME_COMPLETED), 2,
	       "a number whose exclusion was lifted is called");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM audit WHERE campaign_id ="
			 " %lld AND action IN ('exclude',"
			 " 'lift exclusion')",
			 (long long)b.campaign),
	       2, "both are in the audit log");
}

/* A statement that sends calls stands still at a row that somebody holds. */
struct race {
	struct call_id ids[3];
	size_t count, held;
	bool won[3];
	const char *phone; /* that is excluded meanwhile */
	pthread_t sender, excluder;
	struct db *send_db, *exclude_db;
	int rc;
	struct fault f;
};

static void *
send_all(void *arg)
{
	struct race *r = arg;
	struct fault fault;

	world_need(ledger_send(r->send_db, &b.me, r->ids, r->count, r->won,
			       &fault),
		   "send");
	return NULL;
}

static void *
exclude(void *arg)
{
	struct race *r = arg;

	r->rc = try_exclude(r->exclude_db, &r->phone, 1, "", &r->f);
	return NULL;
}

static int
hold_row(struct db *db, struct race *r, struct fault *fault)
{
	struct arg args[52], *at = args_ids(args, &r->ids[r->held], 1, 50);
	struct rows rows;

	*at++ = ARG_INT(LIVE_QUEUED);
	*at++ = ARG_INT(0);
	if (db_query(db, &rows, STMT_WITHDRAW_LOCK_50, args, 52, fault))
		return -1;
	rows_close(&rows);
	pthread_create(&r->sender, NULL, send_all, r);
	until_waiting(1);
	return 0;
}

/* The sender has asked the gates, and has not reached the row yet. */
static int
before(struct db *db, void *arg, struct fault *fault)
{
	struct race *r = arg;

	if (hold_row(db, r, fault))
		return -1;
	exclude(r);
	return 0;
}

/* The sender has changed the row, and has not committed. */
static int
after(struct db *db, void *arg, struct fault *fault)
{
	struct race *r = arg;

	if (hold_row(db, r, fault))
		return -1;
	pthread_create(&r->excluder, NULL, exclude, r);
	until_waiting(2);
	return 0;
}

/* Three queued calls, and connections for two. */
static struct race
three_calls(void)
{
	struct race r = { .count = 3,
			  .send_db = bed_db(&b),
			  .exclude_db = bed_db(&b) };
	struct plan_result p;

	bed_start(&b, 3);
	p = bed_plan(&b, 3);
	memcpy(r.ids, bed_ids(&b, &p), sizeof(r.ids));
	qsort(r.ids, 3, sizeof(r.ids[0]), call_id_compare);
	return r;
}

static void
end_race(struct race *r)
{
	db_free(r->send_db);
	db_free(r->exclude_db);
}

static void
test_before(void)
{
	struct race r = three_calls();

	r.held = 1;
	r.phone = "447700000003";
	world_need(tx_run(b.w.db, before, &r, NULL, &f), "hold");
	pthread_join(r.sender, NULL);
	is_int(r.rc, 0, "an exclusion does not wait for other calls");
	is_str(word(0), "excluded", "the call is not sent yet");
	ok(r.won[0] && r.won[1] && !r.won[2],
	   "a call is not sent by a statement that had asked before");
	bed_balance(&b, "the books balance when the exclusion came first");
	end_race(&r);
}

static void
test_after(void)
{
	struct race r = three_calls();

	r.held = 1;
	r.phone = "447700000001";
	world_need(tx_run(b.w.db, after, &r, NULL, &f), "hold");
	pthread_join(r.sender, NULL);
	pthread_join(r.excluder, NULL);
	is_int(r.rc, 0, "an exclusion waits for the call that is being sent");
	is_str(word(0), "in_progress", "the call was sent");
	ok(out.in_flight && out.delay_us >= GATE_US,
	   "the answer comes when it has left");
	ok(r.won[0] && r.won[1] && r.won[2], "all calls are sent");
	bed_record(&b, r.ids, 3, OUTCOME_NO_ANSWER);
	is_int(CONTACT(&b, "state", 1), CONTACT_EXCLUDED,
	       "a call that was sent is the last one");
	bed_balance(&b, "the books balance when the call came first");
	end_race(&r);
}

/* A permission that is asked for again after the exclusion. */
static void
test_asked_again(void)
{
	struct race r = three_calls();
	bool open[3];

	bed_send(&b, r.ids, 3);
	EXCLUDE("447700000002");
	world_need(ledger_ask_again(b.w.db, &b.me, r.ids, 3, open, &f), "ask");
	ok(open[0] && !open[1] && open[2],
	   "a call that was sent gets no new permission");
	end_race(&r);
}

int
main(void)
{
	bed_open(&b);
	test_each();
	test_refused();
	test_lift();
	test_before();
	test_after();
	test_asked_again();
	return bed_close(&b);
}
