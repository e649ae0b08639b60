#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "base/tzif.h"

/* No zone was ever further from UTC than this. */
#define WIDEST_OFFSET (16 * 3600)

struct zone {
	struct tzif *rules; /* NULL: UTC */
};

bool
zone_exists(const char *name)
{
	struct tzif *rules = tzif_open(name);

	tzif_close(rules);
	return rules != NULL;
}

struct zone *
zone_open(const char *name)
{
	struct tzif *rules = tzif_open(name);
	struct zone *z;

	if (!rules)
		return NULL;
	z = xmalloc(sizeof(*z));
	z->rules = rules;
	return z;
}

struct zone *
zone_utc(void)
{
	static struct zone utc;

	return &utc;
}

int64_t
zone_stamp(const char *name)
{
	return tzif_stamp(name);
}

static int64_t
offset_at(const struct zone *z, int64_t at)
{
	return z->rules ? tzif_offset(z->rules, at) : 0;
}

void
zone_close(struct zone *z)
{
	if (!z)
		return;
	tzif_close(z->rules);
	free(z);
}

void
zone_civil(const struct zone *z, int64_t us, struct civil *out)
{
	int64_t at = floor_div(us, US_PER_S);
	int64_t local = at + offset_at(z, at);
	int64_t days = floor_div(local, S_PER_DAY);
	int64_t rest = local - days * S_PER_DAY;

	civil_from_days(days, &out->year, &out->month, &out->day);
	out->weekday = civil_weekday(days);
	out->minute = (int)(rest / 60);
	out->second = (int)(rest % 60);
}

/*
 * Between two changes of the zone the offset is one number.  Walk those
 * stretches, beginning before the earliest instant that the civil time can
 * mean; the first that contains it is the answer.  When a stretch begins after
 * the civil time, the change at its beginning has skipped it.
 */
int64_t
zone_instant(const struct zone *z, int year, int month, int day, int minute)
{
	int64_t local =
		days_from_civil(year, month, day) * S_PER_DAY + minute * 60LL;
	int64_t begin = local - WIDEST_OFFSET, change;

	for (;;) {
		int64_t guess = local - offset_at(z, begin);

		if (guess < begin)
			return begin * US_PER_S;
		if (!z->rules || !tzif_next(z->rules, begin, &change) ||
		    guess < change)
			return guess * US_PER_S;
		begin = change;
	}
}

size_t
zone_stretches(const struct zone *z, int64_t from, int64_t to,
	       struct stretch out[static ZONE_STRETCHES])
{
	int64_t begin = from * 60 - WIDEST_OFFSET, end, a, b;
	size_t n = 0;

	for (; begin < to * 60 + WIDEST_OFFSET; begin = end) {
		if (!z->rules || !tzif_next(z->rules, begin, &end))
			end = to * 60 + WIDEST_OFFSET;
		a = from * 60 - offset_at(z, begin);
		b = to * 60 - offset_at(z, begin);
		a = a < begin ? begin : a;
		b = b > end ? end : b;
		if (a >= b)
			continue;
		if (n && out[n - 1].to == a * US_PER_S)
			out[n - 1].to = b * US_PER_S;
		else if (n < ZONE_STRETCHES)
			out[n++] =
				(struct stretch){ a * US_PER_S, b * US_PER_S };
	}
	return n;
}
