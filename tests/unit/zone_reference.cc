// Zones by cctz, behind C functions.
#include "tests/unit/zone_reference.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <string>

using Instant = cctz::time_point<cctz::seconds>;

struct reference {
	cctz::time_zone zone;
};

static Instant
instant(int64_t at)
{
	return Instant(cctz::seconds(at));
}

struct reference *
reference_open(const char *name)
{
	cctz::time_zone zone;

	if (!cctz::load_time_zone(std::string(name), &zone))
		return nullptr;
	return new reference{ zone };
}

void
reference_close(struct reference *r)
{
	delete r;
}

int
reference_offset(const struct reference *r, int64_t at)
{
	return r->zone.lookup(instant(at)).offset;
}

bool
reference_next(const struct reference *r, int64_t after, int64_t *change)
{
	cctz::time_zone::civil_transition next;

	if (!r->zone.next_transition(instant(after), &next))
		return false;
	*change = r->zone.lookup(next.to).trans.time_since_epoch().count();
	return true;
}

int64_t
reference_instant(const struct reference *r, int64_t local)
{
	return cctz::convert(cctz::civil_second() + local, r->zone)
		.time_since_epoch()
		.count();
}
