/* Workspaces: another name, time zone and country, and what depends on them. */
#include "tests/lib/world.h"

#include "base/civil.h"
#include "base/zone.h"

static struct world w;

static struct workspace
now_is(void)
{
	struct workspace got = { 0 };

	world_need(workspace_get(w.db, w.who.workspace_id, &got, w.a, &f),
		   "workspace");
	return got;
}

/* The day of an instant in a zone, in days since 1970. */
static int64_t
day_in(const char *zone, int64_t us)
{
	struct zone *z = zone_open(zone);
	struct civil c;

	zone_civil(z, us, &c);
	zone_close(z);
	return days_from_civil(c.year, c.month, c.day);
}

static void
check_fields(void)
{
	struct workspace is = now_is(), stale = is;
	struct actor who = w.who;
	int64_t other;

	world_need(workspace_create(w.db, "Taken", "UTC", "GB", &other, &f),
		   "workspace");
	is.name = " Works ";
	is.zone = "europe/london";
	is.country = "fr";
	fine(workspace_change(w.db, &who, &is, w.a, &f),
	     "a workspace is changed");
	is = now_is();
	ok(!strcmp(is.name, "Works") && !strcmp(is.zone, "Europe/London") &&
		   !strcmp(is.country, "FR"),
	   "its values are stored in their usual spelling");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE action ="
			     " 'change workspace' AND was ="
			     " '{\"name\":\"Test\",\"zone\":\"Europe/London\","
			     "\"country\":\"GB\",\"second_person\":false}' AND "
			     "became ="
			     " '{\"name\":\"Works\",\"zone\":\"Europe/London\","
			     "\"country\":\"FR\",\"second_person\":false}'"),
	       1, "the audit log has what it was and what it became");
	stale.name = "Late";
	ok(workspace_change(w.db, &who, &stale, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT,
	   "a stale form changes nothing");
	is.name = "Taken";
	ok(workspace_change(w.db, &who, &is, w.a, &f) == -1 &&
		   f.code == FAULT_CONFLICT && !strcmp(f.field, "name"),
	   "a name that is taken is a conflict of its field");
	is.name = "Works";
	is.zone = "Mars/Olympus";
	ok(workspace_change(w.db, &who, &is, w.a, &f) == -1 &&
		   !strcmp(f.field, "zone"),
	   "a zone that is none is refused");
	is.zone = "UTC";
	is.country = "UK";
	ok(workspace_change(w.db, &who, &is, w.a, &f) == -1 &&
		   !strcmp(f.field, "country"),
	   "a country that is none is refused");
	who.role = ROLE_SUPERVISOR;
	is.country = "GB";
	ok(workspace_change(w.db, &who, &is, w.a, &f) == -1 &&
		   f.code == FAULT_DENIED,
	   "a supervisor may not change it");
}

/* Between two zones that never have the same day. */
static void
check_zone(void)
{
	int64_t running = world_campaign(&w, CAMPAIGN_RUNNING, false);
	int64_t us = world_int(&w, "SELECT UNIX_TIMESTAMP() * 1000000");
	int64_t from = day_in("Etc/GMT+12", us);
	struct workspace is = now_is();
	int64_t epoch;

	is.zone = "Etc/GMT+12";
	world_need(workspace_change(w.db, &w.who, &is, w.a, &f), "zone");
	world_sql(&w,
		  "REPLACE INTO number_use VALUES (%lld, '1970-01-01' +"
		  " INTERVAL %lld DAY, 40, NOW(6))",
		  (long long)w.numbers[0], (long long)from);
	epoch = world_int(&w, "SELECT epoch FROM campaign WHERE id = %lld",
			  (long long)running);
	is = now_is();
	is.zone = "Pacific/Kiritimati"; /* 26 hours ahead */
	fine(workspace_change(w.db, &w.who, &is, w.a, &f),
	     "a workspace moves to another zone");
	is_int(world_int(&w, "SELECT epoch FROM campaign WHERE id = %lld",
			 (long long)running),
	       epoch + 1, "which voids the queued calls of its campaigns");
	is_int(world_int(&w,
			 "SELECT n FROM number_use WHERE number_id = %lld AND"
			 " day = '1970-01-01' + INTERVAL %lld DAY",
			 (long long)w.numbers[0],
			 (long long)day_in("Pacific/Kiritimati", us)),
	       40, "its new day begins with the calls of the old one");
	is_int(world_int(&w, "SELECT COUNT(*) FROM audit WHERE became LIKE"
			     " '%%\"campaigns_planned_again\":1,"
			     "\"number_days_carried_over\":1}'"),
	       1, "the audit log says what has followed");
	is = now_is();
	is.zone = "Etc/GMT+12";
	world_need(workspace_change(w.db, &w.who, &is, w.a, &f), "back");
	is_int(world_int(&w,
			 "SELECT n FROM number_use WHERE number_id = %lld AND"
			 " day = '1970-01-01' + INTERVAL %lld DAY",
			 (long long)w.numbers[0], (long long)from),
	       40, "and back again counts nothing twice");
}

static void
check_countries(void)
{
	size_t count, at = 0;
	struct country *all = workspace_countries(&count, w.a);

	ok(count > 200, "there are the countries of the numbering plans");
	while (at < count && strcmp(all[at].code, "GB") != 0)
		at++;
	is_str(at < count ? all[at].name : "", "United Kingdom",
	       "each with its name in English");
	ok(at > 0 && strcmp(all[0].name, "Afghanistan") == 0,
	   "sorted by their names");
}

int
main(void)
{
	world_open(&w);
	check_fields();
	check_zone();
	check_countries();
	return world_close(&w);
}
