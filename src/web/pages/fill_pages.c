#include "web/pages/fill_pages.h"

#include <string.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/clock.h"
#include "web/pages/fill_dnc.h"
#include "web/pages/fill_holidays.h"

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
fill_settings_index(struct view *v, const void *unused)
{
	static const struct {
		const char *path, *label, *text;
	} settings[] = {
		{ HOLIDAYS_PATH, "Holidays",
		  "Days on which campaigns that observe holidays make no "
		  "calls" },
		{ DNC_PATH, "Do not call",
		  "Lists of numbers that no campaign calls" },
	};

	(void)unused;
	for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
		struct view *one = view_section(v, "SETTING");

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
