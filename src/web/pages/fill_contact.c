/* fill_contact.c - one contact of a campaign, and its attempts. */

#include "web/pages/fill_contact.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/json_read.h"
#include "base/text.h"
#include "base/words.h"
#include "base/zone_cache.h"
#include "campaign/campaign.h"
#include "campaign/follow.h"
#include "hook/reason.h"
#include "report/contact_id.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_outcomes.h"
#include "web/pages/viewer.h"

/* A time in the workspace's zone, and at the contact's place if that is in
 * another one. */
static void
fill_moment(struct view *v, int64_t at, const struct contact_row *c,
	    const struct viewer *r)
{
	struct view_zone place = { .name = c->zone };

	view_time(v, "AT", at, VIEW_MOMENT, &r->zone);
	if (!c->zone || !*c->zone || strcmp(c->zone, r->zone.name) == 0)
		return;
	place.zone = zones_get(r->zones, c->zone);
	if (!place.zone)
		return;
	v = view_section(v, "LOCAL");
	view_time(v, "AT", at, VIEW_MOMENT, &place);
	view_str(v, "ZONE", c->zone);
}

void
fill_contact_facts(struct view *v, const struct contact_row *c,
		   const struct viewer *r)
{
	struct arena *a = r->arena;

	if (*c->phone)
		view_printf(v, "PHONE", "+%s", c->phone);
	else
		view_str(v, "PHONE", "Erased");
	view_str(v, "EXTERNAL_ID", c->external_id ? c->external_id : "");
	view_str(v, "CONTACT_STATE",
		 word_words(contact_state_words[c->state], a));
	if (c->due_at)
		fill_moment(view_section(v, "DUE"), c->due_at, c, r);
}

/* "" below 0: it was not told. */
const char *
told_duration(int64_t ms, struct arena *a)
{
	return ms < 0 ? "" : text_duration(a, ms * US_PER_MS);
}

static const char *
attempt_words(const struct attempt_row *t, struct arena *a)
{
	return t->live ? live_state_labels[t->live - 1]
		       : word_words(outcome_words[t->outcome], a);
}

/* By enum call_answered_by. */
static const char *const answered_labels[] = { "", "Answered by a person",
					       "Answered by a machine",
					       "Answered by call screening" };

static void
fill_link(struct view *v, const char *section, const struct contact_trail *t,
	  int64_t seq)
{
	struct arena *a = t->viewer->arena;

	v = view_section(v, section);
	view_printf(v, "HREF", "%s/%s",
		    campaign_tab_path(t->c, CAMPAIGN_TAB_CONTACTS, a),
		    contact_id_text(t->contact.seg, t->contact.ordinal, a));
	view_int(v, "SEQ", seq);
	if (t->run)
		view_int(view_section(v, "OF_RUN"), "NO", t->run);
}

static void
fill_report(struct view *v, const struct bot_report *b,
	    const struct contact_trail *t)
{
	size_t who = (size_t)b->answered_by;

	v = view_section(v, "REPORT");
	if (*b->disposition)
		view_str(view_section(v, "SAID"), "WORD", b->disposition);
	if (who && who < ARRAY_LEN(answered_labels))
		view_str(view_section(v, "WHO"), "TEXT", answered_labels[who]);
	if (b->callback_at)
		fill_moment(view_section(v, "CALLBACK"), b->callback_at,
			    &t->contact, t->viewer);
	if (b->opt_out)
		view_show(v, "OPTED_OUT");
	if (*b->recording)
		fill_link(v, "RECORDING", t, b->seq);
	if (*b->transcript)
		fill_link(v, "TRANSCRIPT", t, b->seq);
}

static void
fill_attempt(struct view *v, const struct attempt_row *t,
	     const struct contact_trail *of)
{
	struct view *row = view_section(v, "ATTEMPT");
	const char *why = reason_text((int)t->sip, (int)t->q850);
	struct arena *a = of->viewer->arena;

	view_count(row, "SEQ", t->seq);
	if (t->sent_at)
		fill_moment(view_section(row, "SENT"), t->sent_at, &of->contact,
			    of->viewer);
	view_str(row, "OUTCOME", attempt_words(t, a));
	/* the carrier's own words, where they say something else */
	if (*t->phrase && (!why || strcasecmp(why, t->phrase) != 0))
		why = why ? arena_printf(a, "%s: “%s”", why, t->phrase)
			  : arena_printf(a, "“%s”", t->phrase);
	if (why)
		view_str(view_section(row, "REASON"), "TEXT", why);
	if (!t->live && !t->counted)
		view_show(row, "NOT_COUNTED");
	if (t->report)
		fill_report(row, t->report, of);
	view_str(row, "CALLER",
		 t->caller ? arena_printf(a, "+%s", t->caller) : "Removed");
	view_str(row, "CARRIER", t->carrier ? t->carrier : "Removed");
	view_str(row, "RING", told_duration(t->ring_ms, a));
	view_str(row, "TALK", told_duration(t->talk_ms, a));
	if (t->join_ms >= 0)
		view_count(view_section(row, "JOINED"), "MS", t->join_ms);
}

static void
fill_trail(struct view *v, const void *data)
{
	const struct contact_trail *t = data;

	if (!t->attempts.count) {
		view_show(v, "NONE");
		return;
	}
	v = view_section(v, "SOME");
	for (size_t i = 0; i < t->attempts.count; i++)
		fill_attempt(v, &t->attempts.rows[i], t);
}

void
fill_trail_row(struct view *v, const void *data)
{
	view_str(v, "WHY", ((const struct contact_trail *)data)->why);
	fill_trail(view_include(v, "TRAIL", "part_trail.tpl"), data);
}

/* True for one that waits for a time in a run that is open. */
static bool
may_be_due(const struct contact_trail *t)
{
	const struct contact_row *c = &t->contact;

	return c->due_at > t->viewer->now && c->rest == REST_OPEN && !t->run &&
	       (c->state == CONTACT_RETRY || c->state == CONTACT_CALLBACK) &&
	       !t->excluded && !t->lists.count;
}

/* What forbids a call to the number, how that is changed, and that the next
 * call may come at once. */
static void
fill_barred(struct view *v, const struct contact_trail *t)
{
	bool may = *t->contact.phone && viewer_may_act(t->viewer);
	struct view *act;

	if (t->excluded)
		view_show(v, "EXCLUDED");
	for (size_t i = 0; i < t->lists.count; i++)
		view_str(view_section(v, "BARRED"), "LIST",
			 t->lists.entries[i].list);
	if (!may)
		return;
	act = view_section(v, "ACT");
	view_str(act, "WORD", t->excluded ? "lift-exclusion" : "exclude");
	view_str(act, "LABEL", t->excluded ? "Lift exclusion" : "Exclude");
	view_printf(act, "HREF", "%s/%s",
		    campaign_tab_path(t->c, CAMPAIGN_TAB_CONTACTS,
				      t->viewer->arena),
		    contact_id_text(t->contact.seg, t->contact.ordinal,
				    t->viewer->arena));
	if (may_be_due(t))
		view_show(act, "CALL_NOW");
}

/* The texts that the bot is given, by their names. */
static void
fill_variables(struct view *v, const struct contact_trail *t)
{
	const struct json *all;
	struct fault unused;

	if (!*t->variables ||
	    json_read(t->variables, &all, t->viewer->arena, &unused) ||
	    !all->count)
		return;
	v = view_section(v, "VARIABLES");
	for (const struct json *m = all->first; m; m = m->next) {
		struct view *one = view_section(v, "VARIABLE");

		view_str(one, "NAME", m->key);
		view_str(one, "VALUE", m->text);
	}
}

void
fill_contact(struct view *v, const void *data)
{
	const struct contact_trail *t = data;

	fill_campaign_head(v, t->c, CAMPAIGN_TAB_CONTACTS);
	fill_contact_facts(v, &t->contact, t->viewer);
	view_str(v, "WHY", t->why);
	view_count(v, "TRIES", t->contact.tries);
	if (t->run)
		view_printf(v, "WHICH", "run %" PRId64, t->run);
	else
		view_str(v, "WHICH", "this run");
	if (t->contact.external_id)
		view_show(v, "NAMED");
	fill_barred(v, t);
	fill_variables(v, t);
	fill_trail(view_include(v, "TRAIL", "part_trail.tpl"), t);
}
