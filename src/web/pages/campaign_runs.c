/* The runs of a campaign, newest first. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "web/export/attempt_report.h"
#include "web/export/contact_export.h"
#include "web/pages/detail.h"
#include "web/pages/fill_runs.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define RUNS 10 /* on a page */

static handler_fn show, report, contacts;

/* clang-format off */
const struct route run_routes[] = {
	/* method path                   least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/runs", ROLE_VIEWER, show,   0,  NULL, 0 },
	{ GET,    HOME_PATH "/:id/report", ROLE_VIEWER, report, 0, NULL, 0 },
	{ GET,    HOME_PATH "/:id/export", ROLE_VIEWER, contacts, 0, NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET /dashboard/campaigns/:id/runs */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	const char *before = pairs_get(&q->query, "before");
	struct viewer viewer = viewer_of(q);
	struct run_page asked = { .limit = RUNS + 1 };
	struct run_report *runs;
	struct campaign c;
	struct runs_page_data data = { .c = &c, .viewer = &viewer };
	struct page page = { .tpl = "page_runs.tpl",
			     .fill = fill_runs,
			     .data = &data };

	if (before && (text_int(before, &asked.before) || asked.before < 1))
		return fault_set(f, FAULT_ABSENT, "There is no such page.");
	if (detail_campaign(q, &c, f))
		return -1;
	asked.workspace_id = c.workspace_id;
	asked.campaign_id = c.id;
	if (run_reports(q->db, &asked, &runs, &data.count, q->arena, f))
		return -1;
	data.runs = runs;
	data.later = asked.before > 0;
	data.more = data.count > RUNS;
	data.count -= data.more;
	page.title = arena_printf(q->arena, "Runs of %s", c.set.name);
	return reply_page(r, &page, f);
}

/* GET /dashboard/campaigns/:id/report: the attempts of a run as a file */
static int
report(struct request *q, struct reply *r, struct fault *f)
{
	struct attempt_report_query asked;

	return pairs_fill(&q->query, &attempt_report_record, &asked, q->arena,
			  f) || attempt_report_answer(q, r, &asked, f)
		       ? -1
		       : 0;
}

/* GET /dashboard/campaigns/:id/export: the contacts of a run as a file */
static int
contacts(struct request *q, struct reply *r, struct fault *f)
{
	struct contact_export_query asked;

	return pairs_fill(&q->query, &contact_export_record, &asked, q->arena,
			  f) ||
			       contact_export_answer(q, r, &asked, f)
		       ? -1
		       : 0;
}
