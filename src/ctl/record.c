/* What was given for the fields of what a command adds or changes. */
#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "ctl/ctl.h"

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
