/* The settings of a campaign beside those that its current or last run, or
 * another one, began with. */
#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"
#include "campaign/campaign.h"
#include "report/run_report.h"
#include "web/pages/detail.h"
#include "web/pages/fill_config.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

static handler_fn show;

/* clang-format off */
const struct route config_routes[] = {
	/* method path                     least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/config", ROLE_VIEWER, show,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* With what the run began; *data->run 0: there is none. */
static int
read_began(struct request *q, const struct run_query *asked,
	   struct config_page_data *data, struct fault *f)
{
	struct campaign_settings *began =
		ARENA_NEW(q->arena, struct campaign_settings);
	int64_t *numbers;
	const char *json;
	struct run run;

	if (run_find(q->db, asked, &run, q->arena, f))
		return -1;
	if (!run.id)
		return 0;
	if (run_settings(q->db, asked->workspace_id, run.id, &json, q->arena,
			 f))
		return -1;
	record_defaults(&campaign_settings_record, began, q->arena);
	/* Who reads an old version's run sees today's defaults for the rest. */
	if (campaign_settings_read(began, json, q->arena, f) ||
	    campaign_pool_read(json, &numbers, &data->began_numbers, q->arena,
			       f))
		return -1;
	data->began = began;
	data->run = run.no;
	data->started_at = run.started_at;
	return 0;
}

/* GET /dashboard/campaigns/:id/config */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	const char *no = pairs_get(&q->query, "run");
	struct viewer viewer = viewer_of(q);
	struct run_query asked = { .workspace_id =
					   q->session->account.workspace_id };
	struct campaign c;
	struct config_page_data data = { .c = &c, .viewer = &viewer };
	struct page page = { .tpl = "page_config.tpl",
			     .fill = fill_config,
			     .data = &data,
			     .wizard = true };
	struct campaign_setup setup;
	int64_t *numbers;

	if (no && (text_int(no, &asked.no) || asked.no < 1))
		return fault_set(f, FAULT_ABSENT, "There is no such run.");
	if (detail_campaign(q, &c, f) ||
	    campaign_setup(q->db, &c, &setup, q->arena, f) ||
	    campaign_numbers(q->db, c.id, &numbers, &data.numbers, q->arena, f))
		return -1;
	data.bot = *setup.bot ? setup.bot : "None";
	asked.campaign_id = c.id;
	if (read_began(q, &asked, &data, f))
		return -1;
	page.title = arena_printf(q->arena, "Settings of %s", c.set.name);
	return reply_page(r, &page, f);
}
