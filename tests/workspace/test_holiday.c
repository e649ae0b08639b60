/* The days on which a workspace does not dial: the list, and files of them. */
#include "tests/lib/world.h"
#include "workspace/holiday.h"

static struct world w;

static void
holiday(const char *day, const char *name)
{
	struct holiday h;

	world_need(holiday_read(day, name, &h, w.a, &f) ||
			   holiday_put(w.db, &w.who, &h, 1, w.a, &f),
		   day);
}

static void
csv(const char *text, const char *says, const char *what)
{
	struct holiday *list;
	size_t count;
	int rc;

	f = (struct fault){ 0 };
	rc = holiday_csv(text, strlen(text), &list, &count, w.a, &f);
	is_int(rc, says ? -1 : 0, what);
	is_str(f.text, says ? says : "",
	       "the fault says what is wrong with the file");
}

static void
check_csv(void)
{
	struct holiday *list;
	size_t count = 0;
	const char *good = "name;day;note\r\n\"Eve; half\";2026-12-24;x\r\n"
			   "New Year; 2027-01-01 ;\r\n";

	world_need(holiday_csv(good, strlen(good), &list, &count, w.a, &f),
		   "csv");
	is_int((int64_t)count, 2, "two holidays are read from a file");
	is_str(list[0].name, "Eve; half",
	       "the first holiday has its quoted name");
	is_int(list[1].day, 20819, "the second holiday has its day");
	csv("day,name\n2026-12-24,Eve\n2026-02-30,None\n",
	    "Line 3: The day must be a date, such as 2026-12-24.",
	    "a day that does not exist is refused");
	csv("day,name\n2026-12-24,\n",
	    "Line 2: The name must have 1 to 120 characters.",
	    "a holiday without a name is refused");
	csv("day,name\n2026-12-24\n",
	    "Line 2: the row has 1 cells, the header has 2.",
	    "a row with too few cells is refused");
	csv("day,name\n2026-12-24,Eve\n2026-12-24,Twice\n",
	    "Line 3: the day is the same as in line 2.",
	    "a day given twice is refused");
	csv("Date,name\n2026-12-24,Eve\n",
	    "Line 1: there is no column “day”. Column 1, “Date”, looks "
	    "similar: rename it.",
	    "a column only similar to day is refused");
	csv("day\xe2\x80\x8b,name\n2026-12-24,Eve\n",
	    "Line 1: there is a zero-width space (U+200B) in the name of column"
	    " 1, “day”. Remove it.",
	    "a hidden character in a column name is refused");
	csv("day,Holiday Name\n2026-12-24,Eve\n",
	    "Line 1: there is no column “name”. Column 2, “Holiday Name”, "
	    "looks similar: rename it.",
	    "a column only similar to name is refused");
	csv("day,name\n", "The file has no holidays.",
	    "a file without holidays is refused");
}

static void
check_holidays(void)
{
	struct holiday *list, many[HOLIDAYS_MOST];
	struct actor who = w.who;
	size_t count;

	holiday("2026-12-25", "Christmas");
	holiday("2026-12-24", "Eve");
	holiday("2026-12-25", "Christmas Day");
	world_need(holiday_list(w.db, who.workspace_id, &list, &count, w.a, &f),
		   "list");
	is_int((int64_t)count, 2, "the list has two holidays");
	is_str(list[1].name, "Christmas Day",
	       "the list is sorted by day, and a holiday can be renamed");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'add holidays' AND actor = 'Ann' AND became ="
			     " '{\"2026-12-24\":\"Eve\"}'"),
	       1, "the audit log says who added which holiday");
	for (int i = 0; i < HOLIDAYS_MOST; i++)
		many[i] = (struct holiday){ .day = 30000 + i, .name = "Many" };
	is_int(holiday_put(w.db, &who, many, HOLIDAYS_MOST, w.a, &f), -1,
	       "more holidays than allowed are refused");
	is_str(f.text, "A workspace has at most 1,000 holidays.",
	       "the fault gives the limit of holidays");
	is_int(world_int(&w, "SELECT COUNT(*) FROM holiday"), 2,
	       "a refused set of holidays is refused as a whole");
	for (int i = 0; i < HOLIDAYS_MOST; i++)
		many[i].name = arena_printf(w.a, "%0*d", HOLIDAY_CHARS, i);
	fine(holiday_put(w.db, &who, many, HOLIDAYS_MOST - 2, w.a, &f),
	     "as many holidays as allowed are added, with long names");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE became ="
			     " '{\"count\":998}'"),
	       1, "the audit log has the number of many holidays");
	world_sql(&w, "DELETE FROM holiday WHERE day > '2030-01-01'");
	who.role = ROLE_SUPERVISOR;
	is_int(holiday_put(w.db, &who, many, 1, w.a, &f), -1,
	       "a supervisor may not add a holiday");
	is_int(f.code, FAULT_DENIED,
	       "a supervisor's holiday is reported as denied");
	who = w.who;
	is_int(holiday_delete(w.db, &who, list[1].day, w.a, &f), 0,
	       "a holiday is deleted");
	is_int(holiday_delete(w.db, &who, list[1].day, w.a, &f), -1,
	       "a deleted holiday cannot be deleted again");
	is_int(f.code, FAULT_ABSENT, "a deleted holiday is reported as absent");
}

int
main(void)
{
	world_open(&w);
	check_csv();
	check_holidays();
	return world_close(&w);
}
