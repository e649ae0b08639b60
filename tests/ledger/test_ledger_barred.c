/*
 * Numbers that may not be called, at the gates: do-not-call lists and their
 * loads, dates, exclusions of a campaign and of its clones; and what asking
 * costs.
 */
#include <pthread.h>
#include <stdatomic.h>

#include "campaign/exclusion.h"
#include "contacts/dnc_import.h"
#include "tests/ledger/ledger_bed.h"
#include "workspace/dnc.h"
#include "workspace/dnc_sweep.h"

static struct ledger_bed b;

#define FIRST "447700000001"
#define SECOND "447700000002"

/* How many of two calls that were planned are sent. */
static size_t
sent(struct plan_result *r)
{
	return bed_send(&b, bed_ids(&b, r), r->count);
}

static void
add(int64_t list, const char *phone, int64_t until)
{
	struct dnc_entry e = { .reason = "asked", .until = until };

	memcpy(e.phone, phone, strlen(phone) + 1);
	world_need(dnc_add(b.w.db, &b.w.who, list, &e, b.w.a, &f), "add");
}

static void
test_dates(void)
{
	int64_t now = world_int(&b.w, "SELECT FLOOR(UNIX_TIMESTAMP(NOW(6)) *"
				      " 1000000)");
	struct plan_result r;

	bed_start(&b, 2);
	add(DNC_OWN_LIST, FIRST, now + US_PER_HOUR);
	is_int((int64_t)bed_plan(&b, 2).excluded, 1,
	       "a number whose last day is to come is not called");
	world_sql(&b.w, "DELETE FROM dnc");
	bed_start(&b, 2);
	add(DNC_OWN_LIST, FIRST, now + US_PER_HOUR);
	world_sql(&b.w, "UPDATE dnc SET until = NOW(6)");
	r = bed_plan(&b, 2);
	is_int((int64_t)r.count, 2,
	       "a number whose last day has passed is called");
	is_int((int64_t)sent(&r), 2, "and its call is sent");
	world_sql(&b.w, "DELETE FROM dnc");
}

static void
test_add(void)
{
	struct plan_result r;
	struct call_id *void_ids;
	size_t count;

	bed_start(&b, 2);
	r = bed_plan(&b, 2);
	add(DNC_OWN_LIST, FIRST, 0);
	is_int((int64_t)sent(&r), 1,
	       "the call to a number added after planning is not sent");
	world_need(calls_void(b.w.db, b.run, 10, b.w.a, &void_ids, &count, &f),
		   "void");
	is_int((int64_t)count, 1, "and it is void at the planner's next look");
	bed_balance(&b, "the books balance after a number was added");
	world_sql(&b.w, "DELETE FROM dnc");
}

static void
test_loads(void)
{
	bed_start(&b, 3);
	world_bar(&b.w, 900, 1, FIRST);
	world_bar(&b.w, 900, 2, SECOND);
	is_int((int64_t)bed_plan(&b, 3).count, 2,
	       "only the present load of a list bars");
	world_sql(&b.w, "UPDATE dnc_list SET load_id = 2 WHERE id = 900");
	bed_start(&b, 3);
	is_int((int64_t)bed_plan(&b, 3).excluded, 1,
	       "the other load bars after the flip");
	is_int(CONTACT(&b, "state", 2), CONTACT_EXCLUDED,
	       "whose number becomes final");
	world_sql(&b.w, "DELETE FROM dnc_list WHERE id = 900");
	bed_start(&b, 3);
	is_int((int64_t)bed_plan(&b, 3).count, 3,
	       "the numbers of a deleted list are called");
	world_sql(&b.w, "DELETE FROM dnc");
}

/* A list that is replaced again and again, by another connection. */
struct replacing {
	atomic_bool ends;
	int64_t list;
	atomic_int done;
};

static int64_t
give(void *arg, char *out, size_t size, struct fault *why)
{
	size_t *at = arg, n = 0;

	(void)why;
	if (!*at)
		n += (size_t)snprintf(out, size, "phone_number\n");
	for (; *at < 9000 && n + 16 < size; ++*at)
		n += (size_t)snprintf(out + n, size - n, "44770%07zu\n",
				      *at + 1);
	return (int64_t)n;
}

static void *
replace(void *arg)
{
	struct replacing *p = arg;
	struct db *db = world_connect(&b.w);
	struct arena *a = arena_new();
	struct dnc_order order = { .list_id = p->list,
				   .replaces = true,
				   .name = "all.csv" };

	while (!atomic_load(&p->ends)) {
		size_t at = 0;
		struct import_hooks h = { .read = give, .arg = &at };
		struct dnc_import done;
		struct fault why;
		bool left = true;

		order.hooks = &h;
		if (dnc_import_run(db, &b.w.who, &order, &done, a, &why)) {
			printf("# %s (%s)\n", why.text, why.cause);
			break;
		}
		p->done++;
		while (left && !dnc_sweep(db, 5000, &left, &why))
			;
	}
	arena_free(a);
	db_free(db);
	return NULL;
}

static void
test_flips(void)
{
	struct dnc_list set = { .kind = DNC_NATIONAL,
				.name = "Registry",
				.source = "" };
	struct replacing p = { .done = 0 };
	size_t asked = 0, opened = 0, closed = 0;
	int64_t until = clock_boot_us() + US_PER_MINUTE;
	struct plan_result r;
	struct call_id *ids;
	pthread_t thread;

	bed_start(&b, 10001);
	world_need(dnc_list_add(b.w.db, &b.w.who, &set, &p.list, b.w.a, &f),
		   "list");
	world_sql(&b.w, "UPDATE run_cursor SET next_ordinal = 9001");
	r = bed_plan(&b, 100);
	ids = bed_ids(&b, &r);
	is_int((int64_t)bed_send(&b, ids, r.count), (int64_t)r.count,
	       "calls to numbers that are on no list are sent");
	world_sql(&b.w, "UPDATE live_call SET phone = '447700000500'"
			" WHERE phone = '447700009001'");
	add(p.list, "447700000500", 0);
	if (pthread_create(&thread, NULL, replace, &p))
		exit(1);
	while (clock_boot_us() < until && (p.done < 3 || asked < 50)) {
		bool open[100] = { false };

		world_need(
			ledger_ask_again(b.w.db, &b.me, ids, r.count, open, &f),
			"ask");
		asked++;
		for (size_t i = 0; i < r.count; i++) {
			opened += open[i];
			closed += !open[i];
		}
	}
	atomic_store(&p.ends, true);
	pthread_join(thread, NULL);
	printf("# %d replacements, asked %zu times\n", p.done, asked);
	ok(p.done >= 3 && asked >= 50, "the list is replaced while calls ask");
	is_int((int64_t)closed, (int64_t)asked,
	       "the number on both versions of the list is barred every time");
	is_int((int64_t)opened, (int64_t)(asked * (r.count - 1)),
	       "no other number ever is");
	world_sql(&b.w, "DELETE FROM dnc");
	world_sql(&b.w, "DELETE FROM dnc_list WHERE kind <> 0");
}

static int64_t
copy_of(int64_t id)
{
	int64_t copy = 0;

	world_need(campaign_clone(b.w.db, id, &b.w.who, &copy, b.w.a, &f),
		   "clone");
	return copy;
}

/* What the gate says of a contact of that campaign. */
static bool
is_barred(int64_t campaign, int ordinal)
{
	int64_t list = world_int(&b.w,
				 "SELECT list_id FROM segment WHERE campaign_id"
				 " = %lld AND seg = 1",
				 (long long)campaign);
	struct arg id = ARG_INT(campaign);
	struct arg workspace = ARG_INT(b.w.who.workspace_id);
	struct rows r;
	int64_t barred;

	world_need(
		db_query(b.w.db, &r, STMT_PLAN_CONTACTS,
			 ARGS(id, id, id, workspace, workspace, ARG_INT(list),
			      ARG_INT(0), ARG_INT(ordinal), ARG_INT(ordinal)),
			 &f),
		"ask");
	world_need(rows_next(&r, &f) != 1, "row");
	barred = rows_int(&r, 4);
	rows_close(&r);
	return barred;
}

static void
exclude(int64_t campaign, const char *phone, bool barred)
{
	world_exclude(&b.w, campaign, phone, barred);
}

static void
test_clones(void)
{
	int64_t old, copy, grandchild;

	bed_start(&b, 5);
	old = b.campaign;
	exclude(old, FIRST, true);
	exclude(old, SECOND, true);
	exclude(old, SECOND, false);
	ok(is_barred(old, 1), "a campaign has its own exclusions");
	ok(!is_barred(old, 2), "one that was lifted is none");
	copy = copy_of(old);
	ok(is_barred(copy, 1), "a clone has the exclusions of its original");
	ok(!is_barred(copy, 2), "a clone has none that was lifted before");
	exclude(old, "447700000003", true);
	ok(!is_barred(copy, 3),
	   "what the original excludes afterwards is not the clone's");
	exclude(copy, "447700000004", true);
	ok(is_barred(copy, 4) && !is_barred(old, 4),
	   "what the clone excludes is not the original's");
	exclude(copy, FIRST, false);
	ok(!is_barred(copy, 1) && is_barred(old, 1),
	   "the clone lifts an exclusion for itself alone");
	exclude(old, "447700000005", true);
	grandchild = copy_of(copy);
	ok(!is_barred(grandchild, 1) && is_barred(grandchild, 4) &&
		   !is_barred(grandchild, 5),
	   "a clone of the clone has what the clone had");
	exclude(old, FIRST, false);
	exclude(old, FIRST, true);
	ok(!is_barred(grandchild, 1) && is_barred(old, 1),
	   "exclusions of the original do not change those of its clones");
}

/* A clone of a campaign with many exclusions writes a few rows. */
static void
test_clone_size(void)
{
	int64_t copy;

	bed_start(&b, 3);
	world_sql(&b.w,
		  "INSERT INTO exclusion (set_id, campaign_id, phone, at)"
		  " SELECT %lld, %lld, 447700000000 + seq, NOW(6)"
		  " FROM seq_1_to_20000",
		  (long long)b.campaign, (long long)b.campaign);
	copy = copy_of(b.campaign);
	ok(is_barred(copy, 2), "a clone has 20,000 exclusions");
	is_int(world_int(&b.w,
			 "SELECT (SELECT COUNT(*) FROM exclusion WHERE"
			 " campaign_id = %lld) + (SELECT COUNT(*) FROM"
			 " exclusion_source WHERE campaign_id = %lld)",
			 (long long)copy, (long long)copy),
	       1, "it writes one row for all of them");
}

static void
sweep(void)
{
	bool left = true;

	while (left)
		world_need(exclusion_sweep(b.w.db, 7, &left, &f), "sweep");
}

static void
test_deleted(void)
{
	int64_t draft = world_draft(&b.w, "Draft", 3), copy;

	sweep();
	world_sql(&b.w, "DELETE FROM exclusion");
	exclude(draft, FIRST, true);
	exclude(draft, SECOND, true);
	copy = copy_of(draft);
	world_need(campaign_delete(b.w.db, draft, &b.w.who, b.w.a, &f),
		   "delete");
	sweep();
	ok(is_barred(copy, 1),
	   "a clone keeps the exclusions of a deleted original");
	world_need(campaign_delete(b.w.db, copy, &b.w.who, b.w.a, &f),
		   "delete");
	sweep();
	is_int(world_int(&b.w, "SELECT (SELECT COUNT(*) FROM exclusion) +"
			       " (SELECT COUNT(*) FROM exclusion_gone)"),
	       0, "exclusions are erased with the last clone");
}

/* The rows that the planner reads for 200 contacts. */
static int64_t
rows_read(void)
{
	const struct stmt stmts[] = {
		stmt_table[STMT_PLAN_CONTACTS],
		{ "READ", "", "i",
		  "SELECT CAST(SUM(variable_value) AS SIGNED)"
		  " FROM information_schema.session_status"
		  " WHERE variable_name LIKE 'Handler_read_%'" },
	};
	struct db_conf conf = b.w.conf;
	struct arg id = ARG_INT(b.campaign);
	struct arg workspace = ARG_INT(b.w.who.workspace_id);
	int64_t list = world_int(&b.w,
				 "SELECT list_id FROM segment WHERE campaign_id"
				 " = %lld AND seg = 1",
				 (long long)b.campaign);
	int64_t at[3];
	struct db *db;
	struct rows r;

	conf.probe = -1;
	db = db_new(&conf, stmts, 2);
	for (int i = 0; i < 3; i++) {
		world_need(db_int(db, &at[i], 1, NO_ARGS, &f), "status");
		if (i != 1)
			continue;
		world_need(db_query(db, &r, 0,
				    ARGS(id, id, id, workspace, workspace,
					 ARG_INT(list), ARG_INT(0), ARG_INT(1),
					 ARG_INT(200)),
				    &f),
			   "plan");
		rows_close(&r);
	}
	db_free(db);
	return at[2] - at[1] - (at[1] - at[0]);
}

static void
test_cost(void)
{
	int64_t none, many;

	world_sql(&b.w, "DELETE FROM dnc");
	bed_start(&b, 200);
	none = rows_read();
	world_bar(&b.w, 900, 1, "447800000000");
	world_bar(&b.w, 901, 1, "447800000000");
	world_sql(&b.w,
		  "INSERT INTO dnc (workspace_id, phone, list_id, load_id, at)"
		  " SELECT %lld, 447600000000 + 997 * seq, 900 + seq %% 2, 1,"
		  " NOW(6) FROM seq_1_to_200000 WHERE 997 * seq NOT BETWEEN"
		  " 100000000 AND 100000300",
		  (long long)b.w.who.workspace_id);
	world_sql(&b.w,
		  "INSERT INTO exclusion (set_id, campaign_id, phone, at)"
		  " SELECT %lld, %lld, 447600000000 + 997 * seq, NOW(6)"
		  " FROM seq_1_to_20000",
		  (long long)b.campaign, (long long)b.campaign);
	many = rows_read();
	printf("# %lld rows for 200 contacts\n", (long long)many);
	is_int(many, none,
	       "asking costs the same for 200,000 numbers on two lists");
	/* a row, and for each of the three a key of the subquery cache, too */
	ok(many <= 200 * 7 + 10,
	   "it is one look-up of lists, exclusions and erasures a contact");
	world_sql(&b.w, "DELETE FROM dnc");
}

int
main(void)
{
	bed_open(&b);
	test_dates();
	test_add();
	test_loads();
	test_flips();
	test_clones();
	test_clone_size();
	test_deleted();
	test_cost();
	return bed_close(&b);
}
