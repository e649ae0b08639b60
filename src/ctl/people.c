/* People and what campaigns are made of: user, bot, carrier, number. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/secret.h"
#include "base/text.h"
#include "ctl/ctl.h"
#include "domain/catalog.h"
#include "store/db.h"

static int
need(const struct ctl *c, const char *name, const char **out, struct fault *f)
{
	*out = ctl_option(c, name);
	if (*out)
		return 0;
	return fault_field(f, name, "--%s is missing.", name);
}

static const char *
given_or(const struct ctl *c, const char *name, const char *otherwise)
{
	const char *value = ctl_option(c, name);

	return value ? value : otherwise;
}

static int
get_workspace(struct ctl *c, const char *name, int64_t *id, struct fault *f)
{
	if (!workspace_find(c->db, name, id, f))
		return 0;
	if (f->code != FAULT_ABSENT)
		return -1;
	return workspace_create(c->db, name, given_or(c, "zone", "UTC"),
				given_or(c, "country", "GB"), id, f);
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
	const char *workspace, *email, *name, *word, *password;
	int64_t workspace_id, id;
	int role;

	if (need(c, "workspace", &workspace, f) ||
	    need(c, "email", &email, f) || need(c, "name", &name, f) ||
	    need(c, "role", &word, f))
		return -1;
	role = word_find(role_words, word);
	if (role < 0)
		return fault_field(f, "role",
				   "--role must be viewer, supervisor or "
				   "admin.");
	if (get_password(c, &password, f) ||
	    get_workspace(c, workspace, &workspace_id, f) ||
	    user_create(c->db, workspace_id, email, name, (enum role)role,
			password, &id, f))
		return -1;
	if (ctl_option(c, "generate"))
		printf("%s\n", password);
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

static int
print_id(int64_t id)
{
	printf("%" PRId64 "\n", id);
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
	return print_id(id);
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

	if (ctl_actor(c, 0, &who, f) ||
	    number_option(c, "cps", 10, &row.cps, f) ||
	    number_option(c, "channels", 100, &row.channels, f))
		return -1;
	row.workspace_id = who.workspace_id;
	if (carrier_create(c->db, &row, &id, f))
		return -1;
	return print_id(id);
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
	return print_id(id);
}
