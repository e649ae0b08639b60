#include "campaign/dial_state.h"

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "campaign/window_text.h"

/* Why a run calls nobody although its window is open; a reason with 'until'
 * ends at that time. */
static const struct {
	const char *text;
	bool until, since;
} waits[WAIT_MAX] = {
	[WAIT_NOT] = { "", false, false },
	[WAIT_RETRY] = { "next retry at", true, false },
	[WAIT_CALLBACK] = { "next callback at", true, false },
	[WAIT_TRY] = { "next call at", true, false },
	[WAIT_END] = { "no calls are due before it ends at", true, false },
	[WAIT_NUMBERS] = { "numbers at their daily limit until", true, false },
	[WAIT_CARRIER] = { "carrier unavailable since", false, true },
	[WAIT_CONTACTS] = { "waiting for contacts", false, false },
	[WAIT_ZONE] = { "dialler does not know its time zone", false, false },
};

static struct window_state
window_of(const struct campaign *c, struct zones *zones, int64_t now)
{
	struct window w = campaign_window(&c->set, c->holidays);

	return window_at(&w, zones_get(zones, c->set.zone), now);
}

enum dial_state
campaign_dial_state(const struct campaign *c, struct zones *zones, int64_t now)
{
	if (c->status == CAMPAIGN_DRAFT)
		return DIAL_DRAFT;
	if (c->status == CAMPAIGN_PAUSED)
		return DIAL_PAUSED;
	if (c->status != CAMPAIGN_RUNNING)
		return DIAL_OVER;
	if (c->held)
		return DIAL_HELD;
	if (!zones_get(zones, c->set.zone) || !window_of(c, zones, now).open)
		return DIAL_CLOSED;
	if (c->fig.active > 0)
		return DIAL_CALLS;
	if ((uint64_t)c->wait >= WAIT_MAX)
		return DIAL_FREE;
	if (c->unmanned)
		return DIAL_UNMANNED;
	if (c->wait == WAIT_CARRIER)
		return DIAL_CARRIER;
	return c->wait == WAIT_NOT ||
			       (waits[c->wait].until && c->wait_until <= now)
		       ? DIAL_FREE
		       : DIAL_WAITS;
}

static const char *
closed_words(const struct campaign *c, struct zones *zones, int64_t now,
	     struct arena *a)
{
	struct zone *z = zones_get(zones, c->set.zone);
	struct window_state s;
	char note[64];

	if (!z)
		return arena_printf(a, "closed: unknown time zone %s",
				    c->set.zone);
	s = window_of(c, zones, now);
	window_note(&s, z, now, note, sizeof(note));
	return arena_strdup(a, note);
}

static const char *
wait_words(const struct campaign *c, struct zones *zones, int64_t now,
	   struct arena *a)
{
	char note[96];

	if (!waits[c->wait].until && !waits[c->wait].since)
		return waits[c->wait].text;
	window_moment(waits[c->wait].text, c->wait_until,
		      zones_get(zones, c->set.zone), now, note, sizeof(note));
	return arena_strdup(a, note);
}

static const char *
over_words(const struct campaign *c, struct arena *a)
{
	if (c->status == CAMPAIGN_FAILED)
		return c->reason ? c->reason : "";
	if (c->status != CAMPAIGN_COMPLETED || c->fig.active <= 0)
		return "";
	return arena_printf(a, "%s call%s finishing",
			    text_thousands(a, c->fig.active),
			    text_plural(c->fig.active));
}

const char *
campaign_note(const struct campaign *c, struct zones *zones, int64_t now,
	      struct arena *a)
{
	switch (campaign_dial_state(c, zones, now)) {
	case DIAL_OVER:
		return over_words(c, a);
	case DIAL_HELD:
		return "on hold";
	case DIAL_CLOSED:
		return closed_words(c, zones, now, a);
	case DIAL_UNMANNED:
		return "no dialler is running";
	case DIAL_CARRIER:
	case DIAL_WAITS:
		return wait_words(c, zones, now, a);
	default:
		return "";
	}
}
