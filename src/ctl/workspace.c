/* Workspaces: adding, changing, holding and releasing one. */
#include <stdio.h>
#include <string.h>

#include "base/fault.h"
#include "base/field.h"
#include "ctl/ctl.h"
#include "workspace/workspace_hold.h"

int
workspace_add_it(struct ctl *c, struct fault *f)
{
	const struct actor who = { .role = ROLE_ADMIN, .name = "command line" };
	struct workspace w = { 0 };
	int64_t id;

	record_defaults(&workspace_record, &w, c->a);
	if (ctl_read_record(c, &w, f) ||
	    workspace_add(c->db, &who, &w, &id, c->a, f))
		return -1;
	return ctl_print_done(c, "Workspace", id, "added");
}

int
workspace_change_it(struct ctl *c, struct fault *f)
{
	struct workspace w;
	struct actor who;

	if (ctl_actor_in(c, c->count ? c->args[0] : NULL, &who, f) ||
	    workspace_get(c->db, who.workspace_id, &w, c->a, f) ||
	    ctl_read_record(c, &w, f) ||
	    workspace_change(c->db, &who, &w, c->a, f))
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	return ctl_print_done(c, "Workspace", w.id, "changed");
}

int
workspace_switch(struct ctl *c, struct fault *f)
{
	bool hold = strcmp(c->command->name, "workspace hold") == 0;
	struct actor who;

	if (ctl_actor_in(c, c->count ? c->args[0] : NULL, &who, f) ||
	    workspace_hold(c->db, &who, hold, f))
		return -1;
	workspace_tell(c->db, c->redis, who.workspace_id);
	return ctl_print(c, hold ? "{\"held\":true}" : "{\"held\":false}",
			 "Workspace %s by %s.", hold ? "held" : "released",
			 who.name);
}
