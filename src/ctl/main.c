/* outdial - the administrator's command: finds it in the table and runs it. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "app/stmt.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/log.h"
#include "base/near.h"
#include "base/secret.h"
#include "ctl/ctl.h"
#include "store/db.h"
#include "store/redis.h"

#define LOCK_WAIT_S 5

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

/* 1: takes a value, 0: a switch, -1: the command has no such option. */
static int
option_kind(const struct ctl *c, const char *name, size_t len)
{
	const struct command *cmd = c->command;
	const char *s = cmd->options ? cmd->options : "";
	const struct record *r = cmd->record;

	for (size_t i = 0; r && i < r->count; i++) {
		const char *of = ctl_field_option(&r->fields[i], c->a);

		if (strlen(of) == len && !memcmp(of, name, len))
			return 1;
	}

	while (*s) {
		size_t n = strcspn(s, "= ");

		if (n == len && !memcmp(s, name, n))
			return s[n] == '=';
		s += strcspn(s, " ");
		s += strspn(s, " ");
	}
	return -1;
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
				return ctl_usage("--config needs a file.");
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

/* Suggests the option that may be meant. */
static int
unknown_option(struct ctl *c, const char *name, size_t len)
{
	size_t count;
	const char **known = ctl_option_names(c->command, &count, c->a);
	const char *typed = arena_printf(c->a, "--%.*s", (int)len, name);
	const char *near = near_words(known, count, typed, c->a);

	return ctl_usage("“%s” takes no option %s.%s%s%s", c->command->name,
			 typed, *near ? " Did you mean " : "", near,
			 *near ? "?" : "");
}

static int
take_option(struct ctl *c, const char **words, size_t count, size_t *at)
{
	const char *name = words[*at] + 2;
	size_t len = strcspn(name, "=");
	int kind = option_kind(c, name, len);

	if (kind < 0)
		return unknown_option(c, name, len);
	if (!kind && name[len])
		return ctl_usage("--%.*s takes no value.", (int)len, name);
	if (!kind)
		keep_option(c, name, len, "");
	else if (name[len])
		keep_option(c, name, len, name + len + 1);
	else if (*at + 1 < count)
		keep_option(c, name, len, words[++*at]);
	else
		return ctl_usage("--%s takes a value.", name);
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
	if (c->command->plain && ctl_option(c, "json"))
		return ctl_usage("“%s” has no --json.", c->command->name);
	if (c->count < c->command->least || c->count > c->command->most)
		return ctl_usage("Usage: outdial %s %s.", c->command->name,
				 ctl_args(c->command, c->a));
	lacks = lacking(c, &len);
	if (lacks)
		return ctl_usage("--%.*s is missing. Usage: outdial %s %s.",
				 (int)len, lacks, c->command->name,
				 ctl_args(c->command, c->a));
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
		return ctl_usage("Which command?");
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
