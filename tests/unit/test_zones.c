/* Zones that stay open: unknown ones, and a database that is renewed. */
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/zone.h"
#include "base/zone_cache.h"
#include "campaign/window.h"
#include "tests/tap.h"
#include "tests/temp.h"

#define NOON (1795435200 * US_PER_S) /* Monday, 2026-11-23 12:00 UTC */

static char dir[TEMP_MAX];

/* The file of that name in the database gets the rules of this zone. */
static void
renew(const char *name, const char *as)
{
	char path[TEMP_MAX + 64], fresh[TEMP_MAX + 8], from[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	snprintf(fresh, sizeof(fresh), "%s/fresh", dir);
	snprintf(from, sizeof(from), "/usr/share/zoneinfo/%s", as);
	if (symlink(from, fresh) || rename(fresh, path))
		ok(false, "a file of the database is renewed");
}

static void
remove_file(const char *name)
{
	char path[TEMP_MAX + 64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static int
hour(const struct zone *z)
{
	struct civil c;

	if (!z)
		return -1;
	zone_civil(z, NOON, &c);
	return c.minute / 60;
}

static void
check_unknown(struct zones *z)
{
	struct window w = { .start = 0, .end = 1440, .days = 0x7f };
	struct window_state s = window_at(&w, NULL, NOON);
	struct opening o[1];

	ok(!zones_get(z, "Asia/Tokio"), "an unknown zone is not found");
	is_int(hour(zones_shown(z, "Asia/Tokio")), 12,
	       "a time in an unknown zone is shown in UTC");
	ok(!s.open && s.next == INT64_MAX, "nothing opens in an unknown zone");
	ok(window_on_or_after(&w, NULL, NOON) == INT64_MAX,
	   "nothing opens later in an unknown zone");
	ok(window_single_day_end(&w, NULL, NOON) == INT64_MAX,
	   "no day ends in an unknown zone");
	w.last_day = 1;
	ok(window_over(&w, NULL) == INT64_MAX,
	   "the last day never ends in an unknown zone");
	is_int((int64_t)window_openings(&w, NULL, NOON, o, 1), 0,
	       "an unknown zone has no openings");
}

static void
check_renewed(struct zones *z)
{
	struct zone *before;

	ok(!zones_get(z, "Test"),
	   "a zone that is not in the database is not found");
	renew("Test", "Asia/Tokyo");
	before = zones_get(z, "Test");
	is_int(hour(before), 21,
	       "a zone is known as soon as it is in the database");
	ok(zones_get(z, "Test") == before, "a known zone stays open");
	renew("Test", "America/New_York");
	is_int(hour(zones_get(z, "Test")), 7,
	       "a zone takes the renewed rules of the database");
	is_int(hour(before), 21, "a zone that is in use keeps its rules");
	remove_file("Test");
	ok(!zones_get(z, "Test"), "a zone that is removed is not found");
}

int
main(void)
{
	struct zones *z = zones_new();

	check_unknown(z);
	if (!mkdtemp(temp_template(dir, "zones")) || setenv("TZDIR", dir, 1))
		return 1;
	check_renewed(z);
	ok(!zones_get(z, "UTC"), "without a database even UTC is not known");
	is_int(hour(zones_shown(z, "UTC")), 12,
	       "a time in UTC is shown without a database");
	zones_free(z);
	rmdir(dir);
	return tap_done();
}
