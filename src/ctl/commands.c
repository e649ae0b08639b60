/* The table of commands; the help that is read from it, and what is said of a
 * command that it does not have. */
#include "ctl/ctl.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/near.h"
#include "workspace/catalog.h"

/* clang-format off */
const struct command commands[] = {
	{ .name = "campaign list", .run = campaign_list_all,
	  .args = "[--workspace NAME] [--status STATUS] [--search TEXT]",
	  .options = "workspace= status= search= as=",
	  .help = "Lists campaigns, newest first." },
	{ .name = "campaign show", .run = campaign_show, .least = 1, .most = 1,
	  .args = "ID",
	  .options = "as=",
	  .help = "Shows the settings and figures of a campaign." },
	{ .name = "campaign create", .run = campaign_make, .least = 1, .most = 1,
	  .args = "FILE [--as EMAIL] [--workspace NAME]",
	  .options = "as= workspace=",
	  .help = "Creates a draft from settings in JSON. FILE may be - for standard input. Prints the ID. Without “numbers” the draft gets all numbers of the workspace.",
	  .more = campaign_keys },
	{ .name = "campaign change", .run = campaign_change_it, .least = 2, .most = 2,
	  .args = "ID FILE [--as EMAIL]",
	  .options = "as=",
	  .help = "Changes settings of a draft or a paused campaign. FILE lists the settings to change in JSON, which may include “numbers”; - is standard input. All other settings stay as they are. Prints what changed. Name and bot are locked after the first run.",
	  .more = campaign_keys },
	{ .name = "campaign start", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Starts a draft." },
	{ .name = "campaign pause", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Pauses a running campaign. No call is placed later than 250 ms afterwards." },
	{ .name = "campaign resume", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Resumes a paused campaign." },
	{ .name = "campaign stop", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Ends the run for good. Calls in progress finish." },
	{ .name = "campaign restart", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Prepares an ended campaign for another run." },
	{ .name = "campaign cancel-restart", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Undoes a prepared restart." },
	{ .name = "campaign archive", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Takes an ended campaign out of the list. “campaign list --status archived” shows it." },
	{ .name = "campaign unarchive", .run = campaign_act, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Brings an archived campaign back into the list." },
	{ .name = "campaign clone", .run = campaign_clone_it, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Copies a campaign with its contacts into a new draft. Prints the ID of the draft." },
	{ .name = "campaign delete", .run = campaign_delete_it, .least = 1, .most = 1,
	  .args = "ID [--as EMAIL]",
	  .options = "as=",
	  .help = "Deletes a draft that never ran." },
	{ .name = "import", .run = campaign_import, .least = 2, .most = 2,
	  .args = "CAMPAIGN FILE [--rejects FILE] [--duplicates FILE] [--as EMAIL]",
	  .options = "rejects= duplicates= as=",
	  .help = "Replaces the contacts of a draft with a CSV file. FILE may be - for standard input. Prints the counts. --rejects and --duplicates name files for the rejected rows and the duplicates; each row there ends with its line number and the reason. Such a file can be corrected and imported as it is." },
	{ .name = "workspace list", .run = workspaces_show,
	  	  .help = "Lists the workspaces." },
	{ .name = "workspace add", .run = workspace_add_it, .least = 1, .most = 1,
	  .args = "NAME",
	  .record = &workspace_record, .words = "name",
	  .help = "Adds a workspace. “outdial user add” then adds the people in it." },
	{ .name = "workspace change", .run = workspace_change_it, .most = 1,
	  .args = "[WORKSPACE] [--as EMAIL]",
	  .options = "as=", .record = &workspace_record,
	  .help = "Changes a workspace: --name is its new name. With another time zone, queued calls are planned again." },
	{ .name = "workspace hold", .run = workspace_switch, .most = 1,
	  .args = "[NAME] [--as EMAIL]",
	  .options = "as=",
	  .help = "Holds a whole workspace. It places no call later than 250 ms afterwards; calls in progress finish." },
	{ .name = "workspace release", .run = workspace_switch, .most = 1,
	  .args = "[NAME] [--as EMAIL]",
	  .options = "as=",
	  .help = "Releases a held workspace, so that it calls again." },
	{ .name = "workspace keep", .run = workspace_keep, .most = 1,
	  .args = "[DAYS] [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Prints or sets how long contacts are kept. DAYS after the end of a run its contacts, and then the numbers of its attempts, are forgotten; 0 keeps them for ever." },
	{ .name = "person erase", .run = person_erase, .least = 1, .most = 1,
	  .args = "PHONE [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Erases a person everywhere in a workspace. History keeps that there were calls, not to whom. A call in progress ends first." },
	{ .name = "holiday list", .run = holidays_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists the holidays of a workspace. Campaigns that observe holidays make no calls on these days." },
	{ .name = "holiday add", .run = holiday_add, .least = 2, .most = 2,
	  .args = "DAY NAME [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Adds a holiday, such as 2026-12-25, or renames it." },
	{ .name = "holiday delete", .run = holiday_remove, .least = 1, .most = 1,
	  .args = "DAY [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Deletes a holiday." },
	{ .name = "holiday import", .run = holiday_import, .least = 1, .most = 1,
	  .args = "FILE [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Adds the holidays in a CSV file. FILE (- is standard input) has the columns day and name. Either all of its rows are added or none." },
	{ .name = "dnc list", .run = dnc_show, .most = 1,
	  .args = "[LIST] [--after NUMBER] [--workspace NAME]",
	  .options = "after= workspace= as=",
	  .help = "Lists the do-not-call lists of a workspace. With LIST, a list’s name or ID, it lists the first 1,000 numbers on it, or the next ones after NUMBER." },
	{ .name = "dnc lookup", .run = dnc_find, .least = 1, .most = 1,
	  .args = "NUMBER [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Says which do-not-call lists have a number. It says since when, by whom, until when and why." },
	{ .name = "dnc add", .run = dnc_add_number, .least = 1, .most = 1,
	  .args = "NUMBER [--list LIST] [--reason TEXT] [--until DAY] [--workspace NAME] [--as EMAIL]",
	  .options = "list= reason= until= workspace= as=",
	  .help = "Adds a number to a do-not-call list. Without --list it is the workspace’s own list. --until gives the last day on which the number is not called, such as 2026-12-24. No call to the number is placed later than 250 ms afterwards." },
	{ .name = "dnc remove", .run = dnc_remove_number, .least = 1, .most = 1,
	  .args = "NUMBER [--list LIST] [--workspace NAME] [--as EMAIL]",
	  .options = "list= workspace= as=",
	  .help = "Removes a number from a do-not-call list. Without --list it is the workspace’s own list." },
	{ .name = "dnc import", .run = dnc_import, .least = 1, .most = 1,
	  .args = "FILE [--list LIST] [--replace] [--kind KIND] [--source TEXT] [--max-age DAYS] [--rejects FILE] [--duplicates FILE] [--workspace NAME] [--as EMAIL]",
	  .options = "list= replace kind= source= max-age= rejects= duplicates= workspace= as=",
	  .help = "Adds the numbers in a CSV file to a do-not-call list. FILE (- is standard input) has the column phone_number, and may have reason and until. Without --list it is the workspace’s own list; with --kind (national, litigator or other) a list that does not exist yet is added. --replace replaces the list: until the whole file is read, the old numbers are still not called. --rejects and --duplicates name files for the rejected rows and the duplicates." },
	{ .name = "dnc export", .plain = true, .run = dnc_export, .most = 1,
	  .args = "[LIST] [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Writes a do-not-call list to standard output as CSV. Without LIST it is the workspace’s own list. The file can be imported again." },
	{ .name = "webhook list", .run = webhooks_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists webhooks, their events and their state." },
	{ .name = "webhook add", .run = webhook_add, .least = 1, .most = 1,
	  .args = "URL [--events LIST] [--description TEXT] [--workspace NAME]",
	  .options = "events= description= workspace= as=",
	  .help = "Adds a webhook and prints its signing secret. The secret is not shown again. LIST has kinds of events, separated by commas; without it attempt.finished, contact.final and campaign.status are sent. The first events come within two seconds.",
	  .more = webhook_kinds },
	{ .name = "webhook change", .run = webhook_change, .least = 1, .most = 1,
	  .args = "ID [--url URL] [--events LIST] [--description TEXT] [--workspace NAME]",
	  .options = "url= events= description= workspace= as=",
	  .help = "Changes a webhook. What is not given stays as it is.",
	  .more = webhook_kinds },
	{ .name = "webhook on", .run = webhook_switch, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Switches a webhook on. It gets the events from now on; “webhook replay” sends what it missed." },
	{ .name = "webhook off", .run = webhook_switch, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Switches a webhook off." },
	{ .name = "webhook rotate", .run = webhook_rotate, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Makes and prints a new signing secret. Both secrets sign for 24 hours, then the new one alone." },
	{ .name = "webhook test", .run = webhook_test, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Sends a test event. “webhook log” shows the answer." },
	{ .name = "webhook log", .run = webhook_log, .least = 1, .most = 1,
	  .args = "ID [--state STATE] [--before EVENT] [--limit N] [--workspace NAME]",
	  .options = "state= before= limit= workspace= as=",
	  .help = "Lists deliveries of the last seven days, newest first. STATE is waiting, delivered or given_up; --before continues after the last line of a list." },
	{ .name = "webhook replay", .run = webhook_replay, .least = 1, .most = 1,
	  .args = "ID [--from EVENT] [--to EVENT] [--since TIME] [--workspace NAME]",
	  .options = "from= to= since= workspace= as=",
	  .help = "Sends events again, under their old identifiers. --from alone is everything since that event, --from and --to are a range, and TIME is in UTC, such as 2026-12-24T18:00:00Z." },
	{ .name = "webhook remove", .run = webhook_remove, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Removes a webhook and its log." },
	{ .name = "webhook feed", .run = webhook_feed, .most = 1,
	  .args = "[on|off] [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Shows or switches the feed of events. Programs read it from the API, for seven days." },
	{ .name = "carrier list", .run = catalog_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists carriers and their IDs." },
	{ .name = "carrier add", .run = catalog_add_it, .least = 2, .most = 2,
	  .args = "NAME ADDRESS [--workspace NAME]",
	  .options = "workspace= as=",
	  .record = &carrier_record, .words = "name address",
	  .help = "Adds a carrier. Without --kind it is a simulated one, and ADDRESS is the path of its socket. Prints the carrier’s ID." },
	{ .name = "carrier change", .run = catalog_change_it, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=", .record = &carrier_record,
	  .help = "Changes a carrier, or disables it with --enabled no. Calls that are queued for it are planned again." },
	{ .name = "carrier remove", .run = catalog_remove_it, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Removes a carrier that has no numbers." },
	{ .name = "number list", .run = catalog_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists outbound numbers and their IDs." },
	{ .name = "number add", .run = catalog_add_it, .least = 2, .most = 2,
	  .args = "CARRIER NUMBER [--workspace NAME]",
	  .options = "workspace= as=",
	  .record = &number_record, .words = "carrier_id phone",
	  .help = "Adds an outbound number to a carrier. CARRIER is the carrier’s ID. Prints the number’s ID." },
	{ .name = "number change", .run = catalog_change_it, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=", .record = &number_record,
	  .help = "Changes a number, or disables it with --enabled no. Calls that are queued from it are planned again." },
	{ .name = "number remove", .run = catalog_remove_it, .least = 1, .most = 1,
	  .args = "ID [--from-drafts] [--workspace NAME]",
	  .options = "from-drafts workspace= as=",
	  .help = "Removes a number that no campaign uses. With --from-drafts it is first taken out of drafts that never ran." },
	{ .name = "bot list", .run = catalog_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists bots and their IDs." },
	{ .name = "bot add", .run = catalog_add_it, .least = 2, .most = 2,
	  .args = "NAME TARGET [--workspace NAME]",
	  .options = "workspace= as=",
	  .record = &bot_record, .words = "name target",
	  .help = "Adds a bot. TARGET is a SIP URI or an extension. Prints the bot’s ID." },
	{ .name = "bot change", .run = catalog_change_it, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=", .record = &bot_record,
	  .help = "Changes a bot. Calls that are queued for its old target are planned again." },
	{ .name = "bot remove", .run = catalog_remove_it, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Removes a bot that no campaign uses." },
	{ .name = "user list", .run = users_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists the users of a workspace." },
	{ .name = "user add", .run = user_add,
	  .args = "--workspace NAME --email E --name N --role R [--generate] [--new-workspace [--zone Z] [--country CC]]",
	  .options = "workspace=! email=! name=! role=! generate new-workspace zone= country=",
	  .help = "Adds a user: a viewer, a supervisor or an admin. The password is read from standard input; with --generate it is made up and printed. --new-workspace creates the workspace if there is none with that name; the very first workspace is created without it." },
	{ .name = "user invite", .run = user_invite, .least = 1, .most = 1,
	  .args = "EMAIL --role ROLE [--name N] [--workspace NAME] [--as EMAIL]",
	  .options = "role=! name= workspace= as=",
	  .help = "Adds a user who sets the password by a one-time link. Prints the link, which is valid for 7 days. ROLE is viewer, supervisor or admin." },
	{ .name = "user change", .run = user_change, .least = 1, .most = 1,
	  .args = "EMAIL [--name N] [--role ROLE] [--workspace NAME] [--as EMAIL]",
	  .options = "name= role= workspace= as=",
	  .help = "Changes the name or the role of a user." },
	{ .name = "user disable", .run = user_act, .least = 1, .most = 1,
	  .args = "EMAIL [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Signs a user out, who cannot sign in from then on." },
	{ .name = "user enable", .run = user_act, .least = 1, .most = 1,
	  .args = "EMAIL [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Lets a disabled user sign in again." },
	{ .name = "user remove", .run = user_act, .least = 1, .most = 1,
	  .args = "EMAIL [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Removes a user. Their campaigns stay, and the audit log keeps their name." },
	{ .name = "user sign-out", .run = user_act, .least = 1, .most = 1,
	  .args = "EMAIL [--workspace NAME] [--as EMAIL] [--json]",
	  .options = "workspace= as=",
	  .help = "Ends all sessions of a user, who can sign in again." },
	{ .name = "user link", .run = user_link, .least = 1, .most = 1,
	  .args = "EMAIL [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Prints a one-time link to set a password. It takes the place of an earlier one. It is valid for 7 days for a user who was invited, else for 24 hours." },
	{ .name = "user reset", .run = user_reset, .least = 1, .most = 1,
	  .args = "EMAIL [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Switches off the second factor of a user who lost it." },
	{ .name = "key list", .run = api_keys_show,
	  .args = "[--workspace NAME]",
	  .options = "workspace= as=",
	  .help = "Lists the API keys of a workspace, newest first." },
	{ .name = "key add", .run = api_key_add, .least = 1, .most = 1,
	  .args = "NAME --scopes LIST [--campaign ID] [--expires TIME] [--workspace NAME] [--as EMAIL]",
	  .options = "scopes=! campaign= expires= workspace= as=",
	  .help = "Makes an API key and prints it. It is not shown again. LIST has the scopes read, trigger, exclude, result, control, edit, settings and users, separated by commas. With --campaign the key is for that campaign only. TIME is such as 2026-12-31T00:00:00Z. What the key does is done for the user of --as." },
	{ .name = "key revoke", .run = api_key_end, .least = 1, .most = 1,
	  .args = "ID [--workspace NAME] [--as EMAIL]",
	  .options = "workspace= as=",
	  .help = "Revokes an API key at once." },
	{ .name = "check", .run = check,
	  .args = "[--deep] [--sim-log FILE]",
	  .options = "deep sim-log=",
	  .help = "Recounts the books, and fails if they do not balance. --deep reads whole contact lists. --sim-log checks the log of a simulated carrier." },
	{ .name = "setup", .run = setup,
	  .args = "--workspace NAME --email E [--name N] [--zone Z] [--country CC]",
	  .options = "workspace=! email=! name= zone= country=",
	  .help = "Creates the first workspace and its administrator. Prints a one-time link to set the password. It is refused once there are users." },
	{ .name = "migrate", .run = migrate,
	  .help = "Brings the database up to date. It can be run again at any time; a migration that was interrupted is resumed." },
	{ .name = "grants", .plain = true, .run = grants, .most = 1, .args = "[ACCOUNT]",
	  .help = "Prints the GRANT statements for the database account. The account is NAME or NAME@HOST; without it, mariadb_user at localhost. An administrator of MariaDB runs the statements after each migration." },
	{ .name = "settings", .plain = true, .run = settings, .local = true,
	  .help = "Prints every setting of the configuration file. Each is printed with its default and its purpose." },
	{ .name = "help", .plain = true, .run = help, .local = true, .most = 2,
	  .args = "[COMMAND]", .help = "Lists the commands, or explains one." },
	{ .name = "version", .plain = true, .run = version, .local = true,
	  .help = "Prints the version." },
};
/* clang-format on */

const size_t command_count = ARRAY_LEN(commands);

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
	if (!*list)
		return last ? last : "";
	return arena_printf(a, "%s or %s", list, last);
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
		return ctl_usage("“%s” is not a complete command. It must be "
				 "followed by %s.",
				 words[0], after);
	if (count > 1)
		typed = arena_printf(c->a, "%s %s", words[0], words[1]);
	near = near_commands(typed, count > 1, c->a);
	if (*near)
		near = arena_printf(c->a, " Did you mean %s?", near);
	if (*after)
		return ctl_usage("There is no command “%s”.%s “%s” must be "
				 "followed by %s.",
				 typed, near, words[0], after);
	return ctl_usage("There is no command “%s”.%s", typed, near);
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

static void
print_whole(const struct command *cmd, struct arena *a)
{
	const char *args = ctl_args(cmd, a);

	printf("outdial %s%s%s\n", cmd->name, *args ? " " : "", args);
	ctl_print_wrapped("    ", cmd->help);
	putchar('\n');
}

#define SUBJECT_WIDTH 9
#define COMMAND_WIDTH 23
#define INDENT "             "

/* The length of the first word, which names what a command is about. */
static size_t
subject_len(const char *name)
{
	return strcspn(name, " ");
}

static bool
is_alike(const char *x, const char *y)
{
	size_t n = subject_len(x);

	return n == subject_len(y) && !strncmp(x, y, n);
}

/* A line: a name and the first sentence of what is said of it. */
static void
print_line(const char *name, int width, const char *help)
{
	printf("  %-*s  %.*s\n", width, name, (int)strcspn(help, "."), help);
}

/* Prints a line for each subject; it has its commands, or says what it does. */
static void
print_overview(struct arena *a)
{
	puts("outdial [--config FILE] COMMAND\n");
	for (size_t i = 0; i < command_count; i++) {
		const char *name = commands[i].name;
		const char *subject = arena_memdup(a, name, subject_len(name));

		if (i && is_alike(commands[i - 1].name, name))
			continue;
		if (!name[subject_len(name)])
			print_line(name, SUBJECT_WIDTH, commands[i].help);
		else
			ctl_print_hanging(arena_printf(a, "  %-*s  ",
						       SUBJECT_WIDTH, subject),
					  INDENT, words_after(subject, a));
	}
	puts("\n“outdial help campaign” lists the commands of a line, and "
	     "“outdial help\ncampaign start” explains one. The exit status is "
	     "0 on success, 1 on failure\n(with the reason), 2 if the command "
	     "line is wrong.");
}

static void
print_subject(const struct ctl *c)
{
	for (size_t i = 0; i < command_count; i++)
		if (is_asked_for(c, &commands[i]))
			print_line(commands[i].name, COMMAND_WIDTH,
				   commands[i].help);
	printf("\n“outdial help %s COMMAND” explains one of them.\n",
	       c->args[0]);
}

int
help(struct ctl *c, struct fault *f)
{
	const struct command *only = NULL;
	size_t found = 0;

	(void)f;
	if (!c->count) {
		print_overview(c->a);
		return CTL_DONE;
	}
	for (size_t i = 0; i < command_count; i++)
		if (is_asked_for(c, &commands[i])) {
			only = &commands[i];
			found++;
		}
	if (!found)
		return ctl_unknown(c, c->args, c->count);
	if (found > 1) {
		print_subject(c);
		return CTL_DONE;
	}
	print_whole(only, c->a);
	c->command = only;
	if (only->record)
		ctl_record_help(c);
	if (only->more)
		only->more(c);
	return CTL_DONE;
}
