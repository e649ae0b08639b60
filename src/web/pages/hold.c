/* The switch that holds and releases the whole workspace. */
#include "workspace/workspace_hold.h"

#include "base/fault.h"
#include "base/log.h"
#include "web/pages/list.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"

static handler_fn hold;

/* clang-format off */
const struct route hold_routes[] = {
	/* method path                  least role       handler arg    prefetch, flags */
	{ POST,   "/dashboard/hold",    ROLE_SUPERVISOR, hold,   true,  NULL, 0 },
	{ POST,   "/dashboard/release", ROLE_SUPERVISOR, hold,   false, NULL, 0 },
	{ 0 }
};
/* clang-format on */

static const struct {
	const char *done, *fail;
} texts[] = {
	[false] = { "Workspace released", "Failed to release" },
	[true] = { "Workspace on hold", "Failed to hold" },
};

/* POST /dashboard/hold, /dashboard/release */
static int
hold(struct request *q, struct reply *r, struct fault *f)
{
	struct actor who = session_actor(q->session);
	bool on = q->route->arg;

	q->failed = texts[on].fail;
	if (workspace_hold(q->db, &who, on, f) == 0) {
		workspace_tell(q->db, q->redis, who.workspace_id);
		reply_toast(r, false, texts[on].done, "");
	} else if (f->code == FAULT_CONFLICT && !q->json) {
		reply_toast(r, true, texts[on].fail, f->text);
	} else {
		return -1;
	}
	if (q->json)
		reply_json(r, 200, "message", texts[on].done, NULL);
	else if (!q->htmx)
		reply_redirect(r, return_path_of(q));
	else
		return list_summary_now(q, r, f);
	return 0;
}
