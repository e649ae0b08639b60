/* fill_holidays.c - the page of a workspace's holidays. */

#include "web/pages/fill_holidays.h"

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "base/civil.h"
#include "web/pages/viewer.h"
#include "workspace/account.h"
#include "workspace/holiday.h"
#include "campaign/window_text.h"

const char *const holiday_field_words[] = { "day", "name", "file", NULL };

static void
fill_day(struct view *v, const struct holidays_page *p, const struct holiday *h)
{
	struct view *row = view_section(v, "HOLIDAY");
	char iso[17];

	date_text(h->day, iso);
	view_str(row, "ISO", iso);
	view_str(row, "DAY", day_words(h->day, p->viewer->arena));
	view_str(row, "NAME", h->name);
	if (h->day < viewer_today(p->viewer))
		view_show(row, "PAST");
	if (p->viewer->role == ROLE_ADMIN) {
		struct view *drop = view_section(row, "DROP");

		view_str(drop, "ISO", iso);
		view_str(drop, "ASK", HOLIDAY_ASK);
	}
}

static void
fill_wrong(struct view *v, const struct holidays_page *p)
{
	static const char *const marks[HOLIDAY_FIELDS] = { "BAD_DAY",
							   "BAD_NAME",
							   "BAD_FILE" };

	for (size_t i = 0; i < HOLIDAY_FIELDS; i++) {
		if (p->wrong[i])
			view_str(view_section(v, marks[i]), "WHY", p->wrong[i]);
	}
}

void
fill_holidays(struct view *v, const void *data)
{
	const struct holidays_page *p = data;
	struct view *table;

	if (p->viewer->role == ROLE_ADMIN) {
		struct view *forms = view_section(v, "FORMS");

		view_str(forms, "CSRF", p->csrf);
		view_str(forms, "DAY", p->day);
		view_str(forms, "NAME", p->name);
		fill_wrong(forms, p);
	}
	if (!p->count) {
		view_show(v, "NONE");
		return;
	}
	table = view_section(v, "SOME");
	if (p->viewer->role == ROLE_ADMIN)
		view_show(table, "KEEPER");
	for (size_t i = 0; i < p->count; i++)
		fill_day(table, p, &p->list[i]);
}
