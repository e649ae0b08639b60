/* People, and the workspace of the first of them. */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/json.h"
#include "base/near.h"
#include "base/secret.h"
#include "base/words.h"
#include "ctl/ctl.h"
#include "ctl/password.h"
#include "store/db.h"
#include "store/tx.h"

static const char *
given_or(const struct ctl *c, const char *name, const char *otherwise)
{
	const char *value = ctl_option(c, name);

	return value ? value : otherwise;
}

/* What is added, and by whom: written with its audit line, or not at all. */
struct registration {
	struct ctl *c;
	int (*create)(struct registration *add, struct fault *f); /* sets id */
	const void *row; /* what it creates */
	const char *action, *name;
	struct actor who;
	int64_t id;
};

static int
audit_added(struct registration *add, const char *action, const char *name,
	    int64_t id, struct fault *f)
{
	struct buf became = BUF_INIT;
	int rc;

	buf_printf(&became, "{\"id\":%" PRId64 ",\"name\":", id);
	json_str(&became, name);
	buf_char(&became, '}');
	rc = audit_add(add->c->db, &add->who, 0, action, NULL, became.data, f);
	buf_free(&became);
	return rc;
}

static int
add_tx(struct db *db, void *arg, struct fault *f)
{
	struct registration *add = arg;

	(void)db;
	if (add->create(add, f))
		return -1;
	return audit_added(add, add->action, add->name, add->id, f);
}

static int
run(struct registration *add, struct fault *f)
{
	return tx_run_marked(add->c->db, add_tx, add, f);
}

/* Suggests a workspace with a similar name, or how to make a new one. */
static int
no_workspace(struct ctl *c, const char *name, const struct workspace *list,
	     size_t count, struct fault *f)
{
	const char **names = ARENA_ARRAY(c->a, count, const char *), *near;

	for (size_t i = 0; i < count; i++)
		names[i] = list[i].name;
	near = near_words(names, count, name, c->a);
	return fault_set(f, FAULT_ABSENT,
			 "There is no workspace “%.100s”%s%s. Add "
			 "--new-workspace to create it.",
			 name, *near ? ", but " : "", near);
}

/* *made: there is no workspace of that name, and it shall be made. */
static int
get_workspace(struct ctl *c, const char *name, struct actor *who, bool *made,
	      struct fault *f)
{
	struct workspace *list;
	size_t count;

	*who = (struct actor){ .role = ROLE_ADMIN, .name = "command line" };
	*made = false;
	if (!workspace_find(c->db, name, &who->workspace_id, f)) {
		if (!ctl_option(c, "zone") && !ctl_option(c, "country"))
			return 0;
		return fault_set(f, FAULT_CONFLICT,
				 "The workspace “%.100s” already exists: "
				 "--zone and --country are only for a new one.",
				 name);
	}
	if (f->code != FAULT_ABSENT ||
	    workspace_list(c->db, &list, &count, c->a, f))
		return -1;
	if (count && !ctl_option(c, "new-workspace"))
		return no_workspace(c, name, list, count, f);
	*made = true;
	return 0;
}

static int
get_password(struct ctl *c, const char **out, struct fault *f)
{
	char made[21];

	if (!ctl_option(c, "generate"))
		return password_read(out, c->a, f);
	secret_password_make(made);
	*out = arena_strdup(c->a, made);
	return 0;
}

struct user_row {
	const char *email, *name, *password;
	int role;
	const char *workspace, *zone, *country;
	bool made; /* the workspace is made with its first user, or neither */
};

static int
create_workspace(struct registration *add, struct fault *f)
{
	const struct user_row *u = add->row;
	int64_t id;

	if (workspace_create(add->c->db, u->workspace, u->zone, u->country, &id,
			     f))
		return -1;
	add->who.workspace_id = id;
	return audit_added(add, "add workspace", u->workspace, id, f);
}

static int
create_user(struct registration *add, struct fault *f)
{
	const struct user_row *u = add->row;
	struct new_user user = { .email = u->email,
				 .name = u->name,
				 .password = u->password,
				 .role = (enum role)u->role };

	if (u->made && create_workspace(add, f))
		return -1;
	return user_create(add->c->db, add->who.workspace_id, &user, &add->id,
			   f);
}

int
user_add(struct ctl *c, struct fault *f)
{
	struct user_row row = { .email = ctl_option(c, "email"),
				.name = ctl_option(c, "name"),
				.role = word_find(role_words,
						  ctl_option(c, "role")),
				.workspace = ctl_option(c, "workspace"),
				.zone = given_or(c, "zone", "UTC"),
				.country = given_or(c, "country", "GB") };
	struct registration add = { .c = c,
				    .create = create_user,
				    .row = &row,
				    .action = "add user",
				    .name = row.email };

	if (row.role < 0)
		return fault_field(f, "role",
				   "--role must be viewer, supervisor or "
				   "admin.");
	if (get_password(c, &row.password, f) ||
	    get_workspace(c, row.workspace, &add.who, &row.made, f) ||
	    run(&add, f))
		return -1;
	if (row.made)
		printf("Workspace “%s” created: time zone %s, default country "
		       "%s.\n",
		       row.workspace, row.zone, row.country);
	printf("User %s added to “%s” as %s.\n", row.email, row.workspace,
	       role_words[row.role]);
	if (ctl_option(c, "generate"))
		printf("Password: %s\n", row.password);
	return CTL_DONE;
}
