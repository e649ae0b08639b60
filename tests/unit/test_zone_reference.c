/*
 * Every zone of the system as cctz has it: at every change of either up to
 * 2200, at random instants up to the year 3000, and civil times back to
 * instants, in gaps and overlaps too.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/tzif.h"
#include "base/zone.h"
#include "tests/tap.h"
#include "tests/unit/zone_reference.h"

#define SEED UINT64_C(0x9e3779b97f4a7c15)
#define RANDOM_INSTANTS 400 /* a zone, in each span of time */
#define MINUTE 60
#define HOUR 3600

struct tally {
	int zones, unknown, changes, overlaps, gaps;
	int offset_faults, change_faults, instant_faults, stretch_faults;
};

struct pair {
	const char *name;
	struct tzif *rules;
	struct zone *ours;
	struct reference *other;
	struct tally *n;
};

static int64_t
first_of(int year)
{
	return days_from_civil(year, 1, 1) * S_PER_DAY;
}

static int64_t
random_between(int64_t from, int64_t to)
{
	static uint64_t x = SEED;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return from + (int64_t)((x >> 11) % (uint64_t)(to - from));
}

/* The first few faults are shown, then they are counted. */
static void
fault(const struct pair *p, int *count, const char *what, int64_t second)
{
	char iso[28];

	if ((*count)++ >= 10)
		return;
	time_iso(second * US_PER_S, iso);
	printf("# %s: %s %s\n", p->name, what, iso);
}

static void
check_offset(const struct pair *p, int64_t at)
{
	int64_t local;
	struct civil c;

	zone_civil(p->ours, at * US_PER_S, &c);
	local = days_from_civil(c.year, c.month, c.day) * S_PER_DAY +
		c.minute * MINUTE + c.second;
	if (local - at != reference_offset(p->other, at))
		fault(p, &p->n->offset_faults, "another offset at", at);
}

static void
check_instant(const struct pair *p, int64_t local)
{
	int64_t days = floor_div(local, S_PER_DAY);
	int minute = (int)(local - days * S_PER_DAY) / MINUTE, year, month, day;
	int64_t at;

	civil_from_days(days, &year, &month, &day);
	at = zone_instant(p->ours, year, month, day, minute);
	if (at != reference_instant(p->other, local / MINUTE * MINUTE) *
			  US_PER_S)
		fault(p, &p->n->instant_faults, "another instant of civil time",
		      local / MINUTE * MINUTE);
}

/* The instants of a stretch are those when the clocks show one of its times. */
static void
check_stretches(const struct pair *p, int64_t from, int64_t to)
{
	struct stretch s[ZONE_STRETCHES];
	size_t n = zone_stretches(p->ours, from / MINUTE, to / MINUTE, s);

	for (int64_t at = from - 26 * HOUR; at < to + 26 * HOUR;
	     at += HOUR / 4) {
		int64_t local = at + reference_offset(p->other, at);
		bool inside = false;

		for (size_t i = 0; i < n; i++)
			inside = inside || (at * US_PER_S >= s[i].from &&
					    at * US_PER_S < s[i].to);
		if (inside != (local >= from && local < to))
			fault(p, &p->n->stretch_faults, "not in its stretch:",
			      at);
	}
}

/* What the clocks show on both sides of a change, what they skip or repeat. */
static void
check_change(const struct pair *p, int64_t at)
{
	int64_t before = at + reference_offset(p->other, at - 1);
	int64_t after = at + reference_offset(p->other, at);
	int64_t low = before < after ? before : after;
	int64_t high = before < after ? after : before;
	int64_t middle = (low + high) / 2 / MINUTE * MINUTE;

	p->n->changes++;
	p->n->gaps += before < after;
	p->n->overlaps += before > after;
	for (int i = -1; i <= 1; i++) {
		check_offset(p, at + i);
		check_instant(p, low + i * MINUTE);
		check_instant(p, middle + i * MINUTE);
		check_instant(p, high + i * MINUTE);
	}
	if (p->n->changes % 16 == 0)
		check_stretches(p, middle - HOUR, middle + 8 * HOUR);
}

static void
check_changes(const struct pair *p)
{
	int64_t end = first_of(2200), from = first_of(1970), at;

	for (at = from; reference_next(p->other, at, &at) && at < end;)
		check_change(p, at);
	/* Also those that the other does not have. */
	for (at = from; tzif_next(p->rules, at, &at) && at < end;) {
		check_offset(p, at - 1);
		check_offset(p, at);
	}
}

/* Ours may have changes that change nothing. */
static int64_t
our_next(const struct pair *p, int64_t at)
{
	while (tzif_next(p->rules, at, &at)) {
		if (tzif_offset(p->rules, at - 1) != tzif_offset(p->rules, at))
			return at;
	}
	return INT64_MAX;
}

static int64_t
other_next(const struct pair *p, int64_t at)
{
	while (reference_next(p->other, at, &at)) {
		if (reference_offset(p->other, at - 1) !=
		    reference_offset(p->other, at))
			return at;
	}
	return INT64_MAX;
}

static void
check_random(const struct pair *p, int64_t from, int64_t to)
{
	for (int i = 0; i < RANDOM_INSTANTS; i++) {
		int64_t at = random_between(from, to);

		check_offset(p, at);
		check_instant(p, at);
		/* cctz lists no change that is centuries off. */
		if (at < first_of(2200) && our_next(p, at) != other_next(p, at))
			fault(p, &p->n->change_faults, "another change after",
			      at);
	}
}

static void
check_zone(const char *name, struct tally *n)
{
	struct pair p = { name, tzif_open(name), zone_open(name),
			  reference_open(name), n };

	n->zones++;
	if (p.rules && p.ours && p.other) {
		check_changes(&p);
		check_random(&p, first_of(1970), first_of(2038));
		check_random(&p, first_of(2038), first_of(2200));
		check_random(&p, first_of(2200), first_of(3000));
	} else {
		printf("# %s cannot be opened\n", name);
		n->unknown++;
	}
	tzif_close(p.rules);
	zone_close(p.ours);
	reference_close(p.other);
}

/* The database names its zones in "Z NAME ..." and links in "L ZONE NAME". */
int
main(void)
{
	FILE *file = fopen("/usr/share/zoneinfo/tzdata.zi", "r");
	struct tally n = { 0 };
	char line[512], name[64];

	printf("# seed 0x%" PRIx64 "\n", SEED);
	while (file && fgets(line, sizeof(line), file)) {
		if ((sscanf(line, "Z %63s", name) == 1 ||
		     sscanf(line, "L %*s %63s", name) == 1) &&
		    strcmp(name, "Factory") != 0)
			check_zone(name, &n);
	}
	if (file)
		fclose(file);
	printf("# %d zones, %d changes: %d gaps, %d overlaps\n", n.zones,
	       n.changes, n.gaps, n.overlaps);
	ok(n.zones > 400 && n.gaps > 5000 && n.overlaps > 5000,
	   "the database was read");
	is_int(n.unknown, 0, "both readers know every zone");
	is_int(n.offset_faults, 0, "both offsets are the same at any instant");
	is_int(n.change_faults, 0, "both next changes are the same");
	is_int(n.instant_faults, 0, "a civil time is the same instant for both");
	is_int(n.stretch_faults, 0,
	       "a stretch has the instants that show its civil times");
	return tap_done();
}
