/* What several commands need: options, the campaign argument, the acting user,
 * a small file. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "ctl/ctl.h"

#define TEXT_MAX (1 << 20)
#define NAMES_SHOWN 5

int
ctl_usage(const char *fmt, ...)
{
	va_list ap;

	fputs("outdial: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs(" See “outdial help”.\n", stderr);
	return CTL_USAGE;
}

int
ctl_print(const struct ctl *c, const char *json, const char *fmt, ...)
{
	va_list ap;

	if (ctl_option(c, "json")) {
		puts(json);
		return CTL_DONE;
	}
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	return CTL_DONE;
}

const char *
ctl_option(const struct ctl *c, const char *name)
{
	for (size_t i = 0; i < c->option_count; i++) {
		if (!strcmp(c->options[i].name, name))
			return c->options[i].value;
	}
	return NULL;
}

int
ctl_campaign_arg(const struct ctl *c, size_t n, int64_t *id, struct fault *f)
{
	uint64_t value;

	if (text_parse_short_id(c->args[n], &value) || !value)
		return fault_field(f, "campaign",
				   "“%.40s” is not a campaign ID: an ID has 10 "
				   "letters and digits.",
				   c->args[n]);
	*id = (int64_t)value;
	return 0;
}

static int
act_as(struct ctl *c, const char *email, struct actor *out, struct fault *f)
{
	struct account who;
	const char *hash;

	if (account_by_email(c->db, email, &who, &hash, c->a, f))
		return -1;
	*out = (struct actor){ .user_id = who.user_id,
			       .workspace_id = who.workspace_id,
			       .role = (enum role)who.role,
			       .name = who.name,
			       .via = "command line" };
	return 0;
}

/* "“Works”, “Other” and 7 more" */
static const char *
some_names(const struct workspace *list, size_t count, struct arena *a)
{
	const char *text = "";

	for (size_t i = 0; i < count && i < NAMES_SHOWN; i++)
		text = arena_printf(a, "%s%s“%.30s”", text, i ? ", " : "",
				    list[i].name);
	return count > NAMES_SHOWN ? arena_printf(a, "%s and %zu more", text,
						  count - NAMES_SHOWN)
				   : text;
}

static int
only_workspace(struct ctl *c, int64_t *id, struct fault *f)
{
	struct workspace *list;
	size_t count;

	if (workspace_list(c->db, &list, &count, c->a, f))
		return -1;
	if (!count)
		return fault_set(f, FAULT_ABSENT,
				 "There is no workspace yet: “outdial user "
				 "add” creates the first one.");
	if (count > 1)
		return fault_set(f, FAULT_INVALID,
				 "There are %zu workspaces: %s. Choose one: "
				 "outdial %s %s",
				 count, some_names(list, count, c->a),
				 c->command->name, ctl_args(c->command, c->a));
	*id = list[0].id;
	return 0;
}

int
ctl_actor(struct ctl *c, int64_t campaign_id, struct actor *out,
	  struct fault *f)
{
	const char *email = ctl_option(c, "as");
	const char *workspace = ctl_option(c, "workspace");
	struct actor who = { .role = ROLE_ADMIN, .name = "command line" };
	int rc;

	if (email)
		return act_as(c, email, out, f);
	if (campaign_id)
		rc = campaign_workspace(c->db, campaign_id, &who.workspace_id,
					f);
	else if (workspace)
		rc = workspace_find(c->db, workspace, &who.workspace_id, f);
	else
		rc = only_workspace(c, &who.workspace_id, f);
	if (!rc)
		*out = who;
	return rc;
}

int
ctl_actor_in(struct ctl *c, const char *workspace, struct actor *out,
	     struct fault *f)
{
	const char *email = ctl_option(c, "as");
	struct actor who = { .role = ROLE_ADMIN, .name = "command line" };
	int64_t id;

	if (!workspace)
		return ctl_actor(c, 0, out, f);
	if (workspace_find(c->db, workspace, &id, f) ||
	    (email && act_as(c, email, &who, f)))
		return -1;
	if (email && who.workspace_id != id)
		return fault_set(f, FAULT_DENIED,
				 "%s belongs to another workspace.", email);
	*out = who;
	out->workspace_id = id;
	return 0;
}

int
ctl_read_text(struct ctl *c, const char *path, const char **out,
	      struct fault *f)
{
	bool standard = !strcmp(path, "-");
	FILE *file = standard ? stdin : fopen(path, "re");
	char *text = arena_alloc(c->a, TEXT_MAX + 1);
	size_t len;
	int bad;

	if (!file)
		return fault_set(f, FAULT_INVALID, "%s cannot be opened.",
				 path);
	len = fread(text, 1, TEXT_MAX, file);
	bad = ferror(file) || !feof(file);
	if (!standard)
		fclose(file);
	if (bad)
		return fault_set(f, FAULT_INVALID,
				 "%s cannot be read, or is too long.", path);
	if (strlen(text) != len)
		return fault_set(f, FAULT_INVALID,
				 "%s is not text: byte %zu is a NUL.", path,
				 strlen(text) + 1);
	*out = text;
	return 0;
}
