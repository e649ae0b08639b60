/* fill_campaigns.c - one campaign: as a row of the list, and on its page. */

#include "web/fill_campaigns.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/zone.h"
#include "domain/campaign.h"
#include "domain/lifecycle.h"
#include "web/fill_settings.h"

int64_t
reader_today(const struct reader *r)
{
	struct civil c;

	zone_civil(r->zone.zone, r->now, &c);
	return days_from_civil(c.year, c.month, c.day);
}

static void
fill_identity(struct view *v, const struct campaign *c)
{
	char id[11];

	text_short_id((uint64_t)c->id, id);
	view_str(v, "ID", id);
	view_str(v, "NAME", c->set.name);
	view_str(v, "STATUS", campaign_status_words[c->status]);
	view_str(v, "STATUS_LABEL", campaign_status_labels[c->status]);
}

/* Percent of the bar's width; what is there at all can be seen. */
static void
fill_width(struct view *v, const char *marker, int64_t part, int64_t whole)
{
	int64_t tenths = whole > 0 ? part * 1000 / whole : 0;

	if (part > 0 && tenths < 10)
		tenths = 10;
	view_printf(v, marker, "%" PRId64 ".%" PRId64, tenths / 10,
		    tenths % 10);
}

static void
fill_progress(struct view *v, const struct campaign *c)
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

/* Why it does not dial, or what is still going on. */
static void
fill_note(struct view *v, const struct campaign *c, const struct reader *r)
{
	const char *note = campaign_note(c, r->zones, r->now, r->arena);
	struct view *part;

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
fill_rate(struct view *v, const char *some, const char *none, int tenths)
{
	if (tenths < 0)
		view_show(v, none);
	else
		view_tenths(view_section(v, some), "RATE", tenths);
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

/* Slot by slot, so that the keyboard meets them in the order of the eye. */
static void
fill_actions(struct view *v, const struct campaign *c, const struct reader *r)
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

void
fill_campaign_row(struct view *v, const void *data)
{
	const struct campaign_row *row = data;
	const struct campaign *c = row->c;
	const struct reader *r = row->reader;

	fill_identity(v, c);
	if (r->role >= ROLE_SUPERVISOR)
		view_show(v, "PICK");
	if (c->restarted_by) {
		struct view *note = view_section(v, "RESTARTED");

		view_time(note, "AT", c->restarted_at, VIEW_MOMENT, &r->zone);
		view_str(note, "BY", c->restarted_by);
	}
	fill_note(v, c, r);
	fill_progress(v, c);
	fill_rate(v, "ANSWER", "NO_ANSWER", campaign_answer_rate(c));
	fill_rate(v, "COMPLETION", "NO_COMPLETION",
		  campaign_completion_rate(c));
	view_time(v, "CREATED", c->created_at, VIEW_DATE, &r->zone);
	fill_actions(v, c, r);
}

static void
fill_moment(struct view *v, const char *label, int64_t at, const char *by,
	    const struct reader *r)
{
	struct view *moment;

	if (at <= 0)
		return;
	moment = view_section(v, "MOMENT");
	view_str(moment, "LABEL", label);
	view_time(moment, "AT", at, VIEW_MOMENT, &r->zone);
	if (by)
		view_str(view_section(moment, "BY"), "BY", by);
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
	int answer = campaign_answer_rate(c),
	    done = campaign_completion_rate(c);

	view_count(v, "TOTAL", c->fig.total);
	view_count(v, "ACTIVE", c->fig.active);
	view_count(v, "ENDED", c->fig.ended);
	if (answer < 0)
		view_str(v, "ANSWER", "—");
	else
		view_tenths(v, "ANSWER", answer);
	if (done < 0)
		view_str(v, "COMPLETION", "—");
	else
		view_tenths(v, "COMPLETION", done);
	if (c->status != CAMPAIGN_DRAFT)
		view_int(v, "RUN", c->runs);
	else
		view_printf(v, "RUN", "%" PRId64 ", not started yet",
			    c->runs + 1);
}

void
fill_campaign(struct view *v, const void *data)
{
	const struct campaign_row *row = data;
	const struct campaign *c = row->c;
	const struct reader *r = row->reader;

	fill_identity(v, c);
	if (c->set.always_on)
		view_show(v, "ALWAYS_ON");
	fill_note(v, c, r);
	if (row->waits)
		view_time(view_section(v, "UNSAVED"), "AT", row->waits,
			  VIEW_MOMENT, &r->zone);
	fill_progress(v, c);
	fill_run(v, c);
	view_time(v, "CREATED", c->created_at, VIEW_MOMENT, &r->zone);
	view_str(v, "CREATED_BY", c->created_by);
	if (c->status != CAMPAIGN_DRAFT) {
		fill_moment(v, "Started", c->started_at, NULL, r);
		fill_moment(v, "Paused", c->paused_at, NULL, r);
		fill_moment(v, "Completed", c->completed_at, NULL, r);
	}
	fill_moment(v, "Restarted", c->restarted_at, c->restarted_by, r);
	fill_rules(v, c, r->arena);
	for (int a = 0; a < ACTION_MAX; a++) {
		const struct campaign_transition *t = &campaign_transitions[a];
		struct view *action;

		if (!campaign_offers(c, (enum campaign_action)a, r->role))
			continue;
		action = view_section(v, "ACTION");
		view_show(action, a == ACTION_EDIT ? "LINK" : "BUTTON");
		view_str(action, "WORD", t->word);
		view_str(action, "LABEL", t->label);
		view_str(action, "ICON", t->icon);
	}
}
