/* fill_api_keys.c - the page of a workspace's API keys. */

#include "web/pages/fill_api_keys.h"

#include <string.h>

#include "base/arena.h"
#include "base/field.h"
#include "base/text.h"
#include "web/pages/fill_settings.h"
#include "web/pages/viewer.h"

const char *const api_key_entry_words[] = { "name", "scopes", "campaign",
					    "expires_at", NULL };

static void
fill_scopes(struct view *v, const char *chosen)
{
	for (size_t i = 0; i < SCOPE_MAX; i++) {
		struct view *one = view_section(v, "SCOPE");

		view_str(one, "WORD", api_scope_words[i]);
		view_str(one, "TEXT", api_scope_texts[i]);
		if (has_word(chosen, api_scope_words[i]))
			view_show(one, "CHOSEN");
	}
}

static void
fill_form(struct view *v, const struct api_keys_page *p)
{
	static const char *const marks[API_KEY_ENTRIES] = {
		"BAD_NAME", "BAD_SCOPES", "BAD_CAMPAIGN", "BAD_EXPIRES"
	};
	struct view *form = view_section(v, "FORM");

	view_str(form, "CSRF", p->csrf);
	view_str(form, "NAME", p->entered[API_KEY_NAME]);
	view_str(form, "CAMPAIGN", p->entered[API_KEY_CAMPAIGN]);
	view_str(form, "EXPIRES", p->entered[API_KEY_EXPIRES]);
	view_str(form, "ZONE", p->viewer->zone.name);
	fill_scopes(form, p->entered[API_KEY_SCOPES]);
	for (size_t i = 0; i < API_KEY_ENTRIES; i++)
		if (p->wrong[i])
			view_str(view_section(form, marks[i]), "WHY",
				 p->wrong[i]);
}

static void
fill_when(struct view *v, const struct api_keys_page *p, const char *section,
	  int64_t at)
{
	if (at)
		view_time(view_section(v, section), "AT", at, VIEW_MOMENT,
			  &p->viewer->zone);
}

static void
fill_key(struct view *v, const struct api_keys_page *p, const struct api_key *k)
{
	struct view *row = view_section(v, "KEY");
	bool over = k->expires_at && k->expires_at <= p->viewer->now;

	view_int(row, "ID", k->id);
	view_str(row, "NAME", k->name);
	view_str(row, "HINT", k->hint);
	view_str(row, "BY", k->created_by);
	view_time(row, "CREATED", k->created_at, VIEW_DATE, &p->viewer->zone);
	view_str(row, "SCOPES",
		 setting_words(record_find(&api_key_record, "scopes"),
			       field_text(record_find(&api_key_record,
						      "scopes"),
					  k, p->viewer->arena),
			       p->viewer->arena));
	if (k->campaign_id) {
		char id[11];

		text_short_id((uint64_t)k->campaign_id, id);
		view_str(view_section(row, "CAMPAIGN"), "ID", id);
	}
	fill_when(row, p, "USED", k->used_at);
	if (!k->used_at)
		view_show(row, "UNUSED");
	if (k->revoked_at)
		fill_when(row, p, "REVOKED", k->revoked_at);
	else if (over)
		fill_when(row, p, "EXPIRED", k->expires_at);
	else
		fill_when(row, p, "EXPIRES", k->expires_at);
	if (k->revoked_at || over)
		view_show(row, "PAST");
	else
		view_str(view_section(row, "REVOKE"), "ASK", API_KEY_ASK);
}

void
fill_api_keys(struct view *v, const void *data)
{
	const struct api_keys_page *p = data;
	struct view *table;

	if (p->made)
		view_str(view_section(v, "MADE"), "KEY", p->made);
	fill_form(v, p);
	if (!p->count) {
		view_show(v, "NONE");
		return;
	}
	table = view_section(v, "SOME");
	for (size_t i = 0; i < p->count; i++)
		fill_key(table, p, &p->list[i]);
	if (p->next)
		view_int(view_section(v, "OLDER"), "BEFORE", p->next);
}
