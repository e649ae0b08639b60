/* fill_runs.c - the runs of a campaign, and how their attempts ended. */

#include "web/pages/fill_runs.h"

#include <inttypes.h>

#include "base/arena.h"
#include "campaign/campaign.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_outcomes.h"
#include "web/pages/viewer.h"

/* In the order of run_rest_words. */
static const char *const ends[] = { "Under way", "Completed", "Stopped",
				    "Calling hours ended", "Failed" };

static void
fill_rate(struct view *v, const char *marker, int tenths)
{
	if (tenths < 0)
		view_str(v, marker, "—");
	else
		view_tenths(v, marker, tenths);
}

void
fill_not_reached(struct view *v, const struct campaign *c, int64_t run,
		 const struct viewer *who)
{
	if (viewer_may_act(who))
		view_printf(view_section(v, "AGAIN"), "HREF",
			    "%s/not-reached?run=%" PRId64 "&once=%" PRId64,
			    campaign_tab_path(c, CAMPAIGN_TAB_OVERVIEW,
					      who->arena),
			    run, who->now);
}

static void
fill_run(struct view *v, const struct runs_page_data *p,
	 const struct run_report *r)
{
	const struct viewer *who = p->viewer;
	struct view *run = view_section(v, "RUN");

	view_int(run, "NO", r->run.no);
	view_str(run, "END", ends[r->run.rest]);
	view_time(run, "STARTED", r->run.started_at, VIEW_MOMENT, &who->zone);
	if (r->run.ended_at)
		view_time(view_section(run, "ENDED"), "AT", r->run.ended_at,
			  VIEW_MOMENT, &who->zone);
	if (r->run.rest == REST_FAILED)
		view_str(view_section(run, "FAILED"), "REASON", r->run.reason);
	view_count(run, "PROCESSED", r->c.fig.processed);
	view_count(run, "TOTAL", r->c.fig.total);
	view_count(run, "WAITING", r->waiting);
	view_count(run, "EXCLUDED", r->counts.of[COUNT_EXCLUDED]);
	fill_rate(run, "ANSWER", campaign_answer_rate(&r->c));
	fill_rate(run, "COMPLETION", campaign_completion_rate(&r->c));
	view_count(run, "CALLS", r->c.fig.ended);
	fill_outcomes(run, &r->counts,
		      arena_printf(who->arena, "run %" PRId64, r->run.no),
		      who->arena);
	view_printf(run, "CONFIG", "%s?run=%" PRId64,
		    campaign_tab_path(p->c, CAMPAIGN_TAB_CONFIG, who->arena),
		    r->run.no);
	view_printf(run, "REPORT", "%s/report?run=%" PRId64,
		    campaign_tab_path(p->c, CAMPAIGN_TAB_OVERVIEW, who->arena),
		    r->run.no);
	if (r->run.ended_at && r->run.rest != REST_OPEN)
		fill_not_reached(run, p->c, r->run.no, who);
	view_printf(run, "EXPORT", "%s/export?run=%" PRId64,
		    campaign_tab_path(p->c, CAMPAIGN_TAB_OVERVIEW, who->arena),
		    r->run.no);
	view_printf(run, "CONTACTS", "%s?run=%" PRId64,
		    campaign_tab_path(p->c, CAMPAIGN_TAB_CONTACTS, who->arena),
		    r->run.no);
}

void
fill_runs(struct view *v, const void *data)
{
	const struct runs_page_data *p = data;
	const char *path =
		campaign_tab_path(p->c, CAMPAIGN_TAB_RUNS, p->viewer->arena);

	fill_campaign_head(v, p->c, CAMPAIGN_TAB_RUNS);
	for (size_t i = 0; i < p->count; i++)
		fill_run(v, p, &p->runs[i]);
	if (!p->count)
		view_show(v, "NONE");
	if (p->later)
		view_str(view_section(v, "NEWEST"), "HREF", path);
	if (p->more)
		view_printf(view_section(v, "OLDER"), "HREF",
			    "%s?before=%" PRId64, path,
			    p->runs[p->count - 1].run.no);
}
