/* Which options and arguments a command takes, by its line in the table and by
 * the field table of what it adds or changes. */
#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "ctl/ctl.h"

const char *
ctl_field_option(const struct field *fd, struct arena *a)
{
	char *text = arena_strdup(a, fd->name);

	for (char *s = text; *s; s++) {
		if (*s == '_')
			*s = '-';
	}
	return text;
}

int
ctl_field_place(const struct command *cmd, const struct field *fd)
{
	const char *s = cmd->words ? cmd->words : "";
	size_t len = strlen(fd->name);

	for (int n = 0; *s; n++) {
		size_t word = strcspn(s, " ");

		if (word == len && !memcmp(s, fd->name, len))
			return n;
		s += word;
		s += strspn(s, " ");
	}
	return -1;
}

/* "N", "yes|no", "TEXT": what stands for its value in a line of usage. */
static const char *
value_word(const struct field *fd, struct arena *a)
{
	const char *list = "";

	if (fd->type == FIELD_BOOL)
		return "yes|no";
	if (fd->type == FIELD_INT)
		return "N";
	if (fd->type != FIELD_WORD)
		return "TEXT";
	for (size_t i = 0; fd->words[i]; i++)
		list = arena_printf(a, "%s%s%s", list, i ? "|" : "",
				    fd->words[i]);
	return list;
}

const char *
ctl_args(const struct command *cmd, struct arena *a)
{
	const char *text = cmd->args ? cmd->args : "";
	size_t first = strcspn(text, "[");
	const char *options = "";

	for (size_t i = 0; cmd->record && i < cmd->record->count; i++) {
		const struct field *fd = &cmd->record->fields[i];

		if (ctl_field_place(cmd, fd) < 0)
			options = arena_printf(a, "%s[--%s %s] ", options,
					       ctl_field_option(fd, a),
					       value_word(fd, a));
	}
	text = arena_printf(a, "%.*s%s%s", (int)first, text, options,
			    text + first);
	if (cmd->plain)
		return text;
	return arena_printf(a, "%s%s[--json]", text, *text ? " " : "");
}

const char **
ctl_option_names(const struct command *cmd, size_t *count, struct arena *a)
{
	const char *s = cmd->options ? cmd->options : "", **list = NULL;
	size_t n = 0;

	for (; *s; s += strspn(s, " ")) {
		list = arena_grow(a, list, n, sizeof(*list));
		list[n++] = arena_printf(a, "--%.*s", (int)strcspn(s, "= "), s);
		s += strcspn(s, " ");
	}
	for (size_t i = 0; cmd->record && i < cmd->record->count; i++) {
		list = arena_grow(a, list, n, sizeof(*list));
		list[n++] = arena_printf(
			a, "--%s",
			ctl_field_option(&cmd->record->fields[i], a));
	}
	*count = n;
	return list;
}
