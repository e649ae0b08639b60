#include "web/pages/catalog_view.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "workspace/catalog.h"

static const char *
bot_name(const void *entry, struct arena *a)
{
	const struct bot *b = entry;

	(void)a;
	return b->name;
}

static const char *
carrier_name(const void *entry, struct arena *a)
{
	const struct carrier_row *c = entry;

	(void)a;
	return c->name;
}

static const char *
number_name(const void *entry, struct arena *a)
{
	const struct number *n = entry;

	return arena_printf(a, "+%s", n->phone);
}

const char *
catalog_uses_text(int64_t uses, struct arena *a)
{
	if (uses > USES_MOST)
		return arena_printf(a, "more than %s",
				    text_thousands(a, USES_MOST));
	return uses ? text_thousands(a, uses) : "None";
}

static void
bot_cells(const struct catalog_row *row, const char *out[static CELLS_MOST],
	  struct arena *a)
{
	const struct bot *b = row->entry;

	out[0] = b->target;
	out[1] = catalog_uses_text(row->uses, a);
}

static void
carrier_cells(const struct catalog_row *row, const char *out[static CELLS_MOST],
	      struct arena *a)
{
	const struct carrier_row *c = row->entry;

	out[0] = c->address;
	out[1] = text_thousands(a, c->cps);
	out[2] = text_thousands(a, c->channels);
	out[3] = catalog_uses_text(row->uses, a);
	out[4] = row->nodes ? text_thousands(a, row->nodes) : "None";
}

static void
number_cells(const struct catalog_row *row, const char *out[static CELLS_MOST],
	     struct arena *a)
{
	const struct number *n = row->entry;

	out[0] = n->label;
	out[1] = n->carrier;
	out[2] = n->day_cap ? text_thousands(a, n->day_cap) : "No limit";
	out[3] = catalog_uses_text(row->uses, a);
}

/* clang-format off */
const struct catalog_view catalog_views[PLACE_MAX] = {
	[PLACE_BOTS] = {
		.kind = &catalog_bots, .path = BOTS_PATH, .title = "Bots",
		.add = "Add a bot",
		.about = "Whom people talk to when they answer.",
		.none = "No bots yet",
		.none_text = "Each campaign has one bot, which talks to the people who answer.",
		.heads = { "Name", "Target", "Campaigns" },
		.ask_remove = "Remove the bot “%s”? Campaigns can no longer choose it.",
		.use_heading = "Campaigns with this bot",
		.name = bot_name, .cells = bot_cells,
	},
	[PLACE_CARRIERS] = {
		.kind = &catalog_carriers, .path = CARRIERS_PATH, .title = "Carriers",
		.add = "Add a carrier",
		.about = "Whom calls are placed with. Numbers belong to a carrier.",
		.none = "No carriers yet",
		.none_text = "Calls are placed with a carrier, from the numbers that it accepts.",
		.heads = { "Name", "Address", "Calls per second", "Channels", "Numbers", "Diallers" },
		.can_switch = true,
		.ask_remove = "Remove the carrier “%s”? Diallers no longer use it.",
		.ask_disable = "Disable the carrier “%s”? It places no more calls; calls in progress finish. A running campaign that has no other usable number fails.",
		.use_heading = "Numbers of this carrier",
		.name = carrier_name, .cells = carrier_cells,
	},
	[PLACE_NUMBERS] = {
		.kind = &catalog_numbers, .path = NUMBERS_PATH, .title = "Numbers",
		.add = "Add numbers",
		.about = "The phone numbers that campaigns call from.",
		.none = "No numbers yet",
		.none_text = "Campaigns call from one or more numbers, which the people called see.",
		.heads = { "Number", "Label", "Carrier", "Calls per day", "Campaigns" },
		.can_switch = true,
		.ask_remove = "Remove the number %s? Campaigns can no longer choose it.",
		.ask_disable = "Disable the number %s? It places no more calls; calls in progress finish. A running campaign that has no other usable number fails.",
		.use_heading = "Campaigns with this number",
		.name = number_name, .cells = number_cells,
	},
};
/* clang-format on */

bool
catalog_is_on(const struct catalog_view *v, const void *entry)
{
	const struct field *fd = record_find(v->kind->entered, "enabled");
	bool on = true;

	if (fd)
		memcpy(&on, (const char *)entry + fd->offset, sizeof(on));
	return on;
}

const char *
catalog_state(const struct catalog_view *v, const void *entry,
	      const char **badge)
{
	const struct number *n = entry;

	*badge = "draft";
	if (!catalog_is_on(v, entry))
		return "Disabled";
	if (v->kind == &catalog_numbers && !n->usable)
		return "Carrier disabled";
	*badge = "running";
	return v->kind == &catalog_numbers ? "Usable" : "Enabled";
}
