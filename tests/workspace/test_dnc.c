/*
 * Do-not-call lists and the numbers on them: who may change what, what a
 * number's row says, and dates.
 */
#include "base/clock.h"
#include "tests/lib/world.h"
#include "workspace/dnc.h"

static struct world w;
static struct dnc_reader reader;

static struct actor
as(enum role role)
{
	struct actor who = w.who;

	who.role = role;
	return who;
}

static struct dnc_entry
entry(const char *phone, const char *reason, int64_t until)
{
	struct dnc_entry e = { .reason = reason, .until = until };

	memcpy(e.phone, phone, strlen(phone) + 1);
	return e;
}

static int
add_as(enum role role, int64_t list, struct dnc_entry *e)
{
	struct actor who = as(role);

	f = (struct fault){ 0 };
	return dnc_add(w.db, &who, list, e, w.a, &f);
}

static int64_t
make_list(const char *name, enum dnc_kind kind)
{
	struct dnc_list set = { .kind = kind, .name = name, .source = "Shop" };
	int64_t id = 0;

	world_need(dnc_list_add(w.db, &w.who, &set, &id, w.a, &f), name);
	return id;
}

static struct dnc_list
load(int64_t id)
{
	struct dnc_list k = { .id = 0 };

	world_need(dnc_list_load(w.db, w.who.workspace_id, id, &k, w.a, &f),
		   "load");
	return k;
}

/* The number of lists that have a phone number. */
static size_t
found(const char *phone, struct dnc_entry **out)
{
	struct dnc_found r;

	world_need(dnc_lookup(w.db, w.who.workspace_id, phone, &r, w.a, &f),
		   "look up");
	*out = r.entries;
	return r.count;
}

static void
check_lists(void)
{
	struct dnc_list set = { .kind = DNC_NATIONAL,
				.name = "Registry",
				.source = "",
				.max_age = 31 };
	struct actor supervisor = as(ROLE_SUPERVISOR);
	struct dnc_list *all, k;
	int64_t id, unused;
	size_t count;

	world_need(dnc_lists(w.db, w.who.workspace_id, &all, &count, w.a, &f),
		   "lists");
	ok(count == 1 && all->kind == DNC_OWN && !all->id && !all->numbers,
	   "a workspace has an own list before it is used");
	ok(dnc_list_add(w.db, &supervisor, &set, &unused, w.a, &f) == -1 &&
		   f.code == FAULT_DENIED,
	   "a supervisor may not add a list");
	fine(dnc_list_add(w.db, &w.who, &set, &id, w.a, &f),
	     "an administrator adds a list");
	k = load(id);
	ok(dnc_list_is_stale(&k),
	   "a list with a highest age that was never imported is too old");
	k.imported_at = k.now - 31 * US_PER_DAY + US_PER_HOUR;
	ok(!dnc_list_is_stale(&k), "within its highest age it is not too old");
	k.imported_at = k.now - 31 * US_PER_DAY - US_PER_HOUR;
	ok(dnc_list_is_stale(&k), "past its highest age it is too old");
	k.max_age = 0;
	ok(!dnc_list_is_stale(&k), "without a highest age it never is");
}

static void
check_names(void)
{
	struct dnc_list set = { .kind = DNC_NATIONAL, .source = "" };
	int64_t unused;

	set.name = "REGISTRY";
	ok(dnc_list_add(w.db, &w.who, &set, &unused, w.a, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "a second list of the same name is refused");
	set.name = "own List";
	ok(dnc_list_add(w.db, &w.who, &set, &unused, w.a, &f) == -1 &&
		   !strcmp(f.field, "name"),
	   "the name of the own list is refused");
	set.name = "Second own";
	set.kind = DNC_OWN;
	ok(dnc_list_add(w.db, &w.who, &set, &unused, w.a, &f) == -1 &&
		   !strcmp(f.field, "kind"),
	   "a second own list is refused");
}

static void
check_change(void)
{
	int64_t id = world_int(&w, "SELECT id FROM dnc_list WHERE name ="
				   " 'Registry'");
	struct dnc_list set = load(id), k;
	struct actor other = w.who;

	set.name = "National";
	set.max_age = 28;
	fine(dnc_list_change(w.db, &w.who, id, &set, w.a, &f),
	     "a list is changed");
	ok(!strcmp(load(id).name, "National") && load(id).max_age == 28,
	   "a list has its new settings");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'change do-not-call list' AND was LIKE"
			     " '%%Registry%%\"max_age\":31%%' AND became LIKE"
			     " '%%National%%\"max_age\":28%%'"),
	       1, "the audit log has a list before and after");
	other.workspace_id++;
	ok(dnc_list_change(w.db, &other, id, &set, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT &&
		   dnc_list_delete(w.db, &other, id, w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT &&
		   dnc_list_load(w.db, other.workspace_id, id, &k, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_ABSENT,
	   "another workspace neither reads, changes nor deletes the list");
}

static void
check_numbers(void)
{
	int64_t list = make_list("Litigators", DNC_LITIGATOR);
	int64_t soon = reader.now + US_PER_DAY, later = soon + US_PER_DAY;
	struct dnc_entry e = entry("447700900001", "asked <b>twice</b>", soon);
	struct dnc_entry *all;

	ok(add_as(ROLE_VIEWER, DNC_OWN_LIST, &e) == -1 &&
		   f.code == FAULT_DENIED,
	   "a viewer may not add a number");
	ok(add_as(ROLE_SUPERVISOR, list, &e) == -1 && f.code == FAULT_DENIED,
	   "a supervisor may not add a number to another list");
	fine(add_as(ROLE_SUPERVISOR, DNC_OWN_LIST, &e),
	     "a supervisor adds a number to the own list");
	is_int(e.became, DNC_ADDED, "the number is added");
	fine(add_as(ROLE_SUPERVISOR, DNC_OWN_LIST, &e), "it is added again");
	is_int(e.became, DNC_SAME, "the number is unchanged");
	e = entry("447700900001", "", reader.now + US_PER_HOUR);
	fine(add_as(ROLE_ADMIN, DNC_OWN_LIST, &e), "with an earlier date");
	is_int(e.became, DNC_SAME, "an earlier date does not let it go sooner");
	e = entry("447700900001", "again", later);
	fine(add_as(ROLE_ADMIN, DNC_OWN_LIST, &e), "with a later date");
	is_int(e.became, DNC_EXTENDED, "a later date keeps it longer");
	e = entry("447700900001", "", 0);
	fine(add_as(ROLE_ADMIN, list, &e), "a second list has it, for good");
	is_int((int64_t)found("447700900001", &all), 2,
	       "a look-up finds the number on both lists");
	ok(all[0].kind == DNC_OWN && all[0].until == later && all[0].bars &&
		   !strcmp(all[0].reason, "again") &&
		   !strcmp(all[0].by, "Ann") && all[0].at,
	   "it says why, by whom, since when and until when");
	ok(!all[1].until && all[1].list_id == list && all[1].bars,
	   "or that it is for good");
	world_sql(&w, "UPDATE dnc SET until = NOW(6) WHERE until IS NOT NULL");
	found("447700900001", &all);
	ok(!all[0].bars && all[1].bars,
	   "a number whose date has passed is found, and bars no longer");
}

static struct dnc_entry many[DNC_MANY + 1];

static void
check_many(void)
{
	struct dnc_batch b = { many, DNC_MANY + 1 };
	int64_t later = reader.now + 9 * US_PER_DAY, before;

	for (int i = 0; i <= DNC_MANY; i++) {
		char phone[PHONE_TEXT];

		snprintf(phone, sizeof(phone), "44771%07d", 5000000 - 3 * i);
		many[i] = entry(phone, "many", later);
	}
	many[1] = entry("447711000001", "", reader.now + US_PER_DAY);
	many[2] = entry("447711000002", "", 0);
	fine(add_as(ROLE_ADMIN, DNC_OWN_LIST, &many[1]),
	     "a number is there, for a day");
	fine(add_as(ROLE_ADMIN, DNC_OWN_LIST, &many[2]),
	     "another one, for good");
	many[1] = entry("447711000001", "many", later);
	many[2] = entry("447711000002", "many", later);
	many[DNC_MANY - 1] = many[0];
	before = load(DNC_OWN_LIST).numbers;
	ok(dnc_add_many(w.db, &w.who, DNC_OWN_LIST, &b, w.a, &f) == -1 &&
		   f.code == FAULT_INVALID,
	   "more than 1,000 numbers at once are refused");
	b.count--;
	fine(dnc_add_many(w.db, &w.who, DNC_OWN_LIST, &b, w.a, &f),
	     "1,000 numbers are added");
	ok(many[0].became == DNC_ADDED && many[1].became == DNC_EXTENDED &&
		   many[2].became == DNC_SAME &&
		   many[DNC_MANY - 1].became == DNC_SAME,
	   "each is new, there for longer, or unchanged, also where it stands "
	   "twice");
	is_int(load(DNC_OWN_LIST).numbers, before + DNC_MANY - 3,
	       "the list counts those that are new");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE became LIKE"
			     " '%%\"numbers\":998,\"reason\":\"many\"%%'"),
	       1, "the audit log has one line, with their number");
}

/* The numbers of check_many(), but for one. */
static void
check_scrub(void)
{
	static const char *phones[DNC_MANY];
	static struct dnc_found all[DNC_MANY];
	struct dnc_numbers ask = { w.who.workspace_id, phones, DNC_MANY };
	int64_t before = db_stats(w.db)->statements, bars = 0;

	for (int i = 0; i < DNC_MANY; i++)
		phones[i] = many[i].phone;
	phones[7] = "447000000000";
	fine(dnc_scrub(w.db, &ask, all, w.a, &f), "1,000 are looked up");
	ok(db_stats(w.db)->statements - before <= 3,
	   "that takes two statements");
	for (int i = 0; i < DNC_MANY; i++)
		bars += all[i].count == 1 &&
			!strcmp(all[i].entries[0].phone, phones[i]);
	ok(bars == DNC_MANY - 1 && !all[7].count,
	   "each is answered in its place, and one bars nobody");
	world_sql(&w, "UPDATE dnc SET until = NOW(6) WHERE phone ="
		      " '447711000001'");
	ask.count = 3;
	fine(dnc_scrub(w.db, &ask, all, w.a, &f), "three are looked up");
	ok(!all[1].count && all[2].count == 1 && !all[2].entries[0].until,
	   "a date that has passed bars no more");
}

static void
check_removal(void)
{
	int64_t list = world_int(&w, "SELECT id FROM dnc_list WHERE name ="
				     " 'Litigators'");
	struct actor who = as(ROLE_SUPERVISOR);

	is_int(load(list).numbers, 1, "a list counts its numbers");
	ok(dnc_remove(w.db, &who, DNC_OWN_LIST, "447700900001", w.a, &f) ==
			   -1 &&
		   f.code == FAULT_DENIED,
	   "a supervisor may not remove a number");
	fine(dnc_remove(w.db, &w.who, list, "447700900001", w.a, &f),
	     "an administrator removes a number");
	ok(dnc_remove(w.db, &w.who, list, "447700900001", w.a, &f) == -1 &&
		   f.code == FAULT_ABSENT,
	   "a number that is not on the list is not removed");
	is_int(load(list).numbers, 0,
	       "a list counts the numbers that are left");
	ok(dnc_list_delete(w.db, &w.who, load(DNC_OWN_LIST).id, w.a, &f) ==
			   -1 &&
		   f.code == FAULT_CONFLICT,
	   "the own list is not deleted");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'add to do-not-call list'"),
	       3, "the audit log has each addition once");
}

static void
check_dates(void)
{
	char phone[PHONE_TEXT];
	int64_t at;

	/* Europe/London: the day ends at 23:00 UTC in summer */
	fine(dnc_read_until(&reader, " 2099-06-30 ", &at, w.a, &f),
	     "a date is read");
	is_int(at, INT64_C(4086543600) * US_PER_S,
	       "a last day ends with the day of the workspace");
	fine(dnc_read_until(&reader, "2099-01-01T10:00:00Z", &at, w.a, &f),
	     "a time is read");
	ok(dnc_read_until(&reader, "2020-01-01", &at, w.a, &f) == -1 &&
		   !strcmp(f.field, "until"),
	   "a day in the past is refused");
	ok(dnc_read_until(&reader, "tomorrow", &at, w.a, &f) == -1,
	   "a word is no date");
	fine(dnc_read_phone(&reader, "07700 900123", 12, phone, &f),
	     "a national number is read");
	is_str(phone, "447700900123", "it is completed by the country");
}

int
main(void)
{
	world_open(&w);
	world_need(dnc_reader_open(w.db, w.who.workspace_id, &reader, w.a, &f),
		   "reader");
	check_lists();
	check_names();
	check_change();
	check_numbers();
	check_removal();
	check_many();
	check_scrub();
	check_dates();
	dnc_reader_close(&reader);
	return world_close(&w);
}
