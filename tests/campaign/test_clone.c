/*
 * Clone and Delete: what a copy shares with its original, how it is named, and
 * when contacts are erased.
 */
#include "base/clock.h"
#include "base/text.h"
#include "contacts/contact_list.h"
#include "contacts/upload.h"
#include "tests/lib/world.h"

static struct world w;

static int64_t
clone(int64_t id)
{
	int64_t copy = 0;

	world_need(campaign_clone(w.db, id, &w.who, &copy, w.a, &f), "clone");
	return copy;
}

static struct campaign
load(int64_t id)
{
	struct campaign c = { 0 };

	world_need(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f),
		   "load");
	return c;
}

static int64_t
list_of(int64_t id)
{
	return world_int(&w,
			 "SELECT list_id FROM segment WHERE campaign_id ="
			 " %lld AND seg = 1",
			 (long long)id);
}

static void
sweep(void)
{
	bool left = true;

	while (left)
		world_need(list_sweep(w.db, 2, &left, &f), "sweep");
}

static void
check_copy(void)
{
	int64_t id = world_campaign(&w, CAMPAIGN_RUNNING, false), copy;
	struct campaign old, c;

	world_sql(&w,
		  "UPDATE list_part p JOIN campaign c ON c.own_list ="
		  " p.list_id SET p.n = 9 WHERE c.id = %lld",
		  (long long)id);
	world_exclude(&w, id, "447700000001", true);
	old = load(id);
	is_int(old.fig.total, 12,
	       "the original has uploaded and appended contacts");
	copy = clone(id);
	c = load(copy);
	is_str(c.set.name, "Spring (copy)",
	       "the copy is named after the original");
	ok(c.status == CAMPAIGN_DRAFT && c.runs == 0 && !c.current_run &&
		   !c.started_at && !c.restarted_by,
	   "the copy is a draft that has never run");
	is_int(c.fig.total, 3, "the copy has only the uploaded contacts");
	ok(c.own_list != old.own_list,
	   "the copy has a list of its own for appended contacts");
	is_int(list_of(copy), list_of(id), "the uploaded list is shared");
	is_int(world_int(&w, "SELECT refs FROM contact_list WHERE id = %lld",
			 (long long)list_of(id)),
	       2, "the uploaded list counts both campaigns");
	ok(c.set.bot_id == old.set.bot_id && c.set.days.bits == 0x1f,
	   "the copy has the settings of the original");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM campaign_number WHERE"
			 " campaign_id = %lld",
			 (long long)copy),
	       2, "the copy has the numbers of the original");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM exclusion_source WHERE"
			 " campaign_id = %lld AND source_id = %lld",
			 (long long)copy, (long long)id),
	       1, "the copy has the exclusions of the original");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM exclusion WHERE"
			 " campaign_id = %lld",
			 (long long)copy),
	       0, "no exclusion is copied");
	is_int(load(id).status, CAMPAIGN_RUNNING, "the original runs on");
	world_apply(&w, copy, ACTION_START);
	is_int(load(copy).fig.total, 3,
	       "the started copy has the uploaded contacts");
}

static void
check_names(void)
{
	int64_t id = world_draft(&w, "50% \\off_", 0), long_id;
	char name[121], expected[128];
	char ueber[120 * 2 + 1];

	world_draft(&w, "50x \\off_ (copy)", 0);
	is_str(load(clone(id)).set.name, "50% \\off_ (copy)",
	       "the first copy is marked as a copy");
	is_str(load(clone(id)).set.name, "50% \\off_ (copy 2)",
	       "the second copy is numbered 2");
	is_str(load(clone(id)).set.name, "50% \\off_ (copy 3)",
	       "the third copy is numbered 3");
	world_sql(&w, "DELETE FROM campaign WHERE name LIKE '%%(copy 2)'");
	long_id = clone(id);
	is_str(load(long_id).set.name, "50% \\off_ (copy 2)",
	       "a name that is free again is used again");
	is_str(load(clone(long_id)).set.name, "50% \\off_ (copy 4)",
	       "a copy of a copy takes the next free number");

	memset(name, 'n', 120);
	name[120] = '\0';
	snprintf(expected, sizeof(expected), "%.*s (copy)",
		 120 - (int)strlen(" (copy 999999)"), name);
	is_str(load(clone(world_draft(&w, name, 0))).set.name, expected,
	       "a long name is cut");
	for (int i = 0; i < 120; i++)
		memcpy(ueber + i * 2, "ü", 3);
	long_id = clone(world_draft(&w, ueber, 0));
	ok(text_length(load(long_id).set.name) <= 120 &&
		   text_is_utf8(load(long_id).set.name,
				strlen(load(long_id).set.name)),
	   "a long name is cut between characters");
}

static void
check_delete(void)
{
	int64_t id = world_draft(&w, "Delete", 7), copy = clone(id), own;
	int64_t list = list_of(id), ran;
	struct actor supervisor = w.who;
	struct campaign c;

	own = load(id).own_list;
	supervisor.role = ROLE_SUPERVISOR;
	ok(campaign_delete(w.db, id, &supervisor, w.a, &f) == -1 &&
		   f.code == FAULT_DENIED,
	   "a supervisor may not delete a campaign");
	fine(campaign_delete(w.db, id, &w.who, w.a, &f), "a draft is deleted");
	ok(campaign_load(w.db, w.who.workspace_id, id, &c, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a deleted draft is reported as absent");
	ok(campaign_delete(w.db, id, &w.who, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a second delete is reported as absent");
	sweep();
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact WHERE list_id ="
			 " %lld",
			 (long long)list),
	       7, "its contacts stay while a clone uses them");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM contact_list WHERE id ="
			 " %lld",
			 (long long)own),
	       0, "its own list is erased");
	fine(campaign_delete(w.db, copy, &w.who, w.a, &f),
	     "the clone is deleted");
	sweep();
	is_int(world_int(&w,
			 "SELECT (SELECT COUNT(*) FROM contact WHERE"
			 " list_id = %lld) + (SELECT COUNT(*) FROM"
			 " list_part WHERE list_id = %lld) + (SELECT"
			 " COUNT(*) FROM contact_list WHERE id = %lld)",
			 (long long)list, (long long)list, (long long)list),
	       0,
	       "the contacts are erased with the last campaign that uses them");

	for (unsigned s = 0; s < CAMPAIGN_STATUS_MAX; s++) {
		ran = world_campaign(&w, s, true);
		if (s != CAMPAIGN_DRAFT)
			ran = world_campaign(&w, s, false);
		ok(campaign_delete(w.db, ran, &w.who, w.a, &f) == -1 &&
			   f.code == FAULT_CONFLICT,
		   "a campaign that has ever run is not deleted");
	}
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact_list l WHERE refs"
			     " <> (SELECT COUNT(*) FROM segment s WHERE"
			     " s.list_id = l.id)"),
	       0, "every list counts its segments correctly");
}

static void
check_failures(void)
{
	bool half = false;
	unsigned n = 1;
	int rc = -1;

	for (; rc && n < 60; n++) {
		int64_t id = world_draft(&w, "Failing", 2), copy = 0;
		int64_t before = world_int(&w, "SELECT (SELECT COUNT(*) FROM"
					       " campaign) + (SELECT COUNT(*)"
					       " FROM contact_list) + (SELECT"
					       " COUNT(*) FROM segment)");

		db_fail_at(w.db, n, 1105);
		rc = campaign_clone(w.db, id, &w.who, &copy, w.a, &f);
		db_fail_at(w.db, 0, 0);
		if (rc)
			half |= before !=
				world_int(&w, "SELECT (SELECT COUNT(*) FROM"
					      " campaign) + (SELECT COUNT(*)"
					      " FROM contact_list) + (SELECT"
					      " COUNT(*) FROM segment)");
	}
	printf("# %u statements\n", n);
	ok(!half && n > 8 && !rc, "a clone that fails leaves nothing");
	db_lose_commit(w.db, 1, true);
	fine(campaign_clone(w.db, world_draft(&w, "Lost", 1), &w.who,
			    &(int64_t){ 0 }, w.a, &f),
	     "a clone whose COMMIT is not answered succeeds");
}

/* The time of a clone must not depend on the length of its list. */
static void
check_cost(void)
{
	int64_t small = world_draft(&w, "Small", 10);
	int64_t big = world_draft(&w, "Big", 100000);
	int64_t before, few, many;

	clone(small);
	before = db_stats(w.db)->statements;
	clone(small);
	few = db_stats(w.db)->statements - before;
	before = db_stats(w.db)->statements;
	clone(big);
	many = db_stats(w.db)->statements - before;
	is_int(many, few,
	       "a clone takes as many statements for 100,000 contacts as for "
	       "10");
	is_int(world_int(&w, "SELECT COUNT(*) FROM contact WHERE list_id IN"
			     " (SELECT list_id FROM segment s JOIN campaign c"
			     " ON c.id = s.campaign_id WHERE c.name LIKE"
			     " 'Big%%')"),
	       100000, "no contact is copied");
}

int
main(void)
{
	int64_t none;

	world_open(&w);
	check_copy();
	check_names();
	check_delete();
	check_failures();
	check_cost();
	w.who.workspace_id++;
	ok(campaign_clone(w.db, 1, &w.who, &none, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "another workspace clones nothing");
	w.who.role = ROLE_VIEWER;
	ok(campaign_clone(w.db, 1, &w.who, &none, w.a, &f) == -1 &&
		   f.code == FAULT_DENIED,
	   "a viewer clones nothing");
	return world_close(&w);
}
