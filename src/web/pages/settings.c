/* The index of a workspace's settings. */
#include "base/fault.h"
#include "web/pages/fill_pages.h"
#include "web/pages/pages.h"
#include "web/pages/viewer.h"
#include "web/server/layout.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/route.h"

static handler_fn show;

/* clang-format off */
const struct route settings_routes[] = {
	/* method path           least role   handler arg prefetch, flags */
	{ GET,    SETTINGS_PATH, ROLE_VIEWER, show,   0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* GET /dashboard/settings */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct viewer viewer = viewer_of(q);
	struct page page = { .title = "Settings",
			     .tpl = "page_settings.tpl",
			     .fill = fill_settings_index,
			     .data = &viewer };

	return reply_page(r, &page, f);
}
