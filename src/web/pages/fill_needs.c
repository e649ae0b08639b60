#include "web/pages/fill_needs.h"

#include "base/arena.h"
#include "web/pages/catalog_view.h"
#include "workspace/needs.h"

void
fill_needs(struct view *v, const void *part)
{
	const struct needs_part *p = part;
	const struct {
		bool has;
		const char *label, *href;
	} steps[] = {
		{ p->needs->carrier, "A carrier, which places the calls",
		  CARRIERS_PATH "/new" },
		{ p->needs->number, "A number to call from",
		  NUMBERS_PATH "/new" },
		{ p->needs->bot, "A bot, which talks to the people who answer",
		  BOTS_PATH "/new" },
	};

	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		struct view *step = view_section(v, "STEP");
		struct view *of;

		if (steps[i].has) {
			of = view_section(step, "DONE");
		} else if (p->role == ROLE_ADMIN) {
			of = view_section(step, "LINK");
			view_str(of, "HREF", steps[i].href);
		} else {
			of = view_section(step, "MISSING");
		}
		view_str(of, "LABEL", steps[i].label);
	}
	if (p->role < ROLE_ADMIN)
		view_printf(
			view_section(v, "ASK"), "TEXT",
			"Only an administrator can add what is missing%s%s.",
			*p->needs->admins ? ": ask " : "", p->needs->admins);
}
