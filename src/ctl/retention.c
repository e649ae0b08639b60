/* How long a workspace keeps whom it called. */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/fault.h"
#include "campaign/retention.h"
#include "ctl/ctl.h"

int
workspace_keep(struct ctl *c, struct fault *f)
{
	struct retention was, set;
	struct actor who;

	if (ctl_actor(c, 0, &who, f) ||
	    retention_load(c->db, who.workspace_id, &was, f))
		return -1;
	set = was;
	if (c->count && (field_set(&retention_record.fields[0], &set,
				   c->args[0], c->a, f) ||
			 retention_change(c->db, &who, &was, &set, c->a, f)))
		return -1;
	return ctl_print(c,
			 arena_printf(c->a, "{\"keep_days\":%" PRId64 "}",
				      set.keep_days),
			 "Contacts and attempts are kept for %s.",
			 set.keep_days ? arena_printf(c->a, "%" PRId64 " days",
						      set.keep_days)
				       : "ever");
}
