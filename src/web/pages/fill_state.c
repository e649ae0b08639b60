/* fill_state.c - what goes on in a campaign, in words, and until when. */

#include "web/pages/fill_state.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "base/zone_cache.h"
#include "campaign/dial_state.h"
#include "campaign/estimate.h"
#include "campaign/window.h"
#include "campaign/window_text.h"
#include "web/pages/viewer.h"

#define IDLE_US (30 * US_PER_S)
/* So many are needed for a rate that a forecast goes by. */
#define CALLS_KNOWN 50
#define TALKS_KNOWN 20

int64_t
campaign_last_dial(const struct campaign_detail *d)
{
	int64_t last = d->c->started_at;

	if (d->calls.newest.count)
		last = d->calls.newest.rows[0].sent_at;
	for (size_t i = 0; i < d->pass_count; i++)
		last = d->passes[i].last_at > last ? d->passes[i].last_at
						   : last;
	return last;
}

struct run_minute
minutes_sum(const struct minutes_chart *c)
{
	struct run_minute sum = { .minute = 0 };

	for (size_t i = 0; i < c->count; i++) {
		sum.ended += c->list[i].ended;
		sum.connected += c->list[i].connected;
		sum.handled += c->list[i].handled;
		sum.ring_ms += c->list[i].ring_ms;
		sum.talk_ms += c->list[i].talk_ms;
	}
	return sum;
}

/* clang-format off */
static const struct {
	const char *title, *icon, *tone;
} banners[DIAL_STATE_MAX] = {
	[DIAL_DRAFT] = { "Prepared for another run", "rotate-ccw", "grey" },
	[DIAL_PAUSED] = { "Paused", "circle-pause", "amber" },
	[DIAL_OVER] = { "Campaign Performance", "circle-check", "blue" },
	[DIAL_HELD] = { "On hold", "circle-pause", "amber" },
	[DIAL_CLOSED] = { "Paused – Outside time window", "clock", "amber" },
	[DIAL_CALLS] = { "Live Activity", "phone-call", "green" },
	[DIAL_UNMANNED] = { "No dialler is running", "circle-alert", "red" },
	[DIAL_CARRIER] = { "Carrier unavailable", "circle-alert", "red" },
	[DIAL_WAITS] = { "Idle", "clock", "grey" },
	[DIAL_FREE] = { "Idle", "clock", "grey" },
};
/* clang-format on */

static const char *
calls_words(const struct campaign *c, const char *what, struct arena *a)
{
	return c->fig.active > 0
		       ? arena_printf(a, "%s call%s %s. ",
				      text_thousands(a, c->fig.active),
				      text_plural(c->fig.active), what)
		       : "";
}

/* The note of the row as a sentence: "Next retry at 10:32." */
static const char *
note_sentence(const struct campaign_detail *d)
{
	const struct viewer *r = d->viewer;
	const char *note = campaign_note(d->c, r->zones, r->now, r->arena);
	size_t len = strlen(note);

	if (!len)
		return "";
	return arena_printf(r->arena, "%c%s%s", toupper((unsigned char)*note),
			    note + 1, note[len - 1] == '.' ? "" : ".");
}

/* The averages of a run that is over. */
static const char *
over_words(const struct campaign_detail *d)
{
	const struct campaign *c = d->c;
	struct arena *a = d->viewer->arena;
	int64_t talk_ms = 0, answered = 0;
	const char *words = "No calls were made.";

	for (size_t i = 0; i < d->pass_count; i++) {
		talk_ms += d->passes[i].talk_ms;
		answered += d->passes[i].answered;
	}
	if (c->fig.ended > 0 && c->fig.processed > 0)
		words = arena_printf(
			a,
			"On average %" PRId64 ".%02" PRId64
			" calls a contact%s.",
			c->fig.ended / c->fig.processed,
			c->fig.ended * 100 / c->fig.processed % 100,
			answered ? arena_printf(
					   a,
					   " and %s of talk per answered call",
					   text_duration(a, talk_ms * 1000 /
								    answered))
				 : "");
	return arena_printf(
		a, "%s%s%s%s", note_sentence(d), *note_sentence(d) ? " " : "",
		words,
		c->completed_at > c->started_at
			? arena_printf(a, " The run took %s.",
				       text_duration(a, c->completed_at -
								c->started_at))
			: "");
}

/* What Restart has put aside. */
static const char *
before_words(const struct campaign_detail *d)
{
	const struct run_report *r = d->before;
	struct arena *a = d->viewer->arena;

	return arena_printf(a,
			    "Run %" PRId64 " processed %s of %s contacts, %s "
			    "connected. It is among the runs; until the next "
			    "one starts, Cancel restart brings it back.",
			    r->run.no, text_thousands(a, r->c.fig.processed),
			    text_thousands(a, r->c.fig.total),
			    text_thousands(a, r->c.fig.connected));
}

static const char *
banner_words(const struct campaign_detail *d, enum dial_state state)
{
	const struct campaign *c = d->c;
	struct arena *a = d->viewer->arena;

	switch (state) {
	case DIAL_DRAFT:
		return before_words(d);
	case DIAL_PAUSED:
		return arena_printf(a,
				    "%sNobody is called until it is resumed.",
				    calls_words(c, "finishing", a));
	case DIAL_OVER:
		return over_words(d);
	case DIAL_HELD:
		return arena_printf(a,
				    "%sThe workspace is on hold: nobody is "
				    "called until it is released.",
				    calls_words(c, "finishing", a));
	case DIAL_CALLS:
		return calls_words(c, "under way", a);
	case DIAL_CARRIER:
		return arena_printf(a, "%s Carriers of its numbers: %s.",
				    note_sentence(d), d->setup.carriers);
	case DIAL_UNMANNED:
		return "Calls begin when one is started.";
	case DIAL_FREE:
		return "Nothing has been dialled for 30 s; calls are being "
		       "planned.";
	default:
		return note_sentence(d);
	}
}

void
fill_state(struct view *v, const struct campaign_detail *d)
{
	enum dial_state state =
		campaign_dial_state(d->c, d->viewer->zones, d->viewer->now);
	bool failed = state == DIAL_OVER && d->c->rest == REST_FAILED;

	if (state == DIAL_DRAFT && !d->before)
		return;
	/* between two calls */
	if (state == DIAL_FREE &&
	    d->viewer->now - campaign_last_dial(d) < IDLE_US)
		state = DIAL_CALLS;
	if (d->c->status == CAMPAIGN_RUNNING && state != DIAL_CALLS)
		view_show(v, "WAITS");
	v = view_section(v, "BANNER");
	view_str(v, "TITLE", banners[state].title);
	view_str(v, "TONE", failed ? "red" : banners[state].tone);
	view_str(v, "ICON", failed ? "circle-alert" : banners[state].icon);
	view_str(v, "TEXT", banner_words(d, state));
}

const char *
campaign_done_words(const struct campaign_detail *d)
{
	const struct campaign *c = d->c;
	const struct viewer *r = d->viewer;
	struct zone *z = zones_get(r->zones, c->set.zone);
	struct window w = campaign_window(&c->set, c->holidays);
	struct run_minute sum = minutes_sum(&d->minutes);
	bool single = c->set.mode == MODE_SINGLE_DAY && !c->set.always_on;
	struct estimate_query q = {
		.set = &c->set,
		.w = &w,
		.z = z,
		.contacts = c->fig.total - c->fig.processed +
			    d->counts.of[COUNT_RETRY] +
			    d->counts.of[COUNT_CALLBACK],
		.cps = d->setup.cps,
		.now = r->now,
		.closing = window_run_end(&w, z, single ? c->day_from : 0),
		.rates = ESTIMATE_USUAL,
	};
	struct estimate e;
	char text[96];

	if (c->status != CAMPAIGN_RUNNING || c->held || c->set.always_on ||
	    !z || q.contacts <= 0 || q.cps <= 0)
		return NULL;
	if (c->fig.ended >= CALLS_KNOWN)
		q.rates.answered = campaign_answer_rate(c);
	if (sum.handled >= TALKS_KNOWN)
		q.rates.talk_us = sum.talk_ms * 1000 / sum.handled;
	e = estimate_run(&q);
	if (q.closing < INT64_MAX && q.closing <= e.end) {
		window_moment("Ends at", q.closing, z, r->now, text,
			      sizeof(text));
		return e.once < 100
			       ? arena_printf(r->arena,
					      "%s with about %d%% of the rest "
					      "called",
					      text, e.once)
			       : arena_printf(r->arena,
					      "%s, before all retries", text);
	}
	if (e.end == INT64_MAX)
		return "Needs more than a year at this pace";
	window_moment("Done about", e.end, z, r->now, text, sizeof(text));
	return arena_printf(r->arena, "%s at this pace", text);
}
