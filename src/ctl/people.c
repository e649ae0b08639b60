/* People and what campaigns are made of: user, bot, carrier, number. */
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/near.h"
#include "base/secret.h"
#include "base/text.h"
#include "ctl/ctl.h"
#include "domain/catalog.h"
#include "store/db.h"

static const char *
given_or(const struct ctl *c, const char *name, const char *otherwise)
{
	const char *value = ctl_option(c, name);

	return value ? value : otherwise;
}

/* The right one of a slip of the finger, or how a new one is made. */
static int
no_workspace(struct ctl *c, const char *name, const struct workspace *list,
	     size_t count, struct fault *f)
{
	const char **names = ARENA_ARRAY(c->a, count, const char *), *near;

	for (size_t i = 0; i < count; i++)
		names[i] = list[i].name;
	near = near_words(names, count, name, c->a);
	return fault_set(f, FAULT_ABSENT,
			 "There is no workspace “%.100s”%s%s.  With "
			 "--new-workspace it is made.",
			 name, *near ? ", but " : "", near);
}

static int
make_workspace(struct ctl *c, const char *name, int64_t *id, struct fault *f)
{
	const char *zone = given_or(c, "zone", "UTC");
	const char *country = given_or(c, "country", "GB");

	if (workspace_create(c->db, name, zone, country, id, f))
		return -1;
	printf("Workspace “%s” created: time zone %s, default country %s.\n",
	       name, zone, country);
	return 0;
}

static int
get_workspace(struct ctl *c, const char *name, int64_t *id, struct fault *f)
{
	struct workspace *list;
	size_t count;

	if (!workspace_find(c->db, name, id, f)) {
		if (!ctl_option(c, "zone") && !ctl_option(c, "country"))
			return 0;
		return fault_set(
			f, FAULT_CONFLICT,
			"There is a workspace “%.100s” already: --zone "
			"and --country are for a new one.",
			name);
	}
	if (f->code != FAULT_ABSENT ||
	    workspace_list(c->db, &list, &count, c->a, f))
		return -1;
	if (count && !ctl_option(c, "new-workspace"))
		return no_workspace(c, name, list, count, f);
	return make_workspace(c, name, id, f);
}

static int
get_password(struct ctl *c, const char **out, struct fault *f)
{
	char made[21];

	if (!ctl_option(c, "generate"))
		return ctl_password(c, out, f);
	secret_password_make(made);
	*out = arena_strdup(c->a, made);
	return 0;
}

int
user_add(struct ctl *c, struct fault *f)
{
	const char *workspace = ctl_option(c, "workspace"), *password;
	const char *email = ctl_option(c, "email");
	int role = word_find(role_words, ctl_option(c, "role"));
	int64_t workspace_id, id;

	if (role < 0)
		return fault_field(f, "role",
				   "--role must be viewer, supervisor or "
				   "admin.");
	if (get_password(c, &password, f) ||
	    get_workspace(c, workspace, &workspace_id, f) ||
	    user_create(c->db, workspace_id, email, ctl_option(c, "name"),
			(enum role)role, password, &id, f))
		return -1;
	printf("User %s added to “%s” as %s.\n", email, workspace,
	       role_words[role]);
	if (ctl_option(c, "generate"))
		printf("Password: %s\n", password);
	return CTL_DONE;
}

static int
number_option(const struct ctl *c, const char *name, int64_t otherwise,
	      int64_t *out, struct fault *f)
{
	const char *text = ctl_option(c, name);

	*out = otherwise;
	if (text && text_int(text, out))
		return fault_field(f, name, "--%s must be a whole number.",
				   name);
	return 0;
}

int
ctl_print_added(const struct ctl *c, const char *what, int64_t id)
{
	if (ctl_option(c, "json"))
		printf("{\"id\":%" PRId64 "}\n", id);
	else
		printf("%s %" PRId64 " added.\n", what, id);
	return CTL_DONE;
}

int
bot_add(struct ctl *c, struct fault *f)
{
	struct actor who;
	int64_t id;

	if (ctl_actor(c, 0, &who, f) ||
	    bot_create(c->db, who.workspace_id, c->args[0], c->args[1], &id, f))
		return -1;
	return ctl_print_added(c, "Bot", id);
}

/* What is there must be a socket; nothing at all may come later. */
static int
check_socket(const char *path, struct fault *f)
{
	struct stat st;

	if (*path != '/' || stat(path, &st) || S_ISSOCK(st.st_mode))
		return 0;
	return fault_field(f, "address", "%.300s is no socket.", path);
}

int
carrier_add(struct ctl *c, struct fault *f)
{
	struct carrier_row row = { .name = c->args[0],
				   .address = c->args[1],
				   .kind = CARRIER_SIM,
				   .enabled = true };
	struct actor who;
	int64_t id;

	if (ctl_actor(c, 0, &who, f) || check_socket(row.address, f) ||
	    number_option(c, "cps", 10, &row.cps, f) ||
	    number_option(c, "channels", 100, &row.channels, f))
		return -1;
	row.workspace_id = who.workspace_id;
	if (carrier_create(c->db, &row, &id, f))
		return -1;
	return ctl_print_added(c, "Carrier", id);
}

int
number_add(struct ctl *c, struct fault *f)
{
	struct actor who;
	int64_t carrier, id;

	if (text_int(c->args[0], &carrier))
		return fault_field(f, "carrier",
				   "A carrier is named by its number.");
	if (ctl_actor(c, 0, &who, f) ||
	    number_create(c->db, who.workspace_id, carrier, c->args[1],
			  given_or(c, "label", ""), &id, f))
		return -1;
	return ctl_print_added(c, "Number", id);
}
