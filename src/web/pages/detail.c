#include "web/pages/detail.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
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
#include "store/redis.h"
#include "web/pages/fill_campaigns.h"
#include "web/pages/fill_monitor.h"
#include "web/pages/list.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/liveness.h"
#include "web/server/page.h"
#include "web/server/page_cache.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/dnc.h"

#define TARGET "div#campaign" /* HX-Target of the buttons in the part */
#define AWAY "away"	      /* the version while Redis is away */
#define WHAT_LEN 8
#define CALLS 5	      /* that are listed */
#define PART_MS 60000 /* as long as its version lives */

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
	struct dispositions_query said = { c->workspace_id, c->current_run,
					   c->set.goal_dispositions };
	struct breakdown_row *rows;
	struct run_minute *minutes;

	last.from = last.to - MINUTES_SHOWN + 1;
	d->counts.run_id = c->current_run;
	if (run_counts(q->db, c->workspace_id, &d->counts, f) ||
	    live_calls(q->db, &live, &d->calls, q->arena, f) ||
	    run_minutes(q->db, &last, &minutes, &d->minutes.count, q->arena,
			f) ||
	    run_dispositions(q->db, &said, &d->dispositions, q->arena, f) ||
	    run_breakdown(q->db, &passes, &rows, &d->pass_count, q->arena, f) ||
	    campaign_abandoned(q->db, c->workspace_id, c->id, q->now,
			       &d->abandoned, f))
		return -1;
	d->passes = rows;
	d->minutes.list = minutes;
	d->minutes.last = last.to;
	return 0;
}

/* The run before that which is prepared. */
static int
read_before(struct request *q, const struct campaign *c,
	    struct campaign_detail *d, struct fault *f)
{
	struct run_query last = { c->workspace_id, c->id, c->runs };
	struct run_report *r = ARENA_NEW(q->arena, struct run_report);

	if (!c->runs)
		return 0;
	d->before = r;
	return run_report(q->db, &last, r, q->arena, f);
}

/* Reads what the page shows to everybody besides the campaign. */
static int
read_detail(struct request *q, const struct campaign *c,
	    struct campaign_detail *d, struct fault *f)
{
	struct dnc_list *lists;

	if ((c->current_run ? read_run(q, c, d, f) : read_before(q, c, d, f)) ||
	    campaign_setup(q->db, c, &d->setup, q->arena, f) ||
	    dnc_lists(q->db, c->workspace_id, &lists, &d->list_count, q->arena,
		      f))
		return -1;
	d->lists = lists;
	return 0;
}

static bool
may_edit(const struct request *q, const struct campaign *c)
{
	return campaign_offers(c, ACTION_EDIT, q->session->account.role);
}

/* Since when the signed-in person has unsaved changes; 0: there are none. */
static int
read_unsaved(struct request *q, int64_t id, int64_t *out, struct fault *f)
{
	struct actor who = session_actor(q->session);

	return wizard_waits(q->db, &who, id, out, f);
}

int
detail_part(struct request *q, struct reply *r, const struct campaign *c,
	    struct fault *f)
{
	struct viewer who = viewer_of(q);
	struct campaign_detail data = { .c = c,
					.viewer = &who,
					.partial = true };

	if (read_detail(q, c, &data, f) ||
	    (may_edit(q, c) && read_unsaved(q, c->id, &data.unsaved, f)))
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

static bool
begins(const char *tag, const char *version)
{
	size_t len = strlen(version);

	return strncmp(tag, version, len) == 0 && tag[len] == '.';
}

/*
 * The part as everybody sees it in this role and zone.  Redis and the thread's
 * page cache keep it under the version: whether it has an Edit button, the
 * digest, the HTML.
 */
struct live_part {
	bool editable;
	const char *what; /* WHAT_LEN characters */
	struct bytes html;
};
#define KEPT_HEAD (1 + WHAT_LEN)

static const char *
part_name(struct request *q, int64_t id, const char *version)
{
	const struct account *who = &q->session->account;

	return arena_printf(q->arena, "part:%" PRId64 ":%u:%" PRId64 ":%s:%s",
			    who->workspace_id, who->role, id, version,
			    who->zone);
}

static bool
open_part(struct bytes kept, struct live_part *out)
{
	if (!kept.data || kept.len < KEPT_HEAD)
		return false;
	*out = (struct live_part){ .editable = *kept.data == '+',
				   .what = kept.data + 1,
				   .html = { kept.data + KEPT_HEAD,
					     kept.len - KEPT_HEAD } };
	return true;
}

static bool
find_part(struct request *q, const char *name, struct live_part *out)
{
	struct bytes kept = page_cache_get(q->page_cache, name);
	struct fault unused;

	if (open_part(kept, out))
		return true;
	if (redis_mget(q->redis, q->arena, &name, 1, &kept, &unused))
		return false;
	kept = request_unseal(q, name, kept);
	if (!open_part(kept, out))
		return false;
	page_cache_put(q->page_cache, name, kept.data, kept.len);
	return true;
}

/* Appends the part to q->scratch, as it is kept. */
static int
render_part(struct request *q, int64_t id, int64_t unsaved,
	    struct live_part *out, struct fault *f)
{
	struct viewer who = viewer_of(q);
	struct campaign c;
	struct campaign_detail data = {
		.c = &c, .viewer = &who, .unsaved = unsaved, .partial = true
	};
	size_t start = q->scratch->len;
	char head[KEPT_HEAD + 1] = { 0 };
	uint8_t digest[DIGEST_LEN];

	if (campaign_load(q->db, q->session->account.workspace_id, id, &c,
			  q->arena, f) ||
	    read_detail(q, &c, &data, f))
		return -1;
	buf_add(q->scratch, head, KEPT_HEAD);
	if (view_expand("part_campaign.tpl", fill_campaign_part, &data,
			q->scratch, f))
		return -1;
	secret_digest(q->scratch->data + start + KEPT_HEAD,
		      q->scratch->len - start - KEPT_HEAD, digest);
	head[0] = may_edit(q, &c) ? '+' : '-';
	secret_hex(digest, WHAT_LEN / 2, head + 1);
	memcpy(q->scratch->data + start, head, KEPT_HEAD);
	open_part((struct bytes){ q->scratch->data + start,
				  q->scratch->len - start },
		  out);
	return 0;
}

/* Renders the part and keeps it for all readers. */
static int
make_part(struct request *q, int64_t id, const char *name,
	  struct live_part *out, struct fault *f)
{
	struct redis_entry fresh = { .key = name };
	struct bytes kept;

	if (render_part(q, id, 0, out, f))
		return -1;
	if (q->redis_away)
		return 0;
	kept = (struct bytes){ out->what - 1, out->html.len + KEPT_HEAD };
	page_cache_put(q->page_cache, name, kept.data, kept.len);
	fresh.value = request_seal(q, name, kept.data, kept.len, PART_MS);
	redis_put(q->redis, &fresh, 1, PART_MS);
	return 0;
}

/* The part as the signed-in person sees it. */
static int
load_part(struct request *q, int64_t id, const char *version,
	  struct live_part *out, struct fault *f)
{
	const char *name = part_name(q, id, version);
	int64_t unsaved = 0;

	if ((q->redis_away || !find_part(q, name, out)) &&
	    make_part(q, id, name, out, f))
		return -1;
	if (out->editable && read_unsaved(q, id, &unsaved, f))
		return -1;
	return unsaved ? render_part(q, id, unsaved, out, f) : 0;
}

/* Answers with the part, or with nothing when the page is up to date.  A change
 * of any campaign in the workspace raises the version, so the digest tells
 * whether this one has changed. */
static int
update(struct request *q, struct reply *r, const char *version, int64_t id,
       struct fault *f)
{
	const char *held = request_env(q, "HTTP_HX_PTAG");
	bool was_away = held && begins(held, AWAY);
	struct live_part part;
	const char *tag;

	if (load_part(q, id, version, &part, f))
		return -1;
	tag = tag_of(q, version,
		     arena_printf(q->arena, "%.*s", WHAT_LEN, part.what));
	reply_header(r, "HX-PTag", tag);
	if (held && strchr(held, '.') &&
	    strcmp(strchr(held, '.'), strchr(tag, '.')) == 0 &&
	    was_away == q->redis_away) {
		reply_empty(r, 204);
		return 0;
	}
	reply_html(r, part.html.data, part.html.len);
	if (q->redis_away || was_away)
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

static int
follow(struct request *q, struct reply *r, const char *version, int64_t id,
       struct fault *f)
{
	if (!update(q, r, version, id, f))
		return 0;
	return f->code == FAULT_ABSENT ? load_anew(r) : -1;
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
	if (q->partial)
		return follow(q, r, version, (int64_t)id, f);
	if (campaign_load(q->db, q->session->account.workspace_id, (int64_t)id,
			  &c, q->arena, f) ||
	    read_detail(q, &c, &data, f) ||
	    (may_edit(q, &c) && read_unsaved(q, c.id, &data.unsaved, f)))
		return -1;
	page.title = c.set.name;
	data.tag = own;
	return reply_page(r, &page, f);
}
