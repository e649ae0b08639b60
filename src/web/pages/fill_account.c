/* fill_account.c - the page of one's own account. */

#include "web/pages/fill_account.h"

#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "web/pages/viewer.h"
#include "web/server/layout.h"
#include "workspace/account.h"
#include "workspace/password.h"

#define AGENT_SHOWN 40 /* bytes of what we do not know */

const char *const account_field_words[] = { "theme",	"density", "present",
					    "password", "factor",  NULL };

struct agent_word {
	const char *in, *word;
};

/* Each browser also names those that it descends from: the first that is found
 * is meant. */
static const struct agent_word browsers[] = {
	{ "Edg/", "Edge" },	   { "OPR/", "Opera" },
	{ "Firefox/", "Firefox" }, { "Chrome/", "Chrome" },
	{ "Safari/", "Safari" },   { "curl/", "curl" },
};
static const struct agent_word systems[] = {
	{ "Android", "Android" }, { "iPhone", "iPhone" },
	{ "iPad", "iPad" },	  { "Windows", "Windows" },
	{ "CrOS", "ChromeOS" },	  { "Mac OS X", "macOS" },
	{ "Linux", "Linux" },
};

static const char *
find_word(const struct agent_word *list, size_t count, const char *agent)
{
	for (size_t i = 0; i < count; i++) {
		if (strstr(agent, list[i].in))
			return list[i].word;
	}
	return NULL;
}

/* Whole characters. */
static const char *
beginning(const char *agent, struct arena *a)
{
	size_t len = 0, n;

	while ((n = text_char(agent + len, strlen(agent + len))) &&
	       len + n <= AGENT_SHOWN)
		len += n;
	return arena_memdup(a, agent, len);
}

const char *
agent_words(const char *agent, struct arena *a)
{
	const char *browser = find_word(browsers, ARRAY_LEN(browsers), agent);
	const char *system = find_word(systems, ARRAY_LEN(systems), agent);

	if (browser && system)
		return arena_printf(a, "%s on %s", browser, system);
	if (browser || system)
		return browser ? browser : system;
	return *agent ? beginning(agent, a) : "Unknown browser";
}

static void
fill_choices(struct view *v, const char *section, const char *const *words,
	     const char *const *labels, unsigned chosen)
{
	for (unsigned i = 0; words[i]; i++) {
		struct view *one = view_section(v, section);

		view_str(one, "WORD", words[i]);
		view_str(one, "LABEL", labels[i]);
		if (i == chosen)
			view_show(one, "ON");
	}
}

static void
fill_look(struct view *v, const struct account_page *p)
{
	static const char *const themes[] = { "System", "Light", "Dark" };
	static const char *const densities[] = { "Normal", "Compact",
						 "Comfortable" };
	static const char *const helps[][2] = {
		{ "theme", "THEME_HELP" },
		{ "density", "DENSITY_HELP" },
		{ "letter_keys", "KEYS_HELP" },
	};

	fill_choices(v, "THEME", theme_words, themes, p->who->theme);
	fill_choices(v, "DENSITY", density_words, densities, p->who->density);
	if (p->who->letter_keys)
		view_show(v, "KEYS");
	for (size_t i = 0; i < ARRAY_LEN(helps); i++)
		view_str(v, helps[i][1],
			 record_find(&own_look_record, helps[i][0])->help);
}

static void
fill_session(struct view *v, const struct account_page *p,
	     const struct seen_session *s)
{
	struct view *row = view_section(v, "SESSION");

	view_str(row, "AGENT", agent_words(s->agent, p->viewer->arena));
	view_str(row, "ADDRESS", s->address);
	view_str(row, "KEY", s->key);
	view_time(row, "SINCE", s->created_at, VIEW_MOMENT, &p->viewer->zone);
	view_time(row, "SEEN", s->seen_at, VIEW_MOMENT, &p->viewer->zone);
	if (!strcmp(s->key, p->own_key))
		view_show(row, "THIS");
}

void
fill_account(struct view *v, const void *data)
{
	static const char *const marks[ACCOUNT_FIELDS] = {
		[ACCOUNT_THEME] = "BAD_THEME",
		[ACCOUNT_DENSITY] = "BAD_DENSITY",
		[ACCOUNT_PRESENT] = "BAD_PRESENT",
		[ACCOUNT_PASSWORD] = "BAD_PASSWORD",
		[ACCOUNT_FACTOR] = "BAD_FACTOR",
	};
	const struct account_page *p = data;

	view_str(v, "NAME", p->who->name);
	view_str(v, "EMAIL", p->who->email);
	view_str(v, "ROLE", role_label(p->who->role));
	view_str(v, "CSRF", p->csrf);
	view_int(v, "PASSWORD_MIN", password_field.min);
	view_str(v, "ASK", SIGN_OUT_ASK);
	fill_look(v, p);
	if (p->factor)
		view_int(view_section(v, "FACTOR_ON"), "LEFT",
			 p->recovery_left);
	else
		view_show(v, "FACTOR_OFF");
	for (size_t i = 0; i < ACCOUNT_FIELDS; i++) {
		if (p->wrong[i])
			view_str(view_section(v, marks[i]), "WHY", p->wrong[i]);
	}
	for (size_t i = 0; i < p->session_count; i++)
		fill_session(v, p, &p->sessions[i]);
}
