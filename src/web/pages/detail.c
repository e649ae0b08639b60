#include "web/pages/detail.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/fault.h"
#include "base/secret.h"
#include "campaign/campaign.h"
#include "campaign/lifecycle.h"
#include "campaign/wizard.h"
#include "report/attempts.h"
#include "report/breakdown.h"
#include "report/minutes.h"
#include "report/run_report.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_monitor.h"
#include "web/pages/list.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/liveness.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/dnc.h"

#define TARGET "div#campaign" /* HX-Target of the buttons in the part */
#define AWAY "away"	      /* the version while Redis is away */
#define WHAT_LEN 8
#define CALLS 5 /* that are listed */

static handler_fn detail;

/* clang-format off */
const struct route detail_routes[] = {
	/* method path            least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id", ROLE_VIEWER, detail, 0,  list_version_keys, 0 },
	{ 0 }
};
/* clang-format on */

int
detail_campaign(struct request *q, struct campaign *c, struct fault *f)
{
	uint64_t id;

	return request_campaign(q, &id, f) ||
			       campaign_load(q->db,
					     q->session->account.workspace_id,
					     (int64_t)id, c, q->arena, f)
		       ? -1
		       : 0;
}

bool
detail_is_asked(const struct request *q)
{
	const char *target = request_env(q, "HTTP_HX_TARGET");

	return target && strcmp(target, TARGET) == 0;
}

/* What the calls of the run do and did. */
static int
read_run(struct request *q, const struct campaign *c, struct campaign_detail *d,
	 struct fault *f)
{
	struct attempt_query live = { .workspace_id = c->workspace_id,
				      .campaign_id = c->id,
				      .run_id = c->current_run,
				      .limit = CALLS };
	struct minutes_query last = {
		.workspace_id = c->workspace_id,
		.run_id = c->current_run,
		.to = (c->completed_at ? c->completed_at : q->now) /
		      US_PER_MINUTE,
	};
	struct breakdown_query passes = { c->workspace_id, c->current_run,
					  BY_PASS };
	struct breakdown_row *rows;
	struct run_minute *minutes;

	last.from = last.to - MINUTES_SHOWN + 1;
	d->counts.run_id = c->current_run;
	if (run_counts(q->db, c->workspace_id, &d->counts, f) ||
	    live_calls(q->db, &live, &d->calls, q->arena, f) ||
	    run_minutes(q->db, &last, &minutes, &d->minutes.count, q->arena,
			f) ||
	    run_dispositions(q->db, c->workspace_id, c->current_run,
			     &d->dispositions, q->arena, f) ||
	    run_breakdown(q->db, &passes, &rows, &d->pass_count, q->arena, f) ||
	    campaign_abandoned(q->db, c->workspace_id, c->id, q->now,
			       &d->abandoned, f))
		return -1;
	d->passes = rows;
	d->minutes.list = minutes;
	d->minutes.last = last.to;
	return 0;
}

/* Reads what the page shows besides the campaign, for the signed-in person. */
static int
read_detail(struct request *q, const struct campaign *c,
	    struct campaign_detail *d, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct dnc_list *lists;

	if ((c->current_run && read_run(q, c, d, f)) ||
	    campaign_setup(q->db, c, &d->setup, q->arena, f) ||
	    dnc_lists(q->db, who.workspace_id, &lists, &d->list_count, q->arena,
		      f))
		return -1;
	d->lists = lists;
	return campaign_offers(c, ACTION_EDIT, d->viewer->role)
		       ? wizard_waits(q->db, &who, c->id, &d->unsaved, f)
		       : 0;
}

int
detail_part(struct request *q, struct reply *r, const struct campaign *c,
	    struct fault *f)
{
	struct viewer who = viewer_of(q);
	struct campaign_detail data = { .c = c,
					.viewer = &who,
					.partial = true };

	if (read_detail(q, c, &data, f))
		return -1;
	return reply_part(r, "part_campaign.tpl", fill_campaign_part, &data, f);
}

/* "VERSION.WHAT.SIGN-IN": the version of the workspace's list, what is shown
 * of it, and for whom. */
static const char *
tag_of(struct request *q, const char *version, const char *what)
{
	return arena_printf(q->arena, "%s.%s.%u%.8s", version, what,
			    q->session->account.role, q->session->key);
}

static const char *
digest_of(struct request *q, const struct reply *r)
{
	uint8_t digest[DIGEST_LEN];
	char hex[WHAT_LEN + 1];

	secret_digest(r->body.data, r->body.len, digest);
	secret_hex(digest, WHAT_LEN / 2, hex);
	return arena_strdup(q->arena, hex);
}

static bool
begins(const char *tag, const char *version)
{
	size_t len = strlen(version);

	return strncmp(tag, version, len) == 0 && tag[len] == '.';
}

/* Answers with the part, or with nothing when the page is up to date.  A change
 * of any campaign in the workspace raises the version, so the digest tells
 * whether this one has changed. */
static int
update(struct request *q, struct reply *r, const char *version,
       const struct campaign *c, struct fault *f)
{
	const char *held = request_env(q, "HTTP_HX_PTAG");
	bool was_away = held && begins(held, AWAY);
	const char *tag, *what;

	if (detail_part(q, r, c, f))
		return -1;
	what = digest_of(q, r);
	tag = tag_of(q, version, what);
	reply_header(r, "HX-PTag", tag);
	if (held && strchr(held, '.') &&
	    strcmp(strchr(held, '.'), strchr(tag, '.')) == 0 &&
	    was_away == q->redis_away)
		reply_empty(r, 204);
	else if (q->redis_away || was_away)
		reply_banner(r);
	return 0;
}

/* Reloads a page of another person, or of a campaign that was deleted. */
static int
load_anew(struct reply *r)
{
	reply_header(r, "HX-Refresh", "true");
	reply_empty(r, 204);
	return 0;
}

/* GET /dashboard/campaigns/:id */
static int
detail(struct request *q, struct reply *r, struct fault *f)
{
	const char *held = request_env(q, "HTTP_HX_PTAG");
	const char *version = list_version(q), *own;
	struct viewer who = viewer_of(q);
	struct campaign c;
	struct campaign_detail data = { .c = &c, .viewer = &who };
	struct page page = { .tpl = "page_campaign.tpl",
			     .fill = fill_campaign,
			     .data = &data };
	uint64_t id;

	version = version ? version : AWAY;
	own = tag_of(q, version, "-");
	if (q->partial && held && list_tag_is_others(held, own))
		return load_anew(r);
	if (q->partial && held && begins(held, version) && !q->redis_away)
		return reply_nothing_new(q, r, f);
	if (request_campaign(q, &id, f))
		return -1;
	if (campaign_load(q->db, q->session->account.workspace_id, (int64_t)id,
			  &c, q->arena, f))
		return q->partial && f->code == FAULT_ABSENT ? load_anew(r)
							     : -1;
	if (q->partial)
		return update(q, r, version, &c, f);
	if (read_detail(q, &c, &data, f))
		return -1;
	page.title = c.set.name;
	data.tag = own;
	return reply_page(r, &page, f);
}
