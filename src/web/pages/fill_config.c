/* fill_config.c - the settings of a campaign, now and when a run began. */

#include "web/pages/fill_config.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_settings.h"
#include "web/pages/viewer.h"

static void
fill_row(struct view *v, const char *label, const char *then, const char *now)
{
	struct view *row = view_section(v, "SETTING");

	view_str(row, "LABEL", label);
	view_str(row, "NOW", now);
	if (!then)
		return;
	view_str(view_section(row, "THEN"), "VALUE", then);
	if (strcmp(then, now) != 0)
		view_show(row, "CHANGED");
}

static const char *
numbers_words(size_t n, struct arena *a)
{
	return arena_printf(a, "%s number%s", text_thousands(a, (int64_t)n),
			    text_plural((int64_t)n));
}

void
fill_config(struct view *v, const void *data)
{
	const struct config_page_data *p = data;
	const struct record *rec = &campaign_settings_record;
	struct arena *a = p->viewer->arena;

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_CONFIG);
	if (p->run) {
		struct view *run = view_section(v, "RUN");

		view_int(run, "NO", p->run);
		view_time(run, "AT", p->started_at, VIEW_MOMENT,
			  &p->viewer->zone);
	}
	for (size_t i = 0; i < rec->count; i++) {
		const struct field *fd = &rec->fields[i];

		if (!fd->label || !strcmp(fd->name, "bot_id"))
			continue;
		fill_row(v, fd->label,
			 p->run ? setting_words(fd, field_text(fd, p->began, a),
						a)
				: NULL,
			 setting_words(fd, field_text(fd, &p->c->set, a), a));
	}
	fill_row(v, "Bot", p->run ? p->bot : NULL, p->bot);
	fill_row(v, "Number Pool",
		 p->run ? numbers_words(p->began_numbers, a) : NULL,
		 numbers_words(p->numbers, a));
}
