/* The runs of a campaign, newest first. */
#include <inttypes.h>

#include "app/notify.h"
#include "base/arena.h"
#include "base/fault.h"
#include "base/field.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "campaign/not_reached.h"
#include "web/export/attempt_report.h"
#include "web/export/contact_export.h"
#include "web/pages/detail.h"
#include "web/pages/fill_runs.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

#define RUNS 10 /* on a page */

static handler_fn show, report, contacts, not_reached;

/* clang-format off */
const struct route run_routes[] = {
	/* method path                   least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/runs", ROLE_VIEWER, show,   0,  NULL, 0 },
	{ GET,    HOME_PATH "/:id/report", ROLE_VIEWER, report, 0, NULL, 0 },
	{ GET,    HOME_PATH "/:id/export", ROLE_VIEWER, contacts, 0, NULL, 0 },
	{ POST,   HOME_PATH "/:id/not-reached", ROLE_SUPERVISOR, not_reached, 0, NULL, 0 },
	{ 0 }
};

struct not_reached_query {
	int64_t run;
	const char *once;
};
static const struct field not_reached_fields[] = {
	{ FIELD(not_reached_query, run), .min = 0, .max = UINT32_MAX, .def = "0", .label = "Run" },
	{ FIELD(not_reached_query, once), .max = 40, .def = "", .label = "once" },
};
/* clang-format on */
static const struct record not_reached_record = RECORD(not_reached_fields);

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

/* POST /dashboard/campaigns/:id/not-reached: leads to the new campaign's page. */
static int
not_reached(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	struct not_reached_query asked;
	struct not_reached_order order;
	char fresh[11];
	uint64_t from;
	int64_t id;

	q->failed = "No campaign was made";
	if (request_campaign(q, &from, f) ||
	    pairs_fill(&q->query, &not_reached_record, &asked, q->arena, f))
		return -1;
	order = (struct not_reached_order){ (int64_t)from, asked.run,
					    *asked.once ? asked.once : q->id };
	if (campaign_of_not_reached(q->db, &who, &order, &id, q->arena, f))
		return -1;
	list_invalidate(q->redis, who.workspace_id);
	text_short_id((uint64_t)id, fresh);
	reply_toast(r, false, "Campaign created",
		    "It has the contacts that were not reached.");
	if (q->json)
		reply_json(r, 200, "id", fresh, "status",
			   campaign_status_words[CAMPAIGN_DRAFT], NULL);
	else
		reply_redirect(r, arena_printf(q->arena, HOME_PATH "/%s", fresh));
	return 0;
}
