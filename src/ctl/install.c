/* The installation: migrate, settings, help, version. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "config.h"
#include "ctl/ctl.h"
#include "store/db.h"
#include "store/migrate.h"

#define WIDTH 78

static void
tell(const struct migration *m, void *arg)
{
	static const char *const words[] = { "applying", "resuming",
					     "done already" };

	(void)arg;
	printf("%s: %s\n", m->name, words[m->state]);
	fflush(stdout);
}

int
migrate(struct ctl *c, struct fault *f)
{
	struct db_conf conf = config_db(&c->conf, 60);
	int applied;

	conf.probe = -1;
	if (migrate_run(&conf, c->conf.migrations, tell, NULL, &applied, c->a,
			f))
		return -1;
	if (applied)
		printf("The schema is up to date: %d migration%s applied.\n",
		       applied, applied == 1 ? "" : "s");
	else
		puts("The schema was up to date.");
	return CTL_DONE;
}

/* Words of a text in lines of at most WIDTH characters. */
static void
print_wrapped(const char *prefix, const char *text)
{
	size_t used = 0;

	while (*text) {
		size_t len = strcspn(text, " ");

		if (used && used + 1 + len > WIDTH) {
			putchar('\n');
			used = 0;
		}
		used += (size_t)printf("%s%.*s", used ? " " : prefix, (int)len,
				       text);
		text += len;
		text += strspn(text, " ");
	}
	putchar('\n');
}

/* As etc/outdial.conf, so that it can begin one. */
int
settings(struct ctl *c, struct fault *f)
{
	(void)c;
	(void)f;
	for (size_t i = 0; i < config_record.count; i++) {
		const struct field *fd = &config_record.fields[i];

		print_wrapped("# ", fd->help);
		printf("#%s =%s%s\n\n", fd->name, *fd->def ? " " : "", fd->def);
	}
	return CTL_DONE;
}

static bool
is_asked_for(const struct ctl *c, const struct command *cmd)
{
	const char *name = cmd->name;

	for (size_t i = 0; i < c->count; i++) {
		size_t len = strlen(c->args[i]);

		if (strncmp(name, c->args[i], len) != 0 ||
		    (name[len] && name[len] != ' '))
			return false;
		name += len;
		name += *name == ' ';
	}
	return true;
}

int
help(struct ctl *c, struct fault *f)
{
	bool found = false;

	for (size_t i = 0; i < command_count; i++)
		found |= is_asked_for(c, &commands[i]);
	if (!found)
		return fault_set(f, FAULT_INVALID,
				 "There is no command “%.40s”.", c->args[0]);
	puts("outdial [--config FILE] COMMAND\n");
	for (size_t i = 0; i < command_count; i++) {
		const struct command *cmd = &commands[i];

		if (!is_asked_for(c, cmd))
			continue;
		printf("outdial %s%s%s\n", cmd->name, cmd->args ? " " : "",
		       cmd->args ? cmd->args : "");
		print_wrapped("    ", cmd->help);
		putchar('\n');
	}
	return CTL_DONE;
}

int
version(struct ctl *c, struct fault *f)
{
	(void)c;
	(void)f;
	puts(PACKAGE_STRING);
	return CTL_DONE;
}
