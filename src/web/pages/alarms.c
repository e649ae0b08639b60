/* The alarms above the list: a supervisor dismisses them. */
#include "campaign/alarm.h"

#include "app/notify.h"
#include "base/clock.h"
#include "base/text.h"
#include "web/pages/list.h"
#include "web/pages/pages.h"
#include "web/server/page.h"
#include "web/server/reply.h"
#include "web/server/request.h"
#include "web/server/return_path.h"
#include "web/server/route.h"
#include "web/server/session.h"

/* How far the database's clock may be ahead of ours. */
#define ALARM_AHEAD_US US_PER_HOUR

static handler_fn dismiss;

/* clang-format off */
const struct route alarm_routes[] = {
	/* method path                         least role       handler  arg prefetch, flags */
	{ POST,   "/dashboard/alarms/dismiss", ROLE_SUPERVISOR, dismiss, 0,  NULL, 0 },
	{ 0 }
};
/* clang-format on */

/* POST /dashboard/alarms/dismiss?upto=: what came since is not dismissed */
static int
dismiss(struct request *q, struct reply *r, struct fault *f)
{
	const char *text = pairs_get(&q->query, "upto");
	struct actor who = session_actor(q->session);
	int64_t upto;

	q->failed = "Failed to dismiss";
	if (!text || text_int(text, &upto) || upto <= 0 ||
	    upto > q->now + ALARM_AHEAD_US)
		return request_refuse(q, 400, f,
				      "The alarms cannot be dismissed up to "
				      "that time.");
	if (alarm_dismiss(q->db, &who, upto, f))
		return -1;
	list_invalidate(q->redis, who.workspace_id);
	if (q->json)
		reply_json(r, 200, "message", "Alarms dismissed", NULL);
	else if (!q->htmx)
		reply_redirect(r, return_path_of(q));
	else
		return list_summary_now(q, r, f);
	return 0;
}
