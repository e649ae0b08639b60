/* The installation: migrate, grants, settings, version. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "app/grants.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "config.h"
#include "ctl/ctl.h"
#include "listing/search_text.h"
#include "store/db.h"
#include "store/migrate.h"

#define WIDTH 78 /* of a line */

static void
tell(const struct migration *m, void *arg)
{
	static const char *const words[] = { "applying", "resuming",
					     "already done" };

	if (ctl_option(arg, "json"))
		return;
	printf("%s: %s\n", m->name, words[m->state]);
	fflush(stdout);
}

int
migrate(struct ctl *c, struct fault *f)
{
	struct db_conf conf = config_db(&c->conf, 60);
	const char *said;
	int64_t renewed;
	int applied;

	conf.probe = -1;
	if (migrate_run(&conf, c->conf.migrations, tell, c, &applied, c->a, f))
		return -1;
	if (search_text_renew(c->db, &renewed, f))
		return -1;
	if (renewed && !ctl_option(c, "json"))
		printf("Campaigns prepared anew for searching: %" PRId64 ".\n",
		       renewed);
	said = applied ? arena_printf(c->a,
				      "up to date: %d migration%s applied",
				      applied, text_plural(applied))
		       : "already up to date";
	return ctl_print(
		c,
		arena_printf(c->a,
			     "{\"applied\":%d,\"search_texts\":%" PRId64 "}",
			     applied, renewed),
		"The schema is %s.", said);
}

int
grants(struct ctl *c, struct fault *f)
{
	struct buf out = BUF_INIT;
	const char *account = c->count ? c->args[0] : c->conf.mariadb_user;
	int rc = grants_write(c->db, account, &out, f);

	if (!rc)
		fputs(out.data ? out.data : "", stdout);
	buf_free(&out);
	return rc ? -1 : CTL_DONE;
}

void
ctl_print_hanging(const char *first, const char *rest, const char *text)
{
	const char *prefix = first;
	size_t used = 0;

	while (*text) {
		size_t len = strcspn(text, " ");

		if (used && used + 1 + len > WIDTH) {
			putchar('\n');
			prefix = rest;
			used = 0;
		}
		used += (size_t)printf("%s%.*s", used ? " " : prefix, (int)len,
				       text);
		text += len;
		text += strspn(text, " ");
	}
	putchar('\n');
}

void
ctl_print_wrapped(const char *prefix, const char *text)
{
	ctl_print_hanging(prefix, prefix, text);
}

/* Prints the settings in the form of etc/outdial.conf. */
int
settings(struct ctl *c, struct fault *f)
{
	(void)c;
	(void)f;
	for (size_t i = 0; i < config_record.count; i++) {
		const struct field *fd = &config_record.fields[i];

		ctl_print_wrapped("# ", fd->help);
		printf("#%s =%s%s\n\n", fd->name, *fd->def ? " " : "", fd->def);
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
