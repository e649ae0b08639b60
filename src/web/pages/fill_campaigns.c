/* fill_campaigns.c - one campaign: on its page, and what its row shows too. */

#include "web/pages/fill_campaigns.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/zone.h"
#include "campaign/campaign.h"
#include "campaign/dial_state.h"
#include "campaign/lifecycle.h"
#include "campaign/window_text.h"
#include "web/pages/fill_dnc.h"
#include "web/pages/fill_monitor.h"
#include "web/pages/fill_settings.h"
#include "web/pages/viewer.h"
#include "workspace/dnc.h"

void
fill_campaign_identity(struct view *v, const struct campaign *c)
{
	char id[11];

	text_short_id((uint64_t)c->id, id);
	view_str(v, "ID", id);
	view_str(v, "NAME", c->set.name);
	view_str(v, "STATUS", campaign_status_words[c->status]);
	view_str(v, "STATUS_LABEL", campaign_status_labels[c->status]);
}

/* Percent of the bar's width; at least 1 unless 'part' is 0. */
static void
fill_width(struct view *v, const char *marker, int64_t part, int64_t whole)
{
	int64_t tenths = whole > 0 ? part * 1000 / whole : 0;

	if (part > 0 && tenths < 10)
		tenths = 10;
	view_printf(v, marker, "%" PRId64 ".%" PRId64, tenths / 10,
		    tenths % 10);
}

void
fill_campaign_progress(struct view *v, const struct campaign *c)
{
	int percent = campaign_progress(c);

	if (percent == 0 && c->fig.processed > 0)
		view_str(v, "PROGRESS", "<1%");
	else
		view_printf(v, "PROGRESS", "%d%%", percent);
	view_int(v, "PERCENT", percent);
	view_count(v, "CONNECTED", c->fig.connected);
	fill_width(v, "DONE_WIDTH", c->fig.processed, c->fig.total);
	fill_width(v, "CONNECTED_WIDTH", c->fig.connected, c->fig.total);
}

static void
fill_restarted(struct view *v, const struct campaign *c, const struct viewer *r)
{
	struct view *part;

	if (!c->restarted_by)
		return;
	part = view_section(v, "RESTARTED");
	view_time(part, "AT", c->restarted_at, VIEW_MOMENT, &r->zone);
	view_str(part, "BY", c->restarted_by);
}

/* Who prepared this run, and the campaign's note: why it does not dial, or what
 * is still going on. */
void
fill_campaign_notes(struct view *v, const struct campaign *c,
		    const struct viewer *r)
{
	const char *note = campaign_note(c, r->zones, r->now, r->arena);
	struct view *part;

	fill_restarted(v, c, r);
	if (!*note)
		return;
	if (c->status == CAMPAIGN_RUNNING)
		view_show(v, "WAITS");
	part = view_section(v, "NOTE");
	view_str(part, "TEXT", note);
	if (c->status == CAMPAIGN_FAILED) {
		view_str(part, "TONE", "bad");
		view_str(part, "ICON", "circle-alert");
	} else {
		view_str(part, "TONE", "calm");
		view_str(part, "ICON",
			 c->status != CAMPAIGN_RUNNING ? "phone-call"
			 : c->held		       ? "circle-pause"
						       : "clock");
	}
}

static void
fill_action(struct view *v, int action)
{
	const struct campaign_transition *t = &campaign_transitions[action];
	struct view *way = view_section(v, "ACTION");

	view_show(way, action == ACTION_EDIT ? "LINK" : "BUTTON");
	view_int(way, "SLOT", t->slot);
	view_str(way, "WORD", t->word);
	view_str(way, "LABEL", t->label);
	view_str(way, "ICON", t->icon);
	if (t->ask)
		view_str(view_section(way, "ASK"), "TEXT", t->ask);
}

/* In the order of the slots, so that the Tab key follows what is seen. */
void
fill_campaign_actions(struct view *v, const struct campaign *c,
		      const struct viewer *r)
{
	for (int slot = 1; slot <= 4; slot++) {
		for (int a = 0; a < ACTION_MAX; a++) {
			if (campaign_transitions[a].slot == slot &&
			    campaign_offers(c, (enum campaign_action)a,
					    r->role))
				fill_action(v, a);
		}
	}
}

/* clang-format off */
static const struct {
	const char *path, *label;
} tabs[] = {
	[CAMPAIGN_TAB_OVERVIEW] = { "", "Overview" },
	[CAMPAIGN_TAB_PERFORMANCE] = { "/performance", "Performance" },
	[CAMPAIGN_TAB_CONTACTS] = { "/contacts", "Contacts" },
	[CAMPAIGN_TAB_RUNS] = { "/runs", "Runs" },
	[CAMPAIGN_TAB_ACTIVITY] = { "/activity", "Activity" },
	[CAMPAIGN_TAB_CONFIG] = { "/config", "Config" },
	[CAMPAIGN_TAB_INTEGRATION] = { "/integration", "Integration" },
};
/* clang-format on */

const char *
campaign_tab_path(const struct campaign *c, enum campaign_tab tab,
		  struct arena *a)
{
	char id[11];

	text_short_id((uint64_t)c->id, id);
	return arena_printf(a, "/dashboard/campaigns/%s%s", id, tabs[tab].path);
}

void
fill_campaign_tabs(struct view *v, const struct campaign *c,
		   enum campaign_tab here)
{
	char id[11];

	text_short_id((uint64_t)c->id, id);
	v = view_include(v, "TABS", "part_campaign_tabs.tpl");
	for (size_t i = 0; i < ARRAY_LEN(tabs); i++) {
		struct view *tab = view_section(v, "TAB");

		view_printf(tab, "HREF", "/dashboard/campaigns/%s%s", id,
			    tabs[i].path);
		view_str(tab, "LABEL", tabs[i].label);
		if (i == here)
			view_show(tab, "HERE");
	}
}

void
fill_campaign_head(struct view *v, const struct campaign *c,
		   enum campaign_tab here)
{
	struct view *head = view_include(v, "HEAD", "part_campaign_head.tpl");
	char id[11];

	text_short_id((uint64_t)c->id, id);
	view_str(v, "ID", id);
	view_str(v, "NAME", c->set.name);
	fill_campaign_identity(head, c);
	fill_campaign_tabs(head, c, here);
}

/* --- its page ----------------------------------------------------------- */

struct moment {
	const char *label, *by; /* by NULL: nobody is named */
	int64_t at;		/* 0: it did not happen */
};

static int
by_time(const void *x, const void *y)
{
	const struct moment *a = x, *b = y;

	return (a->at > b->at) - (a->at < b->at);
}

/* What happened to the campaign and its run, in the order of time. */
static void
fill_moments(struct view *v, const struct campaign *c, const struct viewer *r)
{
	bool ran = c->status != CAMPAIGN_DRAFT;
	bool failed =
		c->status == CAMPAIGN_FAILED ||
		(c->status == CAMPAIGN_ARCHIVED && c->rest == REST_FAILED);
	struct moment all[] = {
		{ "Created", c->created_by, c->created_at },
		{ "Restarted", c->restarted_by, c->restarted_at },
		{ "Started", NULL, ran ? c->started_at : 0 },
		{ "Paused", NULL, ran ? c->paused_at : 0 },
		{ failed ? "Failed" : "Completed", NULL,
		  ran ? c->completed_at : 0 },
	};

	qsort(all, ARRAY_LEN(all), sizeof(all[0]), by_time);
	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		struct view *moment;

		if (all[i].at <= 0)
			continue;
		moment = view_section(v, "MOMENT");
		view_str(moment, "LABEL", all[i].label);
		view_time(moment, "AT", all[i].at, VIEW_MOMENT, &r->zone);
		if (all[i].by)
			view_str(view_section(moment, "BY"), "BY", all[i].by);
	}
}

static void
fill_rules(struct view *v, const struct campaign *c, struct arena *a)
{
	const struct record *rec = &campaign_settings_record;

	for (size_t i = 0; i < rec->count; i++) {
		const struct field *fd = &rec->fields[i];
		struct view *rule;

		if (!fd->label || strcmp(fd->name, "name") == 0 ||
		    strcmp(fd->name, "bot_id") == 0)
			continue;
		rule = view_section(v, "RULE");
		view_str(rule, "LABEL", fd->label);
		view_str(rule, "VALUE",
			 setting_words(fd, field_text(fd, &c->set, a), a));
	}
}

static void
fill_run(struct view *v, const struct campaign *c)
{
	if (c->current_run)
		view_show(v, "REPORT");
	if (c->status != CAMPAIGN_DRAFT)
		view_int(v, "RUN", c->runs);
	else
		view_printf(v, "RUN", "%" PRId64 ", not started yet",
			    c->runs + 1);
}

/* "4 numbers, 1 of them switched off" */
static const char *
pool_words(const struct campaign_setup *s, struct arena *a)
{
	int64_t off = s->numbers - s->usable;
	const char *of = s->numbers == 1 ? "" : " of them";

	if (!s->numbers)
		return "None";
	return arena_printf(a, "%s number%s%s", text_thousands(a, s->numbers),
			    text_plural(s->numbers),
			    off ? arena_printf(a, ", %s%s switched off",
					       text_thousands(a, off), of)
				: "");
}

/* The first numbers of the pool, and how many more there are. */
static const char *
phones_words(const struct campaign_setup *s, struct arena *a)
{
	int64_t more = s->numbers - (int64_t)s->phone_count;
	const char *words = "";

	for (size_t i = 0; i < s->phone_count; i++)
		words = arena_printf(a, "%s%s+%s", words, i ? ", " : "",
				     s->phones[i]);
	return more > 0 ? arena_printf(a, "%s and %s more", words,
				       text_thousands(a, more))
			: words;
}

/* What the campaign uses: bot, numbers, contacts, hours. */
static void
fill_setup(struct view *v, const struct campaign_detail *d)
{
	const struct campaign *c = d->c;
	struct window w = campaign_window(&c->set, c->holidays);
	struct arena *a = d->viewer->arena;

	view_str(v, "BOT", *d->setup.bot ? d->setup.bot : "None");
	view_str(v, "HOURS", window_hours(&w, c->set.zone, a));
	view_printf(v, "NUMBERS", "%s number%s",
		    text_thousands(a, d->setup.numbers),
		    text_plural(d->setup.numbers));
	view_str(v, "POOL", pool_words(&d->setup, a));
	if (d->setup.phone_count)
		view_str(view_section(v, "PHONES"), "TEXT",
			 phones_words(&d->setup, a));
	view_printf(v, "CONTACTS", "%s contact%s",
		    text_thousands(a, c->fig.total), text_plural(c->fig.total));
}

/* Of a part the browser knows when it came: it is the same as long as nothing
 * else has changed. */
static void
fill_as_of(struct view *v, const struct campaign_detail *d)
{
	const struct viewer *r = d->viewer;
	struct civil c;

	view_str(v, "ZONE", r->zone.name);
	if (d->partial)
		return;
	zone_civil(r->zone.zone, r->now, &c);
	view_printf(v, "AS_OF", "%02d:%02d:%02d", c.minute / 60, c.minute % 60,
		    c.second);
}

void
fill_campaign_part(struct view *v, const void *data)
{
	const struct campaign_detail *d = data;
	const struct campaign *c = d->c;
	const struct viewer *r = d->viewer;

	fill_campaign_identity(v, c);
	fill_campaign_tabs(v, c, CAMPAIGN_TAB_OVERVIEW);
	fill_as_of(v, d);
	if (c->set.always_on)
		view_show(v, "ALWAYS_ON");
	fill_restarted(v, c, r);
	fill_monitor(v, d);
	if (d->unsaved)
		view_time(view_section(v, "UNSAVED"), "AT", d->unsaved,
			  VIEW_MOMENT, &r->zone);
	for (size_t i = 0; i < d->list_count; i++) {
		if (dnc_list_is_stale(&d->lists[i]))
			view_str(view_section(v, "WARNING"), "TEXT",
				 dnc_stale_words(&d->lists[i], r->arena));
	}
	fill_campaign_progress(v, c);
	fill_run(v, c);
	fill_moments(v, c, r);
	fill_setup(v, d);
	fill_rules(v, c, r->arena);
	fill_campaign_actions(v, c, r);
	/* this action has no slot in a row */
	if (campaign_offers(c, ACTION_UNRESTART, r->role))
		fill_action(v, ACTION_UNRESTART);
}

void
fill_campaign(struct view *v, const void *data)
{
	const struct campaign_detail *d = data;

	view_str(v, "TAG", d->tag);
	fill_campaign_part(view_include(v, "CAMPAIGN", "part_campaign.tpl"), d);
}
