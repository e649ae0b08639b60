/* How programs use a campaign: its requests of the API, with its ID. */
#include <string.h>

#include "app/config.h"
#include "base/arena.h"
#include "campaign/campaign.h"
#include "web/pages/detail.h"
#include "web/pages/fill_integration.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/page.h"
#include "web/server/request.h"
#include "web/server/route.h"
#include "web/server/session.h"

static handler_fn show;

/* clang-format off */
const struct route integration_routes[] = {
	/* method path                          least role   handler arg prefetch, flags */
	{ GET,    HOME_PATH "/:id/integration", ROLE_VIEWER, show,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET /dashboard/campaigns/:id/integration */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	const char *site = q->config->public_url;
	struct viewer viewer = viewer_of(q);
	struct campaign c;
	struct integration data = { .c = &c, .viewer = &viewer };
	struct page page = { .tpl = "page_integration.tpl",
			     .fill = fill_integration,
			     .data = &data,
			     .wizard = true };
	size_t len = strlen(site);

	if (detail_campaign(q, &c, f))
		return -1;
	while (len && site[len - 1] == '/')
		len--;
	data.site = arena_memdup(q->arena, site, len);
	page.title = arena_printf(q->arena, "Integration of %s", c.set.name);
	return reply_page(r, &page, f);
}
