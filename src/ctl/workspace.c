/* Holds a whole workspace, or releases it. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "workspace/workspace_hold.h"

int
workspace_switch(struct ctl *c, struct fault *f)
{
	bool hold = strcmp(c->command->name, "workspace hold") == 0;
	struct actor who;

	if (ctl_actor_in(c, c->count ? c->args[0] : NULL, &who, f) ||
	    workspace_hold(c->db, &who, hold, f))
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	printf("Workspace %s by %s.\n", hold ? "held" : "released", who.name);
	return CTL_DONE;
}
