/* fill_privacy.c - the pages of data retention and of erasure. */

#include "web/pages/fill_privacy.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/erasure.h"
#include "campaign/retention.h"
#include "web/pages/viewer.h"
#include "workspace/account.h"

static void
fill_form(struct view *v, const struct retention_page *p)
{
	const struct field *fd = &retention_record.fields[0];
	struct view *form = view_section(v, "FORM");

	view_str(form, "CSRF", p->csrf);
	view_int(form, "WAS", p->keep_days);
	view_str(form, "LABEL", fd->label);
	view_str(form, "HELP", fd->help);
	view_int(form, "LEAST", KEEP_DAYS_LEAST);
	if (p->entered)
		view_str(form, "DAYS", p->entered);
	else
		view_int(form, "DAYS", p->keep_days);
	if (p->wrong)
		view_str(view_section(form, "BAD"), "WHY", p->wrong);
}

void
fill_retention(struct view *v, const void *data)
{
	const struct retention_page *p = data;

	if (p->viewer->role == ROLE_ADMIN)
		fill_form(v, p);
	if (p->keep_days) {
		view_printf(v, "NOW", "Kept for %s days",
			    text_thousands(p->viewer->arena, p->keep_days));
		view_printf(v, "WHEN", "%s days after the end of a run",
			    text_thousands(p->viewer->arena, p->keep_days));
	} else {
		view_str(v, "NOW", "Kept for ever");
		view_str(v, "WHEN", "when a number of days is set");
	}
}

static const char *
counts(const struct erasure *e, struct arena *a)
{
	if (e->state == ERASURE_CALLS)
		return "a call is in progress, or the dialler has not begun";
	return arena_printf(
		a,
		"%s contact%s, numbers of %s attempt%s, %s exclusion%s, rows "
		"of %s uploaded file%s",
		text_thousands(a, e->contacts), text_plural(e->contacts),
		text_thousands(a, e->attempts), text_plural(e->attempts),
		text_thousands(a, e->exclusions), text_plural(e->exclusions),
		text_thousands(a, e->uploads), text_plural(e->uploads));
}

void
fill_erasure(struct view *v, const void *data)
{
	const struct erasure_page *p = data;
	struct view *some;

	view_str(v, "CSRF", p->csrf);
	view_str(v, "PHONE", p->phone);
	if (p->wrong)
		view_str(view_section(v, "BAD"), "WHY", p->wrong);
	if (p->unsure)
		view_str(view_section(v, "BAD_SURE"), "WHY", p->unsure);
	if (!p->count)
		return;
	some = view_section(v, "SOME");
	for (size_t i = 0; i < p->count; i++) {
		const struct erasure *e = &p->list[i];
		struct view *one = view_section(some, "ERASURE");

		view_str(one, "STATE",
			 e->state == ERASURE_DONE ? "Done" : "In progress");
		view_time(one, "AT", e->asked_at, VIEW_MOMENT,
			  &p->viewer->zone);
		view_str(one, "BY", e->asked_by);
		view_str(one, "COUNTS", counts(e, p->viewer->arena));
	}
}
