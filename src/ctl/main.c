/* outdial - the administrator's command: finds it in the table and runs it. */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/near.h"
#include "base/secret.h"
#include "base/text.h"
#include "ctl/ctl.h"
#include "store/db.h"
#include "store/redis.h"

#define LOCK_WAIT_S 5

static int __attribute__((format(printf, 1, 2))) usage(const char *fmt, ...)
{
	va_list ap;

	fputs("outdial: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputs(" See “outdial help”.\n", stderr);
	return CTL_USAGE;
}

/* Finds the command of one or two words that the arguments begin with. */
static const struct command *
find_command(const char **words, size_t count, size_t *used, struct arena *a)
{
	for (*used = count < 2 ? count : 2; *used; --*used) {
		const char *name = *used == 2 ? arena_printf(a, "%s %s",
							     words[0], words[1])
					      : words[0];

		for (size_t i = 0; i < command_count; i++) {
			if (!strcmp(commands[i].name, name))
				return &commands[i];
		}
	}
	return NULL;
}

/* The second words that follow a first one, "list, show or add"; "": none. */
static const char *
words_after(const char *first, struct arena *a)
{
	size_t len = strlen(first);
	const char *list = "", *last = NULL;

	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i].name;

		if (strncmp(name, first, len) != 0 || name[len] != ' ')
			continue;
		if (last)
			list = arena_printf(a, "%s%s%s", list,
					    *list ? ", " : "", last);
		last = name + len + 1;
	}
	return last ? arena_printf(a, "%s or %s", list, last) : "";
}

/* Similar names of commands; unless 'whole', only their first words. */
static const char *
near_commands(const char *typed, bool whole, struct arena *a)
{
	const char **names = ARENA_ARRAY(a, command_count, const char *);
	size_t n = 0;

	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i].name;

		if (!whole)
			name = arena_memdup(a, name, strcspn(name, " "));
		if (!n || strcmp(names[n - 1], name) != 0)
			names[n++] = name;
	}
	return near_words(names, n, typed, a);
}

int
ctl_unknown(struct ctl *c, const char *const *words, size_t count)
{
	const char *after = words_after(words[0], c->a);
	const char *typed = words[0], *near;

	if (count < 2 && *after)
		return usage("“%s” is not a complete command. It must be "
			     "followed by %s.",
			     words[0], after);
	if (count > 1)
		typed = arena_printf(c->a, "%s %s", words[0], words[1]);
	near = near_commands(typed, count > 1, c->a);
	if (*near)
		near = arena_printf(c->a, " Did you mean %s?", near);
	if (*after)
		return usage("There is no command “%s”.%s “%s” must be "
			     "followed by %s.",
			     typed, near, words[0], after);
	return usage("There is no command “%s”.%s", typed, near);
}

/* 1: takes a value, 0: a switch, -1: the command has no such option. */
static int
option_kind(const struct command *cmd, const char *name, size_t len)
{
	const char *s = cmd->options ? cmd->options : "";

	while (*s) {
		size_t n = strcspn(s, "= ");

		if (n == len && !memcmp(s, name, n))
			return s[n] == '=';
		s += strcspn(s, " ");
		s += strspn(s, " ");
	}
	return -1;
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

static void
keep_option(struct ctl *c, const char *name, size_t len, const char *value)
{
	if (c->option_count == CTL_OPTIONS_MAX)
		return; /* more than any command has */
	c->options[c->option_count].name = arena_memdup(c->a, name, len);
	c->options[c->option_count++].value = value;
}

/* Takes out the options of every command: --config FILE, --json, --help. */
static int
split_words(struct ctl *c, int argc, char **argv, const char ***rest,
	    size_t *count)
{
	const char **words = ARENA_ARRAY(c->a, (size_t)argc + 1, const char *);
	size_t n = 0;

	for (int i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--config")) {
			if (++i == argc)
				return usage("--config needs a file.");
			keep_option(c, "config", 6, argv[i]);
		} else if (!strncmp(argv[i], "--config=", 9)) {
			keep_option(c, "config", 6, argv[i] + 9);
		} else if (!strcmp(argv[i], "--json")) {
			keep_option(c, "json", 4, "");
		} else if (!strcmp(argv[i], "--help") ||
			   !strcmp(argv[i], "-h")) {
			memmove(words + 1, words, n++ * sizeof(*words));
			words[0] = "help";
		} else if (!strcmp(argv[i], "--version") && !n) {
			words[n++] = "version";
		} else {
			words[n++] = argv[i];
		}
	}
	*rest = words;
	*count = n;
	return CTL_DONE;
}

static int
take_option(struct ctl *c, const char **words, size_t count, size_t *at)
{
	const char *name = words[*at] + 2;
	size_t len = strcspn(name, "=");
	int kind = option_kind(c->command, name, len);

	if (kind < 0)
		return usage("“%s” takes no option --%.*s.", c->command->name,
			     (int)len, name);
	if (!kind && name[len])
		return usage("--%.*s takes no value.", (int)len, name);
	if (!kind)
		keep_option(c, name, len, "");
	else if (name[len])
		keep_option(c, name, len, name + len + 1);
	else if (*at + 1 < count)
		keep_option(c, name, len, words[++*at]);
	else
		return usage("--%s takes a value.", name);
	return CTL_DONE;
}

/* The first required option that was not given; *len is its length. */
static const char *
lacking(const struct ctl *c, size_t *len)
{
	const char *s = c->command->options ? c->command->options : "";

	for (; *s; s += strspn(s, " ")) {
		*len = strcspn(s, "= ");
		if (s[*len] == '=' && s[*len + 1] == '!' &&
		    !ctl_option(c, arena_memdup(c->a, s, *len)))
			return s;
		s += strcspn(s, " ");
	}
	return NULL;
}

static int
read_arguments(struct ctl *c, const char **words, size_t count)
{
	bool only_arguments = false;
	const char *lacks;
	size_t len;

	c->args = ARENA_ARRAY(c->a, count + 1, const char *);
	for (size_t i = 0; i < count; i++) {
		if (!only_arguments && !strcmp(words[i], "--"))
			only_arguments = true;
		else if (!only_arguments && !strncmp(words[i], "--", 2)) {
			int rc = take_option(c, words, count, &i);

			if (rc)
				return rc;
		} else
			c->args[c->count++] = words[i];
	}
	if (c->count < c->command->least || c->count > c->command->most)
		return usage("Usage: outdial %s %s.", c->command->name,
			     c->command->args ? c->command->args : "");
	lacks = lacking(c, &len);
	if (lacks)
		return usage("--%.*s is missing. Usage: outdial %s %s.",
			     (int)len, lacks, c->command->name,
			     c->command->args);
	return CTL_DONE;
}

static int
read_config(struct ctl *c, struct fault *f)
{
	struct db_conf db;
	struct redis_conf redis;

	if (config_read(ctl_option(c, "config"), &c->conf, c->a, f))
		return -1;
	log_open("outdial", (enum log_level)c->conf.log_level);
	db = config_db(&c->conf, LOCK_WAIT_S);
	redis = config_redis(&c->conf);
	c->db = db_new(&db, stmt_table, STMT_COUNT);
	c->redis = redis_new(&redis);
	return 0;
}

static int
run(struct ctl *c)
{
	struct fault f = { 0 };
	int rc = c->command->local ? 0 : read_config(c, &f);

	if (!rc)
		rc = c->command->run(c, &f);
	if (rc >= 0)
		return rc;
	fprintf(stderr, "outdial: %s", f.text);
	if (f.code == FAULT_BROKEN && *f.cause)
		fprintf(stderr, " (%s)", f.cause);
	fputc('\n', stderr);
	return CTL_FAILED;
}

static int
read_command(struct ctl *c, int argc, char **argv)
{
	const char **words = NULL;
	size_t count = 0, used = 0;
	int rc = split_words(c, argc, argv, &words, &count);

	if (rc)
		return rc;
	if (!count)
		return usage("Which command?");
	c->command = find_command(words, count, &used, c->a);
	if (!c->command)
		return ctl_unknown(c, words, count);
	return read_arguments(c, words + used, count - used);
}

int
main(int argc, char **argv)
{
	struct ctl c = { .a = arena_new() };
	int rc;

	signal(SIGPIPE, SIG_IGN);
	secret_open();
	log_open("outdial", LOG_LEVEL_WARN);
	rc = read_command(&c, argc, argv);
	if (!rc)
		rc = run(&c);
	if (c.db)
		db_free(c.db);
	if (c.redis)
		redis_free(c.redis);
	arena_free(c.a);
	if (fflush(stdout) || ferror(stdout))
		return CTL_FAILED;
	return rc;
}
