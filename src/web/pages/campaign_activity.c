/* What people and programs did to a campaign: the audit log's entries of it,
 * for everybody who sees it. */
#include "base/arena.h"
#include "base/fault.h"
#include "campaign/campaign.h"
#include "web/pages/audit_query.h"
#include "web/pages/detail.h"
#include "web/pages/fill_audit.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"
#include "workspace/audit_log.h"

#define ENTRIES 50 /* on a page */

static handler_fn show;

/* clang-format off */
const struct route activity_routes[] = {
	/* method path                       least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/activity", ROLE_VIEWER, show,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET /dashboard/campaigns/:id/activity */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct audit_form asked,
		form = { .who = "", .action = "", .campaign = "", .past = "" };
	struct audit_query query;
	struct audit_page entries;
	struct campaign c;
	struct campaign_activity data = {
		.c = &c, .viewer = &viewer, .form = &form, .page = &entries
	};
	struct page page = { .tpl = "page_activity.tpl",
			     .fill = fill_activity,
			     .data = &data,
			     .wizard = true };

	if (detail_campaign(q, &c, f) || audit_form_read(q, &asked, f))
		return -1;
	form.past = asked.past;
	if (audit_form_query(&form, &viewer, &query, f))
		return -1;
	query.workspace_id = c.workspace_id;
	query.campaign_id = c.id;
	query.limit = ENTRIES;
	if (audit_read(q->db, &query, &entries, q->arena, f))
		return -1;
	page.title = arena_printf(q->arena, "Activity of %s", c.set.name);
	return reply_page(r, &page, f);
}
