/*
 * Files of do-not-call numbers: added and replacing, whole, broken off and
 * wrong, readers that die, and what is left behind.
 */
#include "base/buf.h"
#include "base/csv.h"
#include "contacts/dnc_import.h"
#include "tests/lib/world.h"
#include "workspace/dnc.h"
#include "workspace/dnc_sweep.h"

static struct world w;

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

struct source {
	const char *text;
	size_t at, breaks_at;
	int64_t list; /* deleted at the break; 0: the file breaks off */
};

static int64_t
give(void *arg, char *out, size_t size, struct fault *why)
{
	struct source *s = arg;
	size_t n = strlen(s->text) - s->at;

	if (s->breaks_at && s->at >= s->breaks_at && !s->list)
		return fault_set(why, FAULT_INVALID, "The upload broke off.");
	if (s->breaks_at && s->at >= s->breaks_at) {
		struct db *db = world_connect(&w);

		world_need(dnc_list_delete(db, &w.who, s->list, w.a, why),
			   "delete");
		db_free(db);
		s->breaks_at = 0;
	}
	n = n > 777 ? 777 : n;
	n = n > size ? size : n;
	memcpy(out, s->text + s->at, n);
	s->at += n;
	return (int64_t)n;
}

static int
import_source(int64_t list, bool replaces, struct source *s,
	      struct dnc_import *out)
{
	struct import_hooks h = { .read = give, .arg = s };
	struct dnc_order order = { .list_id = list,
				   .replaces = replaces,
				   .name = "file.csv",
				   .hooks = &h };

	f = (struct fault){ 0 };
	*out = (struct dnc_import){ .id = 0 };
	return dnc_import_run(w.db, &w.who, &order, out, w.a, &f);
}

static int
import(int64_t list, bool replaces, const char *text, struct dnc_import *out)
{
	struct source s = { .text = text };

	return import_source(list, replaces, &s, out);
}

static void
sweep(void)
{
	bool left = true;

	while (left)
		world_need(dnc_sweep(w.db, 3000, &left, &f), "sweep");
}

static int
collect(void *to, const char *p, size_t len)
{
	buf_add(to, p, len);
	return 0;
}

static void
check_file(void)
{
	int64_t list = make_list("File", DNC_OTHER);
	struct dnc_import got;
	struct dnc_entry *all;

	fine(import(list, false,
		    "name;phone_number;until;reason\r\n"
		    "Bo;07700 900010;2099-01-01;moved\r\n"
		    "Di;+447700900011;;\r\n"
		    "Di;00447700900011;;\r\n"
		    "Eve;12;;\r\n"
		    "Flo;07700900012;yesterday;\r\n",
		    &got),
	     "a file is added to a list");
	ok(got.rows == 5 && got.good == 2 && got.added == 2 &&
		   got.rejected == 2 && got.duplicate == 1 &&
		   got.state == DNC_DONE && !strcmp(got.by, "Ann"),
	   "its rows are counted");
	ok(found("447700900010", &all) == 1 && !strcmp(all->reason, "moved") &&
		   all->until,
	   "a row has its reason and its date");
	ok(found("447700900011", &all) == 1 && !all->until,
	   "a row without a date is for good");
	ok(load(list).imported_at && load(list).numbers == 2,
	   "the list knows when it was imported, and counts its numbers");
}

static void
check_round(void)
{
	int64_t list = world_int(&w, "SELECT id FROM dnc_list WHERE name ="
				     " 'File'");
	struct dnc_rejects rejects = { .data = "" };
	struct buf out = BUF_INIT;
	struct dnc_import got;
	struct dnc_entry *all;

	fine(dnc_import_rejects(w.db, w.who.workspace_id, list, &rejects, w.a,
				&f),
	     "the rejected rows are kept");
	buf_add(&out, rejects.data, rejects.len);
	ok(strstr(out.data, "Eve;12;;;5;") &&
		   strstr(out.data, "The last day must be a date"),
	   "each with its line and what is wrong");
	fine(import(list, false, out.data, &got) == -1 ? 0 : -1,
	     "a file of rejected rows is rejected again");
	buf_clear(&out);
	fine(dnc_write_csv(w.db, w.who.workspace_id, list, collect, &out, &f),
	     "a list is exported");
	fine(import(list, true, out.data, &got),
	     "an export replaces the list by itself");
	ok(got.rejected == 0 && load(list).numbers == 2 &&
		   found("447700900010", &all) == 1 &&
		   !strcmp(all->reason, "moved"),
	   "with the same numbers, reasons and dates");
	buf_free(&out);
	ok(import(list, true, "Phone Number\n07700900010\n", &got) == -1 &&
		   strstr(f.text, "looks similar"),
	   "a similar column is suggested");
	ok(import(list, true, "phone_number\n1\n", &got) == -1 &&
		   strstr(f.text, "No row has a valid phone number"),
	   "a file without numbers does not replace a list");
	is_int(load(list).numbers, 2, "the list is as it was");
}

static const char *
many(int from, int count)
{
	struct buf text = BUF_INIT;
	const char *out;

	buf_str(&text, "phone_number\n");
	for (int i = 0; i < count; i++)
		buf_printf(&text, "44770%07d\n", from + i);
	out = arena_strdup(w.a, text.data);
	buf_free(&text);
	return out;
}

static void
check_replace(void)
{
	int64_t list = make_list("National 2", DNC_NATIONAL);
	struct source s = { .text = many(5000, 10000), .breaks_at = 60000 };
	struct dnc_import got;
	struct dnc_entry e = { .phone = "447709999999", .reason = "by hand" };
	struct dnc_entry *all;

	fine(import(list, true, many(0, 10000), &got), "a list is loaded");
	is_int(load(list).numbers, 10000, "it has all numbers of the file");
	fine(dnc_add(w.db, &w.who, list, &e, w.a, &f),
	     "a number is added by hand");
	ok(import_source(list, true, &s, &got) == -1,
	   "a file that breaks off is refused");
	ok(load(list).numbers == 10001 && found("447700000001", &all) == 1 &&
		   found("447700014999", &all) == 0,
	   "the list bars as before");
	is_int(world_int(&w,
			 "SELECT COUNT(*) FROM dnc_gone WHERE list_id = %lld",
			 (long long)list),
	       2, "the first empty load and the half one are to be erased");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM dnc WHERE list_id = %lld",
			 (long long)list),
	       10001, "half a load is erased");
	fine(import(list, true, many(5000, 10000), &got),
	     "another file replaces the list");
	ok(load(list).numbers == 10000 && found("447700000001", &all) == 0 &&
		   found("447709999999", &all) == 0 &&
		   found("447700014999", &all) == 1,
	   "only the new numbers bar");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM dnc WHERE list_id = %lld",
			 (long long)list),
	       10000, "the old numbers are erased");
	fine(import(list, false, many(14000, 2000), &got),
	     "a file is added to it");
	ok(got.added == 1000 && got.good == 2000 && load(list).numbers == 11000,
	   "only numbers that are new are counted as added");
	is_int(world_int(&w, "SELECT COUNT(*) FROM dnc_list k WHERE numbers <>"
			     " (SELECT COUNT(*) FROM dnc d WHERE d.list_id ="
			     " k.id AND d.load_id = k.load_id)"),
	       0, "every list counts the numbers that bar");
}

/* A number that is added while a file replaces the list is on the new one. */

static int64_t
give_and_add(void *arg, char *out, size_t size, struct fault *why)
{
	struct source *s = arg;

	if (s->breaks_at && s->at >= s->breaks_at) {
		struct dnc_entry e = { .phone = "447701234567",
				       .reason = "now" };
		struct db *db = world_connect(&w);

		world_need(dnc_add(db, &w.who, s->list, &e, w.a, why), "add");
		db_free(db);
		s->breaks_at = 0;
	}
	return give(s, out, size, why);
}

static void
check_meanwhile(void)
{
	int64_t list = make_list("Meanwhile", DNC_NATIONAL);
	struct source s = { .text = many(0, 9000),
			    .breaks_at = 70000,
			    .list = list };
	struct import_hooks h = { .read = give_and_add, .arg = &s };
	struct dnc_order order = { .list_id = list,
				   .replaces = true,
				   .name = "file.csv",
				   .hooks = &h };
	struct dnc_import got;
	struct dnc_entry *all;

	fine(dnc_import_run(w.db, &w.who, &order, &got, w.a, &f),
	     "a number is added while a file replaces the list");
	is_int((int64_t)found("447701234567", &all), 1,
	       "the number is on the new list");
	is_int(load(list).numbers, 9001, "and is counted");
}

static void
check_readers(void)
{
	int64_t list = make_list("Readers", DNC_OTHER);
	struct source s = { .text = many(0, 9000),
			    .breaks_at = 70000,
			    .list = list };
	struct actor supervisor = w.who;
	struct import_hooks h = { .read = give, .arg = &s };
	struct dnc_order order = { .list_id = list, .name = "x", .hooks = &h };
	struct dnc_import got;

	supervisor.role = ROLE_SUPERVISOR;
	ok(dnc_import_run(w.db, &supervisor, &order, &got, w.a, &f) == -1 &&
		   f.code == FAULT_DENIED,
	   "a supervisor may not import");
	world_sql(&w,
		  "INSERT INTO dnc_import (workspace_id, list_id, replaces,"
		  " name, rows_done, created_at, created_by, beat_at) VALUES"
		  " (%lld, %lld, 1, 'a.csv', 1234, NOW(6), '', NOW(6))",
		  (long long)w.who.workspace_id, (long long)list);
	ok(import(list, true, "phone_number\n07700900010\n", &got) == -1 &&
		   f.code == FAULT_CONFLICT && strstr(f.text, "1,234 rows"),
	   "a list has one reader at a time");
	world_sql(&w, "UPDATE dnc_import SET beat_at = NOW(6) - INTERVAL 61"
		      " SECOND WHERE state = 0");
	world_sql(&w,
		  "INSERT INTO dnc (workspace_id, phone, list_id, load_id, at)"
		  " SELECT workspace_id, '447700900077', list_id, id, NOW(6)"
		  " FROM dnc_import WHERE state = 0");
	sweep();
	is_int(world_int(&w, "SELECT (SELECT COUNT(*) FROM dnc WHERE phone ="
			     " '447700900077') + (SELECT COUNT(*) FROM"
			     " dnc_import WHERE state = 0)"),
	       0, "what a dead reader has left is erased");
	ok(import_source(list, true, &s, &got) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a file whose list is deleted is given up");
	sweep();
	is_int(world_int(&w, "SELECT COUNT(*) FROM dnc WHERE list_id = %lld",
			 (long long)list),
	       0, "nothing of a deleted list is left");
}

int
main(void)
{
	world_open(&w);
	check_file();
	check_round();
	check_replace();
	check_meanwhile();
	check_readers();
	return world_close(&w);
}
