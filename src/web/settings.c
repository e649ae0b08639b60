/* The index of what can be set for a workspace. */
#include "base/fault.h"
#include "web/fill_layout.h"
#include "web/reply.h"
#include "web/request.h"
#include "web/route.h"

static handler_fn show;

/* clang-format off */
const struct route settings_routes[] = {
	/* method path           least role   handler arg also */
	{ GET,    SETTINGS_PATH, ROLE_VIEWER, show,   0,  NULL },
	{ 0 }
};
/* clang-format on */

/* GET /dashboard/settings */
static int
show(struct request *q, struct reply *r, struct fault *f)
{
	struct page page = { .title = "Settings",
			     .tpl = "page_settings.tpl",
			     .fill = fill_settings_index };

	(void)q;
	return reply_page(r, &page, f);
}
