/* What was given for the fields of what a command adds or changes. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "ctl/ctl.h"
#include "ctl/password.h"

/* Other users of the machine see its command lines. */
static int
read_secret(struct ctl *c, const struct field *fd, const char **text,
	    struct fault *f)
{
	if (strcmp(*text, "-") == 0)
		return password_read(text, c->a, f);
	return fault_field(f, fd->name,
			   "A secret is not given on the command line: use "
			   "--%s - and type it, or send it to the standard "
			   "input.",
			   ctl_field_option(fd, c->a));
}

int
ctl_read_record(struct ctl *c, void *base, struct fault *f)
{
	const struct record *r = c->command->record;

	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];
		int place = ctl_field_place(c->command, fd);
		const char *text = ctl_option(c, ctl_field_option(fd, c->a));

		if (!text && place >= 0)
			text = c->args[place];
		if (text && fd->shape == SHAPE_SECRET &&
		    read_secret(c, fd, &text, f))
			return -1;
		if (text && field_set(fd, base, text, c->a, f))
			return -1;
	}
	return 0;
}

void
ctl_record_help(struct ctl *c)
{
	const struct record *r = c->command->record;

	for (size_t i = 0; i < r->count; i++) {
		const struct field *fd = &r->fields[i];

		printf("--%s\n", ctl_field_option(fd, c->a));
		ctl_print_wrapped("    ", arena_printf(c->a, "%s: %s",
						       fd->label, fd->help));
	}
	putchar('\n');
}

int
ctl_id_arg(const struct ctl *c, size_t n, const char *name, int64_t *id,
	   struct fault *f)
{
	if (!text_int(c->args[n], id) && *id > 0)
		return 0;
	return fault_field(f, "id",
			   "“%.40s” is not the ID of a %s: an ID is a number, "
			   "as “outdial %s list” prints it.",
			   c->args[n], name, name);
}

int
ctl_print_done(const struct ctl *c, const char *what, int64_t id,
	       const char *done)
{
	return ctl_print(c, arena_printf(c->a, "{\"id\":%" PRId64 "}", id),
			 "%s %" PRId64 " %s.", what, id, done);
}
