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

/* The database's file of that name becomes this zone's. */
static void
renew(const char *name, const char *as)
{
	char path[TEMP_MAX + 64], fresh[TEMP_MAX + 8], from[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	snprintf(fresh, sizeof(fresh), "%s/fresh", dir);
	snprintf(from, sizeof(from), "/usr/share/zoneinfo/%s", as);
	if (symlink(from, fresh) || rename(fresh, path))
		ok(false, "a file of the database");
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

	ok(!zones_get(z, "Asia/Tokio"), "a zone that is not known is none");
	is_int(hour(zones_shown(z, "Asia/Tokio")), 12,
	       "what is shown in it is in UTC");
	ok(!s.open && s.next == INT64_MAX, "nothing opens in it");
	ok(window_on_or_after(&w, NULL, NOON) == INT64_MAX, "later neither");
	ok(window_single_day_end(&w, NULL, NOON) == INT64_MAX,
	   "and no day of it ends");
	w.last_day = 1;
	ok(window_over(&w, NULL) == INT64_MAX, "nor does the last one");
	is_int((int64_t)window_openings(&w, NULL, NOON, o, 1), 0,
	       "it has no openings");
}

static void
check_renewed(struct zones *z)
{
	struct zone *before;

	ok(!zones_get(z, "Test"), "not in the database");
	renew("Test", "Asia/Tokyo");
	before = zones_get(z, "Test");
	is_int(hour(before), 21, "it is known as soon as it is there");
	ok(zones_get(z, "Test") == before, "and stays open");
	renew("Test", "America/New_York");
	is_int(hour(zones_get(z, "Test")), 7, "its rules become others");
	is_int(hour(before), 21, "for who asks from then on");
	remove_file("Test");
	ok(!zones_get(z, "Test"), "or it goes");
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
	is_int(hour(zones_shown(z, "UTC")), 12, "but shown");
	zones_free(z);
	rmdir(dir);
	return tap_done();
}
