/* fill_list.c - the campaign list, its summary of figures, its page. */

#include "web/pages/fill_list.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "base/zone_cache.h"
#include "campaign/alarm.h"
#include "campaign/lifecycle.h"
#include "campaign/window.h"
#include "campaign/window_text.h"
#include "campaign/workspace_stats.h"
#include "listing/campaign_list.h"
#include "web/pages/fill_needs.h"
#include "web/pages/list_columns.h"
#include "web/pages/list_query.h"
#include "web/pages/viewer.h"
#include "workspace/needs.h"

#define ALARMS_SHOWN 3

/* --- the summary ---------------------------------------------------------- */

/* Without a carrier there are no calls to hold. */
static bool
may_hold(const struct workspace_stats *p, const struct viewer *r)
{
	return viewer_may_act(r) && !p->held_at && p->allowed;
}

static void
fill_hold(struct view *v, const struct workspace_stats *p,
	  const struct viewer *r)
{
	struct view *held;

	if (may_hold(p, r))
		view_show(v, "MAY_HOLD");
	if (!p->held_at)
		return;
	held = view_section(v, "HELD");
	view_time(held, "SINCE", p->held_at, VIEW_MOMENT, &r->zone);
	view_str(held, "BY", p->held_by);
	if (viewer_may_act(r))
		view_show(held, "MAY");
}

static void
fill_webhooks_down(struct view *v, int64_t count, const struct viewer *r)
{
	struct view *down;

	if (!count)
		return;
	down = view_section(v, "DOWN");
	view_count(down, "COUNT", count);
	view_str(down, "NOUN", count == 1 ? "webhook is" : "webhooks are");
	if (r->role == ROLE_ADMIN)
		view_show(down, "REPAIR");
}

/* What an alarm says after the campaign's name. */
static const char *
alarm_text(const struct alarm *m, struct arena *a)
{
	switch (m->kind) {
	case ALARM_FAILED:
		return arena_printf(a, "The run failed. %s", m->text);
	case ALARM_CARRIER:
		return "No carrier can be reached, so no calls are placed.";
	default:
		return arena_printf(a,
				    "Calling hours ended with %s contact%s "
				    "left.",
				    text_thousands(a, m->count),
				    text_plural(m->count));
	}
}

static void
fill_alarms(struct view *v, const struct workspace_stats *p,
	    const struct viewer *r)
{
	size_t shown = p->alarm_count < ALARMS_SHOWN ? p->alarm_count
						     : ALARMS_SHOWN;
	struct view *alarms;
	char id[11];

	if (!p->alarm_count)
		return;
	alarms = view_section(v, "ALARMS");
	for (size_t i = 0; i < shown; i++) {
		const struct alarm *m = &p->alarms[i];
		struct view *line = view_section(alarms, "ALARM");

		text_short_id((uint64_t)m->campaign_id, id);
		view_str(line, "ID", id);
		view_str(line, "NAME", m->name ? m->name : id);
		view_str(line, "TEXT", alarm_text(m, r->arena));
		view_time(line, "AT", m->at, VIEW_MOMENT, &r->zone);
	}
	if (p->alarm_count > shown)
		view_count(view_section(alarms, "MORE"), "COUNT",
			   (int64_t)(p->alarm_count - shown));
	if (viewer_may_act(r))
		view_int(view_section(alarms, "MAY"), "UPTO", p->alarms[0].at);
}

/* Campaigns that dial: running, inside their window, not on hold. */
static void
fill_dialling(struct view *v, const struct workspace_stats *p)
{
	int64_t dialling = p->held_at ? 0 : p->open;

	view_count(v, "DIALLING", dialling);
	if (dialling == p->running)
		view_str(v, "OF_RUNNING",
			 dialling == 1 ? "campaign" : "campaigns");
	else
		view_printf(v, "OF_RUNNING", "of %" PRId64 " running",
			    p->running);
}

static void
fill_calls(struct view *v, const struct workspace_stats *p, struct arena *a)
{
	int64_t tenths = p->ended ? p->answered * 1000 / p->ended : 0;

	view_count(v, "PER_MINUTE", p->per_minute);
	if (p->allowed)
		view_printf(v, "OF_ALLOWED", "of %s allowed",
			    text_thousands(a, p->allowed));
	else
		view_str(v, "OF_ALLOWED", "no carrier");
	if (p->ended) {
		view_tenths(v, "ANSWERED", (int)tenths);
		view_printf(v, "OF_ENDED", "%s of %s",
			    text_thousands(a, p->answered),
			    text_thousands(a, p->ended));
	} else {
		view_str(v, "ANSWERED", "—");
		view_str(v, "OF_ENDED", "no calls yet");
	}
}

static const char *
windows_note(const struct workspace_stats *p, const struct viewer *r)
{
	struct zone *z = p->zone ? zones_get(r->zones, p->zone) : NULL;
	struct window_state at = { .open = p->open > 0,
				   .closes = p->changes_at,
				   .next = p->changes_at };
	char text[64];

	if (p->running == 0)
		return "nothing is running";
	if (p->changes_at == INT64_MAX || !z)
		return p->open ? "all day, every day" : "";
	if (p->open)
		window_until(&at, z, r->now, text, sizeof(text));
	else
		window_note(&at, z, r->now, text, sizeof(text));
	/* The layout names the workspace's zone. */
	if (!strcmp(p->zone, r->zone.name))
		return arena_strdup(r->arena, text);
	return arena_printf(r->arena, "%s, %s", text, p->zone);
}

static void
fill_windows(struct view *v, const struct workspace_stats *p,
	     const struct viewer *r)
{
	if (p->running == 0)
		view_str(v, "WINDOWS", "—");
	else if (p->open == 0)
		view_str(v, "WINDOWS", "Closed");
	else if (p->open == p->running)
		view_str(v, "WINDOWS", "Open");
	else
		view_printf(v, "WINDOWS", "%" PRId64 " of %" PRId64 " open",
			    p->open, p->running);
	view_str(v, "WINDOWS_NOTE", windows_note(p, r));
}

void
fill_summary(struct view *v, const void *data)
{
	const struct summary *s = data;

	view_int(v, "RUNNING", s->stats->running);
	fill_hold(v, s->stats, s->viewer);
	fill_webhooks_down(v, s->stats->webhooks_down, s->viewer);
	fill_alarms(v, s->stats, s->viewer);
	/* it scrolls on a phone, so the keyboard must reach something in it */
	if (!may_hold(s->stats, s->viewer))
		view_show(v, "BARE");
	fill_dialling(v, s->stats);
	fill_calls(v, s->stats, s->viewer->arena);
	fill_windows(v, s->stats, s->viewer);
}

/* --- the table ---------------------------------------------------------- */

static void
fill_rows(struct view *v, const struct campaign_list *l)
{
	struct view *table = view_section(v, "ROWS");

	fill_list_headings(table, l);
	for (size_t i = 0; i < l->page->count; i++) {
		struct campaign_row row = { .c = &l->page->rows[i],
					    .viewer = l->viewer,
					    .mark = l->mark };

		fill_campaign_row(
			view_include(table, "ROW", "part_campaign_row.tpl"),
			&row);
	}
}

static bool
is_filtered(const struct list_query *q)
{
	return *q->q || q->status;
}

static void
fill_nothing(struct view *v, const struct campaign_list *l)
{
	const struct list_query *q = l->query;
	struct list_query first = list_query_first(q);
	struct view *none;

	if (l->page->total > 0) {
		view_str(view_section(v, "NONE_HERE"), "HREF",
			 list_query_address(&first, l->viewer->arena));
		return;
	}
	if (!is_filtered(q)) {
		none = view_section(v, l->page->archived ? "NONE_LEFT"
							 : "NONE_YET");
		if (!l->page->archived && !needs_nothing(l->needs))
			fill_needs(
				view_include(none, "NEEDS", "part_needs.tpl"),
				&(struct needs_part){ l->needs,
						      l->viewer->role });
		if (l->viewer->role >= ROLE_SUPERVISOR)
			view_show(none, "MAY_CREATE");
		return;
	}
	none = view_section(v, "NONE_FOUND");
	if (*q->q)
		view_str(view_section(none, "SEARCH"), "TEXT", q->q);
	if (q->status)
		view_str(view_section(none, "STATUS"), "LABEL",
			 campaign_status_labels[q->status - 1]);
}

/* --- under the table ---------------------------------------------------- */

/* The words of the statuses that offer an action, with spaces between. */
static const char *
offers(const struct campaign_transition *t, struct arena *a)
{
	const char *words = "";

	for (int s = 0; s < CAMPAIGN_STATUS_MAX; s++) {
		if (t->from >> s & 1)
			words = arena_printf(a, "%s%s%s", words,
					     *words ? " " : "",
					     campaign_status_words[s]);
	}
	return words;
}

static void
fill_bulk(struct view *v, const struct viewer *r)
{
	struct view *bulk = NULL;

	for (int i = 0; i < ACTION_MAX; i++) {
		const struct campaign_transition *t = &campaign_transitions[i];
		struct view *action;

		if (!t->done_many || r->role < t->role)
			continue;
		if (!bulk)
			bulk = view_section(v, "BULK");
		action = view_section(bulk, "ACTION");
		view_str(action, "WORD", t->word);
		view_str(action, "LABEL", t->label);
		view_str(action, "ICON", t->icon);
		view_str(action, "OFFERS", offers(t, r->arena));
		if (t->ask_many)
			view_str(view_section(action, "ASK"), "TEXT",
				 t->ask_many);
	}
}

static void
fill_page(struct view *pages, const char *label, const char *rel,
	  const struct list_query *to, struct arena *a)
{
	struct view *page = view_section(pages, "PAGE");

	view_str(page, "LABEL", label);
	view_str(page, "HREF", list_query_address(to, a));
	if (rel)
		view_str(view_section(page, "REL"), "WORD", rel);
}

/*
 * The number of the page's first row.  Pages are found by keys, not by numbers,
 * so it is exact only on the first and the last page; between them it is what
 * the link from the page before counted.
 */
static int64_t
first_number(const struct campaign_list *l)
{
	const struct campaign_page *p = l->page;
	int64_t most = p->total - (int64_t)p->count;

	if (!p->prev)
		return 1;
	if (!p->next)
		return most + 1;
	return l->query->from < 2      ? 2
	       : l->query->from > most ? most
				       : l->query->from;
}

static void
fill_pages(struct view *foot, const struct campaign_list *l)
{
	const struct campaign_page *p = l->page;
	struct arena *a = l->viewer->arena;
	struct list_query to = list_query_first(l->query);
	int64_t from = first_number(l);
	struct view *pages;

	if (!p->prev && !p->next)
		return;
	pages = view_section(foot, "PAGES");
	if (p->prev) {
		fill_page(pages, "First", NULL, &to, a);
		to.before = p->prev;
		to.from = from > to.size ? from - to.size : 1;
		fill_page(pages, "Previous", "prev", &to, a);
		to.before = "";
	}
	if (p->next) {
		to.after = p->next;
		to.from = from + (int64_t)p->count;
		fill_page(pages, "Next", "next", &to, a);
	}
}

static void
fill_sizes(struct view *foot, const struct campaign_list *l)
{
	struct list_query to = list_query_first(l->query);

	for (size_t i = 0; i < LIST_SIZES; i++) {
		struct view *size = view_section(foot, "SIZE");

		to.size = list_sizes[i];
		view_int(size, "SIZE", to.size);
		view_str(size, "HREF",
			 list_query_address(&to, l->viewer->arena));
		if (to.size == l->query->size)
			view_show(size, "CHOSEN");
	}
}

/* "47 campaigns", "26–47 of 47 campaigns"; with a filter "30 of 1,300
 * campaigns", "26–30 of 30 found"; "12 found" in the archive. */
static void
fill_total(struct view *foot, const struct campaign_list *l)
{
	const struct campaign_page *p = l->page;
	struct arena *a = l->viewer->arena;
	const char *range = "", *total = text_thousands(a, p->total);
	int64_t from = first_number(l);
	bool some = is_filtered(l->query);

	if (p->prev || p->next)
		range = arena_printf(
			a, "%s–%s of ", text_thousands(a, from),
			text_thousands(a, from + (int64_t)p->count - 1));
	if (some && (*range || l->query->status == CAMPAIGN_ARCHIVED + 1))
		view_printf(foot, "TOTAL", "%s%s found", range, total);
	else if (some)
		view_printf(foot, "TOTAL", "%s of %s campaigns", total,
			    text_thousands(a, p->all));
	else
		view_printf(foot, "TOTAL", "%s%s campaign%s", range, total,
			    text_plural(p->total));
}

static void
fill_foot(struct view *v, const struct campaign_list *l)
{
	const struct campaign_page *p = l->page;
	struct view *foot = view_section(v, "FOOT");

	fill_total(foot, l);
	if (is_filtered(l->query))
		view_show(foot, "CLEAR");
	if (p->sort != (enum campaign_sort)l->query->sort)
		view_count(view_section(foot, "UNSORTED"), "MOST",
			   SORT_FIGURES_MOST);
	fill_pages(foot, l);
	fill_sizes(foot, l);
}

void
fill_campaign_list(struct view *v, const void *data)
{
	const struct campaign_list *l = data;

	if (l->page->count == 0) {
		fill_nothing(v, l);
		return;
	}
	fill_rows(v, l);
	fill_bulk(v, l->viewer);
	fill_foot(v, l);
}

/* --- the page ----------------------------------------------------------- */

static void
fill_status(struct view *v, const char *word, const char *label, bool chosen)
{
	struct view *option = view_section(v, "STATUS");

	view_str(option, "WORD", word);
	view_str(option, "LABEL", label);
	if (chosen)
		view_show(option, "CHOSEN");
}

void
fill_campaigns(struct view *v, const void *data)
{
	const struct campaigns_page *p = data;
	const struct list_query *q = p->query;
	struct list_extra extra[LIST_EXTRAS];
	size_t extras = list_query_extras(q, extra, p->viewer->arena);

	view_str(v, "SEARCH", q->q);
	fill_status(v, "", "All statuses", q->status == 0);
	for (unsigned s = 0; s < CAMPAIGN_STATUS_MAX; s++)
		fill_status(v, campaign_status_words[s],
			    campaign_status_labels[s], s + 1 == q->status);
	for (size_t i = 0; i < extras; i++) {
		struct view *keep = view_section(v, "KEEP");

		view_str(keep, "NAME", extra[i].name);
		view_str(keep, "VALUE", extra[i].value);
	}
	if (p->viewer->role >= ROLE_SUPERVISOR)
		view_show(v, "MAY_CREATE");
	view_str(v, "TAG", p->tag);
	view_html(v, "SUMMARY", p->summary);
	view_html(v, "LIST", p->list);
}
