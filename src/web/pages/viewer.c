#include "web/pages/viewer.h"

#include "base/zone.h"
#include "base/zone_cache.h"
#include "web/server/request.h"
#include "web/server/session.h"

struct viewer
viewer_of(struct request *q)
{
	const struct account *who = &q->session->account;

	return (struct viewer){ .role = (enum role)who->role,
				.zone = { zones_shown(q->zones, who->zone),
					  who->zone },
				.zones = q->zones,
				.now = q->now,
				.arena = q->arena };
}

bool
viewer_may_act(const struct viewer *r)
{
	return r->role >= ROLE_SUPERVISOR;
}

int64_t
viewer_today(const struct viewer *r)
{
	struct civil c;

	zone_civil(r->zone.zone, r->now, &c);
	return days_from_civil(c.year, c.month, c.day);
}
