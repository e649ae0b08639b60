/* How the calls of a campaign fare: when people answer, and by number, carrier
 * and node. */
#include "base/arena.h"
#include "base/clock.h"
#include "campaign/campaign.h"
#include "web/pages/detail.h"
#include "web/pages/fill_performance.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/request.h"
#include "web/server/route.h"

static handler_fn show;

/* clang-format off */
const struct route performance_routes[] = {
	/* method path                          least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/performance", ROLE_VIEWER, show,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

static int
read_breakdowns(struct request *q, struct performance_page *p, struct fault *f)
{
	for (int by = BY_NUMBER; by < BREAKDOWN_MAX; by++) {
		struct breakdown_query asked = { p->c->workspace_id,
						 p->c->current_run,
						 (enum breakdown_by)by };

		if (run_breakdown(q->db, &asked, &p->rows[by], &p->counts[by],
				  q->arena, f))
			return -1;
	}
	return 0;
}

/* GET /dashboard/campaigns/:id/performance */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct campaign c;
	struct performance_page data = { .c = &c, .viewer = &viewer };
	struct page page = { .tpl = "page_performance.tpl",
			     .fill = fill_performance,
			     .data = &data };
	struct periods_query month = { .to = q->now / US_PER_MINUTE };

	if (detail_campaign(q, &c, f))
		return -1;
	month.workspace_id = c.workspace_id;
	month.campaign_id = c.id;
	month.from = (q->now - PERFORMANCE_DAYS * US_PER_DAY) / US_PER_MINUTE;
	if (campaign_periods(q->db, &month, &data.quarters,
			      &data.quarter_count, q->arena, f) ||
	    (c.current_run && read_breakdowns(q, &data, f)))
		return -1;
	page.title = arena_printf(q->arena, "Performance of %s", c.set.name);
	return reply_page(r, &page, f);
}
