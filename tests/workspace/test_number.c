/* Numbers: added one by one and many at once, changed, removed, and listed by
 * pages. */
#include "tests/lib/world.h"

static struct world w;
static struct actor other; /* an administrator of another workspace */

static union catalog_entry e;

/* Reads an entry of the test's workspace into 'e'. */
static void
get(const struct catalog_kind *k, int64_t id)
{
	world_need(catalog_get(w.db, k,
			       (struct catalog_id){ w.who.workspace_id, id },
			       &e, w.a, &f),
		   k->word);
}

static int64_t
epoch(int64_t campaign)
{
	return world_int(&w, "SELECT epoch FROM campaign WHERE id = %lld",
			 (long long)campaign);
}

static int64_t
audits(const char *action)
{
	return world_int(&w, "SELECT COUNT(*) FROM audit WHERE action = '%s'",
			 action);
}

static void
refused(int rc, enum fault_code code, const char *field, const char *what)
{
	ok(rc == -1 && f.code == code && !strcmp(f.field, field), what);
	if (rc == 0 || f.code != code || strcmp(f.field, field) != 0)
		printf("# %d %s, %s: %s (%s)\n", rc, fault_word(f.code),
		       f.field, f.text, f.cause);
}

static void
check_numbers(void)
{
	struct number n = { .phone = "020 7946 0005",
			    .carrier_id = w.carrier,
			    .label = "Sales",
			    .enabled = true };
	int64_t running = world_campaign(&w, CAMPAIGN_RUNNING, false), was;
	struct actor who = w.who;

	fine(catalog_add(w.db, &who, &catalog_numbers, &n, w.a, &f),
	     "a number is added");
	get(&catalog_numbers, n.id);
	is_str(e.number.phone, "442079460005",
	       "it is read by the workspace’s country");
	is_int(e.number.day_cap, 0, "it has no limit of calls per day");
	is_int(world_int(&w,
			 "SELECT day_cap = 4294967295 FROM number"
			 " WHERE id = %lld",
			 (long long)n.id),
	       1, "which the planner knows as the highest");
	refused(catalog_add(w.db, &who, &catalog_numbers, &n, w.a, &f),
		FAULT_CONFLICT, "phone", "a carrier has a number once");
	n.phone = "12";
	refused(catalog_add(w.db, &who, &catalog_numbers, &n, w.a, &f),
		FAULT_INVALID, "phone", "two digits are no number");
	n.phone = "442079460006";
	refused(catalog_add(w.db, &other, &catalog_numbers, &n, w.a, &f),
		FAULT_ABSENT, "carrier_id",
		"a number is not added to another workspace’s carrier");
	get(&catalog_numbers, w.numbers[0]);
	was = epoch(running);
	e.number.label = "Other";
	fine(catalog_change(w.db, &who, &catalog_numbers, &e, w.a, &f),
	     "a number gets another label");
	is_int(epoch(running), was, "which voids nothing");
	get(&catalog_numbers, w.numbers[0]);
	e.number.day_cap = 100;
	fine(catalog_change(w.db, &who, &catalog_numbers, &e, w.a, &f),
	     "a number gets a limit of calls per day");
	is_int(epoch(running), was + 1, "which voids queued calls");
	get(&catalog_numbers, n.id);
	e.number.day_cap = 100;
	fine(catalog_change(w.db, &who, &catalog_numbers, &e, w.a, &f),
	     "a number of no campaign is changed");
	is_int(epoch(running), was + 1, "which voids nothing");
}

static void
check_number_removal(void)
{
	struct catalog_removal r = { .from_drafts = true };
	struct number n = { .phone = "+44 20 7946 0007",
			    .carrier_id = w.carrier,
			    .label = "",
			    .enabled = true };
	int64_t draft = world_draft(&w, "Never ran", 0), ran;
	struct actor who = w.who;

	world_need(catalog_add(w.db, &who, &catalog_numbers, &n, w.a, &f),
		   "number");
	r.id = n.id;
	world_sql(&w, "INSERT INTO campaign_number VALUES (%lld, %lld)",
		  (long long)draft, (long long)n.id);
	world_sql(&w,
		  "INSERT INTO number_use VALUES (%lld, '2026-01-01', 1,"
		  " NOW(6))",
		  (long long)n.id);
	r.from_drafts = false;
	refused(catalog_remove(w.db, &who, &catalog_numbers, &r, w.a, &f),
		FAULT_CONFLICT, "", "a number of a draft stays");
	is_str(f.text, "The number is used by the campaign “Never ran”.",
	       "the fault names the draft");
	ran = world_campaign(&w, CAMPAIGN_COMPLETED, false);
	world_sql(&w, "INSERT INTO campaign_number VALUES (%lld, %lld)",
		  (long long)ran, (long long)n.id);
	r.from_drafts = true;
	refused(catalog_remove(w.db, &who, &catalog_numbers, &r, w.a, &f),
		FAULT_CONFLICT, "", "one of a campaign that ran stays anyway");
	is_str(f.text, "The number is used by the campaign “Spring”.",
	       "the fault names only that campaign");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM campaign_number"
			 " WHERE number_id = %lld",
			 (long long)n.id),
	       2, "a refused removal takes it out of nothing");
	world_sql(&w,
		  "DELETE FROM campaign_number WHERE number_id = %lld"
		  " AND campaign_id = %lld",
		  (long long)n.id, (long long)ran);
	fine(catalog_remove(w.db, &who, &catalog_numbers, &r, w.a, &f),
	     "a number is taken out of drafts and removed, when asked");
	is_int(world_int(&w,
			 "SELECT (SELECT COUNT(*) FROM campaign_number WHERE"
			 " number_id = %lld) + (SELECT COUNT(*) FROM"
			 " number_use WHERE number_id = %lld)",
			 (long long)n.id, (long long)n.id),
	       0, "nothing of it is left");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE became ="
			     " '{\"taken_out_of_drafts\":1}'"),
	       1, "the audit log says of how many drafts");
}

static void
lines(const char *text, size_t faults, const char *says, const char *what)
{
	struct number_lines many = {
		.model = { .carrier_id = w.carrier,
			   .label = "",
			   .enabled = true },
		.text = text,
	};
	int64_t was = world_int(&w, "SELECT COUNT(*) FROM number");
	int rc;

	f = (struct fault){ 0 };
	rc = numbers_add(w.db, &w.who, &many, w.a, &f);
	is_int(rc, faults || *says ? -1 : 0, what);
	is_int((int64_t)many.fault_count, (int64_t)faults,
	       "as many lines are wrong");
	is_str(f.text, says, "the fault says so");
	if (rc)
		is_int(world_int(&w, "SELECT COUNT(*) FROM number"), was,
		       "nothing is added");
}

static void
check_lines(void)
{
	struct buf b = BUF_INIT;

	lines("020 7946 0100, Main, London\r\n\r\n  +44 (20) 7946-0101  \n"
	      "442079460102;\"Second\"\n",
	      0, "", "numbers are added, one a line");
	is_int(world_int(&w, "SELECT COUNT(*) FROM number WHERE phone ="
			     " '442079460100' AND label = 'Main, London'"),
	       1, "a label follows its comma");
	is_int(audits("add numbers"), 1, "with one line in the audit log");
	lines("020 7946 0110\n12\n020 7946 0110\n020 7946 0111, a\tb\n"
	      "020 7946 0100\n",
	      3,
	      "Line 2: The number must have 8 to 15 digits. 2 more lines "
	      "are wrong.",
	      "every wrong line is named");
	lines("020 7946 0112\n020 7946 0100\n", 1,
	      "Line 2: The carrier already has this number.",
	      "so is one that is there");
	lines(" \n\n", 0, "Enter at least one number.", "no line is refused");
	for (int i = 0; i <= NUMBER_LINES_MOST; i++)
		buf_printf(&b, "+4420794%05d\n", 20000 + i);
	lines(b.data, 0,
	      "There are 1001 numbers; at most 1,000 can be added at once.",
	      "more than a thousand are refused");
	buf_clear(&b);
	for (int i = 0; i < NUMBER_LINES_MOST; i++)
		buf_printf(&b, "+4420794%05d\n", 20000 + i);
	lines(b.data, 0, "", "a thousand are added at once");
	buf_free(&b);
}

static void
check_pages(void)
{
	struct catalog_list list = { .after = "", .most = 7 };
	const char *last = "";
	size_t seen = 0;
	bool sorted = true;

	do {
		world_need(catalog_list(w.db, &catalog_numbers,
					w.who.workspace_id, &list, w.a, &f),
			   "page");
		for (size_t i = 0; i < list.count; i++) {
			const struct number *n =
				&((const struct number *)list.rows)[i];

			sorted &= strcmp(last, n->phone) <= 0;
			last = n->phone;
			list.after_id = n->id;
		}
		list.after = last;
		seen += list.count;
	} while (list.more);
	is_int((int64_t)seen,
	       world_int(&w,
			 "SELECT COUNT(*) FROM number WHERE workspace_id"
			 " = %lld",
			 (long long)w.who.workspace_id),
	       "the pages have every number once");
	ok(sorted, "sorted by their digits");
	list = (struct catalog_list){ .after = "", .most = 100 };
	catalog_list(w.db, &catalog_numbers, other.workspace_id, &list, w.a,
		     &f);
	is_int((int64_t)list.count, 0, "none of another workspace");
}

int
main(void)
{
	struct new_user eve = { .email = "eve@example.com",
				.name = "Eve",
				.password = "correct horse",
				.role = ROLE_ADMIN };

	world_open(&w);
	other = w.who;
	world_need(workspace_create(w.db, "Other", "UTC", "GB",
				    &other.workspace_id, &f),
		   "workspace");
	world_need(
		user_create(w.db, other.workspace_id, &eve, &other.user_id, &f),
		"user");
	check_numbers();
	check_number_removal();
	check_lines();
	check_pages();
	return world_close(&w);
}
