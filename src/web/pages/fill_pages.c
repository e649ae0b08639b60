#include "web/pages/fill_pages.h"

#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "web/pages/catalog_view.h"
#include "web/pages/fill_api_keys.h"
#include "web/pages/fill_dnc.h"
#include "web/pages/fill_holidays.h"
#include "web/pages/fill_users.h"
#include "web/pages/fill_webhooks.h"
#include "web/pages/viewer.h"
#include "web/pages/audit_query.h"
#include "web/pages/fill_privacy.h"

/* The time in UTC, rounded up to a minute; the script makes it local. */
static void
fill_wait(struct view *v, const char *text, int64_t until)
{
	const int64_t minute = US_PER_MINUTE;
	char iso[28];

	view_str(v, "TEXT", text);
	time_iso((until + minute - 1) / minute * minute, iso);
	view_printf(v, "UTC", "%.19sZ", iso);
	view_printf(v, "TIME", "%.5s UTC", iso + 11);
}

void
fill_login(struct view *v, const void *data)
{
	const struct login_form *p = data;

	view_str(v, "NEXT", p->next);
	view_str(v, "EMAIL", p->email);
	if (p->why)
		view_str(view_section(v, "WHY"), "TEXT", p->why);
	if (p->wait_until)
		fill_wait(view_section(v, "WAIT"), p->wrong, p->wait_until);
	else if (p->wrong)
		view_str(view_section(v, "WRONG"), "TEXT", p->wrong);
	else
		view_show(v, "FRESH");
}

void
fill_code(struct view *v, const void *data)
{
	const struct code_form *p = data;

	view_str(v, "STATE", p->state);
	view_str(v, "NEXT", p->next);
	if (p->wrong)
		view_str(view_section(v, "WRONG"), "TEXT", p->wrong);
}

void
fill_settings_index(struct view *v, const void *data)
{
	static const struct {
		const char *path, *label, *text;
		enum role least;
	} settings[] = {
		{ WORKSPACE_PATH, "Workspace",
		  "Its name, time zone and default country",
		  ROLE_VIEWER },
		{ CARRIERS_PATH, "Carriers", "Whom calls are placed with",
		  ROLE_VIEWER },
		{ NUMBERS_PATH, "Numbers",
		  "The phone numbers that campaigns call from",
		  ROLE_VIEWER },
		{ BOTS_PATH, "Bots", "Whom people talk to when they answer",
		  ROLE_VIEWER },
		{ USERS_PATH, "Users",
		  "Who may sign in, and what they may do",
		  ROLE_VIEWER },
		{ HOLIDAYS_PATH, "Holidays",
		  "Days on which campaigns that observe holidays make no "
		  "calls",
		  ROLE_VIEWER },
		{ DNC_PATH, "Do not call",
		  "Lists of numbers that no campaign calls", ROLE_VIEWER },
		{ API_KEYS_PATH, "API keys",
		  "Keys by which programs feed and steer campaigns",
		  ROLE_ADMIN },
		{ WEBHOOKS_PATH, "Webhooks",
		  "Other programs that are told about calls, contacts and "
		  "campaigns",
		  ROLE_ADMIN },
		{ AUDIT_PATH, "Audit Log",
		  "Who changed what, and when", ROLE_ADMIN },
		{ RETENTION_PATH, "Data retention",
		  "How long contacts and attempts are kept", ROLE_VIEWER },
		{ ERASURE_PATH, "Erase a person",
		  "Everywhere, by phone number", ROLE_ADMIN },
	};
	const struct viewer *viewer = data;

	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		struct view *one;

		if (viewer->role < settings[i].least)
			continue;
		one = view_section(v, "SETTING");
		view_str(one, "HREF", settings[i].path);
		view_str(one, "LABEL", settings[i].label);
		view_str(one, "TEXT", settings[i].text);
	}
}

void
fill_confirm(struct view *v, const void *data)
{
	const struct confirm_page *p = data;
	const char *gap = strstr(p->ask, "%s");
	const char *rest = gap ? gap + strlen("%s") : p->ask;
	size_t len = strcspn(rest, "?") + 1;

	view_str(v, "ACTION", p->action);
	if (p->id) {
		struct view *of = view_section(v, "OF");

		view_str(of, "ID", p->id);
		view_str(of, "NAME", p->name);
		view_str(of, "LABEL", p->label);
	}
	if (gap) {
		struct view *what = view_section(v, "ABOUT");

		view_str(
			what, "BEFORE",
			arena_memdup(p->arena, p->ask, (size_t)(gap - p->ask)));
		view_str(what, "WHAT", p->what);
	}
	view_str(v, "QUESTION", arena_memdup(p->arena, rest, len));
	view_str(v, "CONSEQUENCE", rest + len + strspn(rest + len, " "));
	view_str(v, "ICON", p->icon);
	view_show(v, p->grave ? "GRAVE" : "CALM");
	for (size_t i = 0; i < p->id_count; i++)
		view_str(view_section(v, "PICKED"), "ID", p->ids[i]);
	view_str(v, "CSRF", p->csrf);
	view_str(v, "BACK", p->back);
}
