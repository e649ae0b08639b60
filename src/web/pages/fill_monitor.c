/* fill_monitor.c - what goes on in a campaign now, and what has come of its run
 * so far. */

#include "web/pages/fill_monitor.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/words.h"
#include "web/pages/fill_figures.h"
#include "web/pages/fill_outcomes.h"
#include "web/pages/fill_pacing.h"
#include "web/pages/fill_settings.h"
#include "web/pages/fill_state.h"
#include "web/pages/viewer.h"

#define ABANDONED_MOST 30 /* tenths of a percent, in 30 days */

/* There are no calls before a run begins, nor after its last call. */
static bool
may_have_calls(const struct campaign *c)
{
	return c->fig.active > 0 || c->status == CAMPAIGN_RUNNING ||
	       c->status == CAMPAIGN_PAUSED;
}

/* --- figures ------------------------------------------------------------ */

static void
add_tile(struct view *v, const char *label, const char *value,
	 const char *small)
{
	struct view *tile = view_section(v, "TILE");

	view_str(tile, "LABEL", label);
	view_str(tile, "VALUE", value);
	if (small)
		view_str(view_section(tile, "SMALL"), "TEXT", small);
}

/* "41.2%", "—" */
static const char *
rate_words(int tenths, struct arena *a)
{
	if (tenths < 0)
		return "—";
	return tenths % 10
		       ? arena_printf(a, "%d.%d%%", tenths / 10, tenths % 10)
		       : arena_printf(a, "%d%%", tenths / 10);
}

static int
rate_of(int64_t part, int64_t whole)
{
	return whole > 0 ? (int)(part * 1000 / whole) : -1;
}

static void
add_abandoned(struct view *v, const struct campaign_detail *d)
{
	const struct abandoned *n = &d->abandoned;
	struct arena *a = d->viewer->arena;
	int month = rate_of(n->abandoned, n->picked_up);

	if (abandoned_of_hour(d) >= 0)
		add_tile(v, "Abandoned in 60 min",
			 rate_words(abandoned_of_hour(d), a), NULL);
	if (!n->picked_up)
		return;
	add_tile(v, "Abandoned in 24 h",
		 rate_words(rate_of(n->day_abandoned, n->day_picked_up), a),
		 arena_printf(a, "%s in 30 days, %s 3%%", rate_words(month, a),
			      month > ABANDONED_MOST ? "above the limit of"
						     : "limit"));
}

static void
fill_tiles(struct view *v, const struct campaign_detail *d)
{
	const struct campaign *c = d->c;
	struct arena *a = d->viewer->arena;
	const struct dispositions *said = &d->dispositions;

	add_tile(v, "Answer Rate", rate_words(campaign_answer_rate(c), a),
		 NULL);
	add_tile(v, "Completion Rate",
		 rate_words(campaign_completion_rate(c), a), NULL);
	if (*c->set.goal_dispositions)
		add_tile(v, "Goal Rate",
			 rate_words(rate_of(said->goals, said->all), a),
			 arena_printf(a, "%s reached",
				      text_thousands(a, said->goals)));
	add_tile(v, "Calls finished", text_thousands(a, c->fig.ended),
		 c->fig.processed > 0 && c->fig.ended > 0
			 ? arena_printf(a, "%" PRId64 ".%" PRId64 " a contact",
					c->fig.ended / c->fig.processed,
					c->fig.ended * 10 / c->fig.processed %
						10)
			 : NULL);
	add_abandoned(v, d);
}

/* --- calls now ---------------------------------------------------------- */

/* "0:14", "1:02:05" */
static const char *
elapsed_words(int64_t us, struct arena *a)
{
	int64_t s = us > 0 ? us / US_PER_S : 0;

	return s < 3600
		       ? arena_printf(a, "%" PRId64 ":%02" PRId64, s / 60,
				      s % 60)
		       : arena_printf(a, "%" PRId64 ":%02" PRId64 ":%02" PRId64,
				      s / 3600, s / 60 % 60, s % 60);
}

/* Calls that ended in the last 60 s: all of this minute's, and of the last
 * minute's the share still inside. */
static int64_t
ended_in_a_minute(const struct campaign_detail *d)
{
	int64_t now = d->viewer->now, minute = now / US_PER_MINUTE;
	int64_t left = US_PER_MINUTE - now % US_PER_MINUTE, n = 0;

	for (size_t i = 0; i < d->minutes.count; i++) {
		const struct run_minute *m = &d->minutes.list[i];

		if (m->minute == minute)
			n += m->ended;
		if (m->minute == minute - 1)
			n += m->ended * left / US_PER_MINUTE;
	}
	return n;
}

static void
fill_pace(struct view *v, const struct campaign_detail *d)
{
	struct arena *a = d->viewer->arena;
	struct run_minute sum = minutes_sum(&d->minutes);
	int64_t tenths = ended_in_a_minute(d) * 10 / 60,
		last = campaign_last_dial(d);

	view_printf(v, "PER_SECOND", "%" PRId64 ".%" PRId64, tenths / 10,
		    tenths % 10);
	view_count(v, "PER_HOUR", sum.connected);
	if (sum.ended > 0)
		view_printf(v, "RING", "%" PRId64 " s",
			    sum.ring_ms / sum.ended / 1000);
	else
		view_str(v, "RING", "—");
	view_str(v, "LAST",
		 last ? arena_printf(
				a, "%s ago",
				text_duration(a, d->viewer->now > last
							 ? d->viewer->now - last
							 : 0))
		      : "—");
}

/* What the calls do now, and the last that were placed. */
static void
fill_live(struct view *v, const struct campaign_detail *d)
{
	const struct attempt_list *list = &d->calls.newest;
	char masked[24];

	if (!may_have_calls(d->c))
		return;
	v = view_section(v, "LIVE");
	view_count(v, "DIALLING", d->calls.of[LIVE_SENT]);
	view_count(v, "RINGING", d->calls.of[LIVE_RINGING]);
	view_count(v, "TALKING", d->calls.of[LIVE_ANSWERED]);
	view_count(v, "RETRIES", d->counts.of[COUNT_RETRY]);
	view_count(v, "CALLBACKS", d->counts.of[COUNT_CALLBACK]);
	fill_pace(v, d);
	if (d->c->status == CAMPAIGN_RUNNING)
		view_str(view_section(v, "PACING"), "TEXT", pacing_words(d));
	for (size_t i = 0; i < list->count; i++) {
		const struct attempt_row *t = &list->rows[i];
		struct view *call = view_section(v, "CALL");

		view_str(call, "LABEL", live_state_labels[t->live - 1]);
		view_printf(call, "PHONE", "+%s",
			    text_mask_phone(t->phone, masked));
		view_str(call, "ELAPSED",
			 elapsed_words(d->viewer->now - t->sent_at,
				       d->viewer->arena));
	}
}

/* What bots reported, most frequent first. */
static void
fill_dispositions(struct view *v, const struct campaign_detail *d)
{
	const struct dispositions *list = &d->dispositions;
	int64_t rest = list->all;

	if (!list->count)
		return;
	v = view_section(v, "DISPOSITIONS");
	for (size_t i = 0; i < list->count; i++) {
		const struct disposition_count *n = &list->list[i];
		struct view *row = view_section(v, "DISPOSITION");

		view_str(row, "LABEL", n->disposition);
		if (has_word(d->c->set.goal_dispositions, n->disposition))
			view_show(row, "GOAL");
		view_count(row, "COUNT", n->n);
		view_tenths(row, "PERCENT", (int)(n->n * 1000 / list->all));
		view_int(row, "WIDTH", n->n * 100 / list->all);
		rest -= n->n;
	}
	if (rest > 0)
		view_count(view_section(v, "OTHERS"), "COUNT", rest);
}

static void
fill_passes(struct view *v, const struct campaign_detail *d)
{
	if (!d->pass_count)
		return;
	v = view_section(v, "PASSES");
	for (size_t i = 0; i < d->pass_count; i++) {
		const struct breakdown_row *p = &d->passes[i];
		struct view *row = view_section(v, "PASS");

		view_int(row, "NO", p->key);
		view_count(row, "ENDED", p->ended);
		view_count(row, "CONNECTED", p->connected);
		view_time(row, "FROM", p->first_at, VIEW_MOMENT,
			  &d->viewer->zone);
		view_time(row, "TO", p->last_at, VIEW_MOMENT, &d->viewer->zone);
	}
}

void
fill_monitor(struct view *v, const struct campaign_detail *d)
{
	const char *done = campaign_done_words(d);

	fill_state(v, d);
	view_count(v, "TOTAL", d->c->fig.total);
	if (done)
		view_str(view_section(v, "DONE"), "TEXT", done);
	if (d->minutes.count || may_have_calls(d->c)) {
		struct view *now = view_section(v, "NOW");

		if (d->minutes.count)
			fill_minutes(now, &d->minutes, d->viewer);
		fill_live(now, d);
	}
	if (may_have_calls(d->c))
		view_count(view_section(v, "CALLS"), "ACTIVE",
			   d->c->fig.active);
	if (d->c->current_run) {
		struct view *figures = view_section(v, "FIGURES");

		fill_tiles(figures, d);
		fill_figure_words(figures, FIGURES_OVERVIEW);
	}
	if (fill_outcomes(v, &d->counts, "this run", d->viewer->arena))
		view_show(v, "ENDED_SOME");
	if (d->dispositions.count || d->pass_count) {
		struct view *beside = view_section(v, "BESIDE");

		fill_dispositions(beside, d);
		fill_passes(beside, d);
	}
}
