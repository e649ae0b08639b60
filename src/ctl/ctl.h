/*
 * ctl.h - the administrator's command: the table of commands, and what each of
 * them is given.
 *
 * To add a command: write its function in a file of its own, its declaration
 * here and one line in the table of commands.c.  Usage, help and the reading of
 * options come from that line.
 */
#ifndef CTL_CTL_H
#define CTL_CTL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "app/config.h"
#include "workspace/account.h"

struct arena;
struct db;
struct fault;
struct field;
struct record;
struct redis;

#define CTL_OPTIONS_MAX 12

struct ctl_option {
	const char *name, *value; /* value "" for a switch */
};

struct ctl {
	struct config conf;
	struct arena *a;
	struct db *db;	     /* connects at its first use */
	struct redis *redis; /* for hints; may be unreachable */
	const struct command *command;
	const char **args; /* the arguments without the options */
	size_t count;
	struct ctl_option options[CTL_OPTIONS_MAX];
	size_t option_count;
};

/* The exit status: done; not done, and the reason was printed; or a wrong
 * command line (word, option, number of arguments). */
enum { CTL_DONE = 0, CTL_FAILED = 1, CTL_USAGE = 2 };

/* Returns one of the above, or -1 with *f set (CTL_FAILED). */
typedef int command_fn(struct ctl *c, struct fault *f);

struct command {
	const char *name; /* one or two words */
	const char *args; /* "CAMPAIGN FILE [--rejects FILE]", for people */
	/* Options it takes: "email=! rejects= generate"; "=" takes a value,
	 * "!" must be given. */
	const char *options;
	/* What it takes besides: an option for every field ("day_cap" is
	 * --day-cap), or an argument for those in 'words', in their order. */
	const struct record *record;
	const char *words;
	size_t least, most; /* arguments */
	bool local;	    /* needs no configuration */
	bool plain;	    /* its text has a form of its own: no --json */
	command_fn *run;
	/* The first sentence, of at most 54 characters, is the line of the
	 * command in "outdial help". */
	const char *help;
	void (*more)(struct ctl *c); /* prints the end of its help; or NULL */
};
/* In the order of their use; those with the same first word together. */
extern const struct command commands[];
extern const size_t command_count;

/* Says what is wrong with the command line; returns CTL_USAGE. */
int ctl_usage(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Prints that there is no such command and which may be meant; returns
 * CTL_USAGE. */
int ctl_unknown(struct ctl *c, const char *const *words, size_t count);

/* Prints the text in lines of at most 78 characters, each after 'prefix'. */
void ctl_print_wrapped(const char *prefix, const char *text);
/* The same, with another prefix for the first line. */
void ctl_print_hanging(const char *first, const char *rest, const char *text);

/* Prints a sentence, or 'json' with --json; returns CTL_DONE. */
int ctl_print(const struct ctl *c, const char *json, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Prints "Bot 4 added." or, with --json, {"id":4}; returns CTL_DONE. */
int ctl_print_done(const struct ctl *c, const char *what, int64_t id,
		   const char *done);

/* The value of an option, "" for a switch; NULL when it was not given. */
const char *ctl_option(const struct ctl *c, const char *name);

/* The option of a field: "day-cap". */
const char *ctl_field_option(const struct field *fd, struct arena *a);

/* The place of a field among the arguments; -1: it is an option. */
int ctl_field_place(const struct command *cmd, const struct field *fd);

/* Every option of a command, as typed: "--day-cap". */
const char **ctl_option_names(const struct command *cmd, size_t *count,
			      struct arena *a);

/* The arguments of a command, with the options of its record. */
const char *ctl_args(const struct command *cmd, struct arena *a);

/* Reads what was given for the command's record into *base; what was not given
 * stays as it is. */
int ctl_read_record(struct ctl *c, void *base, struct fault *f);

/* The help of a record's options. */
void ctl_record_help(struct ctl *c);

/* Reads the n-th argument, a number of that name. */
int ctl_id_arg(const struct ctl *c, size_t n, const char *name, int64_t *id,
	       struct fault *f);

/* The campaign that the n-th argument names. */
int ctl_campaign_arg(const struct ctl *c, size_t n, int64_t *id,
		     struct fault *f);

/*
 * Sets who acts: the user of --as, else "command line" in the campaign's
 * workspace; without a campaign (0) in that of --workspace, or in the only one
 * there is.
 */
int ctl_actor(struct ctl *c, int64_t campaign_id, struct actor *out,
	      struct fault *f);

/* The same, in the workspace of that name (NULL: as above). */
int ctl_actor_in(struct ctl *c, const char *workspace, struct actor *out,
		 struct fault *f);

/* Reads a small file whole; "-" is standard input. */
int ctl_read_text(struct ctl *c, const char *path, const char **out,
		  struct fault *f);

command_fn api_key_add, api_key_end, api_keys_show, campaign_act,
	campaign_change_it, campaign_clone_it, campaign_delete_it,
	campaign_import, campaign_list_all, campaign_make, campaign_show,
	catalog_add_it, catalog_change_it, catalog_remove_it, catalog_show,
	check, dnc_add_number, dnc_export, dnc_find, dnc_import,
	dnc_remove_number, dnc_show, grants, help, holiday_add, holiday_import,
	holiday_remove, holidays_show, migrate, person_erase, settings, setup,
	user_act, user_add, user_change, user_invite, user_link, user_reset,
	users_show, version, webhook_add, webhook_change, webhook_feed,
	webhook_log, webhook_remove, webhook_replay, webhook_rotate,
	webhook_switch, webhook_test, webhooks_show, workspace_add_it,
	workspace_change_it, workspace_keep, workspace_switch, workspaces_show;

/* Prints the keys of settings in JSON, with an example. */
void campaign_keys(struct ctl *c);

/* Prints the kinds of events that a webhook may ask for. */
void webhook_kinds(struct ctl *c);

#endif
