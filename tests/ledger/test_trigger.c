/*
 * Contacts that come by calls: which are taken, in which order they are called,
 * and how they are taken back.
 */
#include "contacts/contact_list.h"
#include "contacts/import_rows.h"
#include "tests/ledger/trigger_bed.h"

#define NEW INT64_C(447911000000)

static const struct {
	const char *what, *phone, *vars, *id, *code;
	int64_t priority;
} each_case[] = {
	{ "a national number is completed", "07911 123456", NULL, NULL, "", 5 },
	{ "the same number in another form is a duplicate",
	  "+44 (0)7911 123456", NULL, NULL, "duplicate", 5 },
	{ "a word is no number", "phone", NULL, NULL, "invalid", 5 },
	{ "an empty number is refused", "", NULL, NULL, "invalid", 5 },
	{ "variables are kept", "+447911123457",
	  "{\"name\":\"Ann\",\"empty\":\"\"}", "a-1", "", 9 },
	{ "a variable that is a number is refused", "+447911123458",
	  "{\"age\":7}", NULL, "invalid", 5 },
	{ "a list is no variables", "+447911123458", "[]", NULL, "invalid", 5 },
	{ "a variable that is given twice is refused", "+447911123458",
	  "{\"a\":\"1\",\"a\":\"2\"}", NULL, "invalid", 5 },
	{ "a variable without a name is refused", "+447911123458",
	  "{\"\":\"1\"}", NULL, "invalid", 5 },
	{ "a variable with a NUL is refused", "+447911123458",
	  "{\"a\":\"x\\u0000y\"}", NULL, "invalid", 5 },
	{ "text that only looks like a NUL is taken", "+447911123459",
	  "{\"a\":\"x\\\\u0000y\"}", NULL, "", 5 },
	{ "half an escape is no variables", "+447911123458", "{\"a\":\"\\",
	  NULL, "invalid", 5 },
	{ "a priority above 9 is refused", "+447911123458", NULL, NULL,
	  "invalid", 10 },
	{ "a priority below 0 is refused", "+447911123458", NULL, NULL,
	  "invalid", -1 },
	{ "an empty external ID is refused", "+447911123458", NULL, "",
	  "invalid", 5 },
	{ "bytes that are no text are refused", "+447911123458", NULL, "\xff",
	  "invalid", 5 },
	{ "a number that was refused before is taken", "+447911123458", NULL,
	  "Ω", "", 0 },
	{ "the number of a file's contact is a duplicate", "+447700000002",
	  NULL, NULL, "duplicate", 5 },
};

static void
test_each(void)
{
	bed_start(&b, 3);
	for (size_t i = 0; i < ARRAY_LEN(each_case); i++) {
		struct trigger_contact c = { .phone_number = each_case[i].phone,
					     .variables = each_case[i].vars,
					     .external_id = each_case[i].id,
					     .priority =
						     each_case[i].priority };

		is_str(code_of(&c), each_case[i].code, each_case[i].what);
	}
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM contact WHERE vars ="
			       " '{\"name\":\"Ann\"}' AND external_id = 'a-1'"),
	       1, "an empty variable sets nothing");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM contact_external x JOIN contact"
			 " USING (list_id, part, ordinal)"
			 " WHERE x.external_id IN ('Ω', 'a-1')"),
	       2, "contacts are found by their external IDs");
	is_int(world_int(&b.w, "SELECT COUNT(*) FROM audit"
			       " WHERE action = 'trigger'"),
	       4, "each call that added contacts is in the audit log");
}

static void
test_not_supported(void)
{
	struct trigger_contact c = { .phone_number = "+447911123499",
				     .priority = 5 };

	c.time_zone = "Europe/Paris";
	is_str(code_of(&c), "not_supported", "a time zone is refused by name");
	c.time_zone = NULL;
	c.not_before = "2030-01-01T00:00:00Z";
	is_str(code_of(&c), "not_supported",
	       "a first moment is refused by name");
	c.not_before = NULL;
	c.expires_at = "2030-01-01T00:00:00Z";
	is_str(code_of(&c), "not_supported", "an expiry is refused by name");
}

static void
test_long(void)
{
	char *vars = ARENA_ARRAY(b.w.a, CONTACT_VARS_MAX + 100, char);
	struct trigger_contact c = { .phone_number = "+447911123498",
				     .variables = vars,
				     .priority = 5 };

	memcpy(vars, "{\"a\":\"", 6);
	memset(vars + 6, 'x', CONTACT_VARS_MAX - 7);
	memcpy(vars + CONTACT_VARS_MAX - 1, "\"}", 3);
	is_str(code_of(&c), "invalid",
	       "variables of one byte more than a call carries are refused");
	memcpy(vars + CONTACT_VARS_MAX - 2, "\"}", 3);
	is_str(code_of(&c), "", "variables that a call just carries are taken");
}

static void
test_in_call(void)
{
	struct trigger_contact *c = contacts_of(NEW, 4, 5);
	struct trigger_answer out;
	struct trigger_order dry = { .campaign_id = b.campaign,
				     .contacts = c,
				     .count = 4,
				     .dry_run = true };

	c[1].phone_number = "12";
	c[3].phone_number = c[2].phone_number;
	world_need(campaign_trigger(b.w.db, &b.w.who, &dry, b.w.a, &out, &f),
		   "dry run");
	ok(out.accepted == 2 && out.duplicate == 1 && out.rejected == 1 &&
		   !out.batch_id,
	   "a dry run says what would happen");
	world_need(try_trigger(c, 4, &out), "trigger");
	ok(out.accepted == 2 && out.duplicate == 1 && out.rejected == 1,
	   "a dry run added nothing");
	is_str(out.results[3].code, "repeated",
	       "the second contact with a number of the call is a duplicate");
	is_str(out.results[1].field, "phone_number",
	       "a refused contact names the field");
	is_str(out.results[1].text,
	       "The phone number must have 8 to 15 digits.",
	       "a refused contact says why");
	ok(try_trigger(c, 0, &out) && f.code == FAULT_INVALID,
	   "a call without contacts is refused");
	ok(try_trigger(contacts_of(NEW, TRIGGER_MOST + 1, 5), TRIGGER_MOST + 1,
		       &out) &&
		   f.code == FAULT_INVALID,
	   "a call with 1,001 contacts is refused");
}

static void
test_barred(void)
{
	world_exclude(&b.w, b.campaign, "447911000020", true);
	world_bar(&b.w, 900, 1, "447911000021");
	is_str(code_of_phone(NEW + 20), "excluded",
	       "an excluded number is rejected by name");
	is_str(code_of_phone(NEW + 21), "do_not_call",
	       "a number on the do-not-call list is rejected by name");
}

static void
test_final(void)
{
	bed_start(&b, 1);
	is_str(code_of_phone(447700000001), "duplicate",
	       "a contact that waits is a duplicate");
	bed_calls(&b, 1, OUTCOME_NO_ANSWER);
	is_str(code_of_phone(447700000001), "duplicate",
	       "a contact that waits for a retry is a duplicate");
	bed_all_due(&b);
	bed_calls(&b, 1, OUTCOME_COMPLETED);
	is_str(code_of_phone(447700000001), "",
	       "a contact that is final is taken anew");
	is_str(code_of_phone(447700000001), "duplicate",
	       "a contact that was taken anew is a duplicate");
	is_int((int64_t)bed_calls(&b, 5, OUTCOME_BUSY), 1,
	       "a contact that was taken anew is called");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM attempt"
			 " WHERE run_id = %lld AND seq = 1",
			 (long long)b.run),
	       2, "a contact that was taken anew has attempts of its own");
	bed_balance(&b, "the books balance after a contact was taken anew");
}

static void
test_status(void)
{
	static const struct {
		enum campaign_status status;
		bool takes;
	} cases[] = { { CAMPAIGN_DRAFT, true },
		      { CAMPAIGN_RUNNING, true },
		      { CAMPAIGN_PAUSED, true },
		      { CAMPAIGN_COMPLETED, false },
		      { CAMPAIGN_FAILED, false } };
	struct actor viewer = b.w.who, other = b.w.who;
	struct trigger_contact *c = contacts_of(NEW + 30, 1, 9);
	struct trigger_order o = { .contacts = c, .count = 1 };
	struct trigger_answer out;

	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		b.campaign = world_campaign(&b.w, cases[i].status, false);
		is_int(try_trigger(c, 1, &out) == 0, cases[i].takes,
		       campaign_status_words[cases[i].status]);
		if (!cases[i].takes)
			is_int(f.code, FAULT_CONFLICT,
			       "a campaign that is over is a conflict");
	}
	b.campaign = world_campaign(&b.w, CAMPAIGN_COMPLETED, true);
	is_int(try_trigger(c, 1, &out), 0,
	       "a campaign that is prepared for another run takes contacts");
	o.campaign_id = b.campaign;
	viewer.role = ROLE_VIEWER;
	ok(campaign_trigger(b.w.db, &viewer, &o, b.w.a, &out, &f) &&
		   f.code == FAULT_DENIED,
	   "a viewer adds no contacts");
	world_need(workspace_create(b.w.db, "Other", "UTC", "GB",
				    &other.workspace_id, &f),
		   "workspace");
	ok(campaign_trigger(b.w.db, &other, &o, b.w.a, &out, &f) &&
		   f.code == FAULT_ABSENT,
	   "another workspace has no such campaign");
}

/* Of the number that is called next. */
static const char *
last_digit(const struct plan_result *r)
{
	const char *to = r->count ? r->jobs[0].call.to : "-";

	return to + strlen(to) - 1;
}

static void
test_priority(void)
{
	static const int64_t given[] = { 3, 0, 7, 5, 9, 1, 8 };
	const char *text = "";
	struct plan_result r;
	struct run_look l;

	start_empty(true);
	for (size_t i = 0; i < ARRAY_LEN(given); i++)
		trigger(NEW + 100 + given[i], 1, given[i]);
	for (int i = 1; i <= 7; i++) {
		r = bed_plan(&b, i);
		text = arena_printf(b.w.a, "%s%s", text, last_digit(&r));
	}
	is_str(text, "9875310", "contacts are called by their priority");
	l = bed_look(&b);
	is_int((int64_t)l.cursor_count, 8,
	       "a run has a cursor for each priority that was used");
	bed_balance(&b, "the books balance with a part for each priority");
}

static void
test_urgent(void)
{
	struct plan_result r;

	bed_start(&b, 100000);
	trigger(NEW + 200, 1, 5);
	trigger(NEW + 201, 1, 9);
	trigger(NEW + 202, 1, 6);
	r = bed_plan(&b, 1);
	is_str(r.jobs[0].call.to, "447911000201",
	       "a contact of priority 9 is next ahead of 100,000");
	r = bed_plan(&b, 2);
	is_str(r.jobs[0].call.to, "447911000202",
	       "then comes one of priority 6");
	r = bed_plan(&b, 3);
	is_str(r.jobs[0].call.to, "447700000001",
	       "of the same priority the contacts of a file come first");
	trigger(NEW + 203, 1, 9);
	bed_all_due(&b);
	world_sql(&b.w,
		  "UPDATE run_cursor SET next_ordinal = 4"
		  " WHERE run_id = %lld AND seg = 1",
		  (long long)b.run);
	world_sql(&b.w,
		  "INSERT INTO run_contact (run_id, seg, ordinal, state,"
		  " due_at) VALUES (%lld, 1, 2, 0, '2020-01-01'),"
		  " (%lld, 1, 3, 0, '2020-01-01')",
		  (long long)b.run, (long long)b.run);
	world_sql(&b.w,
		  "INSERT INTO due VALUES (%lld, 1, '2020-01-01', 1, 2),"
		  " (%lld, 1, '2020-01-01', 1, 3)",
		  (long long)b.run, (long long)b.run);
	world_sql(&b.w,
		  "INSERT INTO run_count (run_id, shard, held)"
		  " VALUES (%lld, 9, 2)",
		  (long long)b.run);
	r = bed_plan(&b, 4);
	is_str(r.jobs[0].call.to, "447911000203",
	       "a contact of priority 9 goes before those that were passed "
	       "over");
	r = bed_plan(&b, 5);
	is_str(r.jobs[0].call.to, "447700000002",
	       "those that were passed over go before the list");
	bed_balance(&b, "the books balance when the urgent came first");
}

static void
test_undo(void)
{
	struct trigger_answer out;
	struct trigger_undone undone;
	struct plan_result r;
	struct call_id *ids;

	start_empty(true);
	out = trigger(NEW + 300, 6, 5);
	r = bed_plan(&b, 3);
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, 1), 1, "one call is sent");
	world_need(campaign_trigger_undo(b.w.db, &b.w.who, b.campaign,
					 out.batch_id, &undone, &f),
		   "undo");
	is_int(undone.contacts, 5, "all that were not called are taken back");
	is_int(undone.others, 1, "the one that is called is not");
	is_int((int64_t)bed_send(&b, ids, 3), 0,
	       "a queued call of a contact that was taken back is not sent");
	bed_balance(&b, "the books balance right after an undo");
	is_int((int64_t)bed_withdraw(&b, b.w.db, &b.me, ids, 3, LIVE_QUEUED), 2,
	       "queued calls are withdrawn by their age");
	bed_all_due(&b);
	is_int((int64_t)bed_plan(&b, 100).count, 0, "nobody else is called");
	is_int(COUNTED(&b, "excluded"), 5,
	       "contacts that were taken back become excluded");
	bed_record(&b, ids, 1, OUTCOME_COMPLETED);
	bed_balance(&b, "the books balance after an undo");
	is_str(code_of_phone(NEW + 305), "",
	       "a number that was taken back can be added again");
	world_need(campaign_trigger_undo(b.w.db, &b.w.who, b.campaign,
					 out.batch_id, &undone, &f),
		   "undo again");
	is_int(undone.contacts, 0, "a second undo takes nothing back");
	ok(campaign_trigger_undo(b.w.db, &b.w.who,
				 world_draft(&b.w, "Other", 0), out.batch_id,
				 &undone, &f) &&
		   f.code == FAULT_ABSENT,
	   "another campaign does not have the batch");
}

/* Contacts that come to an always-on run that had none left. */
static void
test_always_on(void)
{
	struct run_look l;
	int64_t until;

	start_empty(true);
	l = bed_look(&b);
	is_int(look_wait(&l, b.zones, &until), WAIT_CONTACTS,
	       "an always-on run waits for contacts");
	is_int(trigger(NEW + 400, 2, 5).run_id, b.run,
	       "a call says which run to wake");
	l = bed_look(&b);
	ok(look_judge(&l, b.zones) == LOOK_RUNS && look_ahead(&l) == 2,
	   "the run goes on with them");
	is_int((int64_t)bed_calls(&b, 10, OUTCOME_COMPLETED), 2,
	       "they are called");
	bed_balance(&b, "the books balance after an always-on run went on");
}

static void
test_restart(void)
{
	int64_t copy;

	bed_start(&b, 1);
	trigger(NEW + 500, 1, 5);
	trigger(NEW + 501, 1, 9);
	world_apply(&b.w, b.campaign, ACTION_STOP);
	world_need(
		campaign_clone(b.w.db, b.campaign, &b.w.who, &copy, b.w.a, &f),
		"clone");
	is_int(world_int(&b.w,
			 "SELECT COUNT(*) FROM segment"
			 " WHERE campaign_id = %lld",
			 (long long)copy),
	       2, "a clone leaves the added contacts behind");
	world_apply(&b.w, b.campaign, ACTION_RESTART);
	trigger(NEW + 502, 1, 0);
	is_str(code_of_phone(NEW + 500), "duplicate",
	       "a draft that ran still has the contacts that were added");
	world_apply(&b.w, b.campaign, ACTION_START);
	bed_balance(&b, "the books of the stopped run balance");
	bed_lead(&b);
	is_int((int64_t)bed_calls(&b, 10, OUTCOME_COMPLETED), 4,
	       "the next run has all contacts");
	bed_balance(&b, "the books of the next run balance");
}

/* What an erased campaign leaves behind. */
static void
test_delete(void)
{
	bool left = true;
	int64_t list;

	b.campaign = world_draft(&b.w, "Mistake", 0);
	list = world_int(&b.w, "SELECT own_list FROM campaign WHERE id = %lld",
			 (long long)b.campaign);
	trigger(NEW + 600, 3, 9);
	world_need(campaign_delete(b.w.db, b.campaign, &b.w.who, b.w.a, &f),
		   "delete");
	while (left)
		world_need(list_sweep(b.w.db, 2, &left, &f), "sweep");
	is_int(world_int(&b.w,
			 "SELECT (SELECT COUNT(*) FROM contact WHERE list_id ="
			 " %lld) + (SELECT COUNT(*) FROM trigger_batch WHERE"
			 " list_id = %lld) + (SELECT COUNT(*) FROM list_part"
			 " WHERE list_id = %lld)",
			 (long long)list, (long long)list, (long long)list),
	       0, "nothing is left of the contacts of a deleted draft");
}

int
main(void)
{
	bed_open(&b);
	test_each();
	test_not_supported();
	test_long();
	test_in_call();
	test_barred();
	test_final();
	test_status();
	test_priority();
	test_urgent();
	test_undo();
	test_always_on();
	test_restart();
	test_delete();
	return bed_close(&b);
}
