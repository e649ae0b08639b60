/*
 * Contacts and attempts as pages: each row once, whatever is looked for, and a
 * bounded number of rows read at any depth.
 */
#include "report/attempts.h"
#include "report/contacts.h"
#include "tests/ledger/trigger_bed.h"

#define MANY 30000
#define FEW_ROWS 20000 /* CONTACTS_SCANNED, with its keys */

static struct contact_query query;

static int64_t
rows_read(void)
{
	return world_int(&b.w, "SELECT CAST(SUM(VARIABLE_VALUE) AS SIGNED)"
			       " FROM information_schema.GLOBAL_STATUS"
			       " WHERE VARIABLE_NAME IN ('Handler_read_first',"
			       " 'Handler_read_key', 'Handler_read_last',"
			       " 'Handler_read_next', 'Handler_read_prev',"
			       " 'Handler_read_rnd')");
}

static void
ask_anew(void)
{
	query = (struct contact_query){ .workspace_id = b.w.who.workspace_id,
					.campaign_id = b.campaign,
					.run_id = b.run,
					.state = -1,
					.after_seg = -1 };
}

static struct contact_page
page(void)
{
	struct contact_page p;

	world_need(contacts_page(b.w.db, &query, &p, b.w.a, &f), "contacts");
	return p;
}

/* Every row of all pages; 'wrong' counts rows that are not after the one
 * before. */
static size_t
all_rows(int *pages, int *wrong)
{
	struct contact_page p;
	size_t n = 0;

	*pages = *wrong = 0;
	do {
		p = page();
		n += p.count;
		for (size_t i = 0; i < p.count; i++) {
			const struct contact_row *row = &p.rows[i];

			*wrong += row->seg < query.after_seg ||
				  (row->seg == query.after_seg &&
				   row->ordinal <= query.after_ordinal);
			query.after_seg = row->seg;
			query.after_ordinal = row->ordinal;
		}
		query.after_seg = p.next_seg;
		query.after_ordinal = p.next_ordinal;
		++*pages;
	} while (p.more);
	return n;
}

static void
check_all(size_t rows, const char *what)
{
	int pages, wrong;

	is_int((int64_t)all_rows(&pages, &wrong), (int64_t)rows, what);
	is_int(wrong, 0, "no row is there twice");
}

static void
test_pages(void)
{
	struct contact_page p;

	bed_start(&b, 250);
	trigger(447911000001, 3, 9);
	bed_calls(&b, 5, OUTCOME_COMPLETED);
	bed_calls(&b, 4, OUTCOME_NO_ANSWER);
	ask_anew();
	check_all(253, "every contact is on a page");
	ask_anew();
	p = page();
	ok(p.count == CONTACTS_PAGE_MOST && p.more,
	   "a page has 100 contacts unless fewer are asked for");
	is_str(p.rows[0].phone, "447700000001", "the first contact is there");
	ask_anew();
	query.limit = 7;
	check_all(253, "every contact is on a short page");
	ask_anew();
	query.state = CONTACT_COMPLETED;
	check_all(5, "contacts are found by their state");
	ask_anew();
	query.state = CONTACT_HELD;
	check_all(244, "contacts ahead of the cursor are pending");
	ask_anew();
	query.outcome = OUTCOME_NO_ANSWER;
	check_all(4, "contacts are found by their last outcome");
	ask_anew();
	query.phone = "447911000002";
	check_all(1, "a contact is found by its number");
	ask_anew();
	query.phone = "447911999999";
	check_all(0, "a number that is not there is not found");
}

static void
test_external(void)
{
	struct trigger_contact *c = contacts_of(447911000101, 2, 3);

	c[0].external_id = "A-1";
	c[1].external_id = "a-1";
	world_need(try_trigger(c, 2, &(struct trigger_answer){ 0 }), "trigger");
	ask_anew();
	query.external_id = "a-1";
	check_all(1, "a contact is found by its external ID");
	query.after_seg = -1;
	query.after_ordinal = 0;
	is_str(page().rows[0].phone, "447911000102",
	       "external IDs that differ in case are two");
	query.phone = "447911000101";
	check_all(0, "number and external ID must both be right");
}

static void
test_states(void)
{
	struct trigger_answer out = trigger(447911000201, 1, 5);
	struct trigger_undone undone;

	world_need(campaign_trigger_undo(b.w.db, &b.w.who, b.campaign,
					 out.batch_id, &undone, &f),
		   "undo");
	ask_anew();
	query.phone = "447911000201";
	is_int(page().rows[0].state, CONTACT_EXCLUDED,
	       "a contact that was taken back is excluded");
	world_apply(&b.w, b.campaign, ACTION_STOP);
	ask_anew();
	query.phone = "447700000250";
	is_int(page().rows[0].state, CONTACT_MANUAL_STOPPED,
	       "a contact that waited in a stopped run is final");
	ask_anew();
	query.run_id = 0;
	query.phone = "447700000250";
	is_int(page().rows[0].state, CONTACT_HELD,
	       "in a campaign without a run it is pending");
}

static void
test_walls(void)
{
	struct contact_page p;
	struct attempt_list list;
	struct attempt_query q = { .run_id = b.run, .after_seg = -1 };

	ask_anew();
	query.workspace_id++;
	ok(contacts_page(b.w.db, &query, &p, b.w.a, &f) &&
		   f.code == FAULT_ABSENT,
	   "another workspace sees no contacts of the run");
	query.run_id = 0;
	ok(contacts_page(b.w.db, &query, &p, b.w.a, &f) &&
		   f.code == FAULT_ABSENT,
	   "another workspace sees no contacts of the campaign");
	q.workspace_id = b.w.who.workspace_id + 1;
	world_need(attempts_page(b.w.db, &q, &list, b.w.a, &f), "attempts");
	is_int((int64_t)list.count, 0,
	       "another workspace sees no attempts of the run");
	ask_anew();
	query.campaign_id++;
	ok(contacts_page(b.w.db, &query, &p, b.w.a, &f) &&
		   f.code == FAULT_ABSENT,
	   "a run is found only with its campaign");
}

/* Every attempt of the run, by pages of two. */
static size_t
all_attempts(int *wrong)
{
	struct attempt_query q = { .workspace_id = b.w.who.workspace_id,
				   .run_id = b.run,
				   .after_seg = -1,
				   .limit = 2 };
	struct attempt_list list;
	size_t n = 0;

	*wrong = 0;
	do {
		world_need(attempts_page(b.w.db, &q, &list, b.w.a, &f),
			   "attempts");
		n += list.count;
		for (size_t i = 0; i < list.count; i++) {
			const struct attempt_row *r = &list.rows[i];

			*wrong += r->seg < q.after_seg ||
				  (r->seg == q.after_seg &&
				   (r->ordinal < q.after_ordinal ||
				    (r->ordinal == q.after_ordinal &&
				     r->seq <= q.after_seq)));
			q.after_seg = r->seg;
			q.after_ordinal = r->ordinal;
			q.after_seq = r->seq;
		}
	} while (list.count);
	return n;
}

static void
test_attempts(void)
{
	struct attempt_query q;
	struct attempt_list list;
	struct contact_row contact;
	struct plan_result r;
	char id[UUID_TEXT];
	const char *vars;
	int wrong;

	bed_start(&b, 5);
	trigger(447911000301, 2, 9);
	bed_calls(&b, 7, OUTCOME_NO_ANSWER);
	bed_all_due(&b);
	bed_calls(&b, 7, OUTCOME_BUSY);
	bed_all_due(&b);
	r = bed_plan(&b, 1);
	bed_send(&b, bed_ids(&b, &r), 1);
	is_int((int64_t)all_attempts(&wrong), 14, "every attempt is on a page");
	is_int(wrong, 0, "attempts are in order, each once");
	ask_anew();
	query.phone = r.jobs[0].call.to;
	query.seg = page().rows[0].seg;
	query.ordinal = page().rows[0].ordinal;
	world_need(contact_load(b.w.db, &query, &contact, &vars, b.w.a, &f),
		   "contact");
	ok(contact.state == CONTACT_ACTIVE && contact.tries == 2 &&
		   contact.outcome == OUTCOME_BUSY,
	   "a contact tells how it stands");
	q = (struct attempt_query){ .workspace_id = b.w.who.workspace_id,
				    .campaign_id = b.campaign,
				    .run_id = b.run };
	world_need(attempts_of_contact(b.w.db, &q, &contact, &list, b.w.a, &f),
		   "trail");
	is_int((int64_t)list.count, 3,
	       "the trail of a contact ends with the call that is up");
	uuid_text(r.jobs[0].call.id, id);
	is_str(list.rows[2].id, id, "the call that is up has its id");
	ok(list.rows[2].live == LIVE_SENT + 1 && !list.rows[1].live,
	   "only the last one is up");
	query.ordinal = 99;
	ok(contact_load(b.w.db, &query, &contact, &vars, b.w.a, &f) &&
		   f.code == FAULT_ABSENT,
	   "a contact that is not there is absent");
}

static void
test_vars(void)
{
	struct trigger_contact *c = contacts_of(447911000401, 1, 5);
	struct contact_row contact;
	struct trigger_answer out;
	const char *vars;

	c->variables = "{\"name\":\"Ann\"}";
	world_need(try_trigger(c, 1, &out), "trigger");
	ask_anew();
	query.seg = out.results[0].seg;
	query.ordinal = out.results[0].ordinal;
	world_need(contact_load(b.w.db, &query, &contact, &vars, b.w.a, &f),
		   "contact");
	is_str(vars, "{\"name\":\"Ann\"}",
	       "a contact comes with its variables");
}

/* What is looked for is at the end of a long list, or nowhere. */
static void
test_bounded(void)
{
	int64_t before, read;
	int pages, wrong;

	bed_start(&b, MANY);
	trigger(447911000501, 1, 9);
	ask_anew();
	query.after_seg = 1;
	query.after_ordinal = MANY - 50;
	before = rows_read();
	is_int((int64_t)page().count, 51, "the last page is found");
	read = rows_read() - before;
	ok(read < 1000, "a page at the end of a long list reads few rows");
	ask_anew();
	query.state = CONTACT_COMPLETED;
	before = rows_read();
	ok(!page().count && page().more,
	   "a page may be empty and not the last one");
	read = rows_read() - before;
	if (!ok(read < FEW_ROWS, "a page of rare contacts reads few rows"))
		printf("# %lld rows read\n", (long long)read);
	is_int((int64_t)all_rows(&pages, &wrong), 0,
	       "contacts that are not there are not found");
	is_int(pages, MANY / CONTACTS_SCANNED + 1,
	       "each page looks at as many contacts");
}

/* A report of every contact, and one that is rare. */
static void
test_bounded_reports(void)
{
	int64_t before, read;

	world_sql(&b.w,
		  "INSERT INTO run_contact (run_id, seg, ordinal, state, class,"
		  " seq, tries, outcome) SELECT %lld, 1, seq, 4, 2, 2, 2, 1"
		  " FROM seq_1_to_30000",
		  (long long)b.run);
	world_sql(&b.w,
		  "INSERT INTO call_result (run_id, seg, ordinal, seq, nonce,"
		  " at, disposition, answered_by, opt_out, recording,"
		  " transcript) SELECT %lld, 1, c.seq, t.seq, 7, NOW(6),"
		  " IF(c.seq = 1990 AND t.seq = 2, 'rare', 'usual'), 0, 0, '',"
		  " '' FROM seq_1_to_30000 c, seq_1_to_2 t",
		  (long long)b.run);
	ask_anew();
	query.disposition = "rare";
	before = rows_read();
	is_int((int64_t)page().count, 1, "a disposition is found");
	read = rows_read() - before;
	if (!ok(read < FEW_ROWS, "a page of a rare disposition reads few rows"))
		printf("# %lld rows read\n", (long long)read);
	query.disposition = NULL;
	query.callback = true;
	ok(!page().count && page().more, "nobody asked for a callback");
}

int
main(void)
{
	bed_open(&b);
	test_pages();
	test_external();
	test_states();
	test_walls();
	test_attempts();
	test_vars();
	test_bounded();
	test_bounded_reports();
	return bed_close(&b);
}
